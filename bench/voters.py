"""Whether votes survive a crowd, two processes, repeated deliveries and a crash.

Everyone votes on all invitees but the last, changes their mind about one, and then answers the last; every tenth
delivery comes twice, the second time to the other process. Once all have voted the ballot closes by itself, and the
result is announced. What stands in the database is then compared with what people said last, and the updates of the
ballot's message with their pace. With ``crash``, one of the two processes is killed in the middle, and what it had not
acknowledged is sent again to the other, as a person would.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bench.deliveries import Busy, Delivery, deliver, typed
from bench.groups import open_ballot, posts, set_up_group, updates
from bench.processes import ROOT, Served, Stage, bot_environment
from bench.quiet_slack import CHANNEL, voter

INVITEES = 10
WIDTH = 16
REPEAT_EACH = 10
PATIENCE = 60.0
CHOICES = ("support", "abstain")


@dataclass(slots=True)
class Crowd:
    """The people who vote, the processes that hear them, and what they said last."""

    http: aiohttp.ClientSession
    bots: list[Served]
    invitees: int = INVITEES
    said: dict[tuple[str, str], str] = field(default_factory=dict)
    deliveries: int = 0
    repeats: int = 0
    turns: Iterator[int] = field(default_factory=itertools.count)
    crash_at: int | None = None

    async def say(self, who: str, ref: str, choice: str) -> None:
        """Vote, at either process; at times the delivery is repeated at the other one."""
        delivery = typed(who, f"/invitees vote {ref} | {choice}", "Noted")
        turn = next(self.turns)
        self.said[who, ref] = choice
        self.deliveries += 1
        if self.deliveries == self.crash_at:
            self.bots.pop().kill()
        await self._deliver(delivery, turn)
        if turn % REPEAT_EACH == 0:
            self.repeats += 1
            await self._deliver(delivery, turn + 1, retry=1)

    async def vote(self, number: int) -> None:
        """All that one person does."""
        who = voter(number)
        *first, last = (f"S{each}" for each in range(1, self.invitees + 1))
        for place, ref in enumerate(first):
            await self.say(who, ref, CHOICES[(number + place) % 2])
        changed = number % len(first)
        await self.say(who, first[changed], CHOICES[(number + changed + 1) % 2])
        await self.say(who, last, CHOICES[number % 2])

    async def _deliver(self, delivery: Delivery, turn: int, retry: int = 0) -> None:
        while True:
            try:
                await deliver(self.http, self.bots[turn % len(self.bots)].url, delivery, retry=retry)
                return
            except (aiohttp.ClientError, Busy):  # the process is gone, or asks to be asked again
                retry += 1
                await asyncio.sleep(0.05)


async def measure(
    stage: Stage,
    database_url: str,
    *,
    people: int,
    crash: bool = False,
    invitees: int = INVITEES,
    watch_message: bool = True,
) -> dict[str, Any]:
    """Let a crowd vote at two processes on one database; returns how fast it went and what became of the votes.

    With ``watch_message`` also what became of the ballot's message: where the killed process was updating it, the other
    one waits for the lease to run out.
    """
    slack = stage.quiet_slack(people)
    first = stage.convener(slack, database_url)
    second = stage.convener(slack, database_url)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(keepalive_timeout=4)) as http:
        await set_up_group(http, first, invitees)
        await open_ballot(http, first, slack, invitees)
        crowd = Crowd(http, [first, second], invitees, crash_at=people * (invitees + 1) // 2 if crash else None)
        start = time.perf_counter()
        await _everyone(crowd, people)
        seconds = time.perf_counter() - start
        results = await _results(http, slack)
        shown = await _last_shown(http, slack) if watch_message else {}
    found = await asyncio.to_thread(_dump, slack, database_url)
    return _judged(crowd, found, results) | shown | {"people": people, "crash": crash, "seconds": seconds}


async def _everyone(crowd: Crowd, people: int) -> None:
    numbers = iter(range(people))

    async def some() -> None:
        for number in numbers:
            await crowd.vote(number)

    await asyncio.gather(*(some() for _ in range(WIDTH)))


async def _results(http: aiohttp.ClientSession, slack: Served) -> list[str]:
    """The result's messages in the channel, once nothing more has come for three seconds."""
    until, seen, last = time.monotonic() + PATIENCE, -1, time.monotonic()
    while time.monotonic() < until:
        found = [post["text"] for post in await posts(http, slack) if post["channel"] == CHANNEL]
        results = [text for text in found if text.startswith("Result")]
        if len(results) != seen:
            seen, last = len(results), time.monotonic()
        if results and time.monotonic() - last > 3:
            return results
        await asyncio.sleep(0.2)
    return []


async def _last_shown(http: aiohttp.ClientSession, slack: Served) -> dict[str, Any]:
    """What became of the ballot's message: how close two updates came, how many a minute, and whether the last one
    shows that the vote is closed."""
    until, found = time.monotonic() + PATIENCE, await updates(http, slack)
    while time.monotonic() < until and not (found and "closed" in found[-1]["text"]):
        await asyncio.sleep(0.2)
        found = await updates(http, slack)
    times = [each["at"] for each in found]
    return {
        "updates": len(times),
        "closest updates": min((after - before for before, after in itertools.pairwise(times)), default=0.0),
        "updates a minute": max((sum(at <= other < at + 60 for other in times) for at in times), default=0),
        "last shown": bool(found) and "closed" in found[-1]["text"],
    }


def _dump(slack: Served, database_url: str) -> dict[str, Any]:
    command = [sys.executable, "app.py", "dump", "--channel", CHANNEL, "--json"]
    environment = bot_environment(slack, database_url)
    run = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def _judged(crowd: Crowd, found: dict[str, Any], results: list[str]) -> dict[str, Any]:
    [ballot] = found["ballots"]
    stored = Counter((vote["voter"], vote["ref"]) for vote in ballot["votes"])
    choices = {(vote["voter"], vote["ref"]): vote["choice"] for vote in ballot["votes"]}
    noted = sum(row["action"] == "ballot.vote" for row in found["audit"])
    return {
        "deliveries": crowd.deliveries,
        "repeats": crowd.repeats,
        "lost": sum(choices.get(key) != choice for key, choice in crowd.said.items()),
        "doubled": sum(stored.values()) - len(stored) + max(0, noted - crowd.deliveries),
        "unnoted": max(0, crowd.deliveries - noted),
        "ballot": ballot["state"],
        "result messages": len(results),
        "result messages twice": len(results) - len(set(results)),
    }
