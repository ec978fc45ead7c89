"""The clock: what is due at an instant, done once, whoever asks. APScheduler is only the metronome."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence, Set
from datetime import datetime
from typing import Any, Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from handlers.slack.pulse import log_failure
from handlers.slack.services import Services
from storage.deliveries import KEPT, forget_deliveries
from storage.due import TURNS_KEPT, DueKind, list_due_kinds
from storage.pace import forget_turns


class Duty(Protocol):
    """Does one kind of thing that is due at an instant and says what it did."""

    __name__: str

    async def __call__(self, services: Services, now: datetime, /) -> list[dict[str, Any]]:
        """Do it."""


async def what_is_due(services: Services, now: datetime) -> set[DueKind]:
    """What may be due at ``now``. Where it is nothing, no duty needs to look closer."""
    async with services.database.read() as session:
        return await list_due_kinds(session, now, services.sender.real_now())


async def tick(
    services: Services, duties: Sequence[tuple[DueKind, Duty]], due: Set[DueKind], now: datetime
) -> list[dict[str, Any]]:
    """Do all that is ``due`` at ``now``, in order; returns what was done. Safe in any number of processes at once.

    A duty that fails keeps no other from being done.
    """
    done = [action for kind, duty in duties if kind in due for action in await _done(services, duty, now)]
    services.sender.wake()
    return done


async def _done(services: Services, duty: Duty, now: datetime) -> list[dict[str, Any]]:
    try:
        return await duty(services, now)
    except Exception as error:  # noqa: BLE001  the next beat may do better
        log_failure("duty_failed", error, duty=duty.__name__)
        return [{"did": "failed", "duty": duty.__name__, "error": type(error).__name__}]


async def forget_what_is_past(services: Services, now: datetime) -> list[dict[str, Any]]:
    """Forget deliveries that nobody repeats any more, and turns that have come. Worth no word."""
    async with services.database.write() as session:
        await forget_deliveries(session, now - KEPT)
        await forget_turns(session, services.sender.real_now() - TURNS_KEPT)
    return []


def metronome(beat: Callable[[], Awaitable[Any]], seconds: float) -> AsyncIOScheduler:
    """A scheduler that calls ``beat`` every so many seconds, one at a time, and makes up for nothing it missed:
    what is due stands in the database."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(beat, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=None)
    return scheduler
