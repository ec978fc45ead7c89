"""The ballot's message while a crowd votes: updated not too often, patient where Slack asks to wait, right at last."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from handlers.slack.sender import UPDATE_GAP
from tests.support.ballots import ANA, BO, voting
from tests.support.county import DANA, MARCUS, PEOPLE, County, Room

CROWD_SECONDS = 4.0
STORM, ASKED = 3, 2
"""How many updates are answered with 429, and for how many seconds each asks to wait."""
JITTER = timedelta(milliseconds=100)
"""Between deciding to call and Slack's noting it."""


async def test_updates_keep_their_pace_wait_out_a_storm_and_end_with_the_final_state(own_county: County) -> None:
    room = await voting(own_county, ANA, BO)
    await own_county.slack.faults(rate_limit={"method": "chat.update", "times": STORM, "retry_after": ASKED})
    since = len(await own_county.slack.calls())
    until, turn = time.monotonic() + CROWD_SECONDS, 0
    while time.monotonic() < until:
        turn += 1
        await asyncio.gather(*(room.types(who, f"/invitees vote S1 | {_choice(turn)}") for who in PEOPLE))
    await asyncio.gather(*(room.types(who, "/invitees vote all | support") for who in PEOPLE))
    await room.sees(MARCUS, "Vote: whom to invite: closed")
    updates = [call for call in await own_county.slack.calls(since) if call["method"] == "chat.update"]
    refused = [call for call in updates if call["status"] == 429]
    assert len(refused) == STORM
    assert len(updates) > STORM
    for before, after in pairwise(updates):
        pause = timedelta(seconds=ASKED) if before in refused else UPDATE_GAP
        assert _at(after) - _at(before) >= pause - JITTER, (before, after)
    assert "closed" in updates[-1]["request"]["text"]
    assert "closed" in (await _ballot_message(room))["text"]


def _choice(turn: int) -> str:
    return "abstain" if turn % 2 else "support"


def _at(call: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(call["at"])


async def _ballot_message(room: Room) -> dict[str, Any]:
    [message] = [each for each in await room.reads(DANA) if each["text"].startswith("Vote: whom to invite")]
    return dict(message)
