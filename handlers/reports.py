"""What the command line prints about a channel's group: ``assess`` and ``dump``."""

from __future__ import annotations

from typing import Any, Literal

from bot.assessment import as_json, assess
from handlers.ballot_documents import documents
from handlers.settings import Settings
from storage.database import Database
from storage.dump import dump_group
from storage.groups import get_group
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
    database = Database(settings.database_url)
    try:
        if not await is_current(database):
            raise NotMigrated(NotMigrated.__doc__)
        return await _report(database, settings, channel, team, kind)
    finally:
        await database.close()


async def files(settings: Settings, channel: str, team: str | None) -> dict[str, bytes] | None:
    """The documents of a channel's group, by file name; None where it has no group.

    Raises:
        NotMigrated: the tables are not up to date.
    """
    database = Database(settings.database_url)
    try:
        if not await is_current(database):
            raise NotMigrated(NotMigrated.__doc__)
        async with database.read() as session:
            stored = await get_group(session, channel, team)
            if stored is None or (team and stored.team_id != team):
                return None
            return await documents(session, stored, settings.clock()())
    finally:
        await database.close()


async def _report(
    database: Database, settings: Settings, channel: str, team: str | None, kind: Kind
) -> dict[str, Any] | None:
    async with database.read() as session:
        stored = await get_group(session, channel, team)
        if stored is None or (team and stored.team_id != team):
            return None
        if kind == "dump":
            return await dump_group(session, stored)
        return as_json(channel, assess(await get_situation(session, stored), settings.clock()()))
