"""Claiming the weekly nudges: once per group and week, whoever asks."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.groups import NudgePlan, PublicBody
from bot.posts import PostState, PostStep
from storage.database import Database
from storage.groups import NewGroup, StoredGroup, add_group
from storage.nudges import (
    Claim,
    NewNudge,
    NudgeRecord,
    Unposted,
    claim_nudges,
    list_due_groups,
    list_nudges,
    list_periods,
    list_recent,
)
from storage.posts import Sending, claim_sendings, get_post, record_sendings
from tests.support.statements import counted

MONDAY = datetime(2026, 12, 7, 14, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


async def a_group(database: Database, channel_id: str = "C1", due: datetime | None = MONDAY) -> StoredGroup:
    """A stored group whose next nudge is due at ``due``."""
    new = NewGroup("T1", channel_id, "Group", "Ohio", frozenset(), PublicBody.NO, NudgePlan(), due, "U1")
    async with database.write() as session:
        return await add_group(session, new, MONDAY - DAY)


def nudge(group: StoredGroup, **fields: object) -> NewNudge:
    """A nudge on principle 3 in the week of ``MONDAY``."""
    plain = NewNudge(group.id, "T1", group.channel_id, "2026-W50", MONDAY, principle=3, payload={"text": "not yet"})
    return replace(plain, **fields)  # type: ignore[arg-type]


def claim(*nudges: NewNudge, seen_at: datetime = MONDAY) -> Claim:
    """What a look at ``seen_at`` decided for the group of ``nudges``."""
    return Claim(nudges[0].group_id, seen_at, seen_at + WEEK, nudges)


async def claimed(database: Database, *claims: Claim) -> list[NewNudge]:
    """The nudges that fell to this caller."""
    async with database.write() as session:
        return (await claim_nudges(session, claims, MONDAY))[1]


async def due_ids(database: Database, now: datetime) -> dict[int, datetime]:
    """The groups due at ``now``."""
    async with database.read() as session:
        return await list_due_groups(session, now, 10)


async def test_only_groups_whose_time_has_come_are_due(database: Database) -> None:
    now = await a_group(database, "C1")
    await a_group(database, "C2", MONDAY + timedelta(seconds=1))
    await a_group(database, "C3", None)
    late = await a_group(database, "C4", MONDAY - DAY)
    assert list((await due_ids(database, MONDAY)).items()) == [(late.id, MONDAY - DAY), (now.id, MONDAY)]


async def test_a_claim_stores_the_nudge_its_post_and_when_to_look_next(database: Database) -> None:
    group = await a_group(database)
    assert await claimed(database, claim(nudge(group))) == [nudge(group)]
    async with database.read() as session:
        post = await get_post(session, f"nudge:{group.id}:2026-W50")
        assert await list_nudges(session, group.id) == [NudgeRecord("2026-W50", PostState.CLAIMED, False, 3, MONDAY)]
    assert post is not None
    assert (post.channel_id, post.payload, post.kind, post.group_id) == ("C1", {"text": "not yet"}, "nudge", group.id)
    assert post.subject_id
    assert await due_ids(database, MONDAY + WEEK) == {group.id: MONDAY + WEEK}
    assert await due_ids(database, MONDAY + WEEK - timedelta(seconds=1)) == {}


async def test_the_same_claim_twice_falls_to_the_first(database: Database) -> None:
    group = await a_group(database)
    assert await claimed(database, claim(nudge(group)))
    assert await claimed(database, claim(nudge(group))) == []


async def test_many_claims_at_once_make_one_nudge(database: Database) -> None:
    groups = [await a_group(database, f"C{number}") for number in range(5)]
    claims = [claim(nudge(group)) for group in groups]
    found = await asyncio.gather(*(claimed(database, *claims) for _ in range(6)))
    assert sorted(each.channel_id for mine in found for each in mine) == ["C0", "C1", "C2", "C3", "C4"]


async def test_a_clock_behind_never_sets_the_next_look_back(database: Database) -> None:
    group = await a_group(database)
    await claimed(database, claim(nudge(group)))
    behind = Claim(group.id, MONDAY - WEEK, MONDAY, (nudge(group, period="2026-W49"),))
    assert await claimed(database, behind) == []
    assert await due_ids(database, MONDAY + WEEK) == {group.id: MONDAY + WEEK}


async def test_a_week_that_had_its_nudge_gets_no_second_one_after_a_change_of_plan(database: Database) -> None:
    group = await a_group(database)
    await claimed(database, claim(nudge(group)))
    again = claim(nudge(group, planned_at=MONDAY + 2 * DAY), seen_at=MONDAY + WEEK)
    assert await claimed(database, again) == []
    async with database.read() as session:
        assert [each.planned_at for each in await list_nudges(session, group.id)] == [MONDAY]
    assert await due_ids(database, MONDAY + 2 * WEEK) == {group.id: MONDAY + 2 * WEEK}


async def test_a_dropped_nudge_has_no_post_and_a_silent_week_stays_out_of_the_record(database: Database) -> None:
    group = await a_group(database)
    dropped = nudge(group, period="2026-W48", planned_at=MONDAY - 2 * WEEK, why=Unposted.OLDER_THAN_A_DAY, payload=None)
    silent = nudge(group, period="2026-W49", planned_at=MONDAY - WEEK, why=Unposted.NOTHING_OPEN, payload=None)
    assert await claimed(database, claim(dropped, silent, nudge(group, late=True))) == [
        dropped,
        silent,
        nudge(group, late=True),
    ]
    async with database.read() as session:
        records = await list_nudges(session, group.id)
        assert await list_periods(session, group.id, MONDAY - WEEK) == {"2026-W49", "2026-W50"}
        assert await get_post(session, dropped.key) is None
    assert [(each.period, each.state, each.late) for each in records] == [
        ("2026-W48", "dropped", False),
        ("2026-W50", "claimed", True),
    ]


async def test_a_nudge_takes_the_state_of_its_post(database: Database) -> None:
    group = await a_group(database)
    await claimed(database, claim(nudge(group)))
    async with database.write() as session:
        post = await get_post(session, nudge(group).key)
        assert post is not None
        await claim_sendings(session, [post.id], "lease", MONDAY)
        await record_sendings(session, [Sending(post.id, "lease", PostStep.DOUBT)])
        assert [each.state for each in await list_nudges(session, group.id)] == ["unconfirmed"]


async def test_the_newest_posted_nudges_are_remembered_newest_first(database: Database) -> None:
    group, other = await a_group(database, "C1"), await a_group(database, "C2")
    for week, principle in enumerate((1, 1, 4, None)):
        at = MONDAY + week * WEEK
        mine = nudge(group, period=f"2026-W{50 + week}", planned_at=at, principle=principle)
        await claimed(database, claim(mine, seen_at=at))
    unposted = nudge(other, payload=None, why=Unposted.NOTHING_OPEN)
    await claimed(database, claim(unposted))
    async with database.read() as session:
        assert await list_recent(session, [group.id, other.id]) == {group.id: [None, 4, 1, 1]}


async def test_the_number_of_statements_does_not_grow_with_the_groups(database: Database) -> None:
    counts = []
    for size in (2, 40):
        at = MONDAY + size * WEEK
        groups = [await a_group(database, f"C{size}-{number}", at) for number in range(size)]
        with counted(database) as statements:
            await claimed(database, *(claim(nudge(group, planned_at=at), seen_at=at) for group in groups))
        counts.append(len(statements))
    assert counts[0] == counts[1]
