"""When the nudge cannot be posted: one co-chair is told once, it pauses, and it goes on by itself when it can."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy import select
from sqlmodel import col

from bot.groups import CoChair, NudgePlan, PublicBody
from bot.register import Side
from bot.schedule import LATE_AFTER
from handlers.nudges.sweep import claim_due_nudges, say_late
from handlers.nudges.text import WORDS
from handlers.posts.trouble import mark_unconfirmed, on_trouble
from handlers.slack.directory import Directory
from handlers.slack.sender import Sender
from handlers.slack.services import Services
from storage.database import Database
from storage.groups import NewGroup, StoredGroup, add_cochair, add_group
from storage.nudges import list_nudges
from storage.tables import NudgeRow
from storage.trouble import get_trouble

PLAN, ZONE = NudgePlan(0, time(9, 0)), "America/New_York"
MONDAY = datetime(2026, 12, 7, 14, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)


class Slack(AsyncWebClient):
    """A Slack that takes messages, but for the channels and people that ``errors`` names."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-1")
        self.errors: dict[str, str] = {}
        self.taken: list[tuple[str, str]] = []

    async def chat_postMessage(self, **message: Any) -> AsyncSlackResponse:
        """Take a message, or not."""
        channel = str(message["channel"])
        if error := self.errors.get(channel) or self.errors.get("*"):
            raise SlackApiError(error, self._answer({"ok": False, "error": error}))
        self.taken.append((channel, str(message["text"])))
        return self._answer({"ok": True, "ts": "1.2"})

    async def conversations_open(self, **asked: Any) -> AsyncSlackResponse:
        """A private channel, named as the user is."""
        return self._answer({"ok": True, "channel": {"id": f"D{asked['users']}"}})

    def said(self, channel: str) -> list[str]:
        """What was posted there, since the last time this was asked."""
        texts = [text for place, text in self.taken if place == channel]
        self.taken = [(place, text) for place, text in self.taken if place != channel]
        return texts

    def _answer(self, data: dict[str, Any]) -> AsyncSlackResponse:
        return AsyncSlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data=data, headers={}, status_code=200
        )


@dataclass(slots=True)
class World:
    """A bot with its clock, on a database, before a pretend Slack."""

    services: Services
    slack: Slack
    at: list[datetime] = field(default_factory=lambda: [MONDAY])

    async def beat(self, at: datetime) -> None:
        """Do what is due at an instant and send it."""
        self.at[0] = at
        await claim_due_nudges(self.services, at)
        await mark_unconfirmed(self.services, at)
        await self.services.sender.flush()

    async def reasons(self, stored: StoredGroup) -> list[str]:
        """Why each week had no post."""
        query = select(col(NudgeRow.why)).where(col(NudgeRow.group_id) == stored.id).order_by(col(NudgeRow.planned_at))
        async with self.services.database.read() as session:
            return list(await session.scalars(query))


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    """A bot on a fresh database. What paces follows its clock."""
    slack, database, at = Slack(), Database(database_url), [MONDAY]

    async def client_for(_team_id: str) -> AsyncWebClient:
        return slack

    def pace() -> datetime:
        return datetime.now(UTC) + (at[0] - MONDAY)

    sender = Sender(database, client_for, lambda: at[0], pace, before_sending=say_late)
    services = Services(database, lambda: at[0], sender, Directory(database))
    sender.on_trouble = on_trouble(services)
    yield World(services, slack, at)
    await database.close()


async def a_group(world: World, channel_id: str = "C1") -> StoredGroup:
    """A group whose nudge U1 set up, with U2 as the other co-chair and a third one who is not in this Slack."""
    new = NewGroup(
        "T1", channel_id, "Reentry", "Ohio", frozenset(), PublicBody.NO, PLAN, MONDAY, "U1", zone="America/New_York"
    )
    async with world.services.database.write() as session:
        stored = await add_group(session, new, MONDAY - WEEK)
        for side, user_id in ((Side.HEALTH, "U2"), (Side.JUSTICE, "U1"), (Side.HEALTH, "")):
            await add_cochair(session, stored.id, CoChair("Name", "Agency", side, user_id), "T1", "U1", MONDAY)
    return stored


async def test_an_archived_channel_is_told_once_and_the_nudge_goes_on_when_it_can(world: World) -> None:
    stored = await a_group(world)
    world.slack.errors = {"C1": "is_archived"}
    await world.beat(MONDAY)
    (told,) = world.slack.said("DU1")
    assert "I could not post the weekly nudge in <#C1>: the channel is archived. So the nudge pauses." in told
    await world.beat(MONDAY + WEEK)
    assert world.slack.taken == []
    world.slack.errors = {}
    await world.beat(MONDAY + 2 * WEEK)
    assert len(world.slack.said("C1")) == 1
    assert world.slack.taken == []
    assert await world.reasons(stored) == ["blocked", "blocked", ""]
    async with world.services.database.read() as session:
        assert [nudge.state for nudge in await list_nudges(session, stored.id)] == ["dropped", "dropped", "sent"]
        assert await get_trouble(session, stored.id, "C1") == ""


async def test_a_new_trouble_is_told_anew(world: World) -> None:
    await a_group(world)
    for week, error in enumerate(("is_archived", "not_in_channel", "not_in_channel", "", "not_in_channel")):
        world.slack.errors = {"C1": error} if error else {}
        await world.beat(MONDAY + week * WEEK)
    told = [text.split(":")[1].split(".")[0].strip() for text in world.slack.said("DU1")]
    assert told == ["the channel is archived", "I am not in the channel any more", "I am not in the channel any more"]


async def test_where_one_cochair_cannot_be_reached_the_next_one_is_told_and_nobody_twice(world: World) -> None:
    await a_group(world)
    world.slack.errors = {"C1": "is_archived", "DU1": "cannot_dm_bot"}
    await world.beat(MONDAY)
    await world.beat(MONDAY + WEEK)
    assert len(world.slack.said("DU2")) == 1
    world.slack.errors = {"C1": "channel_not_found", "DU1": "cannot_dm_bot", "DU2": "cannot_dm_bot"}
    await world.beat(MONDAY + 2 * WEEK)
    assert world.slack.taken == []


async def test_where_nobody_can_tell_whether_a_cochair_was_reached_the_next_one_is_told_too(world: World) -> None:
    await a_group(world)
    world.slack.errors = {"C1": "is_archived", "DU1": "internal_error"}
    await world.beat(MONDAY)
    (told,) = world.slack.said("DU2")
    assert "I could not post the weekly nudge in <#C1>" in told


async def test_what_cannot_be_told_while_the_app_is_switched_off_is_told_when_it_is_on_again(world: World) -> None:
    stored = await a_group(world)
    world.slack.errors = {"*": "token_revoked"}
    await world.beat(MONDAY)
    await world.beat(MONDAY + timedelta(minutes=59))
    world.slack.errors = {}
    await world.beat(MONDAY + timedelta(hours=2))
    (told,) = world.slack.said("DU1")
    assert "the app's permission was withdrawn" in told
    assert await world.reasons(stored) == ["blocked"]
    await world.beat(MONDAY + WEEK)
    assert len(world.slack.said("C1")) == 1
    assert world.slack.taken == []


async def test_each_group_is_told_of_its_own_trouble(world: World) -> None:
    await a_group(world, "C1")
    await a_group(world, "C2")
    world.slack.errors = {"C1": "is_archived", "C2": "is_archived"}
    await world.beat(MONDAY)
    assert {("<#C1>" in text, "<#C2>" in text) for text in world.slack.said("DU1")} == {(True, False), (False, True)}


async def test_a_nudge_that_waited_for_a_day_is_not_sent_any_more(world: World) -> None:
    stored = await a_group(world)
    await claim_due_nudges(world.services, MONDAY)
    assert await mark_unconfirmed(world.services, MONDAY + timedelta(hours=23)) == []
    day_later = MONDAY + timedelta(hours=24)
    done = await mark_unconfirmed(world.services, day_later)
    assert done == [{"did": "post_dropped", "channel": "C1", "kind": "nudge"}]
    await world.beat(day_later)
    assert world.slack.taken == []
    assert await world.reasons(stored) == ["older than a day"]


async def test_a_nudge_that_was_claimed_in_time_and_waited_says_that_it_is_late(world: World) -> None:
    stored = await a_group(world)
    await claim_due_nudges(world.services, MONDAY)
    await world.beat(MONDAY + timedelta(hours=6))
    (text,) = world.slack.said("C1")
    assert text.startswith("Late: due Monday 7 December 2026, 9:00 (America/New_York).\n*Principle 1,")
    assert len(text.split()) < WORDS
    async with world.services.database.read() as session:
        assert [(nudge.state, nudge.late) for nudge in await list_nudges(session, stored.id)] == [("sent", True)]


async def test_a_nudge_that_waited_for_ten_minutes_is_on_time(world: World) -> None:
    stored = await a_group(world)
    await claim_due_nudges(world.services, MONDAY)
    await world.beat(MONDAY + LATE_AFTER)
    assert "Late" not in world.slack.said("C1")[0]
    async with world.services.database.read() as session:
        assert [nudge.late for nudge in await list_nudges(session, stored.id)] == [False]


async def test_a_nudge_that_nobody_could_read_does_not_count_as_said(world: World) -> None:
    """The same principle would give way to another in its third week, had anybody read it."""
    await a_group(world)
    world.slack.errors = {"C1": "is_archived"}
    for week in range(2):
        await world.beat(MONDAY + week * WEEK)
    world.slack.errors = {}
    await world.beat(MONDAY + 2 * WEEK)
    assert "Principle 1" in world.slack.said("C1")[0]
