"""``conversations.*``: direct messages, members, lists, threads."""

from __future__ import annotations

import pytest

from tests.playground.conftest import Stage

WORKING = "C0WORKING1"


async def test_direct_messages_are_opened_once_and_read_by_the_two_alone(stage: Stage) -> None:
    """Opening again answers the same conversation."""
    first = await stage.api.conversations_open(users="U0RUTH0007")
    again = await stage.api.conversations_open(users=["U0RUTH0007"], return_im=True)
    assert again["channel"]["id"] == first["channel"]["id"]
    assert again["channel"]["user"] == "U0RUTH0007"
    await stage.api.chat_postMessage(channel="U0RUTH0007", text="just us")
    assert (await stage.slack.read("ruth", first["channel"]["id"]))[-1]["text"] == "just us"
    assert "just us" not in [one["text"] for one in await stage.slack.read("dana")]


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("", "users_list_not_supplied"),
        ("U0NOBODY00", "user_not_found"),
        ("U0LENA0005,U0CONVENER", "invalid_user_combination"),
    ],
)
async def test_direct_messages_that_cannot_be_opened(stage: Stage, users: str, error: str) -> None:
    """By Slack's names."""
    assert (await stage.refusal("conversations.open", users=users))["error"] == error


async def test_members_come_page_by_page(stage: Stage) -> None:
    """The sdk follows the cursor."""
    pages = [page["members"] async for page in await stage.api.conversations_members(channel=WORKING, limit=4)]
    assert [len(page) for page in pages] == [4, 4, 1]
    assert (await stage.refusal("conversations.members", channel=WORKING, cursor="x"))["error"] == "invalid_cursor"
    assert (await stage.refusal("conversations.members", channel=WORKING, limit=5000))["error"] == "invalid_limit"


async def test_channels_are_listed_as_far_as_the_app_may_know_of_them(stage: Stage) -> None:
    """A private channel without the app is not there at all."""
    public = await stage.api.conversations_list(types="public_channel,private_channel", limit=1000)
    names = {one["name"] for one in public["channels"]}
    assert {"reentry-working-group", "privacy-counsel", "general"} <= names
    assert "court-clerks" not in names
    own = await stage.api.users_conversations(types="public_channel")
    assert "general" not in {one["name"] for one in own["channels"]}
    assert (await stage.refusal("conversations.info", channel="C0CLOSED05"))["error"] == "channel_not_found"


async def test_a_channel_tells_whether_it_is_shared_and_whether_the_app_is_in_it(stage: Stage) -> None:
    """Slack Connect has two homes."""
    shared = await stage.api.conversations_info(channel="C0PARTNER2", include_num_members=True)
    assert shared["channel"]["is_ext_shared"]
    assert shared["channel"]["num_members"] == 6
    general = await stage.api.conversations_info(channel="C0GENERAL4")
    assert not general["channel"]["is_member"]


async def test_the_app_joins_reads_and_leaves(stage: Stage) -> None:
    """A public channel."""
    channel = await stage.slack.channel("open-house", ["dana"], bot_is_member=False)
    assert (await stage.refusal("conversations.history", channel=channel))["error"] == "not_in_channel"
    await stage.api.conversations_join(channel=channel)
    await stage.slack.type_("dana", channel, "welcome")
    history = await stage.api.conversations_history(channel=channel)
    assert [one["text"] for one in history["messages"]] == ["welcome"]
    await stage.api.conversations_leave(channel=channel)
    assert (await stage.refusal("chat.postMessage", channel=channel, text="x"))["error"] == "not_in_channel"


async def test_a_thread_is_read_with_its_parent(stage: Stage) -> None:
    """And stays out of the channel's history."""
    channel = await stage.slack.channel("threads", ["dana"])
    parent = await stage.api.chat_postMessage(channel=channel, text="parent")
    await stage.api.chat_postMessage(channel=channel, text="answer", thread_ts=parent["ts"])
    replies = await stage.api.conversations_replies(channel=channel, ts=parent["ts"])
    assert [one["text"] for one in replies["messages"]] == ["parent", "answer"]
    history = await stage.api.conversations_history(channel=channel)
    assert [one["text"] for one in history["messages"]] == ["parent"]
