"""``chat.*``: what is posted, changed and deleted, and what is refused."""

from __future__ import annotations

import pytest

from tests.playground.conftest import Answer, Stage
from tests.support.sample_app import button, section

WORKING = "C0WORKING1"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": WORKING}, "no_text"),
        ({"channel": WORKING, "text": ""}, "no_text"),
        ({"channel": WORKING, "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": WORKING, "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"channel": WORKING, "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"channel": WORKING, "text": "x", "blocks": [section("x" * 2999) for _ in range(5)]}, "msg_blocks_too_long"),
        ({"channel": WORKING, "text": "x", "thread_ts": "1.1"}, "cannot_reply_to_message"),
        ({"channel": WORKING, "text": "x", "username": "Someone"}, "missing_scope"),
        ({"channel": "C0NOWHERE0", "text": "x"}, "channel_not_found"),
        ({"channel": "C0CLOSED05", "text": "x"}, "channel_not_found"),
        ({"channel": "C0GENERAL4", "text": "x"}, "not_in_channel"),
    ],
)
async def test_posts_that_slack_refuses_are_refused_by_its_names(stage: Stage, arguments: Answer, error: str) -> None:
    """Content first, then place."""
    assert (await stage.refusal("chat.postMessage", **arguments))["error"] == error


async def test_invalid_blocks_are_refused_with_their_place_and_recorded(stage: Stage) -> None:
    """The line is Slack's."""
    answer = await stage.refusal("chat.postMessage", channel=WORKING, text="x", blocks=[section("x" * 3001)])
    line = "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert (answer["error"], answer["response_metadata"]["messages"]) == ("invalid_blocks", [line])
    assert (await stage.slack.violations())[-1]["errors"] == ["invalid_blocks", line]


async def test_text_beyond_the_advised_length_is_recorded(stage: Stage) -> None:
    """Slack advises 4,000 characters and takes more."""
    await stage.api.chat_postMessage(channel=WORKING, text="x" * 4001)
    assert (await stage.slack.warnings())[-1]["errors"] == [
        "[WARNING] text should be at most 4000 characters [json-pointer:/text]"
    ]


async def test_attachments_come_back_as_slack_keeps_them(stage: Stage) -> None:
    """Blocks of null are none; those that there are can be pressed."""
    pressed = {"type": "actions", "elements": [button("Press me in here", "any")]}
    attachments: list[Answer] = [{"text": "plain", "blocks": None}, {"color": "#36a64f", "blocks": [pressed]}]
    posted = await stage.api.chat_postMessage(channel=WORKING, text="x", attachments=attachments)
    kept = posted["message"]["attachments"]
    assert [one["id"] for one in kept] == [1, 2]
    assert kept[1]["blocks"][0]["block_id"]
    assert (await stage.slack.read("dana", WORKING, last=1))[0]["buttons"] == ["Press me in here"]
    await stage.slack.press("dana", "Press me in here", channel=WORKING)
    assert stage.app.heard[-1]["actions"][0]["block_id"] == kept[1]["blocks"][0]["block_id"]


async def test_a_message_is_changed_in_place_and_deleted(stage: Stage) -> None:
    """Blocks that are left out stay; an empty list takes them away."""
    posted = await stage.api.chat_postMessage(channel=WORKING, text="One", blocks=[section("One")])
    await stage.api.chat_update(channel=WORKING, ts=posted["ts"], text="Two")
    changed = (await stage.slack.read("dana", WORKING, last=1))[0]
    assert (changed["text"], changed["words"], changed["edited"]) == ("Two", "One", True)
    await stage.api.chat_update(channel=WORKING, ts=posted["ts"], text="Three", blocks=[])
    assert (await stage.slack.read("dana", WORKING, last=1))[0]["words"] == "Three"
    await stage.api.chat_delete(channel=WORKING, ts=posted["ts"])
    assert (await stage.refusal("chat.update", channel=WORKING, ts=posted["ts"], text="x"))[
        "error"
    ] == "message_not_found"


async def test_only_its_own_messages_can_the_app_change(stage: Stage) -> None:
    """And none that is too long, and none that only one person sees."""
    mine = (await stage.slack.type_("dana", WORKING, "mine"))["new"][0]["ts"]
    for method, error in (("chat.update", "cant_update_message"), ("chat.delete", "cant_delete_message")):
        assert (await stage.refusal(method, channel=WORKING, ts=mine, text="x"))["error"] == error
    posted = await stage.api.chat_postMessage(channel=WORKING, text="One")
    long = await stage.refusal("chat.update", channel=WORKING, ts=posted["ts"], text="x" * 4001)
    assert long["error"] == "msg_too_long"
    hidden = await stage.api.chat_postEphemeral(channel=WORKING, user="U0DANA0001", text="psst")
    answer = await stage.refusal("chat.update", channel=WORKING, ts=hidden["message_ts"], text="x")
    assert answer["error"] == "message_not_found"


async def test_an_ephemeral_message_goes_to_members_only(stage: Stage) -> None:
    """One person sees it; one who is not in the channel is refused."""
    await stage.api.chat_postEphemeral(channel=WORKING, user="U0LENA0005", text="for Lena")
    assert (await stage.slack.read("lena", WORKING, last=1))[0]["text"] == "for Lena"
    assert (await stage.slack.read("joel", WORKING, last=1))[0]["text"] != "for Lena"
    answer = await stage.refusal("chat.postEphemeral", channel=WORKING, user="U0SAM00008", text="x")
    assert answer["error"] == "user_not_in_channel"


async def test_an_archived_channel_takes_no_posts(stage: Stage) -> None:
    """Until it is brought back."""
    channel = await stage.slack.channel("old-matters", ["dana"])
    await stage.slack.archive(channel)
    assert (await stage.refusal("chat.postMessage", channel=channel, text="x"))["error"] == "is_archived"
    await stage.slack.archive(channel, archived=False)
    assert (await stage.api.chat_postMessage(channel=channel, text="x"))["ok"]


async def test_a_permalink_names_channel_and_message(stage: Stage) -> None:
    """As Slack builds it."""
    posted = await stage.api.chat_postMessage(channel=WORKING, text="x")
    link = await stage.api.chat_getPermalink(channel=WORKING, message_ts=posted["ts"])
    assert link["permalink"].endswith(f"archives/{WORKING}/p{posted['ts'].replace('.', '')}")
