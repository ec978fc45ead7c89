"""The ground that every query stands on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.exc import StatementError
from sqlmodel import SQLModel

from storage.database import Database, async_url
from storage.deliveries import Repeated, add_delivery, forget_deliveries, record_answer
from storage.members import Member, list_members, record_members
from storage.migrate import is_current, migrate
from storage.pace import hold_turns, list_held, take_turns
from storage.tables import DeliveryRow

NOON = datetime(2026, 12, 7, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


async def test_the_migrations_lead_to_exactly_the_tables_of_the_code(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), SQLModel.metadata))

    async with database.reader.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_from_several_places_at_once_does_it_once(database: Database) -> None:
    versions = await asyncio.gather(*(migrate(database) for _ in range(3)))
    assert set(versions) == {"0001"}
    assert await is_current(database)


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
        assert await take_turns(session, ["a", "b"], SECOND, NOON) == {"a", "b"}
        assert await take_turns(session, ["a", "c"], SECOND, NOON + SECOND / 2) == {"c"}
        assert await take_turns(session, ["a", "a"], SECOND, NOON + SECOND) == {"a"}
        assert await take_turns(session, [], SECOND, NOON) == set()


async def test_a_held_key_has_no_turn_until_then(database: Database) -> None:
    async with database.write() as session:
        await hold_turns(session, "hold:T1", NOON + 30 * SECOND)
        await hold_turns(session, "hold:T1", NOON + 10 * SECOND)
        assert await list_held(session, "hold:", NOON + 29 * SECOND) == {"T1"}
        assert await list_held(session, "hold:", NOON + 30 * SECOND) == set()


async def test_members_are_remembered_as_they_were_last_seen(database: Database) -> None:
    async with database.write() as session:
        await record_members(session, [Member("U1", "T1"), Member("U2", "E1", is_bot=True)], NOON)
        await record_members(session, [Member("U1", "T1", zone="America/Denver")], NOON)
    async with database.read() as session:
        found = await list_members(session, ["U1", "U2", "U3"])
    assert found == {"U1": Member("U1", "T1", zone="America/Denver"), "U2": Member("U2", "E1", is_bot=True)}


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
