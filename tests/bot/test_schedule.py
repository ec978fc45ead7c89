"""When nudges are due: weeks, holidays, pauses, lateness."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.schedule import (
    DueNudge,
    Timing,
    due_in,
    due_now,
    is_paused,
    local_instant,
    next_due,
    next_to_settle,
    period_of,
    working_day,
)
from tests.support.factories import nudged

CHICAGO = nudged(weekday=0, at=time(9), zone="America/Chicago")
ZONES = (
    "America/Chicago",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Kiritimati",
)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_the_nudge_is_at_its_local_time_in_winter_and_in_summer() -> None:
    assert due_in(CHICAGO, "2026-W50").planned_at == utc(2026, 12, 7, 15)
    assert due_in(CHICAGO, "2026-W28").planned_at == utc(2026, 7, 6, 14)


def test_the_period_is_the_iso_week_of_the_planned_local_date_also_where_utc_is_in_another() -> None:
    late_sunday = nudged(weekday=6, at=time(23), zone="America/Los_Angeles")
    due = next_due(late_sunday, utc(2026, 12, 1))
    assert due == DueNudge("2026-W49", utc(2026, 12, 7, 7))
    early_monday = nudged(weekday=0, at=time(1), zone="Pacific/Kiritimati")
    assert due_in(early_monday, "2026-W50").planned_at == utc(2026, 12, 6, 11)


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 1), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2029, 12, 31), "2030-W01"),
        (date(2026, 2, 9), "2026-W07"),
    ],
)
def test_periods_at_the_turn_of_the_year_follow_iso_weeks(day: date, period: str) -> None:
    assert period_of(day) == period


@pytest.mark.parametrize("period", ["", "2026", "2026-W54", "2027-W53", "W01", "2026-Wxx"])
def test_what_is_no_iso_week_is_an_error(period: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        due_in(CHICAGO, period)


@pytest.mark.parametrize(
    ("day", "moved_to", "holiday"),
    [
        (date(2026, 1, 19), date(2026, 1, 20), "Martin Luther King Jr. Day"),
        (date(2026, 5, 25), date(2026, 5, 26), "Memorial Day"),
        (date(2026, 6, 19), date(2026, 6, 22), "Juneteenth National Independence Day"),
        (date(2026, 7, 3), date(2026, 7, 6), "Independence Day (observed)"),
        (date(2026, 7, 4), date(2026, 7, 6), "Independence Day"),
        (date(2026, 10, 12), date(2026, 10, 13), "Columbus Day"),
        (date(2026, 11, 11), date(2026, 11, 12), "Veterans Day"),
        (date(2026, 11, 26), date(2026, 11, 27), "Thanksgiving Day"),
        (date(2026, 12, 25), date(2026, 12, 28), "Christmas Day"),
        (date(2027, 7, 5), date(2027, 7, 6), "Independence Day (observed)"),
        (date(2027, 12, 31), date(2028, 1, 3), "New Year's Day (observed)"),
        (date(2026, 12, 7), date(2026, 12, 7), None),
        (date(2026, 12, 5), date(2026, 12, 5), None),
        (date(2026, 12, 6), date(2026, 12, 6), None),
    ],
)
def test_a_federal_holiday_moves_to_the_next_working_day_and_a_weekend_stays(
    day: date, moved_to: date, holiday: str | None
) -> None:
    assert working_day(day) == (moved_to, holiday)


def test_a_holiday_keeps_the_local_time_and_the_period_of_the_planned_date() -> None:
    friday = nudged(weekday=4, at=time(9), zone="America/Chicago")
    christmas = due_in(friday, "2026-W52")
    assert christmas == DueNudge("2026-W52", utc(2026, 12, 28, 15), "Christmas Day")


def test_a_states_own_holiday_counts_only_for_a_group_of_that_state() -> None:
    patriots_day = date(2026, 4, 20)
    assert working_day(patriots_day) == (patriots_day, None)
    assert working_day(patriots_day, "MA") == (date(2026, 4, 21), "Patriots' Day")
    assert due_in(nudged(state="MA"), "2026-W17").shifted_for == "Patriots' Day"
    assert due_in(CHICAGO, "2026-W17").shifted_for is None


def test_a_federal_holiday_counts_also_where_a_state_has_none_that_day() -> None:
    assert working_day(date(2026, 10, 12), "TX") == (date(2026, 10, 13), "Columbus Day")


def test_a_nudge_moved_into_the_next_week_is_still_found_after_its_own_week() -> None:
    friday = nudged(weekday=4, at=time(9), zone="America/Chicago")
    due = next_due(friday, utc(2026, 12, 28, 14, 59))
    assert due is not None
    assert due.period == "2026-W52"
    following = next_due(friday, due.planned_at)
    assert following is not None
    assert (following.period, following.planned_at) == ("2026-W53", utc(2027, 1, 4, 15))


def test_the_next_nudge_is_strictly_later_than_the_instant_asked() -> None:
    at = due_in(CHICAGO, "2026-W50").planned_at
    assert next_due(CHICAGO, at - timedelta(microseconds=1)) == DueNudge("2026-W50", at)
    assert next_due(CHICAGO, at) == DueNudge("2026-W51", at + timedelta(days=7))


@pytest.mark.parametrize(
    ("age", "timing"),
    [
        (timedelta(microseconds=-1), Timing.AHEAD),
        (timedelta(0), Timing.ON_TIME),
        (timedelta(minutes=10), Timing.ON_TIME),
        (timedelta(minutes=10, microseconds=1), Timing.LATE),
        (timedelta(hours=24), Timing.LATE),
        (timedelta(hours=24, microseconds=1), Timing.DROPPED),
        (timedelta(days=400), Timing.DROPPED),
    ],
)
def test_a_nudge_is_on_time_for_ten_minutes_late_for_a_day_and_then_dropped(age: timedelta, timing: Timing) -> None:
    at = due_in(CHICAGO, "2026-W50").planned_at
    assert DueNudge("2026-W50", at).timing(at + age) is timing


def test_after_three_weeks_of_downtime_the_old_ones_are_dropped_and_the_last_is_late() -> None:
    found = due_now(CHICAGO, since=utc(2026, 11, 20), now=utc(2026, 12, 7, 20))
    assert [(due.period, timing) for due, timing in found] == [
        ("2026-W48", Timing.DROPPED),
        ("2026-W49", Timing.DROPPED),
        ("2026-W50", Timing.LATE),
    ]


def test_a_plan_made_after_this_weeks_time_owes_nothing_for_this_week() -> None:
    assert due_now(CHICAGO, since=utc(2026, 12, 7, 15, 1), now=utc(2026, 12, 7, 20)) == ()


def test_looking_again_at_the_same_instant_finds_nothing_new() -> None:
    at = due_in(CHICAGO, "2026-W50").planned_at
    assert len(due_now(CHICAGO, since=at - timedelta(minutes=1), now=at)) == 1
    assert due_now(CHICAGO, since=at, now=at) == ()


def test_a_pause_without_a_date_lasts_until_someone_resumes() -> None:
    paused = nudged(0, time(9), "America/Chicago", paused=True)
    assert next_due(paused, utc(2026, 12, 1)) is None
    assert [timing for _, timing in due_now(paused, utc(2026, 12, 1), utc(2027, 12, 1))] == [Timing.PAUSED] * 52
    assert next_to_settle(paused, utc(2026, 12, 1)) == DueNudge("2026-W50", utc(2026, 12, 7, 15))
    assert is_paused(paused, utc(2030, 1, 1))


def test_a_pause_until_a_date_ends_on_that_date_local_time() -> None:
    monday = nudged(0, time(9), "America/Chicago", paused=True, paused_until=date(2026, 12, 14))
    due = next_due(monday, utc(2026, 12, 1))
    assert due is not None
    assert due.period == "2026-W51"
    assert [timing for _, timing in due_now(monday, utc(2026, 12, 1), due.planned_at)] == [
        Timing.PAUSED,
        Timing.ON_TIME,
    ]
    assert is_paused(monday, utc(2026, 12, 14, 5, 59))
    assert not is_paused(monday, utc(2026, 12, 14, 6))


def test_a_pause_ending_the_day_after_the_nudge_waits_for_the_next_week() -> None:
    group = nudged(0, time(9), "America/Chicago", paused=True, paused_until=date(2026, 12, 8))
    due = next_due(group, utc(2026, 12, 1))
    assert due is not None
    assert due.period == "2026-W51"


def test_a_midnight_nudge_on_the_day_a_pause_ends_is_posted() -> None:
    group = nudged(0, time(0), "America/Chicago", paused=True, paused_until=date(2026, 12, 14))
    assert next_due(group, utc(2026, 12, 1)) == DueNudge("2026-W51", utc(2026, 12, 14, 6))


def test_a_date_left_over_from_a_pause_that_was_ended_does_nothing() -> None:
    group = nudged(0, time(9), "America/Chicago", paused=False, paused_until=date(2030, 1, 1))
    assert next_due(group, utc(2026, 12, 1)) == DueNudge("2026-W50", utc(2026, 12, 7, 15))
    assert not is_paused(group, utc(2026, 12, 1))


def test_a_quiet_week_has_no_nudge_and_is_looked_at_all_the_same() -> None:
    group = nudged(quiet=frozenset({"2026-W50", "2026-W51"}))
    due = next_due(group, utc(2026, 12, 1))
    assert due is not None
    assert due.period == "2026-W52"
    assert next_to_settle(group, utc(2026, 12, 1)).period == "2026-W50"
    found = due_now(group, utc(2026, 12, 1), due.planned_at)
    assert [timing for _, timing in found] == [Timing.QUIET, Timing.QUIET, Timing.ON_TIME]


def test_a_week_that_had_its_nudge_is_passed_over() -> None:
    assert next_to_settle(CHICAGO, utc(2026, 12, 1), {"2026-W50"}).period == "2026-W51"
    due = next_due(CHICAGO, utc(2026, 12, 1), {"2026-W50"})
    assert due is not None
    assert due.period == "2026-W51"


@settings(deadline=None)
@given(
    weekday=st.integers(0, 6),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from(ZONES),
    start=st.integers(0, 4000).map(lambda days: utc(2026, 1, 1, 11, 7) + timedelta(days=days)),
)
def test_sixty_weeks_in_a_row_have_each_period_once_and_in_order(
    weekday: int, at: time, zone: str, start: datetime
) -> None:
    group = nudged(weekday, at, zone)
    found = due_now(group, start, start + timedelta(weeks=60))
    first = date.fromisocalendar(int(found[0][0].period[:4]), int(found[0][0].period[6:]), 1)
    assert [due.period for due, _ in found] == [period_of(first + timedelta(weeks=n)) for n in range(len(found))]
    assert 59 <= len(found) <= 61
    assert all(earlier[0].planned_at < later[0].planned_at for earlier, later in pairwise(found))


@settings(deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2026, 1, 1), date(2037, 12, 31)),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_a_local_time_that_exists_is_read_back_unchanged(zone: str, day: date, at: time) -> None:
    local = local_instant(day, at, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert local >= datetime.combine(day, at)
    assert local - datetime.combine(day, at) <= timedelta(hours=1)
