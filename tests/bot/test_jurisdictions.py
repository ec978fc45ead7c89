"""The state that a jurisdiction lies in, from the words that people type."""

from __future__ import annotations

from datetime import date

import pytest

from bot.jurisdictions import STATES, state_of
from bot.schedule import working_day


@pytest.mark.parametrize(
    ("jurisdiction", "state"),
    [
        ("Middlesex County, Massachusetts", "MA"),
        ("Middleton County, MA", "MA"),
        ("Middleton County, MA 01949", "MA"),
        ("middleton county, ma", "MA"),
        ("Portland, or", "OR"),
        ("middlesex county, massachusetts", "MA"),
        ("State of Vermont", "VT"),
        ("The Commonwealth of Virginia", "VA"),
        ("Kanawha County, West Virginia", "WV"),
        ("Vermont", "VT"),
        ("Vermont (statewide)", "VT"),
        ("Statewide, Ohio", "OH"),
        ("Ohio statewide", "OH"),
        ("Washington State", "WA"),
        ("Travis County TX", "TX"),
        ("Travis County Texas", "TX"),
        ("Multnomah County in Oregon", "OR"),
        ("Washington County, Oregon", "OR"),
        ("Delaware County, Pennsylvania; City of Chester", "PA"),
        ("Nevada County, CA", "CA"),
        ("Kansas City, Kansas", "KS"),
        ("Marion County, IN", "IN"),
        ("New York City", "NY"),
        ("Washington, DC", "DC"),
        ("Washington, D.C.", "DC"),
        ("District of Columbia", "DC"),
        ("San Juan, Puerto Rico", "PR"),
    ],
)
def test_a_state_is_found_in_the_words_for_a_jurisdiction(jurisdiction: str, state: str) -> None:
    assert state_of(jurisdiction) == state


@pytest.mark.parametrize(
    "jurisdiction",
    [
        "",
        "Middleton County",
        "Washington County",
        "Iowa County",
        "Kansas City",
        "Come in",
        "in",
        "Health or hope",
        "Bern, BE",
    ],
)
def test_where_no_state_is_named_for_certain_there_is_none(jurisdiction: str) -> None:
    assert state_of(jurisdiction) == ""


@pytest.mark.parametrize("state", sorted(set(STATES.values())))
def test_every_state_has_a_calendar(state: str) -> None:
    assert working_day(date(2026, 12, 25), state)[1] == "Christmas Day"
