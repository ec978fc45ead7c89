"""The sweep over the groups whose nudge is due: gather, decide, claim, in a number of queries that does not grow."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.gaps.life import LiveGap
from bot.gaps.week import Snapshot
from bot.groups import Situation
from bot.posts import PostKind
from bot.schedule import DROPPED_AFTER, LATE_AFTER, DueNudge, Timing, due_now, next_to_settle
from handlers.nudges.text import with_late
from handlers.nudges.week import Review, WeekRows, render, review_group, rows_of, store_weeks
from handlers.slack.each_alone import tell_stuck
from handlers.slack.services import Services
from handlers.slack.times import spoken_instant
from storage.faults import DatabaseFault
from storage.gaps import list_gaps, list_snapshots
from storage.groups import StoredGroup
from storage.nudges import (
    Claim,
    NewNudge,
    Unposted,
    claim_nudges,
    list_due_groups,
    list_recent,
    record_late,
)
from storage.posts import Post, change_payloads
from storage.situations import list_situations

log = structlog.get_logger(__name__)

BATCH = 2_000
"""Groups that are looked at, decided on and claimed in one go, each lot in a transaction of its own: it bounds memory,
and how long anybody else waits to write."""
BREATH = 50
"""Groups decided on before other work of the process gets its turn."""
JUST_BEFORE = timedelta(microseconds=1)
UNPOSTED = {
    Timing.DROPPED: Unposted.OLDER_THAN_A_DAY,
    Timing.PAUSED: Unposted.PAUSED,
    Timing.QUIET: Unposted.QUIET,
}
"""Why there is no post for a nudge that stands so."""


@dataclass(frozen=True, slots=True)
class DueGroup:
    """A group whose time has come, with all that its nudge is decided by. ``recent``: see storage.nudges; ``last`` is
    its newest snapshot."""

    stored: StoredGroup
    situation: Situation
    recent: Sequence[int | None]
    seen_at: datetime
    gaps: Sequence[LiveGap] = ()
    last: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a due group comes to: its claim, and what is stored of its week where one was due."""

    claim: Claim
    week: WeekRows | None = None


@dataclass(frozen=True, slots=True)
class Swept:
    """What came of a lot: how many groups moved on, what was done, and which groups nothing could be done for."""

    moved: int = 0
    done: tuple[dict[str, Any], ...] = ()
    stuck: frozenset[int] = frozenset()

    def __add__(self, other: Swept) -> Swept:
        return Swept(self.moved + other.moved, self.done + other.done, self.stuck | other.stuck)


async def claim_due_nudges(services: Services, now: datetime) -> list[dict[str, Any]]:
    """Claim every nudge that is due at ``now`` and store its post; returns what was done, for the log and ``tick``."""
    swept = Swept()
    while due := await _list_due(services, now, swept.stuck):
        lot = await _sweep(services, due, now)
        swept += lot
        if not lot.moved and not lot.stuck:  # another process has them
            break
    return list(swept.done)


async def _list_due(services: Services, now: datetime, stuck: frozenset[int]) -> dict[int, datetime]:
    async with services.database.read() as session:
        due = await list_due_groups(session, now, BATCH + len(stuck))
    return {group_id: seen_at for group_id, seen_at in due.items() if group_id not in stuck}


async def _sweep(services: Services, due: Mapping[int, datetime], now: datetime) -> Swept:
    """Claim a lot together. Where that fails, the fault is looked for in each half by itself, so that a group that
    cannot be served holds no other."""
    try:
        return await _claim(services, due, now)
    except DatabaseFault:
        raise
    except Exception as error:  # noqa: BLE001  whatever is wrong with one group, the others get their nudge
        if len(due) == 1:
            await tell_stuck(services, next(iter(due)), "prepare the weekly nudge", error, now)
            return Swept(stuck=frozenset(due))
    pairs, half = list(due.items()), len(due) // 2
    return await _sweep(services, dict(pairs[:half]), now) + await _sweep(services, dict(pairs[half:]), now)


async def _claim(services: Services, due: Mapping[int, datetime], now: datetime) -> Swept:
    decisions = await _decide_all(await _gather(services, due), now)
    async with services.database.write() as session:
        moved, claimed = await claim_nudges(session, [decision.claim for decision in decisions], now)
        mine = [made.week for made in decisions if made.week and made.claim.group_id in moved]
        await store_weeks(session, mine, now)
    return Swept(len(moved), tuple(action for nudge in claimed if (action := _told(nudge))))


async def say_late(session: AsyncSession, posts: Sequence[Post], now: datetime) -> list[Post]:
    """The posts that are about to be sent at ``now``; nudges among them that waited too long say so, and their weeks'
    rows too."""
    waited = [post.id for post in posts if post.kind is PostKind.NUDGE and _has_waited(post, now)]
    if not waited:
        return list(posts)
    due = await record_late(session, waited)
    late = {post.id: with_late(post.payload, *due[post.id]) for post in posts if post.id in due}
    await change_payloads(session, late)
    return [replace(post, payload=late.get(post.id, post.payload)) for post in posts]


async def _gather(services: Services, due: Mapping[int, datetime]) -> list[DueGroup]:
    async with services.database.read() as session:
        situations = await list_situations(session, due)
        recent = await list_recent(session, due)
        gaps, last = await list_gaps(session, due), await list_snapshots(session, due)
    return [
        DueGroup(stored, situation, recent[stored.id], due[stored.id], gaps[stored.id], last.get(stored.id))
        for stored, situation in situations
    ]


async def _decide_all(due: Sequence[DueGroup], now: datetime) -> list[Decision]:
    decisions = []
    for number, group in enumerate(due):
        if number % BREATH == BREATH - 1:
            await asyncio.sleep(0)
        decisions.append(decide_nudges(group, now))
    return decisions


def decide_nudges(due: DueGroup, now: datetime) -> Decision:
    """What is due in one group: a post, or a row that says why there is none; and when to look next.

    How the group stands can be told of the newest week only; older ones that were missed have no snapshot.
    """
    group = due.stored.group
    dues = due_now(group, due.seen_at - JUST_BEFORE, now)
    next_at = next_to_settle(group, now).planned_at
    if not dues:
        return Decision(Claim(due.stored.id, due.seen_at, next_at))
    review = review_group(due.stored, due.situation, due.gaps, due.last, due.recent, now)
    nudges = tuple(_nudge(review, nudge, timing) for nudge, timing in dues)
    week = rows_of(review, nudges[-1].period, posted=nudges[-1].payload is not None)
    return Decision(Claim(due.stored.id, due.seen_at, next_at, nudges), week)


def _nudge(review: Review, due: DueNudge, timing: Timing) -> NewNudge:
    stored, gap = review.stored, review.week.topic.gap
    if why := UNPOSTED.get(timing) or review.why_unposted:
        return _unposted(stored, due, why)
    late = timing is Timing.LATE
    return NewNudge(
        group_id=stored.id,
        team_id=stored.team_id,
        channel_id=stored.channel_id,
        period=due.period,
        planned_at=due.planned_at,
        late=late,
        principle=gap.principle if gap else None,
        criterion=gap.criterion_id if gap else "",
        payload=render(review, spoken_instant(due.planned_at, stored.group.zone) if late else ""),
    )


def _unposted(stored: StoredGroup, due: DueNudge, why: Unposted) -> NewNudge:
    return NewNudge(stored.id, stored.team_id, stored.channel_id, due.period, due.planned_at, why=why)


def _told(nudge: NewNudge) -> dict[str, Any] | None:
    """What ``tick`` says of a claimed nudge; nothing where there was nothing to say."""
    where = {"channel": nudge.channel_id, "period": nudge.period}
    log.info(
        "nudge", **where, principle=nudge.principle, criterion=nudge.criterion, late=nudge.late, why=nudge.why or ""
    )
    if nudge.why is Unposted.OLDER_THAN_A_DAY:
        return {"did": "nudge_dropped", **where}
    if nudge.why:
        return None
    return {"did": "nudge", **where, "principle": nudge.principle, "late": nudge.late}


def _has_waited(post: Post, now: datetime) -> bool:
    """Whether a nudge, which may be sent for a day from when it was due, is late by now."""
    return post.not_after is not None and now - (post.not_after - DROPPED_AFTER) > LATE_AFTER
