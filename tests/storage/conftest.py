"""A fresh, migrated database for each storage test, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.support.databases import Postgres, migrated

TEMPLATE = "convener_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> Postgres:
    """The server, with a migrated database to copy."""
    migrated(postgres.create(TEMPLATE))
    return postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh, migrated database."""
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres_template")
        return server.create(template=TEMPLATE)
    path = tmp_path / "convener.sqlite3"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh, migrated database."""
    made = Database(database_url)
    yield made
    await made.close()
