"""Bringing the tables up to date, once, however many processes start together."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database

MIGRATION_LOCK = 6_202_611  # any number that only Convener uses


async def migrate(database: Database) -> str:
    """Upgrade to the newest version under a lock; returns that version. A second process waits, then finds it done."""
    async with database.writer.begin() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        await connection.run_sync(_upgrade)
    return newest()


async def is_current(database: Database) -> bool:
    """Whether the tables are those of this version of Convener."""
    async with database.reader.connect() as connection:
        return await connection.run_sync(_version) == newest()


def newest() -> str:
    """The newest version that the migrations lead to."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, with the connection to work on."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.attributes["connection"] = connection
    return settings


def _upgrade(connection: Connection) -> None:
    command.upgrade(config(connection), "head")


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
