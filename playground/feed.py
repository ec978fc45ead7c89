"""A feed of what changes in the workspace, for whoever watches it live."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Feed:
    """Tells every subscriber of every change, in order; nothing is dropped."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[dict[str, Any]]] = set()

    def publish(self, kind: str, **details: Any) -> None:
        """Tell that something of ``kind`` changed: message, view, call, clock, channel."""
        for queue in self._queues:
            queue.put_nowait({"kind": kind, **details})

    @contextmanager
    def subscribed(self) -> Iterator[asyncio.Queue[dict[str, Any]]]:
        """A queue that fills with changes for as long as the context lasts."""
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)
