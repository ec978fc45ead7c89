"""Many groups at once: as many statements as for a few, and no lot keeps the next one waiting."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event, update
from sqlmodel import col

from bench.many_groups import MONDAY, fill
from handlers.directory import Directory
from handlers.nudge_sweep import BATCH, claim_due_nudges
from handlers.sender import Sender
from handlers.services import Services
from storage.database import Database
from storage.tables import GroupRow

WEEK = timedelta(weeks=1)


@pytest.fixture
async def services(own_database: str) -> AsyncIterator[Services]:
    """Services on an empty database. Nothing is sent: the sweep only stores."""

    async def client_for(_team_id: str) -> AsyncWebClient:
        return AsyncWebClient()

    database = Database(own_database)
    yield Services(database, lambda: MONDAY, Sender(database, client_for, lambda: MONDAY), Directory(database))
    await database.close()


async def put_off(services: Services, first: int, last: int, until: datetime) -> None:
    """Let some groups be looked at then."""
    some = update(GroupRow).where(col(GroupRow.id) >= first, col(GroupRow.id) <= last)
    async with services.database.write() as session:
        await session.execute(some.values(next_nudge_at=until))


async def test_four_hundred_groups_take_as_many_statements_as_twenty(services: Services) -> None:
    await fill(services.database, 420)
    await put_off(services, 21, 420, MONDAY + WEEK)
    with counted(services.database) as few:
        assert len(await claim_due_nudges(services, MONDAY)) == 20
    await put_off(services, 1, 20, MONDAY + 9 * WEEK)
    with counted(services.database) as many:
        assert len(await claim_due_nudges(services, MONDAY + WEEK)) == 400
    assert len(many) == len(few) < 30


async def test_a_lot_in_which_nothing_is_posted_does_not_end_the_sweep(services: Services) -> None:
    await fill(services.database, BATCH + 1)
    await put_off(services, 1, BATCH, MONDAY - timedelta(seconds=1))
    async with services.database.write() as session:
        await session.execute(update(GroupRow).where(col(GroupRow.id) <= BATCH).values(nudge_paused=True))
    (action,) = await claim_due_nudges(services, MONDAY)
    assert action["channel"] == f"C{BATCH + 1:09}"


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that go to the database meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    engines = {database.writer.sync_engine, database.reader.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield statements
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
