"""Whether each part of the process works, as ``/readyz`` says it. What was found is remembered for a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog

from handlers.slack.pulse import Pulse
from storage.database import Database
from storage.engines import has_room
from storage.faults import DatabaseBusy, DatabaseFault
from storage.migrate import is_current
from storage.pace import record_hold

log = structlog.get_logger(__name__)

REMEMBERED_SECONDS = 1.0
PATIENCE_SECONDS = 2.0
"""A look that takes longer is as good as no answer; it goes on, and the next one to ask hears of it."""
LOOK = "readyz"

Check = Callable[[], Awaitable[bool]]


def beating_within(pulse: Pulse, seconds: float) -> Check:
    """Whether a part came round in the last ``seconds``."""

    async def check() -> bool:
        return pulse.beats(seconds)

    return check


@dataclass(slots=True)
class Readiness:
    """What is looked at: the database, the clock of the settings, and the ``parts`` that run here."""

    database: Database
    now: Callable[[], datetime]
    parts: dict[str, Check] = field(default_factory=dict)
    _found: Mapping[str, bool] = field(default_factory=dict)
    _found_at: float = -REMEMBERED_SECONDS
    _looking: asyncio.Task[Mapping[str, bool]] | None = None

    async def answers(self) -> Mapping[str, bool]:
        """Whether each part works. However many ask at once, there is one look."""
        if time.monotonic() - self._found_at < REMEMBERED_SECONDS:
            return self._found
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        done, _ = await asyncio.wait({self._looking}, timeout=PATIENCE_SECONDS)
        self._found = self._looking.result() if done else self._without_database() | await self._of_parts()
        self._found_at = time.monotonic()
        return self._found

    async def _look(self) -> Mapping[str, bool]:
        try:
            found = await self._of_database()
        except DatabaseFault as fault:
            log.warning("database_away", error=type(fault).__name__, cause=type(fault.__cause__).__name__)
            found = self._without_database()
        return found | await self._of_parts()

    async def _of_database(self) -> dict[str, bool]:
        migrated = await is_current(self.database)
        return {"database": True, "writable": migrated and await self._is_writable(), "migrations": migrated}

    def _without_database(self) -> dict[str, bool]:
        return {"database": False, "writable": False, "migrations": False}

    async def _is_writable(self) -> bool:
        try:
            async with self.database.write() as session:
                await record_hold(session, LOOK, datetime.now(UTC))
        except DatabaseBusy:  # others are writing
            return True
        except DatabaseFault as fault:
            log.warning("database_not_writable", error=type(fault).__name__, cause=type(fault.__cause__).__name__)
            return False
        return has_room(self.database.url)

    async def _of_parts(self) -> dict[str, bool]:
        return {"clock": self._tells_time()} | {name: await check() for name, check in self.parts.items()}

    def _tells_time(self) -> bool:
        try:
            return self.now().tzinfo is not None
        except (OSError, ValueError):
            return False
