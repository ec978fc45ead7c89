"""Both clock changes in every zone of the tz database, 2026 to 2037, against clocks read minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.schedule import due_now, local_instant, period_of
from tests.support.factories import nudged

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
STEP = timedelta(days=7)
MINUTE = timedelta(minutes=1)
ALL_ZONES = sorted(available_timezones() - {"Factory", "localtime", "posixrules"})

Change = tuple[datetime, timedelta, timedelta]


def first_minute_showing(day: date, at: time, zone: str) -> datetime:
    """The first minute, counted one by one, at which the zone's clocks show ``at`` on ``day`` or something later."""
    target, clock = datetime.combine(day, at), ZoneInfo(zone)
    instant = target.replace(tzinfo=UTC) - timedelta(hours=15)
    while instant.astimezone(clock).replace(tzinfo=None) < target:
        ahead = target - instant.astimezone(clock).replace(tzinfo=None)
        instant += MINUTE if ahead < timedelta(hours=4) else timedelta(hours=1)
    return instant


@cache
def changes(zone: str) -> tuple[Change, ...]:
    """Each change of clocks of the zone: its instant, and the offsets before and after."""
    clock = ZoneInfo(zone)
    found = []
    instant, offset = FIRST, FIRST.astimezone(clock).utcoffset()
    while instant < LAST:
        following = (instant + STEP).astimezone(clock).utcoffset()
        if following != offset:
            assert offset is not None
            assert following is not None
            found.append((change_between(instant, instant + STEP, clock), offset, following))
        instant, offset = instant + STEP, following
    return tuple(found)


def change_between(low: datetime, high: datetime, clock: ZoneInfo) -> datetime:
    old = low.astimezone(clock).utcoffset()
    while high - low > MINUTE:
        middle = low + (high - low) // 2
        low, high = (middle, high) if middle.astimezone(clock).utcoffset() == old else (low, middle)
    return high.replace(second=0, microsecond=0)


@cache
def zones_by_changes() -> dict[tuple[Change, ...], list[str]]:
    """The zones that ever change their clocks, grouped by how: the groups are few, the zones many."""
    grouped: dict[tuple[Change, ...], list[str]] = {}
    for zone in ALL_ZONES:
        if changes(zone):
            grouped.setdefault(changes(zone), []).append(zone)
    return grouped


def moments_around(change: Change) -> list[datetime]:
    """Local clock readings before, at, inside and after a gap or an overlap."""
    instant, before, after = change
    edges = sorted((instant.replace(tzinfo=None) + before, instant.replace(tzinfo=None) + after))
    inside = edges[0] + (edges[1] - edges[0]) / 2
    return [edges[0] - MINUTE, edges[0], inside.replace(second=0), edges[1] - MINUTE, edges[1], edges[1] + MINUTE]


def test_the_tz_database_has_zones_with_both_kinds_of_change_over_all_the_years() -> None:
    assert len(ALL_ZONES) > 400
    assert len(zones_by_changes()) > 20
    assert len(changes("America/New_York")) == 24


def test_around_every_change_of_clocks_the_nudge_is_at_the_first_minute_that_shows_its_time() -> None:
    for kinds, zones in zones_by_changes().items():
        for change in kinds[:2] + kinds[-2:]:
            for local in moments_around(change):
                expected = first_minute_showing(local.date(), local.time(), zones[0])
                assert local_instant(local.date(), local.time(), zones[0]) == expected, (zones[0], local)


def test_zones_with_the_same_changes_agree_and_every_change_of_every_kind_is_met() -> None:
    for kinds, zones in zones_by_changes().items():
        for instant, before, after in kinds:
            skipped = instant.replace(tzinfo=None) + before
            zone = zones[instant.year % len(zones)]
            expected = instant if after > before else instant - (before - after)
            inside = skipped if after > before else skipped - (before - after)
            assert local_instant(inside.date(), inside.time(), zone) == expected, (zone, inside)


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("America/New_York", date(2026, 3, 8), time(2, 30), "2026-03-08 07:00"),
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01 05:30"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), "2026-10-03 15:30"),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "2026-04-04 14:45"),
        ("Antarctica/Troll", date(2026, 3, 29), time(2, 15), "2026-03-29 01:00"),
        ("Antarctica/Troll", date(2026, 10, 25), time(1, 30), "2026-10-24 23:30"),
        ("Africa/Casablanca", date(2026, 3, 22), time(2, 30), "2026-03-22 02:00"),
        ("Africa/Casablanca", date(2026, 2, 15), time(2, 30), "2026-02-15 01:30"),
        ("Europe/Dublin", date(2026, 3, 29), time(1, 1), "2026-03-29 01:00"),
        ("Asia/Kathmandu", date(2026, 3, 29), time(9, 0), "2026-03-29 03:15"),
        ("Pacific/Chatham", date(2026, 9, 27), time(3, 0), "2026-09-26 14:00"),
        ("Africa/Cairo", date(2026, 4, 24), time(0, 30), "2026-04-23 22:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(9, 0), "2011-12-30 10:00"),
    ],
)
def test_the_odd_zones_of_the_world_keep_the_rule(zone: str, day: date, at: time, expected: str) -> None:
    assert local_instant(day, at, zone) == datetime.fromisoformat(f"{expected}+00:00")


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "Africa/Casablanca"])
def test_over_twelve_years_a_sunday_nudge_in_the_changing_hour_comes_once_a_week(zone: str) -> None:
    group = nudged(weekday=6, at=time(2, 30), zone=zone)
    found = [due for due, _ in due_now(group, FIRST, LAST)]
    weeks = [period_of(FIRST.date() + timedelta(weeks=count)) for count in range(len(found))]
    assert [due.period for due in found] == weeks
    assert len(found) in (626, 627)
