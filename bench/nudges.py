"""Ten thousand nudges that are due in the same minute: claimed in one sweep, then posted beside bare calls.

Each step is a process of its own, so that its memory is its own: ``python -m bench.nudges STEP DATABASE GROUPS
[SLACK]``.
"""

from __future__ import annotations

import asyncio
import json
import logging
import resource
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event

from bench.many_groups import MONDAY, WORKSPACES, fill
from bench.processes import ROOT, Fresh, databases, stage
from bench.tables import table
from handlers.nudges.sweep import BATCH, claim_due_nudges, say_late
from handlers.slack.directory import Directory
from handlers.slack.outbox import PLACES
from handlers.slack.sender import Sender
from handlers.slack.services import Services
from runtime.garbage import settle
from storage.database import Database
from storage.posts import count_claimed, list_posts, list_waiting_posts

GROUPS = 10_000
LEAST_SHARE, MOST_GROWTH = 0.6, 2.2
PATIENCE = 120.0
MEGABYTE = 1024 if sys.platform == "linux" else 1024 * 1024


async def run() -> dict[str, Any]:
    """Measure on both databases, print a table, and return the figures."""
    return await asyncio.to_thread(_measure)


def _measure() -> dict[str, Any]:
    with databases() as made:
        found = {kind: _measured(fresh) for kind, fresh in made.items()}
    print(f"\n{GROUPS:,} nudges in {WORKSPACES} workspaces, due in the same minute\n{_table(found)}")
    for line in _targets(found):
        print(f"  {line}")
    return {"figures": found, "targets": _targets(found)}


def _measured(fresh: Fresh) -> dict[str, Any]:
    one, two = fresh(), fresh()
    with stage() as processes:
        _child("fill", one, GROUPS)
        _child("fill", two, 2 * GROUPS)
        slack = processes.quiet_slack(2)
        swept, twice = _child("sweep", one, GROUPS), _child("sweep", two, 2 * GROUPS)
        return {"sweep": swept, "twice": twice, "send": _child("send", one, GROUPS, f"{slack.url}/api/")}


def _child(*words: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.nudges", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout or "{}")
    return found


def _table(found: dict[str, Any]) -> str:
    headings = ("", "sweep s", "twice s", "x", "statements", "peak MB", "twice MB", "sent/s", "bare/s", "x")
    return table([headings, *(_row(kind, each) for kind, each in found.items())])


def _row(kind: str, each: dict[str, Any]) -> Sequence[str]:
    swept, twice, send = each["sweep"], each["twice"], each["send"]
    return (
        kind,
        f"{swept['seconds']:.1f}",
        f"{twice['seconds']:.1f}",
        f"{_growth(each):.2f}",
        f"{swept['statements']}, {twice['statements']}",
        f"{swept['peak']:.0f}",
        f"{twice['peak']:.0f}",
        f"{send['rate']:.0f}",
        f"{send['bare']:.0f}",
        f"{_share(each):.2f}",
    )


def _growth(each: dict[str, Any]) -> float:
    return float(each["twice"]["seconds"] / each["sweep"]["seconds"])


def _share(each: dict[str, Any]) -> float:
    return float(each["send"]["rate"] / each["send"]["bare"])


def _targets(found: dict[str, Any]) -> list[str]:
    lines = []
    for kind, each in found.items():
        lots = each["sweep"]["statements"] / (GROUPS / BATCH)
        lines += [
            f"{kind}: {lots:.0f} statements for each lot of up to {BATCH:,} groups, however many it holds",
            f"{kind}: twice the groups take {_growth(each):.2f} times as long (at most {MOST_GROWTH}): "
            f"{'met' if _growth(each) <= MOST_GROWTH else 'not met'}",
            f"{kind}: posted at {_share(each):.0%} of the rate of bare calls (at least {LEAST_SHARE:.0%}): "
            f"{'met' if _share(each) >= LEAST_SHARE else 'not met'}",
        ]
    return lines


@asynccontextmanager
async def _services(url: str, slack: str = "") -> AsyncIterator[tuple[Services, AsyncWebClient]]:
    database = Database(url)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        client = AsyncWebClient(token="xoxb-bench", base_url=slack, session=session, timeout=10)

        async def client_for(_team_id: str) -> AsyncWebClient:
            return client

        sender = Sender(database, client_for, lambda: MONDAY, before_sending=say_late)
        yield Services(database, lambda: MONDAY, sender, Directory(database)), client
    await database.close()


async def _fill(url: str, groups: int) -> dict[str, Any]:
    database = Database(url)
    await fill(database, groups)
    await database.close()
    return {}


async def _sweep(url: str, groups: int) -> dict[str, Any]:
    async with _services(url) as (services, _):
        with _counted(services.database) as statements:
            start = time.perf_counter()
            done = await claim_due_nudges(services, MONDAY)
            seconds = time.perf_counter() - start
    if len(done) != groups:
        raise RuntimeError(f"{len(done)} of {groups} were claimed")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return {"seconds": seconds, "statements": len(statements), "peak": peak}


@contextmanager
def _counted(database: Database) -> Iterator[list[str]]:
    """The statements that go to the database meanwhile."""
    statements: list[str] = []
    for engine in {database.writer.sync_engine, database.reader.sync_engine}:
        event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: statements.append(statement))
    yield statements


async def _send(url: str, groups: int, slack: str) -> dict[str, Any]:
    """The rate of bare calls before and after, and of the sender in between; all with one client, as many at once."""
    async with _services(url, slack) as (services, client):
        async with services.database.read() as session:
            waiting = await list_posts(
                session, [each.id for each in await list_waiting_posts(session, MONDAY, (), groups)]
            )
        messages = [(post.channel_id, post.payload) for post in waiting]
        before = await _timed(lambda: _bare(client, messages[: groups // 2]))
        services.sender.start()
        sent = await _timed(lambda: _all_sent(services))
        await services.sender.stop()
        after = await _timed(lambda: _bare(client, messages[groups // 2 :]))
    return {"rate": groups / sent, "bare": groups / (before + after)}


async def _timed(work: Callable[[], Awaitable[None]]) -> float:
    start = time.perf_counter()
    await work()
    return time.perf_counter() - start


async def _all_sent(services: Services) -> None:
    """Wait until all is sent and noted."""
    async with asyncio.timeout(PATIENCE):
        while services.sender.leases or await _left(services):  # noqa: ASYNC110  the sender is not to tell
            await asyncio.sleep(0.05)


async def _left(services: Services) -> int:
    async with services.database.read() as session:
        return await count_claimed(session, MONDAY)


async def _bare(client: AsyncWebClient, messages: Sequence[tuple[str, dict[str, Any]]]) -> None:
    waiting = iter(messages)

    async def post() -> None:
        for channel, payload in waiting:
            await client.chat_postMessage(channel=channel, **payload)

    await asyncio.gather(*(post() for _ in range(PLACES)))


STEPS: dict[str, Callable[..., Awaitable[dict[str, Any]]]] = {"fill": _fill, "sweep": _sweep, "send": _send}


def main() -> None:
    """One step, in a process of its own; without words, all of them."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    if not sys.argv[1:]:
        asyncio.run(run())
        return
    step, url, groups, *slack = sys.argv[1:]
    settle()
    found = asyncio.run(_one(step, url, int(groups), slack))
    print(json.dumps(found))


async def _one(step: str, url: str, groups: int, slack: Sequence[str]) -> dict[str, Any]:
    return await STEPS[step](url, groups, *slack)


if __name__ == "__main__":
    main()
