"""The engines below a database: how long anything waits, how many connections there are, who may read the file."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

WRITERS, READERS = 10, 5
"""Connections to PostgreSQL, in each process. Reading has its own, so that no lock keeps a look waiting."""
SQLITE_READERS = 4
OWNER_ONLY = 0o600
LEAST_ROOM = 1_000_000
"""Bytes. SQLite may have room left in its own files when the disk has none."""
ENDINGS = ("", "-wal", "-shm", "-journal")
"""What SQLite writes: the file itself, and others named after it."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for a free connection, for a new one, for a lock that someone else holds, for one
    statement, for a server that does not answer; and how long a transaction may stand still before PostgreSQL ends
    it."""

    connection: float = 2.0
    opening: float = 5.0
    lock: float = 1.5
    statement: float = 20.0
    answer: float = 25.0
    idle: float = 5.0

    def as_settings(self) -> dict[str, str]:
        """As PostgreSQL takes it, in milliseconds."""
        limits = {
            "lock_timeout": self.lock,
            "statement_timeout": self.statement,
            "idle_in_transaction_session_timeout": self.idle,
        }
        return {name: str(int(seconds * 1000)) for name, seconds in limits.items()}


USUAL = Patience()
MIGRATING = Patience(connection=60, opening=60, lock=600, statement=3600, answer=3700, idle=3600)


def sqlite_engine(url: URL, begin: str, connections: int, patience: Patience = USUAL) -> AsyncEngine:
    """An engine on a SQLite file, whose transactions begin with ``begin``."""
    engine = _engine(url, connections, patience, {"isolation_level": None, "timeout": patience.lock})
    event.listen(engine.sync_engine, "do_connect", lambda *_: keep_to_owner(url))
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def postgres_engine(url: URL, connections: int, patience: Patience = USUAL) -> AsyncEngine:
    """An engine on a PostgreSQL server."""
    waits = {"timeout": patience.opening, "command_timeout": patience.answer}
    engine = _engine(url, connections, patience, waits | {"server_settings": patience.as_settings()})
    event.listen(engine.sync_engine, "checkout", _refuse_closed)
    return engine


def _engine(url: URL, connections: int, patience: Patience, options: dict[str, Any]) -> AsyncEngine:
    """An engine whose errors hold no values: a log could repeat them."""
    return create_async_engine(
        url,
        hide_parameters=True,
        connect_args=options,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=patience.connection,
    )


def sqlite_path(url: URL) -> Path | None:
    """The file that a SQLite address names; None where it names none."""
    named = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if named and not str(url.database).startswith("file:") else None


def has_room(url: URL) -> bool:
    """Whether the disk below a SQLite file has room for more; true of a server, which says so itself."""
    path = sqlite_path(url)
    return path is None or shutil.disk_usage(path.parent).free >= LEAST_ROOM


def keep_to_owner(url: URL) -> None:
    """See that nobody but the owner reads a SQLite file: made so, and changed where it was made otherwise."""
    path = sqlite_path(url)
    if path is None or not path.parent.is_dir():
        return
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, OWNER_ONLY))
    for file in files_of(path):
        if is_open_to_others(file) and file.stat().st_uid == os.geteuid():
            file.chmod(OWNER_ONLY)


def files_of(path: Path) -> list[Path]:
    """A SQLite file and those beside it that are there."""
    beside = (path.with_name(path.name + ending) for ending in ENDINGS)
    return [file for file in beside if file.exists()]


def is_open_to_others(path: Path) -> bool:
    """Whether anybody but the owner has a right to a file or a folder."""
    return bool(path.stat().st_mode & 0o077)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Set up a SQLite connection: write-ahead log, durable commits, foreign keys."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _refuse_closed(_connection: Any, record: Any, _proxy: Any) -> None:
    """Have the pool open another connection where the server closed this one: the driver knows without asking."""
    if record.driver_connection.is_closed():
        raise DisconnectionError
