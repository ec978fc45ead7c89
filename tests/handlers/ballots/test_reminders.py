"""Reminders to vote: who gets one and when, once over any number of clocks, and who wants none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.ballots.own import WITHDRAWN, CastVote
from bot.ballots.values import BallotTerms, Voter
from bot.groups import NudgePlan, PublicBody
from bot.register import Kind, Sector, Stakeholder
from handlers.ballots.closing import Closing, close_within
from handlers.ballots.reminders import remind_voters
from handlers.ballots.reminders_text import reminder_payload
from handlers.slack.directory import Directory
from handlers.slack.sender import Sender
from handlers.slack.services import Services
from storage.ballot_steps import change_closing_time
from storage.ballots import NewBallot, StoredBallot, add_ballot, get_ballot
from storage.database import Database
from storage.groups import NewGroup, StoredGroup, add_group
from storage.members import Member, record_members
from storage.posts import Post, list_posts, list_waiting_posts
from storage.reminders import record_reminder_choice
from storage.stakeholders import add_stakeholder, list_stakeholders
from storage.votes import record_votes
from tests.handlers.ballots.test_rendering import STORED, a_ballot
from tests.support.ballots import ANA, BO, PATIENCE, votes, voting
from tests.support.county import DANA, LENA, MARCUS, PRIYA, TOMAS, USER_IDS, County
from tests.support.payloads import assert_sound

OPENED = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
CLOSES = OPENED + timedelta(days=7)
HOUR = timedelta(hours=1)
PEOPLE = ("U1", "U2", "U3", "U4", "U5", "Ann Lee")


@pytest.fixture
async def services(own_database: str) -> AsyncIterator[Services]:
    """Services on a migrated database. Nothing is sent: reminding only stores."""

    async def client_for(_team_id: str) -> AsyncWebClient:
        return AsyncWebClient()

    database = Database(own_database)
    yield Services(database, lambda: OPENED, Sender(database, client_for, lambda: OPENED), Directory(database))
    await database.close()


async def opened(services: Services) -> tuple[StoredGroup, StoredBallot]:
    """A ballot on S1 and S2. U1 answered both, U2 one; U3 is S2 and answered S1; U4 took a vote back."""
    new = NewGroup("T1", "C1", "Group", "County", frozenset(), PublicBody.NO, NudgePlan(), None, "U1")
    async with services.database.write() as session:
        stored = await add_group(session, new, OPENED)
        for name in ("Ana", "Bo"):
            entry = Stakeholder(0, name, "Agency", "courts", Kind.PERSON, Sector.JUSTICE)
            await add_stakeholder(session, stored.initiative_id, entry, "U1", OPENED)
        entries = await list_stakeholders(session, stored.initiative_id)
        roll = tuple(Voter(who) for who in PEOPLE)
        recused = frozenset({("U3", "S2")})
        ballot = NewBallot(stored.id, BallotTerms(closes_at=CLOSES), CLOSES, roll, entries, recused, "U1")
        ballot_id = await add_ballot(session, stored.initiative_id, ballot, OPENED) or 0
        both = [CastVote(1, "support"), CastVote(2, "abstain")]
        for who, said in (("U1", both), ("U2", both[:1]), ("U3", both[:1]), ("U4", both)):
            await record_votes(session, ballot_id, who, said, OPENED)
        await record_votes(session, ballot_id, "U4", [CastVote(2, WITHDRAWN)], OPENED)
        found = await get_ballot(session, ballot_id)
    assert found
    return stored, found


async def waiting(services: Services, at: datetime) -> list[Post]:
    """What would be sent at an instant."""
    async with services.database.read() as session:
        return await list_posts(session, [each.id for each in await list_waiting_posts(session, at, (), 100)])


async def test_those_who_have_not_answered_about_all_are_reminded_once_by_any_number_of_clocks(
    services: Services,
) -> None:
    await opened(services)
    assert await remind_voters(services, CLOSES - 25 * HOUR) == []
    done = await asyncio.gather(*(remind_voters(services, CLOSES - 24 * HOUR) for _ in range(5)))
    assert [action["people"] for actions in done for action in actions] == [3]
    posts = await waiting(services, CLOSES - 24 * HOUR)
    assert sorted(post.channel_id for post in posts) == ["U2", "U4", "U5"]
    assert "1 of 2 names still waits for your answer" in posts[0].payload["text"]
    assert "S2 Bo" in posts[0].payload["text"]
    assert "S1 Ana" not in posts[0].payload["text"]
    assert await remind_voters(services, CLOSES - 23 * HOUR) == []


async def test_a_guest_who_cannot_use_apps_is_not_reminded(services: Services) -> None:
    await opened(services)
    async with services.database.write() as session:
        await record_members(session, [Member("U2", "T1", is_guest=True), Member("U4", "T1")], OPENED)
    [done] = await remind_voters(services, CLOSES - 24 * HOUR)
    assert done["people"] == 2
    assert sorted(post.channel_id for post in await waiting(services, CLOSES - 24 * HOUR)) == ["U4", "U5"]


async def test_the_second_reminder_takes_the_place_of_a_first_one_that_waits(services: Services) -> None:
    await opened(services)
    await remind_voters(services, CLOSES - 24 * HOUR)
    assert await waiting(services, CLOSES - 2 * HOUR) == []
    await remind_voters(services, CLOSES - 2 * HOUR)
    assert all(":hours:" in post.key for post in await waiting(services, CLOSES - HOUR))
    assert len(await waiting(services, CLOSES - HOUR)) == 3
    assert await waiting(services, CLOSES) == []


async def test_after_downtime_there_is_only_the_reminder_that_still_makes_sense(services: Services) -> None:
    await opened(services)
    [done] = await remind_voters(services, CLOSES - HOUR)
    assert done["reminder"] == "hours"
    assert await remind_voters(services, CLOSES) == []


async def test_nobody_is_reminded_of_a_closed_ballot_even_by_what_waited(services: Services) -> None:
    stored, ballot = await opened(services)
    await remind_voters(services, CLOSES - 24 * HOUR)
    async with services.database.write() as session:
        await close_within(session, stored, ballot.id, Closing("U1", CLOSES - 20 * HOUR), CLOSES - 20 * HOUR)
    assert {post.kind for post in await waiting(services, CLOSES - 20 * HOUR)} == {"result"}
    assert await remind_voters(services, CLOSES - 2 * HOUR) == []


async def test_a_new_closing_time_has_reminders_of_its_own(services: Services) -> None:
    _, ballot = await opened(services)
    await remind_voters(services, CLOSES - 2 * HOUR)
    later = CLOSES + 48 * HOUR
    async with services.database.write() as session:
        await change_closing_time(session, ballot.id, later, CLOSES - HOUR)
    assert await remind_voters(services, CLOSES - HOUR) == []
    assert [done["reminder"] for done in await remind_voters(services, later - 24 * HOUR)] == ["day"]
    assert [done["reminder"] for done in await remind_voters(services, later - 2 * HOUR)] == ["hours"]


async def test_who_wants_none_gets_none_in_that_workspace(services: Services) -> None:
    await opened(services)
    async with services.database.write() as session:
        await record_reminder_choice(session, "T1", "U2", OPENED, wanted=False)
        await record_reminder_choice(session, "T9", "U4", OPENED, wanted=False)
        await record_reminder_choice(session, "T1", "U5", OPENED, wanted=False)
        await record_reminder_choice(session, "T1", "U5", OPENED, wanted=True)
    await remind_voters(services, CLOSES - 24 * HOUR)
    assert sorted(post.channel_id for post in await waiting(services, CLOSES - 23 * HOUR)) == ["U4", "U5"]


@pytest.mark.parametrize("names", [1, 5, 40])
def test_a_reminder_of_any_length_is_sound_and_says_how_to_answer(names: int) -> None:
    ballot = a_ballot(names, 3)
    payload = reminder_payload(STORED, ballot, ballot.invitees)
    assert_sound(payload["text"], payload["blocks"])
    for words in ("/invitees vote S1 | support", "/invitees reminders off", "you have not voted yet", "<#C1>"):
        assert words in payload["text"]


async def test_reminded_people_vote_from_the_private_message_or_want_no_more(own_county: County) -> None:
    room = await voting(own_county, ANA, BO, terms="| quorum=1 | closes=2026-12-04 12:00")
    for who in (DANA, MARCUS, PRIYA):
        await room.types(who, "/invitees vote all | support")
    await own_county.travel("2026-12-03T17:00:10+00:00")
    for who in (LENA, TOMAS):
        message = await room.gets(who, "and you have not voted yet", PATIENCE)
        assert "closes Friday 4 December 2026, 12:00 (America/New_York)" in message["text"]
        assert message["channel"] != room.channel
    await room.presses(TOMAS, "No more reminders", channel="")
    await room.gets(TOMAS, "You will get no more reminders", PATIENCE)
    opened_modal = await room.presses(LENA, "Vote one by one", channel="")
    assert opened_modal.view
    await room.submits(LENA, {"Ana Ruiz": "Support"})
    answer = await room.gets(LENA, "Noted: S1 Ana Ruiz: support", PATIENCE)
    assert answer["channel"] != room.channel
    assert (await votes(room))[USER_IDS[LENA], "S1"] == "support"
    await own_county.travel("2026-12-04T15:00:10+00:00")
    await room.gets(LENA, "1 of 2 names still waits", PATIENCE)
    texts = [message["text"] for message in await room.county.slack.read(TOMAS)]
    assert sum("closes Friday 4 December" in text for text in texts) == 1
    for who in (DANA, MARCUS, PRIYA):
        assert all("for your answer" not in each["text"] for each in await room.county.slack.read(who))
    assert "Reminders are off" in (await room.types(TOMAS, "/invitees reminders")).text
    assert "You will be reminded" in (await room.types(TOMAS, "/invitees reminders on")).text
    assert "Reminders are on" in (await room.types(TOMAS, "/invitees reminders")).text
    assert "Please type /invitees reminders on" in (await room.types(TOMAS, "/invitees reminders maybe")).text
