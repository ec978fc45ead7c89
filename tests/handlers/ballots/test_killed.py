"""A process is killed while a crowd votes, and while it tells the result: no vote is lost or doubled, and no result is
told twice."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from bench.processes import stage
from bench.voters import measure
from playground.telling.client import Playground
from storage.database import Database
from storage.posts import get_post
from tests.support.ballots import ANA, statuses, voting
from tests.support.county import DANA, LENA, MARCUS, START, founded, free_port
from tests.support.provisions import Provisions
from tests.support.starting import Starter

VOTERS, INVITEES = 40, 5
HELD_MS = 1500


async def test_killing_one_of_two_processes_loses_and_doubles_no_vote(empty_database: str, starter: Starter) -> None:
    with stage(starter) as stages:
        found = await measure(stages, empty_database, people=VOTERS, crash=True, invitees=INVITEES, watch_message=False)
    assert found["deliveries"] == VOTERS * (INVITEES + 1)
    assert found["repeats"] > 0
    assert (found["lost"], found["doubled"], found["unnoted"]) == (0, 0, 0)
    assert (found["ballot"], found["result messages"]) == ("closed", 1)


async def test_a_result_whose_sending_was_killed_is_in_doubt_and_one_cochair_is_asked(
    provisions: Provisions, starter: Starter, tmp_path: Path
) -> None:
    async with founded(provisions.migrated("sqlite", tmp_path), starter) as county:
        slack = county.slack
        room = await voting(county, ANA, terms="| quorum=1")
        await room.types(LENA, "/invitees vote all | support")
        await slack.faults(delay_ms=HELD_MS)
        closing = asyncio.create_task(room.types(DANA, "/invitees close"))
        await being_posted(slack, "Result of the vote")
        county.bots[0].process.kill()
        await slack.faults(clear=True)
        await asyncio.gather(closing, return_exceptions=True)
        assert await state(county.database) == "sending"
        second = county.founding.bot(county.world, free_port())
        await slack.events_to(f"{second.url}/slack/events")
        await county.travel(datetime.fromisoformat(START) + timedelta(minutes=6))
        asked = await room.gets(DANA, "posting the result of the ballot")
        assert "may or may not have arrived" in asked["text"]
        assert await state(county.database) == "unconfirmed"
        assert await statuses(room) == {"S1": "approved"}
        assert await told(slack, MARCUS, "so it may or may not") == 0
        assert await told(slack, DANA, "posting the result of the ballot") == 1
        await room.sees(LENA, "Result of the vote")  # it was held back, and arrives though who sent it is dead
        assert await told(slack, LENA, "Result of the vote") == 1
        await slack.press(DANA, "Post again", channel=asked["channel"], message_ts=asked["ts"])
        await slack.wait_for(DANA, "I am posting it again")
        while await state(county.database) != "sent":  # noqa: ASYNC110  another process changes it
            await asyncio.sleep(0.05)
        assert await told(slack, LENA, "Result of the vote") == 2


async def being_posted(slack: Playground, text: str) -> None:
    """Wait until a post with this text has reached Slack, which has not answered yet."""
    async with asyncio.timeout(30):
        while not any(text in said for said in await posted(slack)):  # noqa: ASYNC110  another process posts
            await asyncio.sleep(0.02)


async def posted(slack: Playground) -> list[str]:
    """The texts of all posts that have reached Slack, answered or not."""
    calls = [call["request"] or {} for call in await slack.calls() if call["method"] == "chat.postMessage"]
    return [str(request.get("text")) for request in calls]


async def state(database: Database) -> str:
    """Where the post of the first ballot's result stands."""
    async with database.read() as session:
        post = await get_post(session, "ballot:1:result")
    return post.state if post else "missing"


async def told(slack: Playground, who: str, text: str) -> int:
    """How many messages with this text someone sees."""
    return sum(text in message["text"] for message in await slack.read(who))
