"""What ``/readyz`` knows: each part by its last round, the database by reading and writing; remembered for a second."""

from __future__ import annotations

import asyncio
import json
import resource
import time
import urllib.request
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError

import pytest
from sqlalchemy import text

from handlers.slack.pulse import Pulse
from runtime.readiness import REMEMBERED_SECONDS, Readiness, beating_within
from storage.database import Database
from storage.migrate import migrate, newest
from tests.support.county import DANA, founded
from tests.support.provisions import Provisions
from tests.support.starting import Starter
from tests.support.statements import counted

WELL = {"database": True, "writable": True, "migrations": True, "clock": True}


@pytest.fixture
async def database(own_database: str) -> AsyncIterator[Database]:
    """A fresh, migrated database."""
    made = Database(own_database)
    yield made
    await made.close()


def readiness(database: Database) -> Readiness:
    """What looks at a database, with a clock that answers."""
    return Readiness(database, lambda: datetime.now(UTC))


async def test_all_is_well_at_first(database: Database) -> None:
    assert await readiness(database).answers() == WELL


async def test_many_who_ask_at_once_cost_one_look_and_it_is_remembered_for_a_second(database: Database) -> None:
    looking = readiness(database)
    await looking.answers()
    await asyncio.sleep(REMEMBERED_SECONDS)
    with counted(database) as one_look:
        await looking.answers()
    await asyncio.sleep(REMEMBERED_SECONDS)
    with counted(database) as many:
        found = await asyncio.gather(*(looking.answers() for _ in range(30)))
        await looking.answers()
    assert len(many) == len(one_look)
    assert found == [WELL] * 30


async def test_a_part_that_has_not_come_round_lately_does_not_work(database: Database) -> None:
    looking, pulse = readiness(database), Pulse()
    looking.parts["sender"] = beating_within(pulse, 15)
    assert (await looking.answers())["sender"]
    pulse.last = time.monotonic() - 16
    await asyncio.sleep(REMEMBERED_SECONDS)
    assert await looking.answers() == WELL | {"sender": False}


async def test_a_database_that_can_only_be_read_is_not_writable(database: Database) -> None:
    if database.is_sqlite:
        async with database.write() as session:
            await session.execute(text("PRAGMA query_only=ON"))
    else:
        async with database.write() as session:
            name = database.url.database
            await session.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
        await database.close()
    assert await readiness(database).answers() == WELL | {"writable": False}


async def test_tables_of_a_newer_version_are_accepted_and_left_as_they_are(database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert await migrate(database) == "9999"
    assert await readiness(database).answers() == WELL


async def test_tables_of_an_older_version_are_not(database: Database) -> None:
    assert newest() != "0001"
    async with database.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert not (await readiness(database).answers())["migrations"]


async def test_a_full_disk_is_said_by_readyz_and_to_who_asks_and_nothing_is_lost(
    provisions: Provisions, starter: Starter, tmp_path: Path
) -> None:
    async with founded(provisions.migrated("sqlite", tmp_path), starter) as county:
        room, bot = await county.group(), county.bots[0]
        before, limits = await room.dump(), resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (1024, limits[1]))
        said = (await room.types(DANA, "/stakeholder add General Counsel | Health | legal | sector=health")).text
        assert "can't save anything right now" in said
        await asyncio.sleep(REMEMBERED_SECONDS)  # what it said as it started stands until then
        assert not (await asyncio.to_thread(ready, bot.url))["writable"]
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, limits)
        assert await room.dump() == before
        await room.types(DANA, "/stakeholder add General Counsel | Health | legal | sector=health")
        assert len((await room.dump())["stakeholders"]) == 1


def ready(url: str) -> dict[str, bool]:
    """What a bot says of its parts."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:  # noqa: S310  our own address
            return dict(json.load(answer))
    except HTTPError as refused:
        return dict(json.load(refused))
