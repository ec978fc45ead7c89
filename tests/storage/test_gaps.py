"""Gaps and snapshots as stored: for any number of groups at once, and never over what someone else did meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.gaps.life import LiveGap, disown, snooze, take
from bot.gaps.week import Said, Snapshot
from bot.groups import NudgePlan, PublicBody
from bot.principles.assessment import PrincipleState
from storage.database import Database
from storage.gaps import (
    GapChange,
    NewSnapshot,
    list_gaps,
    list_snapshots,
    list_weeks,
    record_gaps,
    record_snapshots,
)
from storage.groups import NewGroup, add_group
from tests.support.statements import counted

NOW = datetime(2026, 12, 7, 14, 0, tzinfo=UTC)
TODAY = NOW.date()
WEEK = timedelta(weeks=1)
GAP = LiveGap("P3.a", NOW)
STATES = (
    PrincipleState.THIN,
    PrincipleState.MET,
    PrincipleState.NOT_YET,
    PrincipleState.NOT_APPLICABLE,
    PrincipleState.NOT_YET,
    PrincipleState.MET,
)


async def some_groups(database: Database, count: int) -> list[int]:
    """The ids of new groups."""
    found = []
    async with database.write() as session:
        for number in range(count):
            new = NewGroup("T1", f"C{number}", "G", "Ohio", frozenset(), PublicBody.NO, NudgePlan(), NOW, "U1")
            found.append((await add_group(session, new, NOW)).id)
    return found


async def store(database: Database, *changes: GapChange) -> set[tuple[int, str]]:
    """Store gaps."""
    async with database.write() as session:
        return await record_gaps(session, changes)


async def stored(database: Database, group_id: int) -> tuple[LiveGap, ...]:
    """The gaps of a group."""
    async with database.read() as session:
        return (await list_gaps(session, [group_id]))[group_id]


def shot(period: str, **fields: object) -> Snapshot:
    """A snapshot of a week."""
    plain = Snapshot(period, NOW, STATES, (1, 2, 12), 14, Said.ASKED, 2)
    return replace(plain, **fields)  # type: ignore[arg-type]


async def test_a_gap_comes_back_as_it_was_stored_through_its_whole_life(database: Database) -> None:
    (group,) = await some_groups(database, 1)
    assert await store(database, GapChange(group, GAP)) == {(group, "P3.a")}
    (found,) = await stored(database, group)
    assert found == replace(GAP, version=1)
    steps: list[Callable[[LiveGap], LiveGap]] = [
        lambda gap: take(gap, "U1", TODAY + WEEK, NOW),
        lambda gap: snooze(gap, TODAY + 2 * WEEK, NOW),
        lambda gap: disown(gap, "the council’s", NOW),
    ]
    for version, step in enumerate(steps, 2):
        after = step(found)
        assert await store(database, GapChange(group, after)) == {(group, "P3.a")}
        (found,) = await stored(database, group)
        assert found == replace(after, version=version)


async def test_what_somebody_changed_meanwhile_is_left_as_it_is(database: Database) -> None:
    (group,) = await some_groups(database, 1)
    await store(database, GapChange(group, GAP))
    (seen,) = await stored(database, group)
    mine, theirs = take(seen, "U1", TODAY, NOW), snooze(seen, TODAY + WEEK, NOW)
    assert await store(database, GapChange(group, mine)) == {(group, "P3.a")}
    assert await store(database, GapChange(group, theirs)) == set()
    assert await store(database, GapChange(group, GAP)) == set()
    assert await stored(database, group) == (replace(mine, version=2),)


async def test_many_groups_take_the_same_few_statements(database: Database) -> None:
    groups = await some_groups(database, 40)
    for count in (2, 40):
        some = groups[:count]
        with counted(database) as statements:
            async with database.write() as session:
                live = await list_gaps(session, some)
                last = await list_snapshots(session, some)
                changes = [
                    GapChange(group, take(next(iter(live[group]), replace(GAP, criterion=key)), "U1", TODAY, NOW))
                    for group in some
                    for key in ("P1.a", "P5.a")
                ]
                assert len(await record_gaps(session, changes)) >= count
                period = f"2026-W{50 + len(last)}"
                await record_snapshots(session, [NewSnapshot(group, shot(period)) for group in some])
        assert len(statements) <= 5


async def test_the_newest_snapshot_of_each_group_is_found_also_over_the_new_year(database: Database) -> None:
    first, second, third = await some_groups(database, 3)
    rows = [(first, "2026-W52"), (first, "2026-W53"), (first, "2027-W01"), (second, "2026-W50")]
    async with database.write() as session:
        await record_snapshots(session, [NewSnapshot(group, shot(period)) for group, period in rows])
    async with database.read() as session:
        found = await list_snapshots(session, [first, second, third])
        assert found == {first: shot("2027-W01"), second: shot("2026-W50")}
        weeks = await list_weeks(session, first, 2)
        assert [each.period for each in weeks] == ["2026-W53", "2027-W01"]


async def test_a_week_keeps_its_first_snapshot(database: Database) -> None:
    (group,) = await some_groups(database, 1)
    for said in (Said.ASKED, Said.NOTHING):
        async with database.write() as session:
            await record_snapshots(session, [NewSnapshot(group, shot("2026-W50", said=said))])
    async with database.read() as session:
        assert (await list_snapshots(session, [group]))[group].said is Said.ASKED


async def test_nothing_is_stored_without_a_statement(database: Database) -> None:
    with counted(database) as statements:
        async with database.write() as session:
            assert await record_gaps(session, []) == set()
            await record_snapshots(session, [])
    assert statements == []
