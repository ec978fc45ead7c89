"""A fresh, migrated database for each storage test, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.database import Database


@pytest.fixture
async def database(own_database: str) -> AsyncIterator[Database]:
    """A fresh, migrated database."""
    made = Database(own_database)
    yield made
    await made.close()
