"""One of each: everything that the playground tells an app, and what it answers, for holding against Slack's shapes."""

from __future__ import annotations

from typing import Any

from tests.playground.conftest import WORKING, Stage
from tests.support.block_samples import BLOCKS, ELEMENTS
from tests.support.sample_app import Payload, button, field, modal, options, plain, section

SELECT = {"type": "static_select", "action_id": "any", "options": options("Justice", "Health")}
PRESSED: list[Payload] = [
    section("Pick one", block_id="section", accessory=button("Yes", "any", value="yes", style="primary")),
    {"type": "actions", "block_id": "acts", "elements": [SELECT | {"placeholder": plain("Side")}]},
    {
        "type": "actions",
        "block_id": "days",
        "elements": [{"type": "datepicker", "action_id": "any", "placeholder": plain("Day")}],
    },
]
VIEW = modal(
    field("Name", {"type": "plain_text_input", "action_id": "a"}),
    field("Where", {"type": "conversations_select", "action_id": "a", "response_url_enabled": True}),
    field("Side", SELECT | {"action_id": "b"}, dispatch_action=True, optional=True),
    field("Who", {"type": "external_select", "action_id": "any", "min_query_length": 0}, optional=True),
    {"type": "actions", "block_id": "acts", "elements": [button("Check", "any")]},
    notify_on_close=True,
)


async def everything_told(stage: Stage) -> dict[str, Payload]:
    """What the app hears, by its kind: commands, acts, submissions, shortcuts and events."""
    told: dict[str, Payload] = {}

    def note(name: str) -> None:
        told[name] = stage.app.heard[-1]

    await stage.slack.type_("dana", WORKING, "/echo hello")
    note("command")
    await _acts(stage, note)
    await _views(stage, note)
    await _events(stage, note)
    return told


async def _acts(stage: Stage, note: Any) -> None:
    await stage.api.chat_postMessage(channel=WORKING, text="Pick", blocks=PRESSED)
    await stage.slack.press("dana", "Yes", channel=WORKING)
    note("block_actions button")
    await stage.slack.choose("dana", "Side", "Health", channel=WORKING)
    note("block_actions static_select")
    posted = await stage.slack.read("dana", WORKING, last=1)
    await stage.slack.choose("dana", "Day", "2026-12-07", channel=WORKING)
    note("block_actions datepicker")
    await stage.slack.ask("shortcut", user="dana", callback_id="begin", channel=WORKING)
    note("shortcut")
    await stage.slack.ask("shortcut", user="dana", callback_id="keep", channel=WORKING, message_ts=posted[0]["ts"])
    note("message_action")


async def _views(stage: Stage, note: Any) -> None:
    await stage.opens(VIEW)
    await stage.slack.press("dana", "Check")
    note("block_actions view")
    await stage.slack.choose("dana", "Who", "Alpha")
    note("block_suggestion")
    await stage.slack.submit("dana", {"Name": "Ana", "Where": "#general"})
    note("view_submission")
    await stage.opens(VIEW)
    await stage.slack.close_modal("dana")
    note("view_closed")


async def _events(stage: Stage, note: Any) -> None:
    await stage.slack.type_("dana", WORKING, "hello *all*, see <https://example.org>")
    note("event message")
    ts = stage.app.heard[-1]["event"]["ts"]
    await stage.slack.type_("dana", WORKING, "@convener, are you there?", thread_ts=ts)
    note("event app_mention")
    await stage.slack.open_home("dana")
    note("event app_home_opened")
    await stage.slack.ask("react", user="dana", channel=WORKING, message_ts=ts, name="eyes")
    note("event reaction_added")
    await stage.slack.ask("pin", user="dana", channel=WORKING, message_ts=ts)
    note("event pin_added")
    channel = await stage.slack.channel(f"shapes-{len(await stage.slack.calls())}", ["dana"])
    await stage.slack.invite(channel, "lena", "dana")
    note("event member_joined_channel")
    await stage.slack.kick(channel, "lena")
    note("event member_left_channel")
    await stage.api.conversations_rename(channel=channel, name=f"renamed-{len(await stage.slack.calls())}")
    await stage.hears("channel_rename")
    note("event channel_rename")
    await stage.slack.archive(channel)
    note("event channel_archive")


def every_block() -> list[Payload]:
    """One of each block, with each element that may stand in it."""
    held = [{"type": "section", "text": plain("x"), "accessory": ELEMENTS[kind]} for kind in ("overflow", "checkboxes")]
    inputs = [field(kind, ELEMENTS[kind]) for kind in ELEMENTS if kind.endswith(("_input", "_select", "picker"))]
    return [*BLOCKS.values(), *held, *inputs]
