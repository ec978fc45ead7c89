"""Weeks without a nudge: what is typed, and what comes of it."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.refusals import Refusal
from handlers.nudges.quiet import QuietBackwards, QuietPast, QuietTooLong, QuietUnclear, quiet_words, read_quiet
from tests.support.county import DANA, LENA, MARCUS, County

TODAY = date(2026, 12, 2)
CHRISTMAS = frozenset({"2026-W52", "2026-W53"})


@pytest.mark.parametrize(
    ("typed", "quiet"),
    [
        ("2026-12-21 to 2027-01-01", CHRISTMAS),
        ("2026-12-27 TO 2026-12-28", CHRISTMAS),
        ("2026-12-25", frozenset({"2026-W52"})),
        ("2026-12-01", frozenset({"2026-W49"})),
        ("off", frozenset()),
    ],
)
def test_weeks_are_named_by_any_of_their_days(typed: str, quiet: frozenset[str]) -> None:
    assert read_quiet(typed, frozenset(), TODAY) == quiet


def test_weeks_are_added_to_those_to_come_and_past_ones_are_forgotten() -> None:
    before = frozenset({"2026-W48", "2026-W50"})
    assert read_quiet("2026-12-21 to 2027-01-01", before, TODAY) == CHRISTMAS | {"2026-W50"}


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", QuietUnclear),
        ("sometime", Refusal),
        ("2026-11-29", QuietPast),
        ("2026-12-21 to 2026-12-14", QuietBackwards),
        ("2026-12-21 to 2027-12-01", QuietTooLong),
    ],
)
def test_what_names_no_week_to_come_gets_a_sentence(typed: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read_quiet(typed, frozenset(), TODAY)


def test_the_day_that_is_over_is_the_one_that_is_named() -> None:
    with pytest.raises(QuietPast, match=r"^2026-11-20 lies in a week that is over"):
        read_quiet("2026-11-20 to 2027-01-01", frozenset(), TODAY)


def test_the_words_name_the_weeks_by_their_mondays_and_how_to_undo_it() -> None:
    words = quiet_words(CHRISTMAS)
    assert "in the weeks of Monday 21 December 2026 and Monday 28 December 2026." in words
    assert "`/workgroup nudge quiet off`" in words
    assert quiet_words(frozenset()) == "No week is quiet."


async def test_a_cochair_leaves_a_week_out_and_brings_it_back(county: County) -> None:
    room = await county.group()
    assert "Only a co-chair" in (await room.types(LENA, "/workgroup nudge quiet 2026-12-07")).text
    answer = (await room.types(DANA, "/workgroup nudge quiet 2026-12-09")).text
    assert "No nudge comes in the week of Monday 7 December 2026." in answer
    assert "The next one is due Monday 14 December 2026" in answer
    assert "Monday 14 December 2026" in (await room.types(LENA, "/workgroup")).text
    assert "The next one is due Monday 7 December 2026" in (await room.types(DANA, "/workgroup nudge quiet off")).text
    assert [row["action"] for row in (await room.dump())["audit"]].count("nudge.quiet") == 2


async def test_weeks_that_cochairs_add_at_the_same_moment_are_all_kept(county: County) -> None:
    room = await county.group()
    days = [f"2026-12-{day}" for day in ("08", "15", "22", "29")] + [
        f"2027-01-{day}" for day in ("05", "12", "19", "26")
    ]
    chairs = (DANA, MARCUS) * 4
    await asyncio.gather(
        *(room.types(who, f"/workgroup nudge quiet {day}") for who, day in zip(chairs, days, strict=True))
    )
    told = (await room.types(DANA, f"/workgroup nudge quiet {days[0]}")).text.partition(" To have them again")[0]
    assert told.count("Monday") == len(days)
