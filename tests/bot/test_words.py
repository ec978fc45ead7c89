"""Plain English that is spoken in more than one place."""

from __future__ import annotations

from datetime import date

import pytest

from bot.words import joined, resting_words, short_day, some_of


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_reads_as_people_say_it(words: list[str], sentence: str) -> None:
    assert joined(words) == sentence


def test_another_word_may_stand_before_the_last() -> None:
    assert joined(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 3, 3), "Mar 3"), (date(2026, 12, 31), "Dec 31"), (date(2025, 12, 31), "Dec 31, 2025")],
)
def test_a_day_has_its_year_only_where_that_is_another_one(day: date, words: str) -> None:
    assert short_day(day, date(2026, 6, 1)) == words


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a or b"),
        (["a", "b", "c"], "a, b or c"),
        (["a", "b", "c", "d"], "a, b or 2 others"),
    ],
)
def test_of_many_the_first_are_named_and_the_rest_counted(names: list[str], words: str) -> None:
    assert some_of(names, 2) == words


def test_whom_something_depends_on_says_that_each_carries_a_part() -> None:
    assert resting_words(["Sheriff Ruiz"]) == "Sheriff Ruiz"
    assert resting_words(["Sheriff Ruiz", "Dr. Flores"]) == "Sheriff Ruiz and Dr. Flores (each carries a part)"
