"""Blocks and attachments as Slack keeps them: ids given, defaults filled in, what is null left out."""

from __future__ import annotations

from playground.world.kept import NO_PREVIEW, kept_attachments, kept_blocks, kept_view
from tests.support.sample_app import button, field, modal, options, plain, section


def test_defaults_are_filled_in_as_slack_fills_them_in() -> None:
    """At every depth: texts, options, confirm dialogs, inputs."""
    confirm = {"title": plain("Sure?"), "text": {"type": "mrkdwn", "text": "*Yes*?"}}
    (kept,) = kept_blocks([section("Hello", accessory=button("Go", "go", confirm=confirm | {"confirm": plain("Y")}))])
    assert kept["text"] == {"type": "mrkdwn", "text": "Hello", "verbatim": False}
    assert kept["accessory"]["text"] == {"type": "plain_text", "text": "Go", "emoji": True}
    assert kept["accessory"]["confirm"]["title"]["emoji"] is True
    assert kept["accessory"]["confirm"]["text"]["verbatim"] is False


def test_an_input_says_that_it_is_required_and_when_it_acts() -> None:
    """A plain text input acts on Enter, once its block says that it acts at all."""
    (kept,) = kept_blocks([field("Name", {"type": "plain_text_input", "action_id": "a"})])
    assert (kept["optional"], kept["dispatch_action"]) == (False, False)
    assert kept["element"]["dispatch_action_config"] == {"trigger_actions_on": ["on_enter_pressed"]}
    select = {"type": "static_select", "action_id": "a", "options": options("A")}
    assert kept_blocks([field("Side", select)])[0]["element"]["options"][0]["text"]["emoji"] is True


def test_what_the_app_gave_stays_and_what_it_gave_as_null_is_gone() -> None:
    """Its own objects are not touched."""
    given = field("Name", {"type": "plain_text_input", "placeholder": None}, optional=True, hint=None)
    given["label"]["emoji"] = False
    (kept,) = kept_blocks([given])
    assert (kept["optional"], kept["label"]["emoji"]) == (True, False)
    assert "hint" not in kept
    assert "placeholder" not in kept["element"]
    assert "action_id" not in given["element"]
    assert kept["element"]["action_id"]


def test_rich_text_and_the_parameters_of_a_workflow_are_left_as_they_are() -> None:
    """They hold no texts of that kind."""
    rich = {"type": "rich_text", "block_id": "r", "elements": [{"type": "rich_text_section", "elements": []}]}
    assert kept_blocks([rich]) == [rich]
    workflow = {"trigger": {"url": "https://example.org", "customizable_input_parameters": [{"value": None}]}}
    pressed = {"type": "workflow_button", "text": plain("Go"), "workflow": workflow, "action_id": "w"}
    assert kept_blocks([{"type": "actions", "elements": [pressed]}])[0]["elements"][0]["workflow"] == workflow


def test_a_views_title_and_buttons_are_filled_in_too() -> None:
    """All are plain texts."""
    view = kept_view(modal(section("x"), close=plain("Leave")))
    assert [view[name]["emoji"] for name in ("title", "submit", "close")] == [True, True, True]


def test_attachments_are_numbered_and_their_blocks_get_ids() -> None:
    """A colour loses its sign; blocks that are null are none."""
    first, second = kept_attachments([{"color": "#36a64f", "blocks": [section("x")]}, {"text": "y", "blocks": None}])
    assert (first["id"], first["color"], first["fallback"]) == (1, "36a64f", NO_PREVIEW)
    assert first["blocks"][0]["block_id"]
    assert second == {"id": 2, "text": "y"}
