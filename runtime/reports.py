"""What the command line prints about a channel's group: ``assess`` and ``dump``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from bot.principles.assessment import as_json, assess
from handlers.ballots.documents import documents
from runtime.settings import Settings
from storage.database import Database
from storage.dump import get_dump
from storage.groups import StoredGroup, get_group
from storage.migrate import is_current
from storage.situations import get_situation

Kind = Literal["assess", "dump"]


class NotMigrated(Exception):
    """The database's tables are not those of this version. Run: python app.py migrate"""


async def report(settings: Settings, channel: str, team: str | None, kind: Kind) -> dict[str, Any] | None:
    """What ``kind`` says of a channel's group; None where it has none.

    Raises:
        NotMigrated: the tables are not up to date.
    """
    async with _opened(settings) as database:
        return await report_from(database, channel, team, kind, settings.clock()())


async def report_from(
    database: Database, channel: str, team: str | None, kind: Kind, now: datetime
) -> dict[str, Any] | None:
    """The same from a database that is open and up to date."""
    async with _group_of(database, channel, team) as (session, stored):
        if stored is None:
            return None
        if kind == "dump":
            return await get_dump(session, stored)
        return as_json(channel, assess(await get_situation(session, stored), now))


async def files(settings: Settings, channel: str, team: str | None, names: str = "") -> dict[str, bytes] | None:
    """The documents of a channel's group, by file name; None where it has no group. ``names`` go on the agenda item.

    Raises:
        NotMigrated: the tables are not up to date.
        Refusal: the names cannot be on it.
    """
    async with _opened(settings) as database, _group_of(database, channel, team) as (session, stored):
        return await documents(session, stored, settings.clock()(), names) if stored else None


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.database_url)
    try:
        if not await is_current(database):
            raise NotMigrated(NotMigrated.__doc__)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def _group_of(
    database: Database, channel: str, team: str | None
) -> AsyncIterator[tuple[AsyncSession, StoredGroup | None]]:
    async with database.read() as session:
        stored = await get_group(session, channel, team)
        yield session, stored if stored and team in (None, "", stored.team_id) else None
