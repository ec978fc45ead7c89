"""The trend as a chart, a table and words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.gaps.week import Snapshot
from bot.principles.assessment import PrincipleState
from bot.schedule import period_of
from handlers.principles.trend import WEEKS_SHOWN, can_draw, show_trend
from tests.support.payloads import assert_sound

FIRST = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
NOT_YET, MET, THIN, ASIDE = (
    PrincipleState.NOT_YET,
    PrincipleState.MET,
    PrincipleState.THIN,
    PrincipleState.NOT_APPLICABLE,
)


def weeks(*states: tuple[PrincipleState, ...]) -> list[Snapshot]:
    """Snapshots of weeks running."""
    days = [FIRST + number * timedelta(weeks=1) for number in range(len(states))]
    return [Snapshot(period_of(day.date()), day, six, (), 0) for day, six in zip(days, states, strict=True)]


THREE = weeks((NOT_YET,) * 6, (THIN, *(NOT_YET,) * 5), (THIN, MET, *(NOT_YET,) * 3, ASIDE))


def test_the_words_say_for_each_principle_how_it_stood_and_from_when() -> None:
    text = show_trend("A & B", THREE, drawn=True).text
    assert text.startswith("*How the six principles stood* for A &amp; B: 3 weeks, 23 Nov to 7 Dec 2026.")
    assert "• 1 Executive support: not yet, met (one person) from 30 Nov\n" in text
    assert "• 2 Joint chairs: not yet, met from 7 Dec\n" in text
    assert "• 3 Legal experts: not yet throughout\n" in text
    assert text.endswith("• 6 Consumer community: not yet, set aside from 7 Dec")


def test_the_chart_counts_the_states_of_each_week_and_leaves_out_what_never_was() -> None:
    (chart,) = [
        block for block in show_trend("G", THREE, drawn=True).blocks or [] if block["type"] == "data_visualization"
    ]
    series = {line["name"]: [point["value"] for point in line["data"]] for line in chart["chart"]["series"]}
    assert series == {"Met": [0, 0, 1], "Met, on one person": [0, 1, 1], "Not yet": [6, 5, 3], "Set aside": [0, 0, 1]}
    assert chart["chart"]["axis_config"]["categories"] == ["23 Nov", "30 Nov", "7 Dec"]
    only = show_trend("G", THREE[:1], drawn=True).blocks or []
    assert [line["name"] for line in only[1]["chart"]["series"]] == ["Not yet"]


def test_the_table_names_the_state_of_each_principle_in_each_week() -> None:
    (table,) = [block for block in show_trend("G", THREE, drawn=True).blocks or [] if block["type"] == "table"]
    rows = [[cell["text"] for cell in row] for row in table["rows"]]
    assert rows[0] == ["Principle", "23 Nov", "30 Nov", "7 Dec"]
    assert rows[1] == ["1 Executive support", "not yet", "met (one person)", "met (one person)"]
    assert len(rows) == 7


@pytest.mark.parametrize("count", [1, 2, WEEKS_SHOWN])
def test_every_length_is_what_slack_takes(count: int) -> None:
    for six in ((NOT_YET, MET, THIN, ASIDE, MET, THIN), (MET,) * 6):
        answer = show_trend("G" * 200, weeks(*[six] * count), drawn=True)
        assert_sound(answer.text, answer.blocks)


def test_weeks_over_the_new_year_keep_their_order() -> None:
    over = [Snapshot(period, FIRST, (MET,) * 6, (), 0) for period in ("2026-W52", "2026-W53", "2027-W01")]
    assert "3 weeks, 21 Dec 2026 to 4 Jan 2027" in show_trend("G", over, drawn=True).text


def test_where_nothing_can_be_drawn_the_words_say_it_all() -> None:
    answer = show_trend("G", THREE, drawn=False)
    assert {block["type"] for block in answer.blocks or []} == {"section", "actions", "context"}
    assert answer.blocks is not None
    assert answer.blocks[0]["text"]["text"] == answer.text
    assert_sound(answer.text, answer.blocks)


def test_before_the_first_look_it_says_when_that_comes() -> None:
    assert show_trend("G", [], drawn=True).text.startswith("There is no trend yet: the first look is taken with")


@pytest.mark.parametrize(
    ("address", "drawn"),
    [
        ("https://slack.com/api/", True),
        ("http://127.0.0.1:4000/api/", True),
        ("https://slack-gov.com/api/", False),
        ("https://agency.slack-gov.com/api/", False),
        ("https://notslack-gov.com.example/api/", True),
    ],
)
def test_government_slack_gets_words_only(address: str, drawn: bool) -> None:
    assert can_draw(address) is drawn
