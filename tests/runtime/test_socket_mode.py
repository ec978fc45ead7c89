"""Over Socket Mode the bot does the same as over HTTP: typed, pressed, submitted, and what it says by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.support.county import DANA, LENA, MARCUS, County, founded
from tests.support.starting import Starter


@pytest.fixture
async def socket_county(empty_database: str, starter: Starter) -> AsyncIterator[County]:
    """A county whose Slack delivers over Socket Mode. Its bot makes the tables."""
    async with founded(empty_database, starter, sockets=True) as county:
        yield county
        assert await county.slack.objections() == []


async def test_the_whole_loop_runs_over_socket_mode(socket_county: County) -> None:
    room = await socket_county.room([DANA, MARCUS, LENA])
    await _connected(socket_county)
    await room.types(DANA, "/workgroup setup Reentry | Middleton County, MA | justice | public-body=no")
    await room.types(DANA, f"/workgroup cochair @{MARCUS} | health")
    assert "No legal or privacy expert" in (await room.types(LENA, "/principle 3")).text
    await room.types(DANA, "/stakeholder")
    added = await room.submits(
        DANA,
        {
            "Name": "General Counsel",
            "Organization": "Health Department",
            "Category": "Legal and privacy experts",
            "Sector": "health",
            "Functions": ["legal"],
        },
    )
    assert added.errors == {}
    await room.types(DANA, "/invitees propose S1")
    await room.sees(LENA, "0 of 3 have voted")
    for who in (DANA, MARCUS, LENA):
        await room.presses(who, "Support all")
    await room.sees(LENA, "1 of 1 approved")
    assert (await room.dump())["stakeholders"][0]["status"] == "approved"


async def _connected(county: County) -> None:
    """Wait until a command is answered, which takes the socket to be open."""
    room = await county.room([DANA])
    for _ in range(100):
        if "no working group yet" in (await room.types(DANA, "/principle")).text:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the socket was not opened in time")


async def test_with_sockets_nothing_unsigned_is_taken_over_http(socket_county: County) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{socket_county.bot_urls[0]}/slack/events", data="command=/principle") as answer,
    ):
        assert answer.status == 401
