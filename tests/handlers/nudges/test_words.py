"""What a nudge says is new, who is at it, and the private word after long silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.gaps.life import GapState, LiveGap
from bot.gaps.week import News
from bot.principles.assessment import assess
from handlers.nudges.quiet import QuietPast, read_quiet
from handlers.nudges.text import news_words, taken_words, unanswered
from handlers.principles.gap_finding import DuePast, read_due
from handlers.principles.gap_text import taken
from handlers.principles.words import gap_notes, spoken_until, standing_words
from tests.support.factories import NOW, situation

SINCE = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
TODAY = date(2026, 12, 7)
GAP = LiveGap("P3.a", SINCE)
TAKEN = replace(GAP, state=GapState.TAKEN, taken_by="U02", due_on=date(2026, 12, 18))
NEWS = News(SINCE, True)


@pytest.mark.parametrize(
    ("news", "told"),
    [
        (NEWS, "nothing new yet"),
        (replace(NEWS, met=(4,)), "principle 4 is met"),
        (replace(NEWS, met=(1, 4), added=2), "principles 1 and 4 are met; two people were added"),
        (replace(NEWS, lapsed=(4,), added=1), "principle 4 is open again; one person was added"),
        (replace(NEWS, resumed=(2, 3, 5)), "principles 2, 3 and 5 are taken up again"),
        (replace(NEWS, aside=(5,)), "principle 5 is set aside"),
        (replace(NEWS, closed=("P3.a",)), "P3.a is settled"),
        (replace(NEWS, closed=("P3.a", "P3.b"), added=1, only_people=False), "P3.a and P3.b are settled; one entry was"
         " added"),
        (replace(NEWS, added=12), "12 people were added"),
        (replace(NEWS, met=(1,), lapsed=(2,), aside=(3,), added=4), "principle 1 is met; principle 2 is open again;"
         " principle 3 is set aside"),
    ],
)  # fmt: skip
def test_what_is_new_is_one_short_sentence(news: News, told: str) -> None:
    assert news_words(news, "UTC") == f"Since the last nudge: {told}."


def test_after_a_week_without_a_nudge_the_groups_own_day_is_named() -> None:
    assert news_words(News(SINCE, False), "America/New_York") == "Since 30 November: nothing new yet."
    assert news_words(None, "UTC") == ""


def test_who_took_a_step_is_thanked_and_later_only_named() -> None:
    assert taken_words(TAKEN, TODAY) == "<@U02> has taken it, until Friday 18 December. Thank you!"
    assert taken_words(TAKEN, date(2026, 12, 19)) == "<@U02> took it until Friday 18 December."


def test_a_day_is_told_with_its_year_where_that_is_another_one() -> None:
    assert spoken_until(date(2026, 12, 18), TODAY) == "Friday 18 December"
    assert spoken_until(date(2027, 1, 4), TODAY) == "Monday 4 January 2027"


@pytest.mark.parametrize(
    ("gap", "told"),
    [
        (GAP, ""),
        (TAKEN, "taken by <@U02>, until Friday 18 December"),
        (replace(TAKEN, due_on=date(2026, 12, 4)), "taken by <@U02>, who meant to have it by Friday 4 December"),
        (replace(GAP, state=GapState.SNOOZED, snoozed_until=date(2026, 12, 21)), "snoozed until Monday 21 December"),
        (replace(GAP, state=GapState.SNOOZED, snoozed_until=TODAY), ""),
        (replace(GAP, state=GapState.NOT_OURS, reason="A & B"), "not ours, this group says: A &amp; B"),
    ],
)
def test_how_a_gap_stands_is_told_alike_everywhere(gap: LiveGap, told: str) -> None:
    assert standing_words(gap, TODAY) == told
    assert gap_notes(assess(situation(), NOW), [gap], TODAY) == ({"P3.a": told} if told else {})


def test_a_gap_that_holds_by_now_is_not_told_of() -> None:
    assert gap_notes(assess(situation(), NOW), [replace(TAKEN, criterion="P2.a")], TODAY) == {}


def test_the_private_word_is_kind_and_says_what_may_help() -> None:
    text = unanswered("C1", "Reentry & more", "P4.a", TODAY)["text"]
    assert text.startswith("The last three nudges for Reentry &amp; more in <#C1> got no answer")
    for typed in ("/principle take P4.a", "/principle snooze P4.a 4", "/workgroup nudge thursday 9:00", "pause until"):
        assert typed in text


@pytest.mark.parametrize("today", [date(2026, 12, 7), date(2031, 2, 28)])
def test_a_day_in_an_example_lies_ahead_whenever_it_is_read(today: date) -> None:
    ahead = (today + timedelta(weeks=4)).isoformat()
    assert f"pause until {ahead}" in unanswered("C1", "Reentry", "P4.a", today)["text"]
    assert f"take P3.a until {ahead}" in taken(replace(TAKEN, due_on=today), today).text
    with pytest.raises(DuePast, match=f"take P3.a until {ahead}"):
        read_due("until 2026-12-01", "P3.a", today)
    with pytest.raises(QuietPast, match=f"quiet {ahead} to "):
        read_quiet("2026-11-30", frozenset(), today)
