"""Timing contestants fairly: they take turns, so that whatever else the machine does hits all of them alike."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bench.deliveries import Delivery, deliver


@dataclass(slots=True)
class Contestant:
    """Someone who answers: where, and what is sent with each number. Times are in seconds."""

    name: str
    url: str
    make: Callable[[int], Delivery]
    asked: int = 0
    alone: list[float] = field(default_factory=list)
    together: list[float] = field(default_factory=list)
    took: float = 0.0

    async def ask(self, http: aiohttp.ClientSession) -> float:
        """Send the next delivery; returns the seconds to the acknowledgement."""
        self.asked += 1
        return await deliver(http, self.url, self.make(self.asked))

    def figures(self) -> dict[str, Any]:
        """What was measured: milliseconds, and answers a second."""
        found: dict[str, Any] = {"one at a time": _spread(self.alone)}
        if self.together:
            found["eight at a time"] = _spread(self.together) | {"per second": len(self.together) / self.took}
        return found


async def warm_up(http: aiohttp.ClientSession, contestants: Sequence[Contestant], times: int) -> None:
    """Let everyone answer a few times before it counts."""
    for contestant in contestants:
        for _ in range(times):
            await contestant.ask(http)


async def one_at_a_time(http: aiohttp.ClientSession, contestants: Sequence[Contestant], rounds: int) -> None:
    """Ask each in turn, ``rounds`` times; who begins changes from round to round."""
    for number in range(rounds):
        first = number % len(contestants)
        for contestant in (*contestants[first:], *contestants[:first]):
            contestant.alone.append(await contestant.ask(http))


async def at_once(
    http: aiohttp.ClientSession, contestants: Sequence[Contestant], rounds: int, size: int, width: int = 8
) -> None:
    """Send ``size`` deliveries to each in turn, ``width`` at a time, ``rounds`` times."""
    for number in range(rounds):
        first = number % len(contestants)
        for contestant in (*contestants[first:], *contestants[:first]):
            start = time.perf_counter()
            await asyncio.gather(*(_share(http, contestant, size // width) for _ in range(width)))
            contestant.took += time.perf_counter() - start


async def _share(http: aiohttp.ClientSession, contestant: Contestant, count: int) -> None:
    for _ in range(count):
        contestant.together.append(await contestant.ask(http))


def _spread(seconds: Sequence[float]) -> dict[str, float]:
    return {
        "median": statistics.median(seconds) * 1000,
        "p99": statistics.quantiles(seconds, n=100, method="inclusive")[98] * 1000,
    }
