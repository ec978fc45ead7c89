"""Finding entries by a side, a sector, a principle, a status or any words."""

from __future__ import annotations

import pytest

from bot.register import Law, Sector, Status
from handlers.register.search import PER_PAGE, find_page
from tests.support.factories import consumer_seat, entry, executive, expert, listed_group, spanner

REGISTER = (
    executive(1, Sector.JUSTICE, name="Sheriff José Ruiz", organization="County Sheriff"),
    executive(2, Sector.HEALTH, category="health_behavioral", name="Director", status=Status.INVITED),
    expert(3, Sector.HEALTH, Law.PART2, name="Counsel"),
    listed_group(4, name="Mental Health Court team"),
    spanner(5, category="veterans"),
    consumer_seat(6, name="Family seat"),
    entry(7, category="victims", sector=Sector.COMMUNITY, status=Status.NOMINATED),
)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 5, 2, 3, 4, 6, 7]),
        ("justice", [1, 5]),
        ("HEALTH", [2, 3]),
        ("community", [6, 7]),
        ("committed", [1, 6]),
        ("health invited", [2]),
        ("nominated", [7]),
        ("waiting", [7]),
        ("principle 3", [3]),
        ("Principle3", [3]),
        ("p6", [6]),
        ("principle 1 health", [2]),
        ("principle 4", [1, 2, 4]),
        ("jose", [1]),
        ("mental health court", [4]),
        ("42 CFR Part 2", [3]),
        ("s4", [4]),
        ("jails and prisons", [1]),
        ("executive", [1, 2]),
        ("nobody like this", []),
        ("principle 9", []),
    ],
)
def test_a_query_finds(query: str, numbers: list[int]) -> None:
    page = find_page(REGISTER, query)
    assert [entry.number for entry in page.entries] == numbers
    assert (page.total, page.everyone) == (len(numbers), len(REGISTER))


@pytest.mark.parametrize(
    ("typed", "number", "first"),
    [
        ("", 1, 1),
        ("page 2", 2, PER_PAGE + 1),
        ("page 0", 1, 1),
        ("page 99", 3, 2 * PER_PAGE + 1),
        ("justice page 2", 2, PER_PAGE + 1),
    ],
)
def test_a_page_beyond_the_last_is_the_last(typed: str, number: int, first: int) -> None:
    page = find_page([entry(number) for number in range(1, 2 * PER_PAGE + 2)], typed)
    assert (page.number, page.count, page.entries[0].number) == (number, 3, first)
