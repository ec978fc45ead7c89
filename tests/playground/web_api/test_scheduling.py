"""``chat.scheduleMessage``: messages wait for their time, which is pretend time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from playground.people.travelling import Travels
from playground.web_api.scheduling import keep_posting
from playground.world.workspace import Workspace
from tests.playground.conftest import WORKING, Answer, Stage

MONDAY = datetime(2027, 2, 1, 16, tzinfo=UTC)
NOON = int(MONDAY.timestamp())


@pytest.fixture
async def channel(stage: Stage) -> str:
    """A channel of the test's own, on a Monday afternoon."""
    await stage.slack.set_clock(MONDAY)
    return await stage.slack.channel(f"later-{len(await stage.slack.calls())}", ["dana"])


async def texts(stage: Stage, channel: str, number: int) -> list[str]:
    """What stands in the channel once there are so many messages."""
    for _ in range(200):
        shown = [one["text"] for one in await stage.slack.read("dana", channel)]
        if len(shown) >= number:
            return shown
        await asyncio.sleep(0.01)
    return shown


async def test_messages_are_posted_when_the_pretend_clock_gets_there(stage: Stage, channel: str) -> None:
    """The earliest first, however far time leaps."""
    later = await stage.api.chat_scheduleMessage(channel=channel, post_at=NOON + 7200, text="second")
    await stage.api.chat_scheduleMessage(channel=channel, post_at=NOON + 3600, text="first")
    assert later["message"]["text"] == "second"
    await stage.slack.set_clock(MONDAY + timedelta(minutes=59))
    assert await texts(stage, channel, 0) == []
    await stage.slack.set_clock(MONDAY + timedelta(hours=3))
    assert await texts(stage, channel, 2) == ["first", "second"]
    assert (await stage.api.chat_scheduledMessages_list(channel=channel))["scheduled_messages"] == []


async def test_waiting_messages_are_listed_and_can_be_taken_back(stage: Stage, channel: str) -> None:
    """Until a minute before."""
    kept = await stage.api.chat_scheduleMessage(channel=channel, post_at=NOON + 3600, text="kept")
    gone = await stage.api.chat_scheduleMessage(channel=channel, post_at=NOON + 3000, text="gone")
    listed = (await stage.api.chat_scheduledMessages_list(channel=channel))["scheduled_messages"]
    assert [one["text"] for one in listed] == ["gone", "kept"]
    assert listed[0] == {
        **{"id": gone["scheduled_message_id"], "channel_id": channel, "text": "gone"},
        **{"post_at": NOON + 3000, "date_created": NOON},
    }
    taken = {"channel": channel, "scheduled_message_id": gone["scheduled_message_id"]}
    await stage.api.chat_deleteScheduledMessage(**taken)
    again = await stage.refusal("chat.deleteScheduledMessage", **taken)
    assert again["error"] == "invalid_scheduled_message_id"
    await stage.slack.set_clock(MONDAY + timedelta(minutes=59, seconds=30))
    late = {"channel": channel, "scheduled_message_id": kept["scheduled_message_id"]}
    assert (await stage.refusal("chat.deleteScheduledMessage", **late))["error"] == "invalid_scheduled_message_id"
    await stage.slack.set_clock(MONDAY + timedelta(hours=1))
    assert await texts(stage, channel, 1) == ["kept"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"post_at": NOON - 1}, "time_in_past"),
        ({"post_at": NOON + 121 * 86_400}, "time_too_far"),
        ({"post_at": NOON + 60, "text": ""}, "no_text"),
        ({"post_at": NOON + 60, "channel": "C0GENERAL4"}, "not_in_channel"),
    ],
)
async def test_what_cannot_wait_is_refused(stage: Stage, channel: str, arguments: Answer, error: str) -> None:
    """By Slack's names."""
    given = {"channel": channel, "text": "x"} | arguments
    assert (await stage.refusal("chat.scheduleMessage", **given))["error"] == error


async def test_a_time_travel_stops_where_a_message_is_due(workspace: Workspace) -> None:
    """So that it stands at its own time."""
    workspace.clock.set(MONDAY)
    workspace.schedule.add(WORKING, NOON + 1500, NOON, {"channel": WORKING, "text": "at twenty-five past"})
    posting = asyncio.create_task(keep_posting(workspace))
    await Travels(workspace, settle=0.01).begin("hour", workspace.user("U0DANA0001"))
    posting.cancel()
    (posted,) = workspace.messages.in_channel(WORKING)
    assert int(float(posted.ts)) == NOON + 1500
    assert workspace.clock.now() == MONDAY + timedelta(hours=1)
