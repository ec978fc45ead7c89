"""One group that cannot be served holds no other: it is logged, a co-chair is told once, and it is tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.ballots.life import BallotState
from bot.ballots.values import BallotTerms, Voter
from bot.posts import PostKind
from handlers.slack.calls import Failure
from handlers.slack.sender import Sender
from handlers.slack.services import Services
from runtime.clock import tick
from runtime.convener import DUTIES
from storage.ballots import NewBallot, add_ballot, get_ballot
from storage.due import DueKind
from storage.groups import StoredGroup, change_group
from storage.posts import Post, get_post
from storage.tables import PostRow
from tests.handlers.nudges.test_sweep import DAY, MINUTE, MONDAY, a_group, fill, next_at, posted

GONE = "Mars/Olympus_Mons"
CHANNELS = ("C1", "C2", "C3")


async def groups(services: Services, *bad: str, **values: Any) -> dict[str, StoredGroup]:
    """A group in each channel; those of ``bad`` channels have ``values`` that nothing can be made of."""
    found = {channel: await a_group(services, channel) for channel in CHANNELS}
    async with services.database.write() as session:
        for channel in bad:
            await change_group(session, found[channel].id, **values)
    return found


async def ballot(services: Services, stored: StoredGroup) -> int:
    """An open ballot of a group that closes on ``MONDAY``."""
    entries = await fill(services, stored)
    new = NewBallot(
        stored.id, BallotTerms(closes_at=MONDAY), MONDAY, (Voter("U1"), Voter("U9")), entries[:2], frozenset(), "U1"
    )
    async with services.database.write() as session:
        return await add_ballot(session, stored.initiative_id, new, MONDAY - 3 * DAY) or 0


async def ticked(services: Services, at: Any = MONDAY) -> list[dict[str, Any]]:
    """What a tick does."""
    return await tick(services, DUTIES, set(DueKind), at)


async def told(services: Services) -> list[tuple[str, str]]:
    """To whom something was told of what went wrong, and in which words."""
    query = select(PostRow).where(col(PostRow.kind) == PostKind.TROUBLE).order_by(col(PostRow.id))
    async with services.database.read() as session:
        return [(row.channel_id, str(row.payload["text"])) for row in await session.scalars(query)]


async def test_a_zone_that_no_longer_exists_keeps_no_other_group_from_its_nudge(services: Services) -> None:
    found = await groups(services, "C2", zone=GONE)
    done = await ticked(services)
    assert {action["channel"] for action in done if action["did"] == "nudge"} == {"C1", "C3"}
    assert await next_at(services, found["C2"]) == MONDAY
    [(to, words)] = await told(services)
    assert to == "U1"
    assert words.startswith(f"I could not prepare the weekly nudge for <#C2>: its time zone, “{GONE}”, does not exist")
    assert "/workgroup nudge Monday 9:00 America/New_York" in words


async def test_it_is_told_once_and_goes_on_by_itself_when_the_zone_is_mended(services: Services) -> None:
    found = await groups(services, "C2", zone=GONE)
    await ticked(services)
    await ticked(services, MONDAY + MINUTE)
    assert len(await told(services)) == 1
    async with services.database.write() as session:
        await change_group(session, found["C2"].id, zone="America/New_York")
    await ticked(services, MONDAY + 2 * MINUTE)
    assert "principle" in (await posted(services, found["C2"])).lower()


async def test_ballots_close_and_voters_are_reminded_in_all_groups(services: Services) -> None:
    found = await groups(services, "C1", zone=GONE)
    ballots = [await ballot(services, stored) for stored in found.values()]
    reminded = await ticked(services, MONDAY - timedelta(hours=20))
    assert sum(action["did"] == "ballot_reminders" for action in reminded) == 3
    closed = await ticked(services)
    assert sum(action["did"] == "ballot_closed" for action in closed) == 3
    async with services.database.read() as session:
        states = [one.state for ballot_id in ballots if (one := await get_ballot(session, ballot_id))]
    assert states == [BallotState.CLOSED] * 3


async def test_a_row_that_cannot_be_read_at_all_holds_no_other_group(services: Services) -> None:
    found = await groups(services, "C1", public_body="perhaps")
    ballots = [await ballot(services, found[channel]) for channel in CHANNELS]
    done = await ticked(services)
    assert {action["channel"] for action in done if action["did"] == "nudge"} == {"C2", "C3"}
    assert {action["ballot"] for action in done if action["did"] == "ballot_closed"} == set(ballots[1:])


async def test_one_duty_that_fails_keeps_no_other_from_being_done(services: Services) -> None:
    async def fails(_services: Services, _now: Any) -> list[dict[str, Any]]:
        raise LookupError("a duty with a bug")

    found = await groups(services)
    done = await tick(services, [(DueKind.NUDGES, fails), *DUTIES], set(DueKind), MONDAY)
    assert {action["channel"] for action in done if action["did"] == "nudge"} == set(found)


class Slack(AsyncWebClient):
    """A Slack that takes all, but refuses what is for one channel, or breaks there."""

    def __init__(self, refuses: str = "", breaks: str = "") -> None:
        super().__init__(token="xoxb-1")
        self.taken: dict[str, str] = {}
        self._refuses, self._breaks = refuses, breaks

    async def client_for(self, _team_id: str) -> AsyncWebClient:
        """The client of every workspace."""
        return self

    async def chat_postMessage(self, **message: Any) -> AsyncSlackResponse:
        """Take a message."""
        if message["channel"] == self._breaks:
            raise AttributeError("'str' object has no attribute 'get'")
        if message["channel"] == self._refuses:
            raise SlackApiError("refused", self._answer({"ok": False, "error": "is_archived"}))
        self.taken[message["channel"]] = message["text"]
        return self._answer({"ok": True, "ts": "1.2"})

    def _answer(self, data: dict[str, Any]) -> AsyncSlackResponse:
        return AsyncSlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data=data, headers={}, status_code=200
        )


async def test_a_post_that_cannot_be_looked_over_goes_as_it_is_and_keeps_no_other_from_being_sent(
    services: Services,
) -> None:
    async def looks(_session: AsyncSession, posts: Sequence[Post], _now: datetime) -> list[Post]:
        if any(post.channel_id == "C2" for post in posts):
            raise LookupError("one post that nothing can be made of")
        return [replace(post, payload={"text": "looked over"}) for post in posts]

    await groups(services)
    await ticked(services)
    slack = Slack()
    await Sender(services.database, slack.client_for, lambda: MONDAY, before_sending=looks).flush()
    assert {channel: text == "looked over" for channel, text in slack.taken.items()} == {
        "C1": True,
        "C2": False,
        "C3": True,
    }


async def test_what_was_refused_and_cannot_be_told_is_noted_all_the_same(services: Services) -> None:
    async def fails(_session: AsyncSession, _post: Post, _failure: Failure) -> None:
        raise LookupError("nobody can be told")

    found = await groups(services)
    await ticked(services)
    slack = Slack(refuses="C2")
    await Sender(services.database, slack.client_for, lambda: MONDAY, on_trouble=fails).flush()
    assert sorted(slack.taken) == ["C1", "C3"]
    assert await states(services, found) == {"C1": "sent", "C2": "dropped", "C3": "sent"}


async def test_a_sending_that_ends_in_a_bug_is_in_doubt_and_the_rest_goes_on(services: Services) -> None:
    found = await groups(services)
    await ticked(services)
    slack = Slack(breaks="C2")
    await Sender(services.database, slack.client_for, lambda: MONDAY).flush()
    assert await states(services, found) == {"C1": "sent", "C2": "unconfirmed", "C3": "sent"}


async def states(services: Services, found: dict[str, StoredGroup]) -> dict[str, str]:
    """Where each group's nudge stands."""
    async with services.database.read() as session:
        posts = {channel: await get_post(session, f"nudge:{one.id}:2026-W50") for channel, one in found.items()}
    return {channel: str(post.state) for channel, post in posts.items() if post}
