"""The real bot where Slack takes no nudge, for each reason that there is, and where it takes them again."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta

from tests.support.county import DANA, LENA, MARCUS, PEOPLE, County, Room

BOT = "U0CONVENER"
MONDAY = datetime.fromisoformat("2026-12-07T14:00:05+00:00")
WEEK = timedelta(weeks=1)
SETUP = "/workgroup setup Reentry data group | Middleton County, MA | justice | public-body=no"
TOLD = "I could not post the weekly nudge"


async def a_private_group(county: County) -> Room:
    """A group in a private channel: once the bot is out of it, Slack knows no such channel."""
    room = Room(county, await county.slack.channel("inner-circle", list(PEOPLE), private=True, bot_is_member=True))
    await room.types(DANA, SETUP)
    await room.types(DANA, f"/workgroup cochair @{MARCUS} | health")
    return room


async def week(rooms: list[Room], number: int, states: list[str]) -> None:
    """Travel to a Monday, and wait until the nudges of each room stand so."""
    await rooms[0].county.travel(MONDAY + number * WEEK)
    async with asyncio.timeout(60):
        for room in rooms:
            while [nudge["state"] for nudge in (await room.dump())["nudges"]] != states:  # noqa: ASYNC110
                await asyncio.sleep(0.1)


async def told(county: County, who: str) -> Counter[str]:
    """Why nudges could not be posted, as someone was told in private, and how often."""
    texts = [message["text"] for message in await county.slack.read(who)]
    return Counter(text.split(": ", 1)[1].split(".")[0] for text in texts if text.startswith(TOLD))


async def test_each_hindrance_is_told_to_one_cochair_once_and_the_nudge_goes_on_by_itself(own_county: County) -> None:
    slack = own_county.slack
    archived, removed, unseen = await own_county.group(), await own_county.group(), await a_private_group(own_county)
    rooms = [archived, removed, unseen]
    once = {"the channel is archived": 1, "I am not in the channel any more": 1, "I cannot see the channel any more": 1}
    await slack.archive(archived.channel)
    await slack.kick(removed.channel, BOT)
    await slack.kick(unseen.channel, BOT)
    for number in (1, 2):
        await week(rooms, number - 1, ["dropped"] * number)
        await unseen.gets(DANA, f"{TOLD} in <#{unseen.channel}>")
        await removed.gets(DANA, f"{TOLD} in <#{removed.channel}>")
        await archived.gets(DANA, f"{TOLD} in <#{archived.channel}>")
        assert await told(own_county, DANA) == once
    for typed in ("/workgroup", "/workgroup nudge"):
        glance = (await removed.types(MARCUS, typed)).text
        assert "paused, because I cannot post here: I am not in the channel any more. `/invite @Convener`" in glance
    await slack.archive(archived.channel, archived=False)
    await slack.invite(removed.channel, BOT, by=DANA)
    await slack.invite(unseen.channel, BOT, by=DANA)
    await week(rooms, 2, ["dropped", "dropped", "sent"])
    assert "paused" not in (await removed.types(MARCUS, "/workgroup nudge")).text.split("Here is")[0]
    await slack.faults(revoke_token=True)
    await week(rooms, 3, ["dropped", "dropped", "sent", "dropped"])
    await week(rooms, 4, ["dropped", "dropped", "sent", "dropped", "dropped"])
    await slack.faults(clear=True)
    await own_county.travel(MONDAY + 4 * WEEK + timedelta(hours=1, minutes=1))
    for room in rooms:
        await room.gets(DANA, f"{TOLD} in <#{room.channel}>: the app's permission was withdrawn")
    await week(rooms, 5, ["dropped", "dropped", "sent", "dropped", "dropped", "sent"])
    assert await told(own_county, DANA) == once | {"the app's permission was withdrawn": 3}
    assert await told(own_county, MARCUS) == {}
    for room in rooms:
        nudges = [message for message in await room.reads(LENA) if "Add someone" in message["buttons"]]
        assert len(nudges) == 2
