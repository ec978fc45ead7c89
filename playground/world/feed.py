"""A feed of what changes in the workspace, for whoever watches it live."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

KEPT = 50_000
"""How many changes are kept for those who come back after a broken connection."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed. ``seq`` counts up by one; ``kind``: message, view, call, clock, channel, travel."""

    seq: int
    kind: str
    details: dict[str, Any]


class Feed:
    """Tells every follower of every change, in order; whoever comes back goes on where they were."""

    def __init__(self) -> None:
        self._kept: deque[Change] = deque(maxlen=KEPT)
        self._seq = 0
        self._more = asyncio.Event()
        self._closed = False
        self.followers = 0
        """How many follow now."""

    @property
    def seq(self) -> int:
        """The number of the newest change."""
        return self._seq

    def publish(self, kind: str, **details: Any) -> None:
        """Tell that something of ``kind`` changed."""
        self._seq += 1
        self._kept.append(Change(self._seq, kind, details))
        self._wake()

    def close(self) -> None:
        """End what everybody follows."""
        self._closed = True
        self._wake()

    def holds(self, seq: int) -> bool:
        """Whether all that came after number ``seq`` is still kept."""
        return seq <= self._seq and self._seq - seq <= len(self._kept)

    async def following(self, seq: int, patience: float) -> AsyncIterator[list[Change]]:
        """The changes after number ``seq``, in batches, for as long as the feed is open.

        A batch is empty where nothing changed for ``patience`` seconds.
        """
        self.followers += 1
        try:
            while not self._closed:
                fresh = self._after(seq)
                if not fresh and not await self._woken(patience):
                    yield []
                elif fresh:
                    seq = fresh[-1].seq
                    yield fresh
        finally:
            self.followers -= 1

    async def grown(self, seq: int, patience: float) -> bool:
        """Wait until there is a change after number ``seq``; False where the feed is closed or ``patience`` ends."""
        if self._closed:
            return False
        return self._seq > seq or await self._woken(patience)

    def _after(self, seq: int) -> list[Change]:
        new = self._seq - seq
        return [self._kept[index] for index in range(max(0, len(self._kept) - new), len(self._kept))] if new else []

    async def _woken(self, patience: float) -> bool:
        try:
            await asyncio.wait_for(self._more.wait(), patience)
        except TimeoutError:
            return False
        return True

    def _wake(self) -> None:
        self._more.set()
        self._more = asyncio.Event()
