"""Instants as a message says them, in a group's own time zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.typed_times import WEEKDAYS

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def spoken_instant(instant: datetime, zone: str) -> str:
    """An aware instant in ``zone``: "Monday 30 November 2026, 9:00 (America/New_York)"."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{spoken_date(local.date())}, {spoken_time(local.time())} ({zone})"


def spoken_day(instant: datetime, zone: str) -> str:
    """The local day of an aware instant in ``zone``: "Monday 30 November 2026"."""
    return spoken_date(instant.astimezone(ZoneInfo(zone)).date())


def spoken_date(day: date) -> str:
    """A date: "Monday 30 November 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def day_ahead(today: date) -> str:
    """A day to come, as people type it, for an example that works when it is copied."""
    return (today + timedelta(weeks=4)).isoformat()


def spoken_time(at: time) -> str:
    """A time of day on the 24-hour clock, as people type it: "9:00"."""
    return f"{at.hour}:{at.minute:02d}"
