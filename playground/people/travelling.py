"""Time travel: pretend time goes forward in steps small enough that an app meets everything due on the way, in order.

An app that reads pretend time looks at it every so often. Hour by hour in the day, and every three hours at night, it
is given a moment to act. Instants that it has shown in a message are stops as well. A quick travel stops only in the
morning and in the evening of each day, and at those instants.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playground.people.words import words_of
from playground.world.workspace import Workspace
from playground.world.world import User

SETTLE_SECONDS = 0.35
CALM_SECONDS = 0.25
MOST_CALM_SECONDS = 5.0
MOST_WEEKS = 5
DAY_BEGINS, DAY_ENDS = 6, 20
MORNING, EVENING = 9, 17
_SHOWN_DATE = re.compile(r"<!date\^(\d{9,11})\^")


class Travels:
    """Travels through pretend time, one at a time. ``settle`` is how long an app gets at each stop, in seconds."""

    def __init__(self, ws: Workspace, settle: float = SETTLE_SECONDS) -> None:
        self._ws = ws
        self._settle = settle
        self._task: asyncio.Task[None] | None = None

    async def begin(self, to: str, user: User, channel: str = "", *, quick: bool = False) -> dict[str, Any]:
        """Travel and come back when there; ``to`` is hour, day, monday, week, date, news, or an instant in ISO form.

        ``news`` stops when the app posts something (in ``channel`` where it is given); ``date`` at the next instant
        that the app's newest messages there name, and where they name none it is as ``news``. Both go five weeks at
        most. ``arrived`` is false where the travel was stopped or nothing came.
        """
        await self.stop()
        zone = ZoneInfo(user.tz)
        now = self._ws.clock.now()
        shown = self._next_shown(channel, now) if to == "date" else None
        seeks = to == "news" or (to == "date" and shown is None)
        target = shown or _target(to, now.astimezone(zone))
        changes = self._ws.messages.changes
        stops = _quick_stops if quick else _stops
        way = self._go(
            now, target, lambda at: stops(at.astimezone(zone)), lambda: seeks and self._news(changes, channel)
        )
        task = asyncio.create_task(way)
        self._task = task
        self._ws.feed.publish("travel", running=True, to=target.isoformat() if not seeks else "")
        await asyncio.wait([task])
        self._ws.feed.publish("travel", running=False, to="")
        arrived = not task.cancelled() and (not seeks or self._news(changes, channel))
        return {"now": self._ws.clock.now().isoformat(), "arrived": arrived}

    async def stop(self) -> None:
        """Stay where the travel has come to."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _go(
        self,
        now: datetime,
        target: datetime,
        stops: Callable[[datetime], Iterator[datetime]],
        enough: Callable[[], bool],
    ) -> None:
        while now < target and not enough():
            now = min([target, *stops(now), *(at for at in self._instants() if at > now)])
            self._ws.clock.set(now)
            self._ws.feed.publish("clock")
            await asyncio.sleep(self._settle)
            await self._calm()

    async def _calm(self) -> None:
        """Wait while requests come and go."""
        calls = self._ws.log.calls
        for _ in range(int(MOST_CALM_SECONDS / CALM_SECONDS)):
            before = len(calls)
            if not any(one.status is None for one in calls[-20:]) and not self._busy_since(CALM_SECONDS):
                return
            await asyncio.sleep(CALM_SECONDS)
            if len(calls) == before and not self._busy_since(CALM_SECONDS):
                return

    def _busy_since(self, seconds: float) -> bool:
        calls = self._ws.log.calls
        return bool(calls) and (datetime.now(UTC) - calls[-1].at).total_seconds() < seconds

    def _news(self, changes: int, channel: str) -> bool:
        """Whether the app has posted something since."""
        fresh = self._ws.messages.changed_since(changes)
        return any(one.by_app and one.revision == 0 and channel in ("", one.channel) for one in fresh)

    def _next_shown(self, channel: str, now: datetime) -> datetime | None:
        return min((at for at in self._shown_dates(channel) if at > now), default=None)

    def _instants(self) -> Iterator[datetime]:
        """What is known to be due: messages that wait for their time, and what the app has told people of."""
        yield from (waiting.due for waiting in self._ws.schedule.waiting())
        yield from self._shown_dates("")

    def _shown_dates(self, channel: str) -> Iterator[datetime]:
        """Instants that the app's newest twenty messages in each channel name, with a moment's grace."""
        for one in [channel] if channel else list(self._ws.world.channels):
            for message in self._ws.messages.in_channel(one)[-20:]:
                words = "\n".join([message.text, *words_of(message.blocks)]) if message.by_app else ""
                for epoch in _SHOWN_DATE.findall(words):
                    yield datetime.fromtimestamp(int(epoch), UTC) + timedelta(seconds=30)


def _target(to: str, local: datetime) -> datetime:
    if to == "monday":
        monday = (local + timedelta(days=7 - local.weekday())).replace(hour=9, minute=0, second=30, microsecond=0)
        return monday.astimezone(UTC)
    steps = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
    if to in ("news", "date"):
        return local.astimezone(UTC) + timedelta(weeks=MOST_WEEKS)
    if to in steps:
        return local.astimezone(UTC) + steps[to]
    return datetime.fromisoformat(to).astimezone(UTC)


def _stops(local: datetime) -> Iterator[datetime]:
    """Where the next step after a local instant may end: the next hour, or at night three hours on."""
    hours = 1 if DAY_BEGINS <= local.hour < DAY_ENDS else 3
    yield (local.astimezone(UTC) + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)


def _quick_stops(local: datetime) -> Iterator[datetime]:
    """The same for a quick travel: each morning and evening."""
    for day in (local, local + timedelta(days=1)):
        for hour in (MORNING, EVENING):
            stop = day.replace(hour=hour, minute=0, second=30, microsecond=0)
            if stop > local:
                yield stop.astimezone(UTC)
