"""``conversations.*`` that change a channel, and the bookmarks at the top of it."""

from __future__ import annotations

import secrets

import pytest

from tests.playground.conftest import WORKING, Answer, Stage


@pytest.fixture
async def channel(stage: Stage) -> str:
    """A channel that the app made."""
    made = await stage.api.conversations_create(name=f"made-{secrets.token_hex(4)}")
    return str(made["channel"]["id"])


async def test_the_app_makes_a_channel_and_brings_people_in(stage: Stage, channel: str) -> None:
    """It is its first member; each who comes is told of as an event."""
    (created,) = await stage.hears("channel_created")
    assert created["channel"]["id"] == channel
    await stage.api.conversations_invite(channel=channel, users="U0DANA0001,U0LENA0005")
    members = (await stage.api.conversations_members(channel=channel))["members"]
    assert members == ["U0CONVENER", "U0DANA0001", "U0LENA0005"]
    joined = await stage.hears("member_joined_channel", 2)
    assert [one["inviter"] for one in joined] == ["U0CONVENER"] * 2
    assert (await stage.slack.type_("lena", channel, "hello"))["messages"] == ["hello"]
    await stage.api.conversations_kick(channel=channel, user="U0LENA0005")
    assert (await stage.api.conversations_members(channel=channel))["members"] == ["U0CONVENER", "U0DANA0001"]


@pytest.mark.parametrize(
    ("users", "force", "errors"),
    [
        ("U0NOBODY00", False, {"user_not_found"}),
        ("U0CONVENER", False, {"cant_invite_self"}),
        ("U0DANA0001,U0NOBODY00", False, {"user_not_found"}),
        ("U0NOBODY00,U0CONVENER", True, {"user_not_found", "cant_invite_self"}),
    ],
)
async def test_who_cannot_be_brought_in_is_named(
    stage: Stage, channel: str, users: str, force: bool, errors: set[str]
) -> None:
    """Nobody comes then."""
    answer = await stage.refusal("conversations.invite", channel=channel, users=users, force=force)
    assert {one["error"] for one in answer["errors"]} == errors
    assert (await stage.api.conversations_members(channel=channel))["members"] == ["U0CONVENER"]


async def test_with_force_those_come_who_can(stage: Stage, channel: str) -> None:
    """The others are named."""
    answer = await stage.api.conversations_invite(channel=channel, users="U0DANA0001,U0NOBODY00", force=True)
    assert answer["errors"] == [{"user": "U0NOBODY00", "ok": False, "error": "user_not_found"}]
    assert "U0DANA0001" in (await stage.api.conversations_members(channel=channel))["members"]


async def test_topic_purpose_and_name_are_set_and_told_in_the_channel(stage: Stage, channel: str) -> None:
    """As messages that say who did it."""
    await stage.api.conversations_invite(channel=channel, users="U0DANA0001")
    await stage.api.conversations_setTopic(channel=channel, topic="Only today")
    await stage.api.conversations_setPurpose(channel=channel, purpose="To try things")
    fresh = f"renamed-{secrets.token_hex(4)}"
    told = (await stage.api.conversations_rename(channel=channel, name=fresh))["channel"]
    assert (told["topic"]["value"], told["purpose"]["value"], told["name"]) == ("Only today", "To try things", fresh)
    assert told["topic"]["creator"] == "U0CONVENER"
    history = (await stage.api.conversations_history(channel=channel))["messages"]
    assert [one["subtype"] for one in history] == ["channel_name", "channel_purpose", "channel_topic"]
    assert history[2]["text"] == "<@U0CONVENER> set the channel topic: Only today"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("Big Letters", "invalid_name_specials"),
        ("x" * 81, "invalid_name_maxlength"),
        ("---", "invalid_name_punctuation"),
        ("general", "name_taken"),
    ],
)
async def test_a_channel_cannot_be_called_anything(stage: Stage, name: str, error: str) -> None:
    """By Slack's names."""
    assert (await stage.refusal("conversations.create", name=name))["error"] == error


async def test_a_channel_is_archived_and_brought_back(stage: Stage, channel: str) -> None:
    """Neither twice."""
    await stage.api.conversations_archive(channel=channel)
    assert (await stage.refusal("conversations.archive", channel=channel))["error"] == "already_archived"
    assert (await stage.refusal("conversations.setTopic", channel=channel, topic="x"))["error"] == "is_archived"
    await stage.api.conversations_unarchive(channel=channel)
    assert (await stage.refusal("conversations.unarchive", channel=channel))["error"] == "not_archived"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.setTopic", {"channel": WORKING, "topic": "x" * 251}, "too_long"),
        ("conversations.setTopic", {"channel": "C0GENERAL4", "topic": "x"}, "not_in_channel"),
        ("conversations.close", {"channel": WORKING}, "method_not_supported_for_channel_type"),
        ("conversations.mark", {"channel": WORKING, "ts": "1.1"}, "invalid_timestamp"),
        ("conversations.kick", {"channel": WORKING, "user": "U0CONVENER"}, "cant_kick_self"),
    ],
)
async def test_changes_that_slack_refuses(stage: Stage, method: str, arguments: Answer, error: str) -> None:
    """By Slack's names."""
    assert (await stage.refusal(method, **arguments))["error"] == error


async def test_group_messages_are_opened_once_and_read_by_their_members(stage: Stage) -> None:
    """Whatever the order of the names; closing loses nothing."""
    first = (await stage.api.conversations_open(users="U0DANA0001,U0LENA0005"))["channel"]
    again = await stage.api.conversations_open(users="U0LENA0005,U0DANA0001")
    assert (again["channel"]["id"], again["already_open"]) == (first["id"], True)
    assert (first["is_mpim"], first["name"]) == (True, "mpdm-convener--dana--lena-1")
    await stage.api.chat_postMessage(channel=first["id"], text="among us")
    assert (await stage.slack.read("lena", first["id"]))[-1]["text"] == "among us"
    await stage.api.conversations_close(channel=first["id"])
    assert (await stage.api.conversations_close(channel=first["id"]))["already_closed"]


async def test_bookmarks_are_kept_changed_and_removed(stage: Stage, channel: str) -> None:
    """Links alone."""
    kept = (await stage.api.bookmarks_add(channel_id=channel, title="Minutes", type="link", link="https://x.org"))[
        "bookmark"
    ]
    await stage.api.bookmarks_edit(bookmark_id=kept["id"], channel_id=channel, title="All minutes")
    (listed,) = (await stage.api.bookmarks_list(channel_id=channel))["bookmarks"]
    assert (listed["title"], listed["link"], listed["date_updated"] > 0) == ("All minutes", "https://x.org", True)
    wrong = await stage.refusal("bookmarks.add", channel_id=channel, title="x", type="link", link="nowhere")
    assert wrong["error"] == "invalid_link"
    await stage.api.bookmarks_remove(bookmark_id=kept["id"], channel_id=channel)
    assert (await stage.api.bookmarks_list(channel_id=channel))["bookmarks"] == []
