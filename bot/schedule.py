"""When the weekly nudge is due. The database says whether it was already posted; the scheduler only ticks.

A nudge belongs to a period: the ISO week ("2026-W50") of its planned local date, before a holiday moves it. Instants
are aware datetimes in UTC. Sources: rule 2 of the design, and "Nudges" in the guiding principles.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile
from zoneinfo import ZoneInfo

import holidays

from bot.groups import WorkingGroup

LATE_AFTER = timedelta(minutes=10)
DROPPED_AFTER = timedelta(hours=24)

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_LONGEST_SHIFT = 2  # weeks to look back, since a holiday can move a nudge into the week after its own


class Timing(StrEnum):
    """How a nudge stands at an instant: not due yet, on time, late (still posted, marked so), or dropped (too late);
    or not to be posted at all, since its week was paused or made quiet."""

    AHEAD = "ahead"
    ON_TIME = "on time"
    LATE = "late"
    DROPPED = "dropped"
    PAUSED = "paused"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class DueNudge:
    """One week's nudge. ``planned_at`` is in UTC; ``shifted_for`` names the holiday that moved it, if one did."""

    period: str
    planned_at: datetime
    shifted_for: str | None = None

    def timing(self, now: datetime) -> Timing:
        """How it stands at ``now``: late after more than ten minutes, dropped after more than 24 hours."""
        age = now - self.planned_at
        if age < timedelta(0):
            return Timing.AHEAD
        if age <= LATE_AFTER:
            return Timing.ON_TIME
        return Timing.LATE if age <= DROPPED_AFTER else Timing.DROPPED


def period_of(day: date) -> str:
    """The period of a local date, such as ``2026-W50``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def due_in(group: WorkingGroup, period: str) -> DueNudge:
    """The nudge of ``period`` by the group's plan, whether paused or not.

    Raises ValueError where ``period`` is no ISO week, ZoneInfoNotFoundError where the group's zone is unknown.
    """
    plan = group.nudge
    return _due_in(plan.weekday, plan.at, group.zone, plan.state, period)


@lru_cache(maxsize=8192)
def _due_in(weekday: int, at: time, zone: str, state: str, period: str) -> DueNudge:
    """Remembered, since thousands of groups share a few plans."""
    year, _, week = period.partition("-W")
    day = date.fromisocalendar(int(year), int(week), weekday + 1)
    moved, holiday = working_day(day, state)
    return DueNudge(period, local_instant(moved, at, zone), holiday)


def next_due(group: WorkingGroup, after: datetime, settled: Container[str] = ()) -> DueNudge | None:
    """The group's first nudge later than the instant ``after`` that will be posted; None while it is paused until
    someone resumes it.

    ``settled`` holds periods that had their nudge already.
    """
    plan = group.nudge
    if plan.paused and plan.paused_until is None:
        return None
    start = after
    if plan.paused and plan.paused_until is not None:
        start = max(after, local_instant(plan.paused_until, time(0), group.zone) - timedelta(microseconds=1))
    return next(due for due in _dues_after(group, start) if due.period not in settled and due.period not in plan.quiet)


def next_to_settle(group: WorkingGroup, after: datetime, settled: Container[str] = ()) -> DueNudge:
    """The group's first nudge later than the instant ``after``, be it paused or quiet: then it is noted why there was
    none."""
    return next(due for due in _dues_after(group, after) if due.period not in settled)


def due_now(group: WorkingGroup, since: datetime, now: datetime) -> tuple[tuple[DueNudge, Timing], ...]:
    """Each nudge that came due after ``since`` and up to ``now``, oldest first, with how it stands at ``now``.

    ``since`` is the last look, or the instant at which the plan was set, changed or resumed, if that was later: a new
    plan owes nothing for weeks before it.
    """
    dues = takewhile(lambda due: due.planned_at <= now, _dues_after(group, since))
    return tuple((due, _timing(group, due, now)) for due in dues)


def _timing(group: WorkingGroup, due: DueNudge, now: datetime) -> Timing:
    if is_paused(group, due.planned_at):
        return Timing.PAUSED
    return Timing.QUIET if due.period in group.nudge.quiet else due.timing(now)


def is_paused(group: WorkingGroup, now: datetime) -> bool:
    """Whether the group's nudge is paused at the instant ``now``."""
    plan = group.nudge
    if not plan.paused:
        return False
    return plan.paused_until is None or group.day_of(now) < plan.paused_until


def working_day(day: date, state: str = "") -> tuple[date, str | None]:
    """``day``, or where it is a federal (or the state's) holiday the next working day and that holiday's name.

    A weekend day that the group chose stays, unless it is a holiday.
    """
    holiday = _holiday(day, state)
    if holiday is None:
        return day, None
    while day.weekday() > 4 or _holiday(day, state) is not None:
        day += _DAY
    return day, holiday


def local_instant(day: date, at: time, zone: str) -> datetime:
    """The instant, in UTC, at which clocks in ``zone`` show ``at`` on ``day``.

    A time that the zone skips becomes the next minute that exists; one that comes twice means the first. Raises
    ZoneInfoNotFoundError where ``zone`` is unknown.
    """
    local = datetime.combine(day, at.replace(tzinfo=None, fold=0), ZoneInfo(zone))
    instant = local.astimezone(UTC)
    if instant.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _end_of_gap(local)


def _end_of_gap(local: datetime) -> datetime:
    """The instant at which the zone jumps over ``local``, found by halving between the two readings of it."""
    before, after = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    old_offset = after.astimezone(local.tzinfo).utcoffset()
    low, high = int(after.timestamp()), int(before.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, local.tzinfo).utcoffset() == old_offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(-(-high // 60) * 60, UTC)


def _dues_after(group: WorkingGroup, start: datetime) -> Iterator[DueNudge]:
    day = group.day_of(start) - _LONGEST_SHIFT * _WEEK
    while True:
        due = due_in(group, period_of(day))
        if due.planned_at > start:
            yield due
        day += _WEEK


@lru_cache(maxsize=8192)
def _holiday(day: date, state: str) -> str | None:
    own = _calendar(state).get(day) if state else None
    return _calendar("").get(day) or own


@lru_cache(maxsize=64)
def _calendar(state: str) -> holidays.HolidayBase:
    return holidays.country_holidays("US", subdiv=state or None)
