"""The database goes away for a few seconds and comes back: everything goes on by itself, in each kind of process."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError

import pytest

from bot.posts import PostKind, PostState
from storage.database import Database
from storage.posts import NewPost, add_posts, get_post
from tests.support.county import DANA, County, founded
from tests.support.databases import OwnServer, migrated, own_server
from tests.support.provisions import Provisions
from tests.support.starting import Starter

AWAY_SECONDS = 3.0


@pytest.fixture(scope="module")
def server(provisions: Provisions) -> Iterator[OwnServer]:
    """A PostgreSQL that these tests stop and start."""
    provisions.postgres()  # the library starts one at a time
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
    await room.sees(DANA, "1 of 5 have voted")
    await county_on.travel("2026-12-07T14:00:00+00:00")
    await room.sent_nudges(1)
    await asyncio.sleep(1)
    assert set((await asyncio.to_thread(ready, county_on)).values()) == {True}


async def test_the_clock_beside_web_sends_again_after_the_database_was_away(
    county_on: County, server: OwnServer, starter: Starter, tmp_path: Path
) -> None:
    room, url = await county_on.room(), await asyncio.to_thread(server.create)
    with (tmp_path / "clock.log").open("wb") as log:
        clock = starter.start(["app.py", "clock"], county_on.world.settings | {"DATABASE_URL": url}, log)
        try:
            assert await sent(url, room.channel, "before")
            await away(server)
            assert await sent(url, room.channel, "after")
        finally:
            clock.terminate()
            await asyncio.to_thread(clock.communicate, timeout=30)


async def sent(url: str, channel: str, key: str, seconds: float = 60) -> bool:
    """Whether a post that is stored now is noted as sent in time."""
    database, until, state = Database(url), time.monotonic() + seconds, ""
    async with database.write() as session:
        await add_posts(session, [NewPost(key, "T1", channel, PostKind.NOTICE, {"text": key})], datetime.now(UTC))
    while time.monotonic() < until and state != PostState.SENT:
        async with database.read() as session:
            post = await get_post(session, key)
        state = post.state if post else ""
        await asyncio.sleep(0.05)
    await database.close()
    return state == PostState.SENT
