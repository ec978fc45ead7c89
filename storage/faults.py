"""What is said where the database cannot do its part: each in a sentence that says whether anything was changed."""

from __future__ import annotations

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from bot.refusals import Refusal


class DatabaseFault(Refusal):
    """I could not reach my records. Please try again in a minute."""


class DatabaseBusy(DatabaseFault):
    """I'm busy right now, so I changed nothing. Please try again in a moment."""


class DatabaseAway(DatabaseFault):
    """I can't reach my records right now, so I changed nothing. Please try again in a minute."""


class DatabaseFull(DatabaseFault):
    """I can't save anything right now, so I changed nothing. Please tell your IT team that my database is full, or
    can't be written to."""


class CommitUnsure(DatabaseFault):
    """I lost touch with my records while I was saving, so I can't tell whether it was saved. Please look before you
    try again."""


BUSY_STATES = {"55P03", "57014", "40P01", "40001", "53300"}
"""A lock that did not come free, a statement that took too long, a deadlock, too many connections."""
AWAY_STATES = {"57P01", "57P02", "57P03", "57P05", "25P03", "25P04"}
"""A server that stops or starts, and a session that was ended because it stood still."""
FULL_STATES = {"53100", "25006", "53200"}
"""No room on the disk or in memory, or a database that is only read at present."""
SQLITE_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR}
SQLITE_AWAY = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}


def fault_of(error: BaseException) -> type[DatabaseFault] | None:
    """What an error of the database means; None where it is something else: a bug, a conflict, or no such error."""
    if isinstance(error, NoConnectionLeft):
        return DatabaseBusy
    if isinstance(error, OSError):  # a connection that was refused, cut, or (TimeoutError) never answered
        return DatabaseFull if error.errno == errno.ENOSPC else DatabaseAway
    if not isinstance(error, DBAPIError):
        return None
    if isinstance(error.orig, sqlite3.Error):
        return _by_code(error.orig)
    return _by_state(getattr(error.orig, "sqlstate", None) or "") or (
        DatabaseAway if error.connection_invalidated else None
    )


def _by_code(error: sqlite3.Error) -> type[DatabaseFault] | None:
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    named = ((SQLITE_BUSY, DatabaseBusy), (SQLITE_FULL, DatabaseFull), (SQLITE_AWAY, DatabaseAway))
    return next((fault for codes, fault in named if primary in codes), None)


def _by_state(state: str) -> type[DatabaseFault] | None:
    if state.startswith("08"):
        return DatabaseAway
    named = ((BUSY_STATES, DatabaseBusy), (AWAY_STATES, DatabaseAway), (FULL_STATES, DatabaseFull))
    return next((fault for states, fault in named if state in states), None)
