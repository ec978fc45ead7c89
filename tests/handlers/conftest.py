"""Services on a database of the test's own, without Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.directory import Directory
from handlers.slack.sender import Sender
from handlers.slack.services import Services
from storage.database import Database

MONDAY = datetime(2026, 12, 7, 14, 0, tzinfo=UTC)
"""What the clock of these services says, unless a test gives another instant."""


@pytest.fixture
def database_url(own_database: str) -> str:
    """The address of a fresh, migrated database."""
    return own_database


@pytest.fixture
async def services(database_url: str) -> AsyncIterator[Services]:
    """Services on that database. Nothing is sent: what is posted is only stored."""

    async def client_for(_team_id: str) -> AsyncWebClient:
        return AsyncWebClient()

    database = Database(database_url)
    yield Services(database, lambda: MONDAY, Sender(database, client_for, lambda: MONDAY), Directory(database))
    await database.close()
