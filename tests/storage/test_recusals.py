"""Linking an account to an invitee during a vote, and taking it back."""

from __future__ import annotations

from datetime import datetime

import pytest

from storage.ballots import get_ballot
from storage.database import Database
from storage.recusals import LinkedVoter, add_linked_recusal, close_linked_recusal, list_linked_voters
from tests.storage.test_ballots import LATER, NOW, a_group, opened, vote


@pytest.mark.parametrize(("number", "voter", "at"), [(1, "U9", NOW), (3, "U2", NOW), (1, "U2", LATER)])
async def test_a_link_concerns_open_votes_that_have_both(
    database: Database, number: int, voter: str, at: datetime
) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored) or 0
    async with database.read() as session:
        assert await list_linked_voters(session, stored.initiative_id, number, voter, at) == []
        linked = await list_linked_voters(session, stored.initiative_id, 1, "U2", NOW)
    assert linked == [LinkedVoter(stored.id, ballot_id, "")]


async def test_a_link_recuses_who_said_nothing_and_taking_it_back_ends_that(database: Database) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored) or 0
    async with database.write() as session:
        await add_linked_recusal(session, ballot_id, 1, "U2", "U9", NOW)
        ballot = await get_ballot(session, ballot_id)
        assert ballot
        assert ballot.recusals == {("U2", "S1")}
        assert await close_linked_recusal(session, ballot_id, 1, "U2", NOW)
        assert not await close_linked_recusal(session, ballot_id, 1, "U2", NOW)
    async with database.read() as session:
        ballot = await get_ballot(session, ballot_id)
    assert ballot
    assert (ballot.recusals, ballot.votes) == (frozenset(), ())


async def test_a_link_leaves_a_cast_vote_and_a_recusal_from_the_beginning_alone(database: Database) -> None:
    stored = await a_group(database)
    ballot_id = await opened(database, stored, recusals=frozenset({("U1", "S1")})) or 0
    await vote(database, ballot_id, "U2", 1, "object")
    async with database.write() as session:
        await add_linked_recusal(session, ballot_id, 1, "U2", "U9", NOW)
        assert not await close_linked_recusal(session, ballot_id, 1, "U1", NOW)
        ballot = await get_ballot(session, ballot_id)
    assert ballot
    assert {(one.voter, str(one.choice)) for one in ballot.votes} == {("U2", "object"), ("U1", "recuse")}
