"""Filling in a modal: every kind of input by its label, and what Slack itself complains of."""

from __future__ import annotations

import pytest

from playground.telling.client import Refused
from tests.playground.conftest import Stage
from tests.support.sample_app import Payload, field, modal, options

WORKING = "C0WORKING1"
EVERY_FIELD = modal(
    field("Words", {"type": "plain_text_input", "action_id": "a"}),
    field("Email", {"type": "email_text_input", "action_id": "a"}),
    field("Link", {"type": "url_text_input", "action_id": "a"}),
    field("Count", {"type": "number_input", "is_decimal_allowed": False, "action_id": "a"}),
    field("Side", {"type": "static_select", "action_id": "a", "options": options("Justice", "Health")}),
    field("Laws", {"type": "multi_static_select", "action_id": "a", "options": options("HIPAA", "FERPA")}),
    field("Kind", {"type": "radio_buttons", "action_id": "a", "options": options("Person", "Seat")}),
    field("Functions", {"type": "checkboxes", "action_id": "a", "options": options("Legal", "Staff")}),
    field("Who", {"type": "users_select", "action_id": "a"}),
    field("Roll", {"type": "multi_users_select", "action_id": "a"}),
    field("Where", {"type": "conversations_select", "action_id": "a"}),
    field("Day", {"type": "datepicker", "action_id": "a"}),
    field("Time", {"type": "timepicker", "action_id": "a"}),
    field("At", {"type": "datetimepicker", "action_id": "a"}),
    field("Anyone", {"type": "external_select", "action_id": "any", "min_query_length": 0}),
    field("Essay", {"type": "rich_text_input", "action_id": "a"}),
    field("Paper", {"type": "file_input", "action_id": "a"}),
)


async def test_every_kind_of_input_is_filled_by_its_label(stage: Stage) -> None:
    """And arrives in ``state.values`` in the form that Slack gives it."""
    await stage.opens(EVERY_FIELD)
    filled = {
        "Words": "Hello",
        "Email": "a@example.org",
        "Link": "https://example.org",
        "Count": 4,
        "Side": "Health",
        "Laws": ["hipaa", "FERPA"],
        "Kind": "Seat",
        "Functions": ["Legal"],
        "Who": "@marcus",
        "Roll": ["Dana Whitfield", "U0LENA0005"],
        "Where": "#general",
        "Day": "2026-12-07",
        "Time": "09:30",
        "At": "2026-12-07T16:00:00+00:00",
        "Anyone": "Alpha",
        "Essay": "Long words",
        "Paper": {"name": "people.csv", "content": "name\n"},
    }
    outcome = await stage.slack.submit("dana", filled)
    assert (outcome["status"], outcome["errors"], outcome["view"]) == (200, {}, None)
    values = stage.app.heard[-1]["view"]["state"]["values"]
    held = {label: next(iter(values[label.lower()].values())) for label in filled}
    assert held["Words"] == {"type": "plain_text_input", "value": "Hello"}
    assert held["Count"]["value"] == "4"
    assert held["Side"]["selected_option"]["value"] == "health"
    assert [one["value"] for one in held["Laws"]["selected_options"]] == ["hipaa", "ferpa"]
    assert held["Kind"]["selected_option"]["value"] == "seat"
    assert [one["value"] for one in held["Functions"]["selected_options"]] == ["legal"]
    assert held["Who"]["selected_user"] == "U0MARCUS02"
    assert held["Roll"]["selected_users"] == ["U0DANA0001", "U0LENA0005"]
    assert held["Where"]["selected_conversation"] == "C0GENERAL4"
    assert (held["Day"]["selected_date"], held["Time"]["selected_time"]) == ("2026-12-07", "09:30")
    assert held["At"]["selected_date_time"] == 1796659200
    assert held["Anyone"]["selected_option"]["value"] == "alpha"
    assert held["Essay"]["rich_text_value"]["type"] == "rich_text"
    assert held["Paper"]["files"][0]["name"] == "people.csv"


async def test_untouched_inputs_arrive_empty_or_with_their_initial_value(stage: Stage) -> None:
    """Null for one value, an empty list for several."""
    await stage.opens(
        modal(
            field("Words", {"type": "plain_text_input", "action_id": "a", "initial_value": "as it was"}),
            field("Side", {"type": "static_select", "action_id": "a", "options": options("Health")}, optional=True),
            field("Laws", {"type": "checkboxes", "action_id": "a", "options": options("HIPAA")}, optional=True),
        ),
    )
    await stage.slack.submit("dana")
    values = stage.app.heard[-1]["view"]["state"]["values"]
    assert values["words"]["a"]["value"] == "as it was"
    assert values["side"]["a"] == {"type": "static_select", "selected_option": None}
    assert values["laws"]["a"]["selected_options"] == []


@pytest.mark.parametrize(
    ("element", "value", "words"),
    [
        ({"type": "plain_text_input"}, None, "Please complete this required field."),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "Please enter at least 3 characters."),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "Please enter no more than 3 characters."),
        ({"type": "email_text_input"}, "nobody", "Please enter a valid email address."),
        ({"type": "url_text_input"}, "somewhere", "Please enter a valid URL."),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a whole number."),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "9"}, "9.5", "Please enter 9 or less."),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["dana", "lena"], "Please choose no more than 1."),
    ],
)
async def test_slack_itself_keeps_a_modal_open_until_it_can_be_submitted(
    stage: Stage, element: Payload, value: object, words: str
) -> None:
    """The app is not asked."""
    await stage.opens(modal(field("Thing", element)))
    heard = len(stage.app.heard)
    outcome = await stage.slack.submit("dana", {"Thing": value})
    assert (outcome["status"], outcome["errors"]) == (None, {"Thing": words})
    assert len(stage.app.heard) == heard


async def test_unknown_labels_and_options_are_answered_with_the_known_ones(stage: Stage) -> None:
    """Nothing is submitted."""
    select = {"type": "static_select", "action_id": "a", "options": options("Justice", "Health")}
    await stage.opens(modal(field("Side", select)))
    with pytest.raises(Refused) as no_field:
        await stage.slack.submit("dana", {"Sid": "Health"})
    assert no_field.value.labels == ["Side"]
    with pytest.raises(Refused, match="Justice, Health"):
        await stage.slack.submit("dana", {"Side": "Wealth"})
