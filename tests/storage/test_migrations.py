"""Migrations add and take nothing away, so that a process of the version before works on, and is the way back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from storage.database import Database
from storage.migrate import config

Tables = dict[str, dict[str, Any]]


async def test_every_migration_leaves_tables_that_the_version_before_can_use(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'convener.sqlite3'}")
    versions = [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()]
    async with database.writer.begin() as connection:
        found = [(version, await connection.run_sync(tables_at, version)) for version in reversed(versions)]
    await database.close()
    for (_, before), (version, after) in pairwise(found):
        assert hindrances(before, after) == [], version


def tables_at(connection: Connection, version: str) -> Tables:
    """The columns of each table at a version."""
    command.upgrade(config(connection), version)
    there = inspect(connection)
    return {table: {column["name"]: column for column in there.get_columns(table)} for table in there.get_table_names()}


def hindrances(before: Tables, after: Tables) -> list[str]:
    """What the version before would stumble over: what is gone, and what it would have to fill and does not know."""
    gone = [f"{table}.{name} is gone" for table in before for name in before[table] if name not in after.get(table, {})]
    unfilled = [
        f"{table}.{name} has no default"
        for table in before
        for name, column in after.get(table, {}).items()
        if name not in before[table] and not column["nullable"] and column["default"] is None
    ]
    return gone + unfilled
