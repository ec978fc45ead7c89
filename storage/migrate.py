"""Bringing the tables up to date, once, however many processes start together."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database
from storage.engines import MIGRATING

MIGRATION_LOCK = 6_202_611  # any number that only Convener uses


async def migrate(database: Database) -> str:
    """Upgrade to the newest version under a lock; returns that version. A second process waits, then finds it done.

    Tables that a newer version of Convener made are left as they are: this version can work with them.
    """
    engine = database.open_writer(MIGRATING)
    try:
        async with engine.begin() as connection:
            if not database.is_sqlite:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
            return await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


async def is_current(database: Database) -> bool:
    """Whether the tables are those of this version of Convener, or of a newer one: that one adds, and takes nothing
    away that this version needs."""
    async with database.read() as session:
        found = await (await session.connection()).run_sync(_version)
    return found == newest() or (found is not None and found not in _known())


@cache
def newest() -> str:
    """The newest version that the migrations lead to."""
    return _scripts().get_current_head() or ""


@cache
def _known() -> frozenset[str]:
    return frozenset(script.revision for script in _scripts().walk_revisions())


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, with the connection to work on."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.attributes["connection"] = connection
    return settings


def _upgrade(connection: Connection) -> str:
    found = _version(connection)
    if found is not None and found not in _known():
        return found
    command.upgrade(config(connection), "head")
    return newest()


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
