"""Instants as a message says them, in a group's own time zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.schedule import local_instant
from handlers.typed.times import WEEKDAYS, parse_local

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


def zone_named(zone: str) -> ZoneInfo:
    """A zone by its name; UTC where none has it any more, so that what is said can still be said."""
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def spoken_instant(instant: datetime, zone: str) -> str:
    """An aware instant in ``zone``: "Monday 30 November 2026, 9:00 (America/New_York)"."""
    there = zone_named(zone)
    local = instant.astimezone(there)
    return f"{spoken_date(local.date())}, {spoken_time(local.time())} ({there.key})"


def spoken_day(instant: datetime, zone: str) -> str:
    """The local day of an aware instant in ``zone``: "Monday 30 November 2026"."""
    return spoken_date(instant.astimezone(zone_named(zone)).date())


def skipped_words(typed: str, zone: str) -> str:
    """That a day and time, as typed, does not exist in ``zone`` and what it means then, with a space before it; empty
    where it does. Raises as ``parse_local`` does."""
    day, at = parse_local(typed)
    local = local_instant(day, at, zone).astimezone(ZoneInfo(zone)).time()
    if local == at:
        return ""
    return f" {spoken_time(at)} does not exist that day, as clocks go forward then, so it is {spoken_time(local)}."


def spoken_date(day: date) -> str:
    """A date: "Monday 30 November 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def day_ahead(today: date) -> str:
    """A day to come, as people type it, for an example that works when it is copied."""
    return (today + timedelta(weeks=4)).isoformat()


def spoken_time(at: time) -> str:
    """A time of day on the 24-hour clock, as people type it: "9:00"."""
    return f"{at.hour}:{at.minute:02d}"
