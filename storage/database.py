"""The way to the database: one for reading, one for writing, on SQLite or PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    FromClause,
    Row,
    String,
    Table,
    cast,
    func,
    literal,
    select,
    true,
    type_coerce,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Dialect, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker
from sqlmodel import SQLModel

from storage.engines import READERS, SQLITE_READERS, USUAL, WRITERS, Patience, postgres_engine, sqlite_engine
from storage.faults import CommitUnsure, DatabaseAway, fault_of

_CONNECTION = "connection"


class Database:
    """A connection to one database. Build it once in a process; close it at the end.

    SQLite has one writer at a time, so writing goes through a single connection that takes the lock at once; reading
    never waits for it (WAL). On PostgreSQL too, reading has connections of its own.
    """

    def __init__(self, url: str) -> None:
        self.url = async_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.writer = self.open_writer()
        self.reader = sqlite_engine(self.url, "BEGIN", SQLITE_READERS) if self.is_sqlite else self._postgres(READERS)
        self._write_session = async_sessionmaker(self.writer, class_=AsyncSession, expire_on_commit=False)
        self._read_session = async_sessionmaker(self.reader, class_=AsyncSession, expire_on_commit=False)

    def open_writer(self, patience: Patience = USUAL) -> AsyncEngine:
        """An engine for writing, with another ``patience`` than usual where much is to be done at once."""
        if self.is_sqlite:
            return sqlite_engine(self.url, "BEGIN IMMEDIATE", 1, patience)
        return self._postgres(WRITERS, patience)

    def _postgres(self, connections: int, patience: Patience = USUAL) -> AsyncEngine:
        return postgres_engine(self.url, connections, patience)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one consistent state and changes nothing.

        Raises:
            DatabaseFault: the database is busy or away.
        """
        with _in_words():
            async with self._read_session() as session:
                yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A session in one transaction: all of it is committed at the end, or none where anything raises.

        Raises:
            CommitUnsure: the connection was cut while it was committed: nobody can tell whether it was.
            DatabaseFault: the database is busy, away or full; nothing was changed.
        """
        with _in_words() as progress:
            async with self._write_session() as session, session.begin():
                yield session
                progress.committing = True

    async def close(self) -> None:
        """Give back all connections."""
        await self.writer.dispose()
        await self.reader.dispose()


@dataclass(slots=True)
class _Progress:
    committing: bool = False


@contextmanager
def _in_words() -> Iterator[_Progress]:
    """Let what the database cannot do now be a sentence; all other errors stay as they are."""
    progress = _Progress()
    try:
        yield progress
    except (SQLAlchemyError, OSError) as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise (CommitUnsure if progress.committing and fault is DatabaseAway else fault)() from error


async def connection_of(session: AsyncSession) -> AsyncConnection:
    """The connection of a session's transaction, for statements that leave the mapper out. The session is asked for it
    once: each time takes as long as a short statement."""
    known: AsyncConnection | None = session.info.get(_CONNECTION)
    if known is None:
        known = session.info[_CONNECTION] = await session.connection()
    return known


def table_of(row: type[SQLModel]) -> Table:
    """The table behind a row class, for statements that leave the mapper out because every vote waits for them."""
    table: Table = row.__table__  # type: ignore[attr-defined]
    return table


def one_or_many(rows: list[dict[str, Any]]) -> dict[str, Any] | list[dict[str, Any]]:
    """Rows as a statement takes them: a single one by itself, since the drivers have a shorter way for it."""
    return rows[0] if len(rows) == 1 else rows


async def insert_rows(
    session: AsyncSession,
    row: type[SQLModel],
    rows: Sequence[dict[str, Any]],
    *,
    unless: Sequence[str] = (),
    returning: Sequence[str] = ("id",),
) -> list[Row[Any]]:
    """Insert any number of rows in one statement; returns the columns ``returning`` of those stored, in no order.

    All of ``rows`` have the same keys; other columns get their defaults. With ``unless``, the columns of a unique key,
    rows whose key is taken are left out. SQLAlchemy by itself pages many rows into many statements.
    """
    if not rows:
        return []
    table, made = table_of(row), _made_defaults(row, rows[0])
    source = rows_as_table(session, row, [made | each for each in rows])
    statement = insert_into(session, row).from_select(list(made | rows[0]), select(source).where(true()))
    if unless:
        statement = statement.on_conflict_do_nothing(index_elements=list(unless))
    statement = statement.returning(*(table.c[name] for name in returning))
    return list((await (await connection_of(session)).execute(statement)).all())


async def update_rows(
    session: AsyncSession,
    row: type[SQLModel],
    rows: Sequence[dict[str, Any]],
    *,
    where: Sequence[str],
    returning: Sequence[str] = ("id",),
) -> list[Row[Any]]:
    """Change any number of rows in one statement, each to values of its own; returns the columns ``returning`` of those
    changed, in no order.

    All of ``rows`` have the same keys. Those in ``where`` say which row is meant and must match (null matches null);
    the others are set.
    """
    if not rows:
        return []
    table, source = table_of(row), rows_as_table(session, row, rows)
    same = [table.c[where[0]] == source.c[where[0]]]
    same += [table.c[name].is_not_distinct_from(source.c[name]) for name in where[1:]]
    values = {name: source.c[name] for name in rows[0] if name not in where}
    statement = update(table).where(*same).values(values).returning(*(table.c[name] for name in returning))
    return list((await (await connection_of(session)).execute(statement)).all())


def _made_defaults(row: type[SQLModel], given: Mapping[str, Any]) -> dict[str, Any]:
    """The lists and dicts that columns default to: only the row class knows them."""
    missing = {name: field.default for name, field in row.model_fields.items() if name not in given}
    return {name: default for name, default in missing.items() if isinstance(default, list | dict)}


def rows_as_table(session: AsyncSession, row: type[SQLModel], rows: Sequence[dict[str, Any]]) -> FromClause:
    """Rows as a table that a statement can select from: one parameter of JSON, whatever their number."""
    dialect, columns = session.get_bind().dialect, [table_of(row).c[name] for name in rows[0]]
    if dialect.name == "sqlite":
        return _as_sqlite_table(dialect, columns, rows)
    text = json.dumps(list(rows), default=_in_iso)
    shape = [Column(column.name, column.type) for column in columns]
    return (
        func.json_to_recordset(cast(literal(text, String()), JSON()))
        .table_valued(*shape, name="given")
        .render_derived(with_types=True)
    )


def _as_sqlite_table(dialect: Dialect, columns: Sequence[Column[Any]], rows: Sequence[dict[str, Any]]) -> FromClause:
    writers = [column.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is for column in columns]
    given = [[write(each[column.name]) for column, write in zip(columns, writers, strict=True)] for each in rows]
    found = func.json_each(json.dumps(given)).table_valued("value")
    parts = [func.json_extract(found.c.value, f"$[{place}]") for place in range(len(columns))]
    labels = [type_coerce(part, column.type).label(column.name) for part, column in zip(parts, columns, strict=True)]
    return select(*labels).subquery("given")


def _as_it_is(value: Any) -> Any:
    return value


def _in_iso(value: date) -> str:
    return value.isoformat()


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
