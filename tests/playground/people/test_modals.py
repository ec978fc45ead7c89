"""Modals: submitted, refused, updated, pushed upon, closed."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from playground.telling.client import Refused
from tests.playground.conftest import Stage, named
from tests.support.sample_app import Payload, button, field, modal, options, plain, section

WORKING = "C0WORKING1"


async def test_errors_stand_at_their_fields_and_the_modal_stays(stage: Stage) -> None:
    """By the label of the field."""
    await stage.opens(named())
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
    await stage.opens(named())
    stage.app.submission_answer = answer
    outcome = await stage.slack.submit("dana", {"Name": "x"})
    assert [one["where"] for one in outcome["violations"]] == ["view_submission"]
    assert outcome["view"]["notice"] == "We had some trouble connecting. Try again?"


async def test_a_submitted_modal_is_updated_pushed_upon_or_all_cleared_as_the_app_answers(stage: Stage) -> None:
    """The three response actions."""
    await stage.opens(named("First"))
    stage.app.submission_answer = {"response_action": "update", "view": named("Second")}
    assert (await stage.slack.submit("dana", {"Name": "x"}))["view"]["title"] == "Second"
    stage.app.submission_answer = {"response_action": "push", "view": named("Third")}
    outcome = await stage.slack.submit("dana", {"Name": "x"})
    assert (outcome["view"]["title"], outcome["view"]["depth"]) == ("Third", 2)
    stage.app.submission_answer = {"response_action": "clear"}
    assert (await stage.slack.submit("dana", {"Name": "x"}))["view"] is None


async def test_what_is_filled_in_stays_when_an_update_keeps_the_ids(stage: Stage) -> None:
    """A changed action id starts empty."""
    shown = await stage.opens(named())
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


async def test_the_app_hears_of_a_closed_modal_where_it_asked_to(stage: Stage) -> None:
    """And that the whole stack went where it says so."""
    await stage.opens(named(notify_on_close=True, clear_on_close=True))
    await stage.slack.close_modal("dana")
    assert (stage.app.heard[-1]["type"], stage.app.heard[-1]["is_cleared"]) == ("view_closed", True)
    with pytest.raises(Refused, match="no modal open"):
        await stage.slack.close_modal("dana")


async def test_a_dispatching_input_tells_the_app_at_once(stage: Stage) -> None:
    """And one that does not dispatch only keeps its value."""
    select = {"type": "static_select", "action_id": "any", "options": options("Justice", "Health")}
    await stage.opens(modal(field("Side", select, dispatch_action=True), field("Name", {"type": "plain_text_input"})))
    await stage.slack.choose("dana", "Side", "Health")
    assert stage.app.heard[-1]["actions"][0]["selected_option"]["value"] == "health"
    heard = len(stage.app.heard)
    await stage.slack.choose("dana", "Name", "Ana")
    assert len(stage.app.heard) == heard


async def test_buttons_in_a_modal_carry_the_state_of_its_inputs(stage: Stage) -> None:
    """So that the app can redraw it."""
    await stage.opens(
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


def picking(kind: str, **more: Any) -> Payload:
    """A modal that asks for a conversation."""
    element = {"type": kind, "action_id": "a", "response_url_enabled": True}
    return modal(field("Where", element | more))


async def test_a_choice_of_conversation_begins_with_the_one_that_the_person_has_open(stage: Stage) -> None:
    """However the modal came about; one pushed on top of it does so too."""
    view = picking("conversations_select", default_to_current_conversation=True)
    shown = await stage.opens(view)
    assert shown["inputs"][0]["value"] == WORKING
    await stage.api.views_push(trigger_id=await stage.trigger(), view=view)
    pushed = await stage.slack.view("dana")
    assert pushed is not None
    assert pushed["inputs"][0]["value"] == WORKING
    several = field("Where", {"type": "multi_conversations_select", "default_to_current_conversation": True})
    await stage.slack.ask("shortcut", user="dana", callback_id="begin", channel="county-partners")
    trigger = stage.app.heard[-1]["trigger_id"]
    await stage.api.views_open(trigger_id=trigger, view=modal(several))
    opened = await stage.slack.view("dana")
    assert opened is not None
    assert opened["inputs"][0]["value"] == ["C0PARTNER2"]


@pytest.mark.parametrize(
    ("kind", "initial"),
    [("conversations_select", "initial_conversation"), ("channels_select", "initial_channel")],
)
async def test_the_app_may_answer_where_the_person_chose(stage: Stage, kind: str, initial: str) -> None:
    """On an address of its own in the submission."""
    await stage.opens(picking(kind, **{initial: "C0PARTNER2"}))
    await stage.slack.submit("dana")
    (where,) = stage.app.heard[-1]["response_urls"]
    assert (where["block_id"], where["action_id"], where["channel_id"]) == ("where", "a", "C0PARTNER2")
    await AsyncWebhookClient(where["response_url"]).send(text="Done there", response_type="in_channel")
    assert (await stage.slack.read("sam", "C0PARTNER2", last=1))[0]["text"] == "Done there"
