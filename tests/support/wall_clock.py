"""When nudges are due, worked out without ``bot/schedule.py``: by reading wall clocks, and holidays by their rules.

What is right by this and by the code alike was thought of twice. It is for groups without a state of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.groups import WorkingGroup

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
FURTHEST = timedelta(hours=27)
"""Further than any zone's clocks are from UTC."""
LONGEST_MOVE = 5
"""Days by which holidays and a weekend can move a nudge."""
MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


def due_between(group: WorkingGroup, first: datetime, last: datetime) -> Iterator[tuple[str, datetime]]:
    """The period and the instant of each nudge later than ``first`` and up to ``last``, both aware."""
    day = first.date() - timedelta(days=LONGEST_MOVE + 2)
    while day <= last.date() + 2 * DAY:
        if day.weekday() == group.nudge.weekday:
            at = first_showing(open_day(day), group.nudge.at, group.zone)
            if first < at <= last:
                yield f"{day:%G-W%V}", at
        day += DAY


def first_showing(day: date, at: time, zone: str) -> datetime:
    """The first minute, in UTC, at which a clock on a wall in ``zone`` shows ``at`` on ``day``, or something later."""
    target, clock = datetime.combine(day, at), ZoneInfo(zone)
    begin = target.replace(tzinfo=UTC) - FURTHEST
    offsets = {(begin + hours * HOUR).astimezone(clock).utcoffset() for hours in range(55)}
    if len(offsets) == 1 and (offset := offsets.pop()) is not None:
        return (target - offset).replace(tzinfo=UTC)
    minute = begin
    while minute.astimezone(clock).replace(tzinfo=None) < target:
        minute += MINUTE
    return minute


def open_day(day: date) -> date:
    """``day``, or the next working day where it is a federal holiday."""
    if not is_holiday(day):
        return day
    while is_holiday(day) or day.weekday() >= SATURDAY:
        day += DAY
    return day


def is_holiday(day: date) -> bool:
    """Whether it is a federal holiday, or the day on which one is observed (5 U.S.C. 6103)."""
    return any(day in holidays_of(year) for year in (day.year, day.year + 1))


@cache
def holidays_of(year: int) -> frozenset[date]:
    """The holidays of the year and the days on which they are observed; New Year's may be in the year before."""
    fixed = [date(year, month, day) for month, day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]
    observed = {day - DAY for day in fixed if day.weekday() == SATURDAY}
    observed |= {day + DAY for day in fixed if day.weekday() == SUNDAY}
    mondays = [_nth(year, month, MONDAY, n) for month, n in ((1, 3), (2, 3), (9, 1), (10, 2))]
    memorial = max(day for n in range(1, 6) if (day := _nth(year, 5, MONDAY, n)).month == 5)
    return frozenset([*fixed, *observed, *mondays, memorial, _nth(year, 11, THURSDAY, 4)])


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
