"""Days, times and time zones as people type them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import available_timezones

from bot.refusals import Refusal
from bot.schedule import local_instant
from handlers.typed.grammar import nearest, quoted, squeezed

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST_YEAR, LAST_YEAR = 1900, 2100


class UnknownWeekday(Refusal):
    """I do not know the weekday {typed}. Please type one in full or by three letters, such as Monday or mon."""


class UnknownTime(Refusal):
    """I could not read {typed} as a time of day. Please type it as 9:00, 9am or 17:00."""


class UnknownDate(Refusal):
    """I could not read {typed} as a date. Please type year-month-day, such as 2026-10-02."""


class UnknownWhen(Refusal):
    """I could not read {typed} as a day and a time. Please type both, such as 2026-12-11 17:00."""


class UnknownZone(Refusal):
    """I do not know the time zone {typed}.{nearest} Please type it as America/Chicago, or as Eastern, Central,
    Mountain, Pacific, Alaska or Hawaii."""


class NudgeUnclear(Refusal):
    """I could not read {typed} as a weekday and a time. Please type both, and a time zone if it differs, such as
    Monday 9:00 America/Chicago."""


_COMMON_ZONES = {
    "America/New_York": "eastern|et|est|edt|us/eastern",
    "America/Chicago": "central|ct|cst|cdt|us/central",
    "America/Denver": "mountain|mt|mst|mdt|us/mountain",
    "America/Phoenix": "arizona|us/arizona",
    "America/Los_Angeles": "pacific|pt|pst|pdt|us/pacific",
    "America/Anchorage": "alaska|akt|akst|akdt|us/alaska",
    "Pacific/Honolulu": "hawaii|ht|hst|hawaii-aleutian|us/hawaii",
    "America/Puerto_Rico": "puerto rico|atlantic|ast",
    "Pacific/Guam": "guam|chamorro|chst",
    "Pacific/Pago_Pago": "american samoa|us/samoa",
    "UTC": "utc|gmt|z|zulu|coordinated universal",
}
_COMMON = {name: zone for zone, names in _COMMON_ZONES.items() for name in names.split("|")}
_NAMED_TIMES = {"noon": time(12, 0), "midday": time(12, 0), "midnight": time(0, 0)}
_HALVES = re.compile(r"(0?[1-9]|1[0-2])(?:[:.]([0-5][0-9]))? ?([ap])\.? ?m\.?")
_HOURS = re.compile(
    r"(?:([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?|([01][0-9]|2[0-3])([0-5][0-9]))(?: ?(?:hrs|hours|h))?"
)
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_TIME_FIRST = re.compile(
    r"(?:at )?([0-9]{1,2}(?:[:.][0-9]{2})? ?[ap]\.? ?m\b\.?|noon|midday|midnight|[0-9:]+(?: ?(?:hrs|hours|h)\b)?)"
    r"(?: |$)"
)


def parse_weekday(text: str) -> int:
    """The weekday counted from Monday = 0. Raises UnknownWeekday."""
    word = squeezed(text).rstrip(".")
    for number, name in enumerate(WEEKDAYS):
        if word == f"{name.casefold()}s" or (len(word) > 2 and name.casefold().startswith(word)):
            return number
    raise UnknownWeekday(typed=quoted(text))


def parse_time(text: str) -> time:
    """A local time of day from "9:00", "9am", "9:30 p.m.", "17:00", "1700" or "noon". Raises UnknownTime."""
    word = squeezed(text)
    if word in _NAMED_TIMES:
        return _NAMED_TIMES[word]
    if half := _HALVES.fullmatch(word):
        return time(int(half[1]) % 12 + (12 if half[3] == "p" else 0), int(half[2] or 0))
    if hours := _HOURS.fullmatch(word):
        return time(int(hours[1] or hours[3]), int(hours[2] or hours[4]))
    raise UnknownTime(typed=quoted(text))


def parse_date(text: str) -> date:
    """A day of the calendar from its ISO form, between 1900 and 2100. Raises UnknownDate."""
    parted = _DATE.fullmatch(squeezed(text))
    try:
        day = date(*map(int, parted.groups())) if parted else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UnknownDate(typed=quoted(text))
    return day


def parse_when(text: str, zone: str) -> datetime:
    """The instant, in UTC, of a local day and time in ``zone`` (a tz database key), such as "2026-12-11 17:00".

    A time that the zone skips becomes the next minute that exists; one that comes twice means the first. Raises
    UnknownWhen, UnknownDate or UnknownTime.
    """
    return local_instant(*parse_local(text), zone).astimezone(UTC)


def parse_local(text: str) -> tuple[date, time]:
    """The local day and time that ``parse_when`` reads. Raises UnknownWhen, UnknownDate or UnknownTime."""
    parted = re.fullmatch(r"(\S+?)(?:t(?=[0-9])| at | )(.+)", squeezed(text).replace(", ", " "))
    if not parted:
        raise UnknownWhen(typed=quoted(text))
    return parse_date(parted[1]), parse_time(parted[2])


def parse_zone(text: str) -> str:
    """The tz database key that ``text`` names: by key, by city, or by a common name in the United States.

    Abbreviations mean the zone with its changes of clock: EST is Eastern time all year. Raises UnknownZone.
    """
    words = squeezed(text).replace("_", " ").removesuffix(" zone")
    short = re.sub(r"^us (?=.)|(?: standard| daylight)? time$", "", words)
    by_key, by_city = _zones()
    for word in (short, words):
        if zone := _COMMON.get(word) or by_key.get(word) or by_city.get(word):
            return zone
    near = [by_key.get(name) or _COMMON.get(name) or by_city[name] for name in _near_zones(words)]
    hint = f" Did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
    raise UnknownZone(typed=quoted(text), nearest=hint)


def parse_nudge(text: str) -> tuple[int, time, str | None]:
    """Weekday, local time and, where one was typed, zone, from "Monday 9:00 America/Chicago" or "every mon at 9am et".

    Raises NudgeUnclear, UnknownWeekday, UnknownTime or UnknownZone.
    """
    words = re.sub(r"^(?:every |on |each )+", "", squeezed(text))
    day, _, rest = words.replace(", ", " ").partition(" ")
    if not day or not rest:
        raise NudgeUnclear(typed=quoted(text))
    weekday = parse_weekday(day)
    at = _TIME_FIRST.match(rest)
    if not at:
        raise UnknownTime(typed=quoted(rest))
    zone = rest[at.end() :].strip()
    return weekday, parse_time(at[1]), parse_zone(zone) if zone else None


def _near_zones(words: str) -> list[str]:
    by_key, by_city = _zones()
    return nearest(words, [*by_key, *_COMMON, *by_city], 3, 0.6)


@lru_cache(maxsize=1)
def _zones() -> tuple[dict[str, str], dict[str, str]]:
    """Every zone by its key in plain lower case, and by its city alone where only one zone has that city."""
    keys = sorted(available_timezones() - {"Factory", "localtime", "posixrules"})
    by_key = {key.replace("_", " ").casefold(): key for key in keys}
    cities = Counter(key.rpartition("/")[2] for key in by_key if "/" in key)
    by_city = {key.rpartition("/")[2]: by_key[key] for key in by_key if cities[key.rpartition("/")[2]] == 1}
    return by_key, by_city
