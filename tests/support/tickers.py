"""Processes that tick at the instants they are handed: ``python app.py tick --at -``."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.telling.process import Process
from tests.support.starting import Starter

LONGEST_ANSWER = 2**20


@dataclass(slots=True)
class Ticker:
    """A process that ticks; ``answering`` is its answer to come."""

    skew: timedelta
    process: Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    answering: asyncio.Task[bytes] | None = None

    def tick(self, at: datetime) -> None:
        """Hand it the next instant, as its clock shows it."""
        self.ask((at + self.skew).isoformat())

    def ask(self, line: str) -> None:
        """Hand it a line."""
        self.writer.write(f"{line}\n".encode())
        self.answering = asyncio.create_task(self._answer())

    async def _answer(self) -> bytes:
        with suppress(ConnectionError):  # a process that is killed hangs up
            return await self.reader.readline()
        return b""

    async def end(self, *, kill: bool) -> None:
        """End it, as a crash would or in order."""
        if kill:
            self.process.kill()
        else:
            self.writer.write_eof()
        await asyncio.to_thread(self.process.communicate)
        if self.answering:
            await self.answering
        self.writer.close()


async def ticking(starter: Starter, skew: timedelta, settings: Mapping[str, str]) -> Ticker:
    """Start one whose clock is off by ``skew``. It is up once it has answered its first question: that this is no
    instant."""
    process, line = starter.start_conversing(["app.py", "tick", "--at", "-"], settings)
    ticker = Ticker(skew, process, *await asyncio.open_unix_connection(sock=line, limit=LONGEST_ANSWER))
    ticker.ask("Are you up?")
    return ticker
