"""Modals: opened by a trigger, filled by label, submitted, refused, stacked three high."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from playground.telling.client import Refused
from tests.playground.conftest import Stage
from tests.support.sample_app import Payload, button, field, modal, options, plain, section

WORKING = "C0WORKING1"


def named(words: str = "Sample", **more: Any) -> Payload:
    """A modal with one field."""
    return modal(field("Name", {"type": "plain_text_input", "action_id": "name"}), title=plain(words), **more)


async def opened(stage: Stage, view: Payload, user: str = "dana") -> Payload:
    """Have a person open a modal of the app's; answers it as they see it."""
    stage.app.view = view
    shown: Payload = (await stage.slack.type_(user, WORKING, "/modal"))["view"]
    return shown


async def trigger(stage: Stage, user: str = "dana") -> str:
    """A fresh trigger id, from a command."""
    await stage.slack.type_(user, WORKING, "/echo hello")
    return str(stage.app.heard[-1]["trigger_id"])


def error_of(refused: pytest.ExceptionInfo[SlackApiError]) -> str:
    """Slack's error name."""
    return str(refused.value.response["error"])


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
    await opened(stage, EVERY_FIELD)
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
    await opened(
        stage,
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
    await opened(stage, modal(field("Thing", element)))
    heard = len(stage.app.heard)
    outcome = await stage.slack.submit("dana", {"Thing": value})
    assert (outcome["status"], outcome["errors"]) == (None, {"Thing": words})
    assert len(stage.app.heard) == heard


async def test_unknown_labels_and_options_are_answered_with_the_known_ones(stage: Stage) -> None:
    """Nothing is submitted."""
    select = {"type": "static_select", "action_id": "a", "options": options("Justice", "Health")}
    await opened(stage, modal(field("Side", select)))
    with pytest.raises(Refused) as no_field:
        await stage.slack.submit("dana", {"Sid": "Health"})
    assert no_field.value.labels == ["Side"]
    with pytest.raises(Refused, match="Justice, Health"):
        await stage.slack.submit("dana", {"Side": "Wealth"})


async def test_errors_stand_at_their_fields_and_the_modal_stays(stage: Stage) -> None:
    """By the label of the field."""
    await opened(stage, named())
    stage.app.submission_answer = {"response_action": "errors", "errors": {"name": "Too short"}}
    outcome = await stage.slack.submit("dana", {"Name": "x"})
    assert outcome["errors"] == {"Name": "Too short"}
    assert outcome["view"]["inputs"][0]["value"] == "x"
    assert outcome["violations"] == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nothing": "There is no such input"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal", "title": plain("x" * 25), "blocks": [section("a")]}},
        {"response_action": "push", "view": {"type": "home", "blocks": []}},
        {"response_action": "dance"},
    ],
)
async def test_an_answer_that_slack_would_not_take_is_a_violation_and_the_modal_says_so(
    stage: Stage, answer: Payload
) -> None:
    """The person sees trouble; the modal stays."""
    await opened(stage, named())
    stage.app.submission_answer = answer
    outcome = await stage.slack.submit("dana", {"Name": "x"})
    assert [one["where"] for one in outcome["violations"]] == ["view_submission"]
    assert outcome["view"]["notice"] == "We had some trouble connecting. Try again?"


async def test_a_submitted_modal_is_updated_pushed_upon_or_all_cleared_as_the_app_answers(stage: Stage) -> None:
    """The three response actions."""
    await opened(stage, named("First"))
    stage.app.submission_answer = {"response_action": "update", "view": named("Second")}
    assert (await stage.slack.submit("dana", {"Name": "x"}))["view"]["title"] == "Second"
    stage.app.submission_answer = {"response_action": "push", "view": named("Third")}
    outcome = await stage.slack.submit("dana", {"Name": "x"})
    assert (outcome["view"]["title"], outcome["view"]["depth"]) == ("Third", 2)
    stage.app.submission_answer = {"response_action": "clear"}
    assert (await stage.slack.submit("dana", {"Name": "x"}))["view"] is None


async def test_what_is_filled_in_stays_when_an_update_keeps_the_ids(stage: Stage) -> None:
    """A changed action id starts empty."""
    shown = await opened(stage, named())
    await stage.slack.choose("dana", "Name", "Ana")
    await stage.api.views_update(view_id=shown["id"], view=named("Changed"))
    kept = await stage.slack.view("dana")
    assert kept is not None
    assert (kept["title"], kept["inputs"][0]["value"]) == ("Changed", "Ana")
    fresh = modal(field("Name", {"type": "plain_text_input", "action_id": "other_name"}))
    await stage.api.views_update(view_id=shown["id"], view=fresh)
    changed = await stage.slack.view("dana")
    assert changed is not None
    assert changed["inputs"][0]["value"] is None


async def test_a_stale_hash_is_a_conflict(stage: Stage) -> None:
    """For updates and for home tabs."""
    shown = await opened(stage, named())
    await stage.api.views_update(view_id=shown["id"], view=named("Changed"), hash=shown["hash"])
    with pytest.raises(SlackApiError) as refused:
        await stage.api.views_update(view_id=shown["id"], view=named("Again"), hash=shown["hash"])
    assert error_of(refused) == "hash_conflict"
    home = {"type": "home", "blocks": [section("Home")]}
    await stage.api.views_publish(user_id="U0DANA0001", view=home)
    with pytest.raises(SlackApiError) as refused_home:
        await stage.api.views_publish(user_id="U0DANA0001", view=home, hash="0.0")
    assert error_of(refused_home) == "hash_conflict"


async def test_a_trigger_opens_one_modal_once(stage: Stage) -> None:
    """The second use is refused, and so is one made up."""
    known = await trigger(stage)
    await stage.api.views_open(trigger_id=known, view=named())
    with pytest.raises(SlackApiError) as again:
        await stage.api.views_open(trigger_id=known, view=named())
    assert error_of(again) == "exchanged_trigger_id"
    with pytest.raises(SlackApiError) as made_up:
        await stage.api.views_open(trigger_id="1.2.abc", view=named())
    assert error_of(made_up) == "invalid_trigger_id"


async def test_a_trigger_is_too_old_after_three_seconds(stage: Stage) -> None:
    """Real seconds, whatever the pretend clock says."""
    known = await trigger(stage)
    await asyncio.sleep(3.05)
    with pytest.raises(SlackApiError) as refused:
        await stage.api.views_open(trigger_id=known, view=named())
    assert error_of(refused) == "expired_trigger_id"


async def test_triggers_expire_at_once_with_that_fault_on(stage: Stage) -> None:
    """A switch."""
    known = await trigger(stage)
    await stage.slack.faults(expire_triggers=True)
    with pytest.raises(SlackApiError) as refused:
        await stage.api.views_open(trigger_id=known, view=named())
    assert error_of(refused) == "expired_trigger_id"


async def test_an_invalid_view_is_refused_with_its_place_and_the_trigger_stays_good(stage: Stage) -> None:
    """Slack checks arguments first."""
    known = await trigger(stage)
    with pytest.raises(SlackApiError) as refused:
        await stage.api.views_open(trigger_id=known, view=named("x" * 25))
    assert error_of(refused) == "invalid_arguments"
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    await stage.api.views_open(trigger_id=known, view=named())


async def test_three_views_stand_on_the_stack_and_no_more(stage: Stage) -> None:
    """Each push takes a trigger of its own."""
    await opened(stage, named("One"))
    for words in ("Two", "Three"):
        await stage.api.views_push(trigger_id=await trigger(stage), view=named(words))
    with pytest.raises(SlackApiError) as refused:
        await stage.api.views_push(trigger_id=await trigger(stage), view=named("Four"))
    assert error_of(refused) == "push_limit_reached"
    top = await stage.slack.view("dana")
    assert top is not None
    assert (top["title"], top["depth"]) == ("Three", 3)
    await stage.slack.close_modal("dana")
    below = await stage.slack.view("dana")
    assert below is not None
    assert below["title"] == "Two"


async def test_the_app_hears_of_a_closed_modal_where_it_asked_to(stage: Stage) -> None:
    """And that the whole stack went where it says so."""
    await opened(stage, named(notify_on_close=True, clear_on_close=True))
    await stage.slack.close_modal("dana")
    assert (stage.app.heard[-1]["type"], stage.app.heard[-1]["is_cleared"]) == ("view_closed", True)
    with pytest.raises(Refused, match="no modal open"):
        await stage.slack.close_modal("dana")


async def test_an_external_id_stands_for_one_view_only(stage: Stage) -> None:
    """It finds the view, and cannot be taken twice."""
    await opened(stage, named(external_id="one-of-a-kind"))
    await stage.api.views_update(external_id="one-of-a-kind", view=named("Found", external_id="one-of-a-kind"))
    with pytest.raises(SlackApiError) as refused:
        await stage.api.views_open(trigger_id=await trigger(stage, "marcus"), view=named(external_id="one-of-a-kind"))
    assert error_of(refused) == "duplicate_external_id"
    await stage.slack.close_modal("dana")


async def test_a_dispatching_input_tells_the_app_at_once(stage: Stage) -> None:
    """And one that does not dispatch only keeps its value."""
    select = {"type": "static_select", "action_id": "any", "options": options("Justice", "Health")}
    await opened(stage, modal(field("Side", select, dispatch_action=True), field("Name", {"type": "plain_text_input"})))
    await stage.slack.choose("dana", "Side", "Health")
    assert stage.app.heard[-1]["actions"][0]["selected_option"]["value"] == "health"
    heard = len(stage.app.heard)
    await stage.slack.choose("dana", "Name", "Ana")
    assert len(stage.app.heard) == heard


async def test_buttons_in_a_modal_carry_the_state_of_its_inputs(stage: Stage) -> None:
    """So that the app can redraw it."""
    await opened(
        stage,
        modal(
            field("Name", {"type": "plain_text_input", "action_id": "name"}),
            {"type": "actions", "elements": [button("Check", "any")]},
        ),
    )
    await stage.slack.choose("dana", "Name", "Ana")
    await stage.slack.press("dana", "Check")
    heard = stage.app.heard[-1]
    assert heard["container"]["type"] == "view"
    assert heard["view"]["state"]["values"]["name"]["name"]["value"] == "Ana"
