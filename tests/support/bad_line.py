"""A line to PostgreSQL that a test can cut at the moment of a commit, or let hang."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy.engine import URL, make_url

COMMIT = b"COMMIT"
PORT = 5432


@dataclass(slots=True)
class BadLine:
    """What stands between the bot and its database. ``cut_before`` cuts a commit off before the server hears of it,
    ``cut_after`` once it was carried out; ``hangs`` lets nothing through; ``gone`` ends connections as they begin."""

    url: str
    cut_before: bool = False
    cut_after: bool = False
    hangs: bool = False
    gone: bool = False
    cuts: int = 0
    _server: URL = field(init=False)

    def __post_init__(self) -> None:
        self._server = make_url(self.url)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection until either end closes it."""
        if self.gone:
            writer.close()
            return
        host = str(self._server.query.get("host") or self._server.host)
        port = self._server.port or PORT
        path = f"{host}/.s.PGSQL.{port}"
        there = asyncio.open_unix_connection(path) if host.startswith("/") else asyncio.open_connection(host, port)
        back, forth = await there
        carrying = [asyncio.create_task(self._forth(reader, forth)), asyncio.create_task(self._back(back, writer))]
        await asyncio.wait(carrying, return_when=asyncio.FIRST_COMPLETED)
        for task in carrying:
            task.cancel()
        for end in (writer, forth):
            end.close()

    async def _forth(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                if COMMIT in data and (self.cut_before or self.cut_after):
                    self.cuts += 1
                    if self.cut_after:
                        await self._carry_out(data, writer)
                    return
                await self._let_through(data, writer)

    async def _carry_out(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        await self._let_through(data, writer)
        await asyncio.sleep(0.1)

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                if self.cut_after and self.cuts:
                    continue  # the answer to the commit never arrives
                await self._let_through(data, writer)

    async def _let_through(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        while self.hangs:  # noqa: ASYNC110  a test switches it, and there is nothing to wait for but time
            await asyncio.sleep(0.02)
        writer.write(data)
        await writer.drain()


@asynccontextmanager
async def bad_line(url: str) -> AsyncIterator[tuple[BadLine, str]]:
    """A line to the database at ``url``, and the address to reach it by."""
    line = BadLine(url)
    server = await asyncio.start_server(line.take, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    try:
        yield line, make_url(url).set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)
    finally:
        server.close()
