"""A connection that is cut while a change is committed: who asked learns what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.asking import Answer, Ask
from handlers.slack.changes import change
from handlers.slack.directory import Directory
from handlers.slack.sender import Sender
from handlers.slack.services import Services
from storage.database import Database
from storage.deliveries import has_delivery
from storage.faults import CommitUnsure, DatabaseAway
from tests.support.bad_line import BadLine, bad_line
from tests.support.provisions import Provisions

NOW = datetime(2026, 12, 7, 14, 0, tzinfo=UTC)


@pytest.fixture
def postgres_url(provisions: Provisions, tmp_path: Path) -> str:
    """The address of a fresh, migrated database on PostgreSQL."""
    return provisions.migrated("postgresql", tmp_path)


@pytest.fixture
async def line_and_ask(postgres_url: str) -> AsyncIterator[tuple[BadLine, Ask]]:
    """A line that can be cut, and an ask that is worked on over it."""
    async with bad_line(postgres_url) as (line, url):
        database = Database(url)

        async def client_for(_team_id: str) -> AsyncWebClient:
            return AsyncWebClient()

        services = Services(database, lambda: NOW, Sender(database, client_for, lambda: NOW), Directory(database))
        yield line, Ask(services, AsyncWebClient(), "U1", "T1", "C1", "command:1", NOW)
        await database.close()


async def changed(ask: Ask) -> Answer:
    """Make a change that is nothing but its delivery."""
    async with change(ask) as work:
        return await work.remember(Answer("Noted."))


async def test_what_was_committed_before_the_cut_is_answered_as_done(line_and_ask: tuple[BadLine, Ask]) -> None:
    line, ask = line_and_ask
    line.cut_after = True
    answering = asyncio.create_task(changed(ask))
    while not line.cuts:  # noqa: ASYNC110  the line notes it
        await asyncio.sleep(0.01)
    line.cut_after = False
    assert (await answering).text == "Noted."


async def test_what_was_cut_before_it_was_committed_is_not_done_and_said_so(line_and_ask: tuple[BadLine, Ask]) -> None:
    line, ask = line_and_ask
    line.cut_before = True
    with pytest.raises(DatabaseAway, match="I changed nothing"):
        await changed(ask)
    line.cut_before = False
    async with ask.services.database.read() as session:
        assert not await has_delivery(session, ask.key)


async def test_where_the_database_stays_away_nobody_claims_to_know(line_and_ask: tuple[BadLine, Ask]) -> None:
    line, ask = line_and_ask
    line.cut_after = True
    answering = asyncio.create_task(changed(ask))
    while not line.cuts:  # noqa: ASYNC110  the line notes it
        await asyncio.sleep(0.01)
    line.gone = True
    with pytest.raises(CommitUnsure, match="can't tell whether it was saved"):
        await answering
