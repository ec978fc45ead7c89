"""Days, times and zones as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.refusals import Refusal
from handlers.slack.times import skipped_words
from handlers.typed.times import (
    NudgeUnclear,
    UnknownDate,
    UnknownTime,
    UnknownWeekday,
    UnknownWhen,
    UnknownZone,
    parse_date,
    parse_nudge,
    parse_time,
    parse_weekday,
    parse_when,
    parse_zone,
)


@pytest.mark.parametrize(
    ("text", "zone", "words"),
    [
        (
            "2027-03-14 02:30",
            "America/New_York",
            " 2:30 does not exist that day, as clocks go forward then, so it is 3:00.",
        ),
        ("2027-03-14 2:30am", "America/Phoenix", ""),
        ("2027-03-14 03:00", "America/New_York", ""),
        ("2026-11-01 01:30", "America/New_York", ""),
    ],
)
def test_a_time_that_the_zone_skips_is_said(text: str, zone: str, words: str) -> None:
    assert skipped_words(text, zone) == words


@pytest.mark.parametrize(
    ("text", "number"),
    [("mon", 0), ("Monday", 0), ("TUE", 1), ("tues", 1), ("Thurs.", 3), ("sundays", 6), (" fri ", 4), ("Saturday", 5)],
)
def test_weekdays_are_read_in_full_or_short(text: str, number: int) -> None:
    assert parse_weekday(text) == number


@pytest.mark.parametrize("text", ["", "mo", "Funday", "mondayy", "1", "lundi"])
def test_other_weekdays_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(UnknownWeekday, match="Monday or mon"):
        parse_weekday(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9:00", time(9)),
        ("09:05", time(9, 5)),
        ("9am", time(9)),
        ("9 AM", time(9)),
        ("9:30 pm", time(21, 30)),
        ("9:30 p.m.", time(21, 30)),
        ("9.30pm", time(21, 30)),
        ("12am", time(0)),
        ("12:15 pm", time(12, 15)),
        ("17:00", time(17)),
        ("17:00:00", time(17)),
        ("1700", time(17)),
        ("0900 hrs", time(9)),
        ("23:59", time(23, 59)),
        ("0:00", time(0)),
        ("noon", time(12)),
        ("Midnight", time(0)),
        ("9\u00a0am", time(9)),
    ],
)
def test_times_are_read_as_people_write_them(text: str, expected: time) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    "text", ["", "9", "24:00", "9:60", "13pm", "0am", "17:00 pm", "25", "soon", "9:0", "-9:00", "٩:٠٠"]
)
def test_other_times_are_refused_with_examples(text: str) -> None:
    with pytest.raises(UnknownTime, match="9:00, 9am or 17:00"):
        parse_time(text)


@pytest.mark.parametrize("text", ["2026-10-02", "2026–10–02", " 2026-10-2 ", "2026−10−02"])
def test_iso_dates_are_read_with_any_dash(text: str) -> None:
    assert parse_date(text) == date(2026, 10, 2)


@pytest.mark.parametrize(
    "text",
    ["", "10/2/2026", "2026-02-30", "2026-13-01", "0001-01-01", "9999-12-31", "tomorrow", "2 October 2026", "2026-10"],
)
def test_other_dates_are_refused_with_the_iso_form(text: str) -> None:
    with pytest.raises(UnknownDate, match="year-month-day, such as 2026-10-02"):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-12-11 17:00", "America/Chicago", datetime(2026, 12, 11, 23, tzinfo=UTC)),
        ("2026-07-11T17:00", "America/Chicago", datetime(2026, 7, 11, 22, tzinfo=UTC)),
        ("2026-12-11 at 5pm", "America/Chicago", datetime(2026, 12, 11, 23, tzinfo=UTC)),
        ("2026-12-11, 5 p.m.", "America/Chicago", datetime(2026, 12, 11, 23, tzinfo=UTC)),
        ("2026-03-08 02:30", "America/New_York", datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        ("2026-11-01 01:30", "America/New_York", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("2026-10-04 02:15", "Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ],
)
def test_a_local_day_and_time_become_the_first_instant_that_exists(text: str, zone: str, expected: datetime) -> None:
    assert parse_when(text, zone) == expected


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", UnknownWhen),
        ("2026-12-11", UnknownWhen),
        ("2026-12-11 25:00", UnknownTime),
        ("12/11/2026 17:00", UnknownDate),
    ],
)
def test_a_day_without_a_time_or_a_wrong_one_is_refused(text: str, error: type[Refusal]) -> None:
    with pytest.raises(error):
        parse_when(text, "UTC")


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("America/New_York", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("Eastern", "America/New_York"),
        ("eastern time", "America/New_York"),
        ("US Eastern", "America/New_York"),
        ("US/Eastern", "America/New_York"),
        ("Eastern Time Zone", "America/New_York"),
        ("ET", "America/New_York"),
        ("est", "America/New_York"),
        ("Central Standard Time", "America/Chicago"),
        ("MST", "America/Denver"),
        ("arizona", "America/Phoenix"),
        ("PT", "America/Los_Angeles"),
        ("pacific daylight time", "America/Los_Angeles"),
        ("Alaska", "America/Anchorage"),
        ("HST", "Pacific/Honolulu"),
        ("chicago", "America/Chicago"),
        ("utc", "UTC"),
        ("puerto rico", "America/Puerto_Rico"),
        ("America/North_Dakota/New_Salem", "America/North_Dakota/New_Salem"),
    ],
)
def test_zones_are_read_by_key_by_city_and_by_common_name(text: str, zone: str) -> None:
    assert parse_zone(text) == zone


def test_every_zone_of_the_database_is_read_by_its_own_key() -> None:
    for key in available_timezones() - {"Factory", "localtime", "posixrules"}:
        assert ZoneInfo(parse_zone(key))


def test_an_unknown_zone_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownZone, match="Did you mean America/Chicago"):
        parse_zone("America/Chicgo")
    with pytest.raises(UnknownZone, match="Eastern, Central, Mountain"):
        parse_zone("the moon")
    with pytest.raises(UnknownZone):
        parse_zone("")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Monday 9:00", (0, time(9), None)),
        ("mon 9am Eastern", (0, time(9), "America/New_York")),
        ("every Tuesday at 9:30 p.m. America/New_York", (1, time(21, 30), "America/New_York")),
        ("FRI 17:00 central time", (4, time(17), "America/Chicago")),
        ("wed, noon PT", (2, time(12), "America/Los_Angeles")),
        ("thu 9 am", (3, time(9), None)),
        ("thu 9:00 America/Chicago", (3, time(9), "America/Chicago")),
    ],
)
def test_the_nudge_takes_a_weekday_a_time_and_perhaps_a_zone(text: str, expected: tuple[int, time, str | None]) -> None:
    assert parse_nudge(text) == expected


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NudgeUnclear),
        ("Monday", NudgeUnclear),
        ("Funday 9:00", UnknownWeekday),
        ("Monday soon", UnknownTime),
        ("Monday 25:00", UnknownTime),
        ("Monday 9:00 Mars", UnknownZone),
    ],
)
def test_a_nudge_that_cannot_be_read_says_which_part(text: str, error: type[Refusal]) -> None:
    with pytest.raises(error):
        parse_nudge(text)
