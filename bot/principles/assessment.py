"""Judge one situation by the six principles: a state for each, with reasons. No scores, no percentages, no ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.groups import Attestation, SetAside, Situation
from bot.principles.criteria import RULES
from bot.principles.evidence import Evidence, NotCounted, Unseen, Verdict, gather
from bot.principles.principles import Criterion, Level, Principle, principles
from bot.principles.telling import called
from bot.register import Stakeholder
from bot.words import some_of

__all__ = ["CriterionFinding", "NotCounted", "PrincipleFinding", "PrincipleState", "as_json", "assess"]

NAMED_IN_STEP = 2
"""A next step names this many of those whom it is about, and counts the rest."""

NEVER_THIN = (2, 4)
"""Principles that do not rest on a register entry in a way that one person's leaving would undo."""


class PrincipleState(StrEnum):
    """Where a principle stands. ``thin`` is met, and one person's leaving would make it not yet."""

    MET = "met"
    THIN = "thin"
    NOT_YET = "not_yet"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class CriterionFinding:
    """How one criterion stands. ``holds`` is None where it does not apply.

    ``because`` names no person; ``counted`` and ``not_counted`` name entries, ``notes`` say who recorded or said what
    was counted. ``next_step`` says what to do while it does not hold and names whom it is ``about`` (their numbers);
    ``step_by_ref`` says the same with their refs, where names would be too much; ``step`` is its variant. ``elsewhere``
    says that only another working group can do it. ``said`` is the attestation that counted, if one did.
    """

    id: str
    level: Level
    holds: bool | None
    reading: bool
    because: str
    counted: tuple[str, ...]
    step: str
    about: tuple[int, ...]
    next_step: str
    step_by_ref: str
    elsewhere: bool
    said: Attestation | None
    notes: Mapping[str, str] = field(compare=False)
    unseen: Unseen = field(compare=False)

    @property
    def not_counted(self) -> tuple[NotCounted, ...]:
        """Who was looked at and not counted, and why."""
        return self.unseen()


@dataclass(frozen=True, slots=True)
class PrincipleFinding:
    """How one principle stands. ``rests_on`` names the entries whose leaving would make a thin one not yet met."""

    number: int
    title: str
    state: PrincipleState
    set_aside: SetAside | None
    exempt: bool
    criteria: tuple[CriterionFinding, ...]
    rests_on: tuple[str, ...]
    next_step: str

    @property
    def failing(self) -> CriterionFinding | None:
        """The first required criterion that does not hold, or None."""
        return _first_open(self.criteria, Level.REQUIRED)


def assess(situation: Situation, now: datetime) -> tuple[PrincipleFinding, ...]:
    """The six findings in order, for ``situation`` at ``now`` (aware)."""
    evidence = gather(situation, now)
    return tuple(_judge(principle, evidence) for principle in principles())


def as_json(channel_id: str, findings: Iterable[PrincipleFinding]) -> dict[str, Any]:
    """What ``assess --json`` prints for one channel."""
    return {"channel": channel_id, "principles": [_principle_json(each) for each in findings]}


def _judge(principle: Principle, evidence: Evidence) -> PrincipleFinding:
    verdicts = [(criterion, RULES[criterion.id](evidence)) for criterion in principle.criteria]
    findings = tuple(_finding(criterion, verdict) for criterion, verdict in verdicts)
    set_aside = _set_aside(principle, evidence)
    exempt = principle.number == 2 and evidence.situation.group.exempt
    rests_on = _rests_on(principle, verdicts)
    state = _state(findings, away=set_aside is not None or exempt, thin=bool(rests_on))
    return PrincipleFinding(
        number=principle.number,
        title=principle.title,
        state=state,
        set_aside=set_aside,
        exempt=exempt,
        criteria=findings,
        rests_on=rests_on if state is PrincipleState.THIN else (),
        next_step=_next_step(principle, state, findings, set_aside),
    )


def _finding(criterion: Criterion, verdict: Verdict) -> CriterionFinding:
    is_open = verdict.holds is False
    return CriterionFinding(
        id=criterion.id,
        level=criterion.level,
        holds=verdict.holds,
        reading=criterion.reading,
        because=verdict.because,
        counted=verdict.counted,
        step=verdict.step,
        about=tuple(entry.number for entry in verdict.about),
        next_step=_step(criterion, verdict, [called(entry) for entry in verdict.about]) if is_open else "",
        step_by_ref=_step(criterion, verdict, [entry.ref for entry in verdict.about]) if is_open else "",
        elsewhere=verdict.elsewhere,
        said=verdict.said,
        notes=verdict.notes,
        unseen=verdict.unseen,
    )


def _step(criterion: Criterion, verdict: Verdict, about: list[str]) -> str:
    ref = verdict.about[0].ref if verdict.about else ""
    return criterion.step(verdict.step, verdict.missing, some_of(about, NAMED_IN_STEP), ref)


def _set_aside(principle: Principle, evidence: Evidence) -> SetAside | None:
    """What sets a principle aside, its end told in the group's zone, in which people read its day."""
    active = (
        replace(each, until=each.until.astimezone(ZoneInfo(evidence.zone)))
        for each in evidence.situation.set_asides
        if each.principle == principle.number and each.until > evidence.now
    )
    return max(active, key=lambda each: each.until, default=None)


def _rests_on(principle: Principle, verdicts: Iterable[tuple[Criterion, Verdict]]) -> tuple[str, ...]:
    if principle.number in NEVER_THIN:
        return ()
    required = (verdict for criterion, verdict in verdicts if criterion.level is Level.REQUIRED)
    alone = {entry.number: entry for verdict in required for entry in verdict.alone}
    return _told_apart([alone[number] for number in sorted(alone)])


def _told_apart(entries: list[Stakeholder]) -> tuple[str, ...]:
    """The names of ``entries``, with the organization where two are called alike."""
    plainly = [entry.name for entry in entries]
    return tuple(called(entry) if plainly.count(entry.name) > 1 else entry.name for entry in entries)


def _state(findings: tuple[CriterionFinding, ...], *, away: bool, thin: bool) -> PrincipleState:
    if away:
        return PrincipleState.NOT_APPLICABLE
    if _first_open(findings, Level.REQUIRED) is not None:
        return PrincipleState.NOT_YET
    return PrincipleState.THIN if thin else PrincipleState.MET


def _first_open(findings: Iterable[CriterionFinding], level: Level) -> CriterionFinding | None:
    return next((each for each in findings if each.level is level and each.holds is False), None)


def _next_step(
    principle: Principle, state: PrincipleState, findings: tuple[CriterionFinding, ...], set_aside: SetAside | None
) -> str:
    if state is PrincipleState.NOT_APPLICABLE:
        lifted = f"/principle set-aside {principle.number} off" if set_aside else "/workgroup exempt off"
        return f"Nothing to do for now. When you want to take it up again: `{lifted}`."
    if state is PrincipleState.THIN:
        return principle.thin_step
    open_one = _first_open(findings, Level.REQUIRED) or _first_open(findings, Level.STRENGTHENS)
    if open_one is None:
        return "Nothing more to do here."
    return (
        open_one.next_step
        if state is PrincipleState.NOT_YET
        else f"Nothing is needed. To strengthen it: {open_one.next_step}"
    )


def _principle_json(finding: PrincipleFinding) -> dict[str, Any]:
    return {
        "number": finding.number,
        "status": finding.state.value,
        "set_aside": finding.set_aside is not None,
        "criteria": [_criterion_json(each) for each in finding.criteria],
    }


def _criterion_json(finding: CriterionFinding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "level": finding.level.value,
        "holds": finding.holds,
        "reading": finding.reading,
        "because": finding.because,
    }
