"""The ground that every query stands on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, delete, select, text
from sqlalchemy.exc import StatementError
from sqlmodel import SQLModel, col

from storage.database import Database, async_url, insert_rows
from storage.deliveries import KEPT, Repeated, add_delivery, forget_deliveries, record_answer
from storage.due import TURNS_KEPT, DueKind, list_due_kinds
from storage.members import Member, list_members, record_members
from storage.migrate import config, is_current, migrate
from storage.pace import claim_turns, forget_turns, list_held, record_hold
from storage.tables import DeliveryRow, PaceRow, PostRow

NOON = datetime(2026, 12, 7, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


async def test_the_migrations_lead_to_exactly_the_tables_of_the_code(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), SQLModel.metadata))

    async with database.reader.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_from_several_places_at_once_does_it_once(empty_database: str) -> None:
    database = Database(empty_database)
    versions = await asyncio.gather(*(migrate(database) for _ in range(3)))
    assert set(versions) == {"0004"}
    assert await is_current(database)
    await database.close()


async def test_tables_of_the_first_version_are_brought_up_to_date_with_all_they_hold(empty_database: str) -> None:
    member = (
        "INSERT INTO member (user_id, home, zone, is_bot, is_guest, is_admin, seen_at)"
        " VALUES ('U1', 'T1', 'UTC', false, false, true, '2026-12-07 12:00:00.000000')"
    )

    def first_version(connection: Connection) -> None:
        command.upgrade(config(connection), "0001")
        connection.execute(text(member))

    database = Database(empty_database)
    async with database.writer.begin() as connection:
        await connection.run_sync(first_version)
    assert not await is_current(database)
    await migrate(database)
    assert await is_current(database)
    async with database.read() as session:
        assert await list_members(session, ["U1"]) == {"U1": Member("U1", "T1", is_admin=True)}
    await database.close()


async def test_an_instant_comes_back_aware_and_in_utc(database: Database) -> None:
    local = datetime(2026, 12, 7, 9, 0, tzinfo=timezone(timedelta(hours=-5)))
    async with database.write() as session:
        session.add(DeliveryRow(key="k", at=local))
    async with database.read() as session:
        row = await session.get(DeliveryRow, "k")
    assert row is not None
    assert row.at == local
    assert row.at.tzinfo is UTC


async def test_a_naive_instant_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with database.write() as session:
            session.add(DeliveryRow(key="k", at=datetime(2026, 12, 7)))  # noqa: DTZ001  the point of the test


async def test_nothing_is_stored_where_a_change_raises(database: Database) -> None:
    async def change_and_fail() -> None:
        async with database.write() as session:
            await add_delivery(session, "k", NOON)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await change_and_fail()
    async with database.read() as session:
        assert await session.get(DeliveryRow, "k") is None


async def test_a_repeated_delivery_gets_the_first_ones_answer(database: Database) -> None:
    async with database.write() as session:
        await add_delivery(session, "command:1", NOON)
        await record_answer(session, "command:1", {"text": "Added S1."})
    with pytest.raises(Repeated) as repeated:
        async with database.write() as session:
            await add_delivery(session, "command:1", NOON)
    assert repeated.value.answer == {"text": "Added S1."}


async def test_a_delivery_that_comes_twice_at_once_has_one_effect(database: Database) -> None:
    async def deliver() -> str:
        try:
            async with database.write() as session:
                await add_delivery(session, "action:1", NOON)
                await asyncio.sleep(0.01)
        except Repeated:
            return "repeated"
        return "done"

    assert sorted(await asyncio.gather(*(deliver() for _ in range(5)))) == ["done"] + ["repeated"] * 4


async def test_old_deliveries_are_forgotten_and_fresh_ones_are_not(database: Database) -> None:
    async with database.write() as session:
        await add_delivery(session, "old", NOON - timedelta(hours=1))
        await add_delivery(session, "fresh", NOON)
        await forget_deliveries(session, NOON - timedelta(minutes=10))
        await add_delivery(session, "old", NOON)
        with pytest.raises(Repeated):
            await add_delivery(session, "fresh", NOON)


async def test_turns_with_one_key_are_a_gap_apart(database: Database) -> None:
    async with database.write() as session:
        assert await claim_turns(session, ["a", "b"], SECOND, NOON) == {"a", "b"}
        assert await claim_turns(session, ["a", "c"], SECOND, NOON + SECOND / 2) == {"c"}
        assert await claim_turns(session, ["a", "a"], SECOND, NOON + SECOND) == {"a"}
        assert await claim_turns(session, [], SECOND, NOON) == set()


async def test_a_held_key_has_no_turn_until_then(database: Database) -> None:
    async with database.write() as session:
        await record_hold(session, "hold:T1", NOON + 30 * SECOND)
        await record_hold(session, "hold:T1", NOON + 10 * SECOND)
        assert await list_held(session, "hold:", NOON + 29 * SECOND) == {"T1"}
        assert await list_held(session, "hold:", NOON + 30 * SECOND) == set()


async def test_members_are_remembered_as_they_were_last_seen(database: Database) -> None:
    async with database.write() as session:
        await record_members(session, [Member("U1", "T1"), Member("U2", "E1", is_bot=True)], NOON)
        await record_members(session, [Member("U1", "T1", zone="America/Denver", name="Ann")], NOON)
    async with database.read() as session:
        found = await list_members(session, ["U1", "U2", "U3"])
    assert found == {"U1": Member("U1", "T1", zone="America/Denver", name="Ann"), "U2": Member("U2", "E1", is_bot=True)}


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("postgres://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql://u:p@h/d?sslmode=require", "postgresql+asyncpg://u:p@h/d?ssl=require"),
    ],
)
def test_an_address_gets_the_driver_used_here(given: str, used: str) -> None:
    assert async_url(given).render_as_string(hide_password=False) == used


def test_an_address_of_another_database_is_refused() -> None:
    with pytest.raises(ValueError, match="DATABASE_URL must start with"):
        async_url("mysql://u:p@h/d")


async def test_turns_that_came_long_ago_are_forgotten_and_others_are_not(database: Database) -> None:
    async with database.write() as session:
        await claim_turns(session, ["old"], SECOND, NOON)
        await claim_turns(session, ["fresh"], SECOND, NOON + 5 * SECOND)
        await forget_turns(session, NOON + 3 * SECOND)
        assert set(await session.scalars(select(col(PaceRow.key)))) == {"fresh"}


async def test_one_look_finds_what_may_be_due(database: Database) -> None:
    """Each kind by itself, a second before its time and at it."""
    hour, kept = timedelta(hours=1), KEPT + SECOND
    post = {"team_id": "T1", "channel_id": "C1", "kind": "notice", "created_at": NOON}
    rows: list[tuple[DueKind, type[SQLModel], dict[str, Any], datetime]] = [
        (DueKind.PAST, DeliveryRow, {"key": "k", "at": NOON, "answer": None}, NOON + kept),
        (DueKind.PAST, PaceRow, {"key": "k", "next_at": NOON}, NOON + TURNS_KEPT + SECOND),
        (DueKind.POSTS_WAITING, PostRow, post | {"key": "a", "not_before": NOON}, NOON),
        (DueKind.POSTS_OVERDUE, PostRow, post | {"key": "b", "not_after": NOON, "not_before": NOON + hour}, NOON),
        (DueKind.POSTS_OVERDUE, PostRow, post | {"key": "c", "state": "sending", "lease_until": NOON - SECOND}, NOON),
    ]
    for kind, table, row, at in rows:
        async with database.write() as session:
            await insert_rows(session, table, [row], returning=list(row)[:1])
            assert await list_due_kinds(session, at - SECOND, at - SECOND) == set()
            assert await list_due_kinds(session, at, at) == {kind}
            await session.execute(delete(table))
