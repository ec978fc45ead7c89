"""How a sending ended is noted for each, however many are under way and however long each takes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.posts import PostKind
from handlers.slack.sender import Sender
from storage.database import Database
from storage.posts import NewPost, add_posts, get_post

NOW = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)


class SlowInOneChannel(AsyncWebClient):
    """A Slack that answers at once, but in ``C-SLOW`` only once it is let go."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-1")
        self.let_go = asyncio.Event()

    async def chat_postMessage(self, **message: Any) -> AsyncSlackResponse:
        """Take a message."""
        if message["channel"] == "C-SLOW":
            await self.let_go.wait()
        answer = {"ok": True, "ts": "1.2"}
        return AsyncSlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data=answer, headers={}, status_code=200
        )


async def state(database: Database, key: str) -> str:
    """Where a post stands."""
    async with database.read() as session:
        post = await get_post(session, key)
    return post.state if post else "missing"


async def until(database: Database, key: str, wanted: str) -> None:
    """Wait until a post stands so."""
    async with asyncio.timeout(10):
        while await state(database, key) != wanted:  # noqa: ASYNC110  another task changes it, in the database
            await asyncio.sleep(0.02)


async def test_a_slow_sending_is_noted_though_others_were_noted_meanwhile(own_database: str) -> None:
    database = Database(own_database)
    slack = SlowInOneChannel()

    async def client_for(_team_id: str) -> AsyncWebClient:
        return slack

    sender = Sender(database, client_for, lambda: NOW)
    async with database.write() as session:
        posts = [NewPost(channel, "T1", channel, PostKind.NOTICE, {"text": "x"}) for channel in ("C-SLOW", "C-QUICK")]
        await add_posts(session, posts, NOW)
    sender.start()
    await until(database, "C-QUICK", "sent")
    assert await state(database, "C-SLOW") == "sending"
    slack.let_go.set()
    await until(database, "C-SLOW", "sent")
    await sender.stop()
    await database.close()


async def test_the_database_can_be_written_after_a_stop_at_any_moment(own_database: str) -> None:
    """A transaction broken off in the middle would keep SQLite's only connection for writing."""
    slack = SlowInOneChannel()

    async def client_for(_team_id: str) -> AsyncWebClient:
        return slack

    for milliseconds in range(0, 60, 5):
        database = Database(own_database)
        sender = Sender(database, client_for, lambda: NOW)
        async with database.write() as session:
            await add_posts(session, [NewPost(f"{milliseconds}", "T1", "C1", PostKind.NOTICE, {"text": "x"})], NOW)
        sender.start()
        await asyncio.sleep(milliseconds / 1000)
        await sender.stop()
        async with database.write() as session:
            await add_posts(
                session, [NewPost(f"{milliseconds} later", "T1", "C2", PostKind.NOTICE, {"text": "x"})], NOW
            )
        await database.close()
