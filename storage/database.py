"""The way to the database: one for reading, one for writing, on SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlmodel import SQLModel

SQLITE_WAIT_SECONDS = 15
POSTGRES_CONNECTIONS = 10
SQLITE_READERS = 4


class Database:
    """A connection to one database. Build it once, in ``app.py``; close it at the end.

    SQLite has one writer at a time, so writing goes through a single connection that takes the lock at once; reading
    never waits for it (WAL). PostgreSQL has one pool for both.
    """

    def __init__(self, url: str) -> None:
        self.url = async_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.writer = self._sqlite("BEGIN IMMEDIATE", 1) if self.is_sqlite else self._postgres()
        self.reader = self._sqlite("BEGIN", SQLITE_READERS) if self.is_sqlite else self.writer
        self._write_session = async_sessionmaker(self.writer, class_=AsyncSession, expire_on_commit=False)
        self._read_session = async_sessionmaker(self.reader, class_=AsyncSession, expire_on_commit=False)

    def _sqlite(self, begin: str, size: int) -> AsyncEngine:
        options: dict[str, Any] = {"isolation_level": None, "timeout": SQLITE_WAIT_SECONDS}
        engine = create_async_engine(
            self.url, connect_args=options, pool_size=size, max_overflow=0, pool_timeout=SQLITE_WAIT_SECONDS
        )
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine

    def _postgres(self) -> AsyncEngine:
        return create_async_engine(self.url, pool_size=POSTGRES_CONNECTIONS, max_overflow=0, pool_pre_ping=False)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one consistent state and changes nothing."""
        async with self._read_session() as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A session in one transaction: all of it is committed at the end, or none where anything raises."""
        async with self._write_session() as session, session.begin():
            yield session

    async def close(self) -> None:
        """Give back all connections."""
        await self.writer.dispose()
        if self.reader is not self.writer:
            await self.reader.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Set up a SQLite connection: write-ahead log, durable commits, foreign keys."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def table_of(row: type[SQLModel]) -> Table:
    """The table behind a row class, for statements that leave the mapper out because every vote waits for them."""
    table: Table = row.__table__  # type: ignore[attr-defined]
    return table


def one_or_many(rows: list[dict[str, Any]]) -> dict[str, Any] | list[dict[str, Any]]:
    """Rows as a statement takes them: a single one by itself, since the drivers have a shorter way for it."""
    return rows[0] if len(rows) == 1 else rows


def insert_into(session: AsyncSession, table: type[SQLModel]) -> Any:
    """An insert that can say what to do on a conflict, in the words of the session's database."""
    dialect = session.get_bind().dialect.name
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def async_url(url: str) -> URL:
    """The address with the driver that is used here: aiosqlite or asyncpg.

    ``sslmode`` (libpq's word, common in hosted addresses) becomes asyncpg's ``ssl``.

    Raises:
        ValueError: it is neither a SQLite nor a PostgreSQL address.
    """
    plain = url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url
    parsed = make_url(plain)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return parsed.set(drivername="sqlite+aiosqlite")
    if backend != "postgresql":
        raise ValueError("DATABASE_URL must start with sqlite:///, postgres:// or postgresql://")
    query = dict(parsed.query)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    return parsed.set(drivername="postgresql+asyncpg", query=query)
