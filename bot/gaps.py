"""Which gap the weekly nudge speaks of. It names categories and seats, never persons, and never who declined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.assessment import PrincipleFinding, State
from bot.principles import criteria

RUNNING_WEEKS = 2
"""A gap named this many weeks running gives way to another open one."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One principle that is not met yet, and one next step. ``categories`` are ids of the checklist."""

    principle: int
    title: str
    criterion_id: str
    because: str
    next_step: str
    categories: tuple[str, ...]


def open_gaps(findings: Iterable[PrincipleFinding]) -> tuple[Gap, ...]:
    """The gap of each principle that is not met yet and that this group can act on, in order.

    What is set aside or exempt has none.
    """
    return tuple(gap for finding in findings if (gap := _gap(finding)) is not None)


def gap_for_nudge(findings: Iterable[PrincipleFinding], recent: Sequence[int] = ()) -> Gap | None:
    """The gap for this week's nudge, or None when none is open.

    ``recent`` are the principles that earlier nudges named, newest first. The gap named last stays for a second week.
    After that, and where it is closed, the one named longest ago (or never) has its turn, the lower number first, so
    that each open gap is named in time.
    """
    gaps = open_gaps(findings)
    last = recent[0] if recent else None
    stays = len(recent) < RUNNING_WEEKS or set(recent[:RUNNING_WEEKS]) != {last}
    others = [gap for gap in gaps if gap.principle != last]
    if not others or (stays and len(others) < len(gaps)):
        return next((gap for gap in gaps if gap.principle == last), None)
    return max(others, key=lambda gap: _weeks_ago(gap.principle, recent))


def _weeks_ago(principle: int, recent: Sequence[int]) -> int:
    """How many nudges ago a principle was named; longer than all of them where it never was."""
    return recent.index(principle) if principle in recent else len(recent)


def _gap(finding: PrincipleFinding) -> Gap | None:
    failing = finding.failing
    if finding.state is not State.NOT_YET or failing is None or failing.elsewhere:
        return None
    return Gap(
        principle=finding.number,
        title=finding.title,
        criterion_id=failing.id,
        because=failing.because,
        next_step=failing.next_step,
        categories=criteria()[failing.id].categories,
    )
