"""Which gap the weekly nudge speaks of. It names categories and seats, and never who declined.

The rule, with its reasons, is decision 0012. Only what is required makes a gap; what strengthens is never nudged about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import inf

from bot.gaps.life import GapState, LiveGap
from bot.principles.assessment import CriterionFinding, PrincipleFinding, PrincipleState
from bot.principles.principles import Level, criteria

RUNNING_WEEKS = 2
"""A principle named this many weeks running gives way to another open one."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One required criterion that does not hold, and one next step, which names nobody but by their ref.
    ``categories`` are ids of the checklist."""

    principle: int
    title: str
    criterion_id: str
    because: str
    next_step: str
    categories: tuple[str, ...]


class Asking(StrEnum):
    """What a nudge does: ask for a step, remind of one that someone took, or nothing, as all rests or all is met."""

    ASK = "asked"
    REMIND = "reminded"
    REST = "resting"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Topic:
    """What this week's nudge is about. ``taken`` is the record of who took the gap, where somebody did."""

    asking: Asking
    gap: Gap | None = None
    taken: LiveGap | None = None


def open_gaps(findings: Iterable[PrincipleFinding]) -> tuple[Gap, ...]:
    """Every required criterion that does not hold and that this group can act on, in order.

    What is set aside or exempt has none, and neither has what only another working group can close.
    """
    return tuple(
        _gap(finding, each)
        for finding in findings
        if finding.state is PrincipleState.NOT_YET
        for each in finding.criteria
        if is_gap(each)
    )


def is_gap(each: CriterionFinding) -> bool:
    """Whether a criterion of a principle that is not met yet is a gap that this group can act on."""
    return each.level is Level.REQUIRED and each.holds is False and not each.elsewhere


def choose(
    findings: Iterable[PrincipleFinding], live: Mapping[str, LiveGap], recent: Sequence[int], today: date
) -> Topic:
    """What this week's nudge is about.

    ``live`` are the group's gaps by criterion, ``recent`` the principles that earlier nudges named, newest first,
    ``today`` the group's local day. Gaps that wait for someone come first; where there is none, one that somebody has
    taken is reminded of; where all are snoozed or not ours, the week is left out.
    """
    gaps = open_gaps(findings)
    waiting = [gap for gap in gaps if _waits(gap, live, today)]
    if waiting:
        gap = _next(waiting, live, recent, today)
        record = live.get(gap.criterion_id)
        return Topic(Asking.ASK, gap, record if record and record.is_overdue(today) else None)
    taken = [gap for gap in gaps if live[gap.criterion_id].state is GapState.TAKEN]
    if taken:
        gap = _next(taken, live, recent, today)
        return Topic(Asking.REMIND, gap, live[gap.criterion_id])
    return Topic(Asking.REST if gaps else Asking.NOTHING)


def _waits(gap: Gap, live: Mapping[str, LiveGap], today: date) -> bool:
    record = live.get(gap.criterion_id)
    return record is None or record.state is GapState.CLOSED or record.waits(today)


def _next(gaps: Sequence[Gap], live: Mapping[str, LiveGap], recent: Sequence[int], today: date) -> Gap:
    """Whose turn it is among ``gaps``; of each principle the first one stands for it.

    The principle named last stays for a second week. After that, and where it is closed, the one that waited longest
    has its turn: since it was named last or, if that is later, since it opened; the lower number first where two
    waited alike.
    """
    heads = {gap.principle: gap for gap in reversed(gaps)}
    last = recent[0] if recent else None
    stays = len(recent) < RUNNING_WEEKS or set(recent[:RUNNING_WEEKS]) != {last}
    others = [gap for number, gap in sorted(heads.items()) if number != last]
    if last in heads and (stays or not others):
        return heads[last]
    return max(others, key=lambda gap: _waited(gap, live, recent, today))


def _waited(gap: Gap, live: Mapping[str, LiveGap], recent: Sequence[int], today: date) -> tuple[float, float]:
    """For how many weeks a gap has waited for its turn, then for how many days it has been open."""
    record = live.get(gap.criterion_id)
    days = (today - record.opened_at.date()).days if record and record.state is not GapState.CLOSED else inf
    named = recent.index(gap.principle) + 1 if gap.principle in recent else inf
    return min(named, round(days / 7) if days < inf else inf), days


def _gap(finding: PrincipleFinding, failing: CriterionFinding) -> Gap:
    return Gap(
        principle=finding.number,
        title=finding.title,
        criterion_id=failing.id,
        because=failing.because,
        next_step=failing.step_by_ref,
        categories=criteria()[failing.id].categories,
    )
