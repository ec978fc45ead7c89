"""Years of weekly nudges in minutes: processes with clocks that differ, and that are killed at random.

Each process is ``python app.py tick --at -`` on one database. Time is stepped around each instant at which a nudge is
planned, and what the pretend Slack was asked to post is noted with the true time of the step.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

import aiohttp
from sqlalchemy import select
from sqlmodel import col

from bot.groups import NudgePlan, WorkingGroup
from storage.database import Database, insert_rows, update_rows
from storage.tables import GroupRow, InitiativeRow, NudgeRow, PostRow
from tests.support.starting import Starter
from tests.support.tickers import Ticker, ticking
from tests.support.wall_clock import due_between

SKEWS = (timedelta(0), timedelta(seconds=90), timedelta(seconds=-90), timedelta(seconds=37))
MOST_SKEW = max(SKEWS)
TICK = timedelta(seconds=60)
AROUND = tuple(step * TICK for step in (-2, -1, 0, 1, 2, 3))
"""The steps around a planned instant, from before any clock shows it until after all do."""
AFTERWARDS = timedelta(minutes=10)
"""Long enough for the leases of the killed to run out."""

Window = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Week:
    """What became of one group's nudge of one week: its row, and the true times at which Slack took it."""

    channel: str
    period: str
    planned_at: datetime
    state: str
    late: bool
    why: str
    posted_at: tuple[datetime, ...]


@dataclass(slots=True)
class Years:
    """The run: ``watched`` are the groups, by the channel. ``kill_each`` is the share of steps with a kill."""

    database_url: str
    slack_url: str
    watched: Mapping[str, WorkingGroup]
    kill_each: float = 0.0
    starter: Starter = field(default_factory=Starter)
    luck: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311  repeatable, not secret
    kills: int = 0
    steps: int = 0
    _tickers: list[Ticker] = field(default_factory=list)
    _posts: list[tuple[str, datetime]] = field(default_factory=list)

    async def play(self, windows: Sequence[Window]) -> list[Week]:
        """Live through the windows of time, each after the one before; returns what became of each week in them."""
        database = Database(self.database_url)
        await self._found(database)
        self._tickers = [await self._start(skew) for skew in SKEWS]
        await asyncio.gather(*(each.answering for each in self._tickers if each.answering))
        async with aiohttp.ClientSession() as http:
            for first, last in windows:
                await self._set_out(database, first)
                for at in self._instants(first, last):
                    await self._step(http, at)
        for ticker in self._tickers:
            await ticker.end(kill=False)
        weeks = await self._weeks(database)
        await database.close()
        return weeks

    def expected(self, windows: Sequence[Window]) -> dict[tuple[str, str], datetime]:
        """The planned instant of each nudge in the windows, by channel and period, by ``wall_clock``."""
        return {
            (channel, period): at
            for channel, group in self.watched.items()
            for first, last in windows
            for period, at in due_between(group, first, last)
        }

    def _instants(self, first: datetime, last: datetime) -> Iterator[datetime]:
        planned = {at for (_, _), at in self.expected([(first, last)]).items()}
        yield from sorted({at + step for at in planned for step in AROUND} | {last + AFTERWARDS})

    async def _step(self, http: aiohttp.ClientSession, at: datetime) -> None:
        """One instant of true time, for every process that is up."""
        self.steps += 1
        up = await self._up()
        for ticker in up:
            ticker.tick(at)
        if self.luck.random() < self.kill_each:
            await self._wait_for_a_bad_moment(http, up)
            await self._kill(self.luck.choice(up))
        answers = [each.answering for each in up if each.answering and each in self._tickers]
        await asyncio.gather(*answers)
        await self._note(http, at)

    async def _wait_for_a_bad_moment(self, http: aiohttp.ClientSession, up: Sequence[Ticker]) -> None:
        """Any moment of a tick or, every other time, the one in which Slack takes a post that nobody has noted yet."""
        if self.luck.random() < 0.5:
            await asyncio.sleep(self.luck.random() * 0.03)
            return
        while any(each.answering and not each.answering.done() for each in up):
            if await self._taken(http):
                return

    async def _kill(self, ticker: Ticker) -> None:
        self.kills += 1
        await ticker.end(kill=True)
        self._tickers.remove(ticker)
        born = await self._start(ticker.skew)
        self._tickers.append(born)

    async def _up(self) -> list[Ticker]:
        """The processes that can be asked; waits until there are two, since time goes fast here."""
        while True:
            waiting = [each.answering for each in self._tickers if each.answering and not each.answering.done()]
            if len(waiting) <= len(SKEWS) - 2:
                return [each for each in self._tickers if each.answering not in waiting]
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)

    async def _note(self, http: aiohttp.ClientSession, at: datetime) -> None:
        self._posts += [(str(post["channel"]), at) for post in await self._taken(http)]

    async def _taken(self, http: aiohttp.ClientSession) -> list[dict[str, Any]]:
        """The posts that Slack took since they were noted last."""
        async with http.get(f"{self.slack_url}/posts", params={"after": len(self._posts)}) as answer:
            posts: list[dict[str, Any]] = await answer.json()
        return posts

    async def _start(self, skew: timedelta) -> Ticker:
        settings = {
            "DATABASE_URL": self.database_url,
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_API_URL": f"{self.slack_url}/api/",
            "LOG_LEVEL": "ERROR",
        }
        return await ticking(self.starter, skew, settings)

    async def _found(self, database: Database) -> None:
        made = {"team_id": "T1", "created_at": datetime.fromisoformat("2025-12-01T00:00:00+00:00")}
        numbers = range(1, len(self.watched) + 1)
        initiatives = [made | {"id": number, "name": f"Group {number}", "jurisdiction": ""} for number in numbers]
        groups = [
            made
            | {
                "id": number,
                "initiative_id": number,
                "channel_id": channel,
                "name": f"Group {number}",
                "public_body": "no",
                "zone": group.zone,
                "nudge_weekday": group.nudge.weekday,
                "nudge_time": f"{group.nudge.at:%H:%M}",
            }
            for number, (channel, group) in zip(numbers, self.watched.items(), strict=True)
        ]
        async with database.write() as session:
            await insert_rows(session, InitiativeRow, initiatives)
            await insert_rows(session, GroupRow, groups)

    async def _set_out(self, database: Database, first: datetime) -> None:
        """Let the groups have been looked at until then."""
        looks = [
            {"channel_id": channel, "next_nudge_at": next(due_between(group, first, first + timedelta(days=30)))[1]}
            for channel, group in self.watched.items()
        ]
        async with database.write() as session:
            await update_rows(session, GroupRow, looks, where=["channel_id"])

    async def _weeks(self, database: Database) -> list[Week]:
        """Every row. Which of a channel's posts belongs to a week, its time tells."""
        query = (
            select(col(GroupRow.channel_id), NudgeRow, col(PostRow.state))
            .join(NudgeRow, col(NudgeRow.group_id) == col(GroupRow.id))
            .outerjoin(PostRow, col(NudgeRow.post_id) == col(PostRow.id))
        )
        posted: defaultdict[str, list[datetime]] = defaultdict(list)
        for channel, at in self._posts:
            posted[channel].append(at)
        async with database.read() as session:
            found = (await session.execute(query)).all()
        return [
            Week(channel, row.period, row.planned_at, state or "", row.late, row.why, _near(posted[channel], row))
            for channel, row, state in found
        ]


def _near(times: Sequence[datetime], row: NudgeRow) -> tuple[datetime, ...]:
    half = timedelta(days=1)
    return tuple(at for at in times if abs(at - row.planned_at) < half)


def spread_groups(zones: Sequence[str]) -> dict[str, WorkingGroup]:
    """A group in each zone with a nudge: on all days of the week, most at hours at which clocks change."""
    hours = (time(2, 30), time(9), time(0), time(1, 30), time(3), time(23, 59), time(2))
    groups = (
        WorkingGroup(
            f"C{number:08}",
            f"Group {number}",
            nudge=NudgePlan(number % 7, hours[number % len(hours) - number // 7 % 2]),
            zone=zone,
        )
        for number, zone in enumerate(zones, 1)
    )
    return {group.channel_id: group for group in groups}


def faults(weeks: Sequence[Week], expected: Mapping[tuple[str, str], datetime]) -> list[str]:
    """What is not as it must be: a week without a row, at another time, posted twice, too early or too late."""
    found = {(week.channel, week.period): week for week in weeks}
    wrong = [f"{key} has no row" for key in expected if key not in found]
    wrong += [f"{key} has a row too many" for key in found if key not in expected]
    for key, week in found.items():
        wrong += [f"{key}: {fault}" for fault in _faults(week, expected.get(key))]
    return wrong


def _faults(week: Week, planned_at: datetime | None) -> Iterator[str]:
    if week.planned_at != planned_at:
        yield f"planned at {week.planned_at}, not {planned_at}"
    if len(week.posted_at) > 1:
        yield f"posted {len(week.posted_at)} times"
    if week.state == "sent" and not week.posted_at:
        yield "sent, and not posted"
    if week.state not in ("sent", "unconfirmed"):
        yield f"left {week.state or week.why}"
    for at in week.posted_at:
        early, late = at < week.planned_at - MOST_SKEW, at > week.planned_at + MOST_SKEW + TICK
        if early or (late and not week.late):
            yield f"posted at {at}, planned at {week.planned_at}"


def summary(years: Years, weeks: Sequence[Week], wrong: Sequence[str]) -> dict[str, Any]:
    """The figures of a run."""
    off = [(at - week.planned_at).total_seconds() for week in weeks for at in week.posted_at]
    return {
        "groups": len(years.watched),
        "weeks": len(weeks),
        "states": dict(Counter(week.state for week in weeks)),
        "late": sum(week.late for week in weeks),
        "doubled": sum(len(week.posted_at) > 1 for week in weeks),
        "another minute": sum("planned at" in fault for fault in wrong),
        "unexplained": sum(" row" in fault or "left " in fault for fault in wrong),
        "steps": years.steps,
        "kills": years.kills,
        "seconds off": {"earliest": min(off, default=0.0), "latest": max(off, default=0.0)},
        "wrong": list(wrong),
    }
