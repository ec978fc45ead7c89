"""The database goes away for a few seconds and comes back: everything goes on by itself, in each kind of process."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from urllib.error import HTTPError

import pytest

from bot.posts import PostKind
from runtime.convener import Convener, running
from storage.posts import NewPost, add_posts, get_post
from tests.support.county import DANA, County, founded
from tests.support.databases import OwnServer, migrated, own_server
from tests.support.starting import Starter

AWAY_SECONDS = 3.0


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    """A PostgreSQL that these tests stop and start."""
    with own_server() as started:
        migrated(started.url)
        yield started


@pytest.fixture
async def county_on(server: OwnServer, starter: Starter) -> AsyncIterator[County]:
    """A county whose bot serves on that PostgreSQL."""
    async with founded(server.url, starter) as county:
        yield county


def ready(county: County) -> dict[str, bool]:
    """What the bot says of its parts."""
    try:
        with urllib.request.urlopen(f"{county.bot_urls[0]}/readyz", timeout=5) as answer:  # noqa: S310  our own address
            return dict(json.load(answer))
    except HTTPError as refused:
        return dict(json.load(refused))


async def away(server: OwnServer) -> None:
    """Stop the database for a while."""
    await asyncio.to_thread(server.stop)
    await asyncio.sleep(AWAY_SECONDS)
    await asyncio.to_thread(server.start)


async def test_serving_posts_updates_and_nudges_again_after_the_database_was_away(
    county_on: County, server: OwnServer
) -> None:
    room = await county_on.group()
    await room.types(DANA, "/stakeholder add General Counsel | Health Department | legal | sector=health")
    await room.types(DANA, "/invitees propose S1")
    await room.sees(DANA, "0 of 5 have voted")
    leaving = asyncio.create_task(away(server))
    await asyncio.sleep(AWAY_SECONDS / 2)
    assert not (await asyncio.to_thread(ready, county_on))["database"]
    await leaving
    assert "Noted" in (await room.types(DANA, "/invitees vote S1 | support")).text
    await room.sees(DANA, "1 of 5 have voted", 15)
    await county_on.travel("2026-12-07T14:00:00+00:00")
    await room.sent_nudges(1, 15)
    await asyncio.sleep(1)
    assert set((await asyncio.to_thread(ready, county_on)).values()) == {True}


async def test_the_clock_beside_web_sends_again_after_the_database_was_away(
    county_on: County, server: OwnServer
) -> None:
    room = await county_on.room()
    settings = county_on.settings().model_copy(
        update={"slack_bot_token": county_on.world.settings["SLACK_BOT_TOKEN"], "database_url": server.create()}
    )
    async with running(settings, web=False, clock=True) as convener:
        assert await sent(convener, room.channel, "before")
        await away(server)
        assert await sent(convener, room.channel, "after")


async def sent(convener: Convener, channel: str, key: str, seconds: float = 30) -> bool:
    """Whether a post that is stored now is noted as sent in time."""
    database, until = convener.services.database, time.monotonic() + seconds
    async with database.write() as session:
        await add_posts(session, [NewPost(key, "T1", channel, PostKind.NOTICE, {"text": key})], datetime.now(UTC))
    while time.monotonic() < until:
        async with database.read() as session:
            post = await get_post(session, key)
        if post and post.state == "sent":
            return True
        await asyncio.sleep(0.05)
    return False
