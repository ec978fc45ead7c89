"""One workspace's trouble delays no other, and a channel gets one post a second."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.posts import PostKind
from handlers.slack.outbox import AHEAD, PLACES, PLACES_PER_WORKSPACE
from handlers.slack.sender import Sender
from storage.database import Database
from storage.posts import NewPost, add_posts, count_claimed, list_posts
from tests.support.statements import counted

NOW = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)


class Slack(AsyncWebClient):
    """A Slack that takes every message at once, but in some workspaces hangs or asks to wait.

    Channels are named ``workspace/channel``.
    """

    def __init__(self, hangs: Sequence[str] = (), limits: Sequence[str] = ()) -> None:
        super().__init__(token="xoxb-1")
        self.taken: list[tuple[str, datetime]] = []
        self.asked: list[str] = []
        self.let_go = asyncio.Event()
        self._hangs, self._limits = hangs, limits

    async def chat_postMessage(self, **message: Any) -> AsyncSlackResponse:
        """Take a message, or not."""
        workspace, _, _ = message["channel"].partition("/")
        self.asked.append(workspace)
        if workspace in self._limits:
            answer = {"ok": False, "error": "ratelimited"}
            raise SlackApiError("limited", self._answer(answer, 429, {"Retry-After": "30"}))
        if workspace in self._hangs:
            await self.let_go.wait()
        self.taken.append((message["channel"], datetime.now(UTC)))
        return self._answer({"ok": True, "ts": "1.2"}, 200, {})

    def _answer(self, data: dict[str, Any], status: int, headers: dict[str, str]) -> AsyncSlackResponse:
        return AsyncSlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data=data, headers=headers, status_code=status
        )


@pytest.fixture
async def database(own_database: str) -> AsyncIterator[Database]:
    """A fresh, migrated database."""
    made = Database(own_database)
    yield made
    await made.close()


def sender_to(slack: Slack, database: Database) -> Sender:
    """A sender to one pretend Slack."""

    async def client_for(_team_id: str) -> AsyncWebClient:
        return slack

    return Sender(database, client_for, lambda: NOW)


async def store(database: Database, workspace: str, channels: int, each: int = 1) -> list[int]:
    """Posts for channels of a workspace; returns their ids."""
    places = [(f"{workspace}/{channel}", number) for number in range(each) for channel in range(channels)]
    posts = [NewPost(f"{place}/{number}", workspace, place, PostKind.NOTICE, {"text": "x"}) for place, number in places]
    async with database.write() as session:
        return await add_posts(session, posts, NOW)


async def states(database: Database, post_ids: Sequence[int]) -> set[str]:
    """Where these posts stand."""
    async with database.read() as session:
        return {post.state for post in await list_posts(session, post_ids)}


async def until_sent(database: Database, post_ids: Sequence[int], seconds: float) -> None:
    """Wait until these posts are noted as sent."""
    async with asyncio.timeout(seconds):
        while await states(database, post_ids) != {"sent"}:  # noqa: ASYNC110  another task changes it, in the database
            await asyncio.sleep(0.02)


async def test_workspaces_that_hang_delay_no_other_however_many_they_are(database: Database) -> None:
    many = 1 + (PLACES + AHEAD) // PLACES_PER_WORKSPACE
    slack = Slack(hangs=[f"hangs{number}" for number in range(many)])
    for number in range(many):
        await store(database, f"hangs{number}", 2 * PLACES_PER_WORKSPACE)
    well = await store(database, "well", 40)
    sender = sender_to(slack, database)
    sender.start()
    await until_sent(database, well, 15)
    await asyncio.sleep(0.3)
    assert max(slack.asked.count(f"hangs{number}") for number in range(many)) <= PLACES_PER_WORKSPACE
    slack.let_go.set()
    await sender.stop()


async def test_a_workspace_that_asks_to_wait_is_left_alone_and_delays_no_other(database: Database) -> None:
    slack = Slack(limits=["limited"])
    waiting = await store(database, "limited", 3 * PLACES_PER_WORKSPACE)
    well = await store(database, "well", 3 * PLACES_PER_WORKSPACE)
    sender = sender_to(slack, database)
    sender.start()
    await until_sent(database, well, 15)
    asked = slack.asked.count("limited")
    await asyncio.sleep(0.5)
    await sender.stop()
    assert 1 <= asked <= PLACES_PER_WORKSPACE
    assert slack.asked.count("limited") == asked
    assert await states(database, waiting) == {"claimed"}


async def test_a_channel_gets_one_post_a_second_in_the_order_they_were_stored(database: Database) -> None:
    slack = Slack()
    post_ids = await store(database, "well", 2, each=3)
    sender = sender_to(slack, database)
    sender.start()
    await until_sent(database, post_ids, 15)
    await sender.stop()
    for channel in ("well/0", "well/1"):
        times = [at for place, at in slack.taken if place == channel]
        gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
        assert len(times) == 3
        assert min(gaps) > timedelta(seconds=0.9)


async def test_a_post_that_waits_for_its_channels_turn_is_seldom_looked_for(
    database: Database, own_database: str
) -> None:
    slack, other = Slack(), Database(own_database)
    post_ids = await store(database, "well", 1, each=3)
    sender = sender_to(slack, database)
    with counted(database) as statements:
        sender.start()
        await until_sent(other, post_ids, 15)
        await sender.stop()
    await other.close()
    first, *_, last = [at for _, at in slack.taken]
    assert len(statements) < 40 + 40 * (last - first).total_seconds()


async def test_two_senders_on_one_database_send_each_post_once(database: Database, own_database: str) -> None:
    slack, other = Slack(), Database(own_database)
    post_ids = [post for number in range(30) for post in await store(database, f"T{number}", 10)]
    senders = [sender_to(slack, database), sender_to(slack, other)]
    for sender in senders:
        sender.start()
    await until_sent(database, post_ids, 15)
    for sender in senders:
        await sender.stop()
    await other.close()
    assert len(slack.taken) == len(post_ids) == len({place for place, _ in slack.taken})


async def test_a_flush_does_not_wait_for_one_workspace_before_it_serves_the_others(database: Database) -> None:
    slack = Slack(hangs=["hangs"])
    await store(database, "hangs", 1)
    well = await store(database, "well", 2 * PLACES_PER_WORKSPACE)
    sender = sender_to(slack, database)
    flushing = asyncio.create_task(sender.flush())
    await until_sent(database, well, 15)
    assert not flushing.done()
    slack.let_go.set()
    await flushing
    async with database.read() as session:
        assert await count_claimed(session, NOW) == 0
