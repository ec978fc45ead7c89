"""What is found in one query for speed is the same as what several would find, on both databases."""

from __future__ import annotations

import pytest

from bot.groups import NudgePlan, PublicBody
from storage.database import Database
from storage.deliveries import Repeated, add_delivery
from storage.groups import NewGroup, add_group, get_group
from storage.situations import get_situation, get_situation_of_channel
from storage.votes import get_own_ballot
from tests.storage.test_ballots import NOW, a_group, opened


async def test_a_vote_that_came_before_is_found_with_its_answer_by_the_query_for_the_ballot(database: Database) -> None:
    await opened(database, await a_group(database))
    async with database.write() as session:
        await add_delivery(session, "command:1", NOW, {"text": "Noted."})
    async with database.read() as session:
        assert await get_own_ballot(session, "C1", "T1", "U1", delivery="command:2")
        assert await get_own_ballot(session, "C1", "T1", "U1")
        with pytest.raises(Repeated) as repeated:
            await get_own_ballot(session, "C1", "T1", "U1", delivery="command:1")
    assert repeated.value.answer == {"text": "Noted."}


async def test_a_delivery_stored_last_takes_its_whole_change_back_where_it_came_before(database: Database) -> None:
    async with database.write() as session:
        await add_delivery(session, "command:1", NOW, {"text": "Noted."})

    async def repeat() -> None:
        async with database.write() as session:
            await add_delivery(session, "command:0", NOW)
            await add_delivery(session, "command:1", NOW, {"text": "Again."})

    with pytest.raises(Repeated) as repeated:
        await repeat()
    assert repeated.value.answer == {"text": "Noted."}
    async with database.write() as session:
        await add_delivery(session, "command:0", NOW)


async def test_a_channels_situation_has_the_groups_of_its_own_initiative_only(database: Database) -> None:
    first, other = await a_group(database, "C1", "T1"), await a_group(database, "C1", "T2")
    async with database.write() as session:
        place = ("T1", "C2", "Fellow", "County")
        new = NewGroup(*place, frozenset(), PublicBody.NO, NudgePlan(), None, "U1", first.initiative_id)
        fellow = await add_group(session, new, NOW)
    async with database.read() as session:
        for team, stored, fellows in (("T1", first, [first, fellow]), ("T2", other, [other])):
            found = await get_situation_of_channel(session, "C1", team)
            assert found == (stored, await get_situation(session, stored))
            assert found[1].groups == tuple(each.group for each in fellows)
            assert found[0] == await get_group(session, "C1", team)
        assert await get_situation_of_channel(session, "C9", "T1") is None
