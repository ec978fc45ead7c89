"""Plain English that more than one rule speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def joined(words: Iterable[str], link: str = "and") -> str:
    """``words`` as a list in a sentence: "a", "a and b", "a, b and c"; ``link`` stands before the last."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    *most, last = listed
    return f"{', '.join(most)} {link} {last}"


def short_day(day: date, today: date) -> str:
    """A day as a note says it: "Mar 3"; with its year where that is not this one."""
    words = f"{_MONTHS[day.month - 1]} {day.day}"
    return words if day.year == today.year else f"{words}, {day.year}"


def some_of(words: Sequence[str], shown: int, link: str = "or", rest: str = "others") -> str:
    """The first ``shown`` of ``words`` as a list in a sentence, and how many more there are: "A, B or 9 others"."""
    more = len(words) - shown
    if more <= 0:
        return joined(words, link)
    return joined([*words[:shown], f"{more} {rest}" if more > 1 else words[shown]], link)


def resting_words(people: Sequence[str]) -> str:
    """Whom something depends on: one, or several of whom each carries a part."""
    return f"{joined(people)} (each carries a part)" if len(people) > 1 else joined(people)
