"""The clock: what is due at an instant, done once, whoever asks. APScheduler is only the metronome."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from handlers.services import Services
from storage.deliveries import KEPT, forget_deliveries

Duty = Callable[[Services, datetime], Awaitable[list[dict[str, Any]]]]
"""Does one kind of thing that is due at an instant and says what it did."""


async def tick(services: Services, duties: Sequence[Duty], now: datetime) -> list[dict[str, Any]]:
    """Do all that is due at ``now``, in order; returns what was done. Safe in any number of processes at once."""
    done = [action for duty in duties for action in await duty(services, now)]
    services.sender.wake()
    return done


async def forget_old_deliveries(services: Services, now: datetime) -> list[dict[str, Any]]:
    """Forget deliveries that nobody repeats any more. Worth no word."""
    async with services.database.write() as session:
        await forget_deliveries(session, now - KEPT)
    return []


def metronome(beat: Callable[[], Awaitable[Any]], seconds: float) -> AsyncIOScheduler:
    """A scheduler that calls ``beat`` every so many seconds, one at a time, and makes up for nothing it missed:
    what is due stands in the database."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(beat, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=None)
    return scheduler
