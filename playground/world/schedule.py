"""Messages that wait for their time."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One message to be posted: ``args`` are those of ``chat.postMessage``; the times are seconds since 1970."""

    id: str
    channel: str
    post_at: int
    created: int
    args: dict[str, Any]

    @property
    def due(self) -> datetime:
        """The instant at which it is to be posted."""
        return datetime.fromtimestamp(self.post_at, UTC)


class Schedule:
    """All messages that wait; whoever posts them is woken by each new one."""

    def __init__(self) -> None:
        self._waiting: dict[str, Scheduled] = {}
        self.changed = asyncio.Event()

    def add(self, channel: str, post_at: int, created: int, args: dict[str, Any]) -> Scheduled:
        """Let a message wait."""
        scheduled = Scheduled(f"Q{secrets.token_hex(5).upper()}", channel, post_at, created, args)
        self._waiting[scheduled.id] = scheduled
        self.changed.set()
        return scheduled

    def waiting(self, channel: str = "") -> list[Scheduled]:
        """What waits, for one channel or for all, the earliest first."""
        fitting = [one for one in self._waiting.values() if channel in ("", one.channel)]
        return sorted(fitting, key=lambda one: one.post_at)

    def take(self, scheduled_id: str, channel: str) -> Scheduled | None:
        """Take a message out, where it waits for that channel."""
        scheduled = self._waiting.get(scheduled_id)
        if scheduled is None or scheduled.channel != channel:
            return None
        return self._waiting.pop(scheduled_id)
