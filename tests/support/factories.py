"""Registers, groups and situations for the tests of the principles, each in one call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.groups import Attestation, CoChair, NudgePlan, Situation, WorkingGroup
from bot.principles.assessment import CriterionFinding, PrincipleFinding, PrincipleState, assess
from bot.principles.principles import Level
from bot.register import Function, Kind, Law, PriorSharing, ScopeFlag, Sector, Side, Stakeholder, Status
from bot.suggestion.suggestion import Suggestion

NOW = datetime(2026, 12, 7, 16, 0, tzinfo=UTC)
SUBSTANCE_USE = frozenset({ScopeFlag.SUBSTANCE_USE})
SHERIFF_CHAIR = CoChair("Pat Doe", "Middlesex Sheriff's Office", Side.JUSTICE, "U01PAT")
HEALTH_CHAIR = CoChair("Sam Roe", "Department of Mental Health", Side.HEALTH)
CHAIRS = (SHERIFF_CHAIR, HEALTH_CHAIR)
GROUP = WorkingGroup("C0123", "Middlesex Restoration", cochairs=CHAIRS)


def nudged(weekday: int = 0, at: time = time(9), zone: str = "America/Chicago", **plan: object) -> WorkingGroup:
    """A group whose nudge comes then; ``plan`` says more of its plan."""
    return replace(GROUP, nudge=NudgePlan(weekday, at, **plan), zone=zone)  # type: ignore[arg-type]


def entry(number: int = 1, **fields: object) -> Stakeholder:
    """A committed person on the justice side with no function, unless ``fields`` say otherwise."""
    plain: dict[str, object] = {
        "name": f"Office {number}",
        "organization": f"Agency {number}",
        "category": "justice_custody",
        "kind": Kind.PERSON,
        "sector": Sector.JUSTICE,
        "status": Status.COMMITTED,
    }
    return Stakeholder(number, **{**plain, **fields})  # type: ignore[arg-type]


def executive(number: int, sector: Sector, **fields: object) -> Stakeholder:
    """A committed executive with authority."""
    return entry(
        number, **{"sector": sector, "functions": frozenset({Function.EXECUTIVE}), "authority": True, **fields}
    )


def expert(number: int, sector: Sector, *laws: Law, **fields: object) -> Stakeholder:
    """An identified legal expert who can advise on ``laws``, as recorded."""
    plain = {"category": "legal", "functions": frozenset({Function.LEGAL}), "status": Status.IDENTIFIED}
    return entry(number, **{"sector": sector, "laws": frozenset(laws), **plain, **fields})


def listed_group(number: int = 1, **fields: object) -> Stakeholder:
    """An identified interagency group that nobody has asked anything yet."""
    plain = {"kind": Kind.GROUP, "category": "existing_groups", "sector": Sector.GOVERNMENT}
    return entry(number, **{**plain, "status": Status.IDENTIFIED, **fields})


def spanner(number: int = 1, **fields: object) -> Stakeholder:
    """An identified boundary spanner, confirmed with one line of why."""
    plain = {
        "functions": frozenset({Function.BOUNDARY_SPANNER}),
        "why": "Works in the jail for the clinic",
        "why_confirmed": True,
    }
    return entry(number, **{**plain, "status": Status.IDENTIFIED, **fields})


def consumer_seat(number: int = 1, **fields: object) -> Stakeholder:
    """A committed seat of the consumer community."""
    plain = {"kind": Kind.SEAT, "category": "consumer", "sector": Sector.COMMUNITY, "name": "Consumer seat"}
    return entry(number, **{**plain, **fields})


def said(criterion: str, text: str = "so it is", days_ago: int = 1, held_on: date | None = None) -> Attestation:
    """What a co-chair attested ``days_ago``."""
    return Attestation(criterion, text, "U01PAT", NOW - timedelta(days=days_ago), held_on)


def situation(*stakeholders: Stakeholder, **fields: object) -> Situation:
    """The situation of a group with a co-chair of each side, with substance use in scope."""
    group = fields.get("group", GROUP)
    plain: dict[str, object] = {"group": group, "groups": (group,), "jurisdiction": "Middlesex County, MA"}
    return Situation(**{**plain, "scope": SUBSTANCE_USE, "stakeholders": stakeholders, **fields})  # type: ignore[arg-type]


def finding(criterion: str, where: Situation, now: datetime = NOW) -> CriterionFinding:
    """How one criterion stands."""
    return next(each for principle in assess(where, now) for each in principle.criteria if each.id == criterion)


def principle(number: int, where: Situation, now: datetime = NOW) -> PrincipleFinding:
    """How one principle stands."""
    return assess(where, now)[number - 1]


def states(where: Situation, now: datetime = NOW) -> tuple[PrincipleState, ...]:
    """The six states in order."""
    return tuple(each.state for each in assess(where, now))


def holding(where: Situation, now: datetime = NOW) -> dict[str, bool | None]:
    """Which criteria hold, by id."""
    return {each.id: each.holds for principle in assess(where, now) for each in principle.criteria}


def closed_by(suggestion: Suggestion, level: Level) -> tuple[str, ...]:
    """The ids of the criteria of this level that a suggested list is said to close."""
    closing = (each for pick in suggestion.picks for each in pick.closes)
    return tuple(sorted({each.criterion for each in closing if each.level is level}))


def complete() -> Situation:
    """A register in which everything that is required holds, and nothing rests on one person."""
    laws = (Law.HIPAA, Law.STATE_MENTAL_HEALTH, Law.PART2, Law.STATE_SUBSTANCE_USE)
    sides = (Sector.JUSTICE, Sector.HEALTH)
    return situation(
        *(executive(number, sides[number % 2]) for number in range(1, 5)),
        *(expert(number, Sector.HEALTH, *laws) for number in (5, 6)),
        listed_group(7, prior_sharing=PriorSharing.UNKNOWN),
        *(spanner(number, sector=sides[number % 2]) for number in (8, 9)),
        *(consumer_seat(number) for number in (10, 11)),
    )
