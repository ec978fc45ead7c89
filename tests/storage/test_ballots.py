"""Ballots and votes as stored, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.ballots.life import BallotState
from bot.ballots.own import WITHDRAWN, CastVote
from bot.ballots.values import BallotTerms, Choice, Rule, Unit, Voter
from bot.groups import NudgePlan, PublicBody
from bot.posts import PostKind, PostStep
from bot.register import Kind, Sector, Side, Stakeholder, Status
from storage.ballot_records import list_ballots
from storage.ballot_steps import (
    change_closing_time,
    change_status,
    claim_refresh,
    close_ballot,
    list_outdated_messages,
    message_key,
    record_outcome,
    record_refresh,
    reopen_ballot,
)
from storage.ballots import NewBallot, add_ballot, get_ballot, get_last_ballot, get_last_closed, list_due_ballots
from storage.database import Database
from storage.groups import NewGroup, StoredGroup, add_group
from storage.posts import NewPost, Sending, add_posts, claim_sendings, get_post, record_sendings
from storage.stakeholders import add_stakeholder, list_stakeholders
from storage.votes import count_voted, get_own_ballot, has_all_answers, list_votes, lock_open_ballot, record_votes

NOW = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
ROLL = (Voter("U1", "T1", "Sheriff", Side.JUSTICE), Voter("U2", "T1"))


async def a_group(database: Database, channel: str = "C1", team: str = "T1") -> StoredGroup:
    """A group with S1 and S2 on its register."""
    new = NewGroup(team, channel, "Group", "County", frozenset(), PublicBody.NO, NudgePlan(), None, "U1")
    async with database.write() as session:
        stored = await add_group(session, new, NOW)
        for name in ("Ana", "Bo"):
            entry = Stakeholder(0, name, "Agency", "courts", Kind.PERSON, Sector.JUSTICE)
            await add_stakeholder(session, stored.initiative_id, entry, "U1", NOW)
    return stored


async def opened(
    database: Database,
    stored: StoredGroup,
    roll: tuple[Voter, ...] = ROLL,
    recusals: frozenset[tuple[str, str]] = frozenset(),
) -> int | None:
    """The id of a ballot on S2 and S1, in that order; None where one was open."""
    async with database.write() as session:
        entries = tuple(reversed(await list_stakeholders(session, stored.initiative_id)))
        terms = BallotTerms(Rule.BOTH_SIDES, Unit.AGENCY, 1, LATER)
        new = NewBallot(stored.id, terms, LATER, roll, entries, recusals, "U1")
        return await add_ballot(session, stored.initiative_id, new, NOW)


async def vote(database: Database, ballot_id: int, voter: str, number: int, choice: str, at: datetime = NOW) -> None:
    """Store one vote."""
    async with database.write() as session:
        await record_votes(session, ballot_id, voter, [CastVote(number, choice, "why")], at)


async def test_a_ballot_comes_back_as_it_was_opened(database: Database) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored, recusals=frozenset({("U2", "S1")}))
    assert ballot_id
    async with database.read() as session:
        ballot = await get_ballot(session, ballot_id)
    assert ballot
    assert (ballot.state, ballot.refs, ballot.roll) == (BallotState.OPEN, ("S2", "S1"), ROLL)
    assert ballot.terms == BallotTerms(Rule.BOTH_SIDES, Unit.AGENCY, 1, LATER)
    assert (ballot.recusals, ballot.cast) == (frozenset({("U2", "S1")}), ())
    assert [invitee.name for invitee in ballot.invitees] == ["Bo", "Ana"]


async def test_one_ballot_is_open_per_group_whoever_asks_first(database: Database) -> None:
    stored, other = await a_group(database), await a_group(database, "C2")
    ids = await asyncio.gather(*(opened(database, stored) for _ in range(5)))
    assert len([ballot_id for ballot_id in ids if ballot_id]) == 1
    assert await opened(database, other)


async def test_a_vote_takes_the_place_of_the_one_before(database: Database) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored) or 0
    await asyncio.gather(*(vote(database, ballot_id, "U1", 1, choice) for choice in ["support", "object"] * 5))
    await vote(database, ballot_id, "U1", 1, "abstain", NOW + timedelta(minutes=1))
    await vote(database, ballot_id, "U2", 1, WITHDRAWN)
    async with database.read() as session:
        ballot = await get_ballot(session, ballot_id)
    assert ballot
    assert [(each.voter, each.choice, each.at) for each in ballot.votes] == [
        ("U1", Choice.ABSTAIN, NOW + timedelta(minutes=1))
    ]


async def test_an_automatic_recusal_cannot_be_voted_over(database: Database) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored, recusals=frozenset({("U2", "S1")})) or 0
    await vote(database, ballot_id, "U2", 1, "support")
    async with database.read() as session:
        ballot = await get_ballot(session, ballot_id)
    assert ballot
    assert ballot.recusals == {("U2", "S1")}


async def test_what_is_recorded_takes_no_place_of_someones_own_vote(database: Database) -> None:
    ballot_id = await opened(database, await a_group(database)) or 0
    await vote(database, ballot_id, "U2", 1, "support")
    async with database.write() as session:
        await record_votes(session, ballot_id, "U2", [CastVote(1, "object"), CastVote(2, "abstain")], LATER, "U1")
    async with database.read() as session:
        found = await list_votes(session, [ballot_id])
    assert {vote.number: (str(vote.choice), vote.recorded_by) for vote in found[ballot_id]} == {
        1: ("support", ""),
        2: ("abstain", "U1"),
    }


async def test_all_have_answered_once_each_voter_has_answered_about_each_invitee(database: Database) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored, recusals=frozenset({("U2", "S1")})) or 0
    steps = [("U1", 1, "support"), ("U1", 2, "recuse"), ("U2", 2, "object"), ("U2", 2, WITHDRAWN), ("U2", 2, "abstain")]
    found = []
    for voter, number, choice in steps:
        await vote(database, ballot_id, voter, number, choice)
        async with database.read() as session:
            found.append((await count_voted(session, ballot_id, 2), await has_all_answers(session, ballot_id)))
    assert found == [((0, 1), False), ((1, 0), False), ((2, 0), True), ((1, 0), False), ((2, 0), True)]


async def test_the_own_ballot_shows_what_one_said_and_whether_one_may(database: Database) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored) or 0
    await vote(database, ballot_id, "U1", 1, "object")
    await vote(database, ballot_id, "U1", 2, WITHDRAWN)
    async with database.read() as session:
        own = await get_own_ballot(session, "C1", "T1", "U1")
        stranger = await get_own_ballot(session, "C1", "T9", "U9", ballot_id)
        elsewhere = await get_own_ballot(session, "C2", "T1", "U1")
    assert own
    assert stranger
    assert [(place.ref, place.choice, place.reason) for place in own.places] == [
        ("S2", "", "why"),
        ("S1", "object", "why"),
    ]
    assert (own.on_the_roll, stranger.on_the_roll, elsewhere) == (True, False, None)
    assert (own.takes_votes(LATER - timedelta(seconds=1)), own.takes_votes(LATER)) == (True, False)


async def test_two_workspaces_in_one_channel_have_a_ballot_each(database: Database) -> None:
    first, second = await a_group(database, "C1", "T1"), await a_group(database, "C1", "T2")
    ids = {"T1": await opened(database, first), "T2": await opened(database, second)}
    async with database.read() as session:
        found = {team: await get_own_ballot(session, "C1", team, "U1") for team in ids}
    assert {team: own.ballot_id for team, own in found.items() if own} == ids


async def test_a_ballot_takes_votes_only_while_open_and_before_its_time(database: Database) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored) or 0
    async with database.write() as session:
        assert await lock_open_ballot(session, ballot_id, LATER - timedelta(seconds=1))
        assert not await lock_open_ballot(session, ballot_id, LATER)
        assert await close_ballot(session, ballot_id, "U1", NOW, "")
        assert not await lock_open_ballot(session, ballot_id, NOW)


async def test_a_ballot_is_closed_by_one_of_many(database: Database) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored) or 0

    async def close() -> bool:
        async with database.write() as session:
            return await close_ballot(session, ballot_id, "clock", LATER, "", LATER)

    assert sorted(await asyncio.gather(*(close() for _ in range(5)))) == [False] * 4 + [True]


async def test_a_ballot_that_was_extended_is_not_due(database: Database) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored) or 0
    async with database.write() as session:
        assert await list_due_ballots(session, LATER) == [(ballot_id, stored.id)]
        assert await change_closing_time(session, ballot_id, LATER + timedelta(days=1), NOW)
        assert await list_due_ballots(session, LATER) == []
        assert not await close_ballot(session, ballot_id, "clock", LATER, "", LATER)


async def test_reopening_takes_the_outcome_back_and_gives_way_to_an_open_one(database: Database) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored) or 0
    async with database.write() as session:
        await close_ballot(session, ballot_id, "U1", NOW, "enough")
        await record_outcome(session, ballot_id, {1: True, 2: False})
        assert (await list_ballots(session, stored.id))[0].outcome == [
            {"ref": "S2", "approved": False},
            {"ref": "S1", "approved": True},
        ]
        assert await reopen_ballot(session, ballot_id, LATER, NOW)
        assert not await reopen_ballot(session, ballot_id, LATER, NOW)
        again = await get_ballot(session, ballot_id)
        assert again
        assert (again.state, again.reopened, again.closed_at, again.close_reason) == (BallotState.OPEN, 1, None, "")
        assert (await list_ballots(session, stored.id))[0].outcome == []
        await close_ballot(session, ballot_id, "U1", NOW, "")
        closed = await get_last_closed(session, stored.id)
        assert closed
        assert closed.id == ballot_id
    newer = await opened(database, stored)
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await reopen_ballot(session, ballot_id, LATER, NOW)
    async with database.read() as session:
        last = await get_last_ballot(session, stored.id)
        assert last
        assert last.id == newer


async def test_only_those_of_the_status_before_move_on(database: Database) -> None:
    stored = await a_group(database)
    async with database.write() as session:
        moved = await change_status(session, stored.initiative_id, [1], Status.IDENTIFIED, Status.APPROVED)
        again = await change_status(session, stored.initiative_id, [1, 2], Status.IDENTIFIED, Status.APPROVED)
        assert (moved, again) == ([1], [2])


async def test_a_message_is_outdated_once_sent_and_behind_and_refreshed_by_one(database: Database) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored) or 0
    post = NewPost(message_key(ballot_id), "T1", "C1", PostKind.BALLOT, {"text": "x"}, stored.id, ballot_id)
    async with database.write() as session:
        await add_posts(session, [post], NOW)
        await lock_open_ballot(session, ballot_id, NOW)
        assert await list_outdated_messages(session) == []
        stored_post = await get_post(session, post.key)
        assert stored_post
        await claim_sendings(session, [stored_post.id], "lease", NOW)
        await record_sendings(session, [Sending(stored_post.id, "lease", PostStep.ARRIVE, message_ts="1.2")])
        assert await list_outdated_messages(session) == [("T1", ballot_id)]
        assert await claim_refresh(session, ballot_id, "mine", NOW)
        assert not await claim_refresh(session, ballot_id, "yours", NOW + timedelta(seconds=20))
        await record_refresh(session, ballot_id, "yours", 9, NOW)
        assert await list_outdated_messages(session) == [("T1", ballot_id)]
        await record_refresh(session, ballot_id, "mine", 2, NOW)
        assert await list_outdated_messages(session) == []
        assert await claim_refresh(session, ballot_id, "dead", NOW)
        assert await claim_refresh(session, ballot_id, "heir", NOW + timedelta(seconds=31))


async def test_the_dump_names_people_by_id_and_leaves_reasons_and_withdrawn_votes_out(database: Database) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored) or 0
    await vote(database, ballot_id, "U1", 1, "object")
    await vote(database, ballot_id, "U2", 1, WITHDRAWN)
    async with database.read() as session:
        record = (await list_ballots(session, stored.id))[0]
    assert (record.roll, record.invitees, record.state) == (["U1", "U2"], ["S2", "S1"], "open")
    assert record.votes == [{"voter": "U1", "ref": "S1", "choice": "object", "at": NOW, "recorded_by": None}]
    assert "why" not in str(replace(record))


async def test_the_message_that_waited_longest_is_refreshed_first(database: Database) -> None:
    ballots = []
    for channel in ("C1", "C2", "C3"):
        stored = await a_group(database, channel)
        ballot_id = await opened(database, stored) or 0
        ballots.append(ballot_id)
        post = NewPost(message_key(ballot_id), "T1", channel, PostKind.BALLOT, {"text": "x"}, stored.id, ballot_id)
        async with database.write() as session:
            post_ids = await add_posts(session, [post], NOW)
            await claim_sendings(session, post_ids, "lease", NOW)
            await record_sendings(session, [Sending(post_ids[0], "lease", PostStep.ARRIVE, message_ts="1.2")])
            await lock_open_ballot(session, ballot_id, NOW)
    async with database.write() as session:
        for ballot_id, seconds in ((ballots[0], 9), (ballots[1], 5)):
            await claim_refresh(session, ballot_id, "mine", NOW)
            await record_refresh(session, ballot_id, "mine", None, NOW + timedelta(seconds=seconds))
        order = [ballot_id for _, ballot_id in await list_outdated_messages(session)]
    assert order == [ballots[2], ballots[1], ballots[0]]
