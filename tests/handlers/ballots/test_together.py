"""A hundred people vote at once through two bots on one database: no vote is lost or doubled, one result is told."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from tests.support.ballots import ANA, BO, ballot, listed, statuses
from tests.support.county import DANA, MARCUS, County, Room, founded
from tests.support.starting import Starter

BUSY = "I'm busy right now"
VOTERS = 100
PATIENCE = 60.0
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Crowd:
    """People who act at the same moment, each through one of the bots."""

    county: County
    session: aiohttp.ClientSession

    async def vote(self, room: Room, user_id: str, words: str, trigger_id: str = "", bot: int = 0) -> str:
        """Deliver a signed ``/invitees vote`` to one bot; the words of the acknowledgement."""
        body = urlencode(
            {
                "command": "/invitees",
                "text": f"vote {words}",
                "user_id": user_id,
                "team_id": "T0MIDDLETN",
                "channel_id": room.channel,
                "trigger_id": trigger_id or f"crowd.{next(_numbers)}",
                "response_url": "http://127.0.0.1:9/none",
            }
        )
        url = self.county.bot_urls[bot % len(self.county.bot_urls)] + "/slack/events"
        async with self.session.post(url, data=body, headers=self._signed(body)) as answer:
            assert answer.status == 200
            found: dict[str, Any] = json.loads(await answer.text())
            return str(found["text"])

    def _signed(self, body: str) -> dict[str, str]:
        now = str(int(time.time()))
        signer = SignatureVerifier(self.county.world.settings["SLACK_SIGNING_SECRET"])
        return {
            "content-type": "application/x-www-form-urlencoded",
            "x-slack-request-timestamp": now,
            "x-slack-signature": str(signer.generate_signature(timestamp=now, body=body)),
        }


@pytest.fixture
async def crowd(own_database: str, starter: Starter) -> AsyncIterator[Crowd]:
    """A county with two bots on one database."""
    async with founded(own_database, starter, bots=2) as county, aiohttp.ClientSession() as session:
        yield Crowd(county, session)
        assert await county.slack.objections() == []


async def test_a_hundred_votes_at_once_are_a_hundred_votes_and_one_result(crowd: Crowd) -> None:
    room = await listed(crowd.county, ANA, BO)
    people = await asyncio.gather(*(crowd.county.slack.user(f"voter{number}") for number in range(VOTERS)))
    await asyncio.gather(*(crowd.county.slack.invite(room.channel, user_id) for user_id in people))
    opened = await room.types(DANA, "/invitees propose S1; S2")
    assert f"{VOTERS + 5} people are on the roll" in opened.text
    await asyncio.gather(*(_at_first(crowd, room, who, i) for i, who in enumerate(people)))
    await asyncio.gather(*(_change_twice(crowd, room, who, i) for i, who in enumerate(people)))
    kept = [(vote["voter"], vote["ref"]) for vote in (await ballot(room))["votes"]]
    assert Counter(kept) == {(who, ref): 1 for who in people for ref in ("S1", "S2")}
    staff = [who for who in (await ballot(room))["roll"] if who not in people]
    last = await asyncio.gather(*(crowd.vote(room, who, "all | support", bot=i) for i, who in enumerate(staff)))
    assert sum("You were the last to vote" in words for words in last) == 1
    assert await statuses(room) == {"S1": "approved", "S2": "approved"}
    message = await room.sees(MARCUS, "Result of the vote", PATIENCE)
    assert f"{VOTERS + 5} support, 0 object" in message["text"]
    await room.sees(MARCUS, "Vote: whom to invite: closed", PATIENCE)
    await asyncio.sleep(2.0)
    texts = [message["text"] for message in await room.reads(MARCUS)]
    assert sum("2 of 2 approved" in text for text in texts) == 1
    audit = [entry for entry in (await room.dump())["audit"] if entry["action"] == "ballot.vote"]
    assert len(audit) == 2 * (2 * VOTERS + 5)


async def _change_twice(crowd: Crowd, room: Room, who: str, number: int) -> None:
    """One change of mind, whose delivery arrives at both bots."""
    trigger_id = f"crowd.change.{room.channel}.{number}"
    answers = await asyncio.gather(
        _patiently(crowd, room, who, trigger_id, number), _patiently(crowd, room, who, trigger_id, number + 1)
    )
    assert all("support" in words for words in answers), answers


async def _at_first(crowd: Crowd, room: Room, who: str, bot: int) -> None:
    while BUSY in await crowd.vote(room, who, "all | object | at first", bot=bot):
        pass


async def _patiently(crowd: Crowd, room: Room, who: str, trigger_id: str, bot: int) -> str:
    """Vote, and once more where the bot was too busy to take it."""
    words = BUSY
    while BUSY in words:
        words = await crowd.vote(room, who, "all | support", trigger_id, bot)
    return words


async def test_two_clocks_and_a_co_chair_close_it_once(crowd: Crowd) -> None:
    room = await listed(crowd.county, ANA)
    await room.types(DANA, "/invitees propose S1 | quorum=1 | closes=2026-12-01 10:30")
    await room.types(MARCUS, "/invitees vote S1 | support")
    await crowd.county.travel("2026-12-01T15:30:00+00:00")
    await room.types(DANA, "/invitees close")
    await room.sees(MARCUS, "Result of the vote", PATIENCE)
    await asyncio.sleep(3.0)
    texts = [message["text"] for message in await room.reads(MARCUS)]
    assert sum("1 of 1 approved" in text for text in texts) == 1
    found = await ballot(room)
    assert found["closed_at"] == "2026-12-01T15:30:00Z"
