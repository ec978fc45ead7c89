"""The weekly nudges: which groups are due, and claiming a week's nudge so that it is posted once.

A claim is one conditional update of the group's ``next_nudge_at``, and a unique (group, period) row behind it. The
number of statements does not grow with the groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.gaps.week import Said
from bot.posts import PostKind, PostState
from bot.schedule import DROPPED_AFTER
from storage.database import insert_rows, update_rows
from storage.posts import NewPost, add_keyed_posts
from storage.tables import GroupRow, NudgeRow, PostRow, SnapshotRow

REMEMBERED = 15
"""How many of the newest posted nudges of a group matter for choosing the next."""


class Unposted(StrEnum):
    """Why there was no post in a week; ``blocked`` is that Slack did not take it."""

    OLDER_THAN_A_DAY = "older than a day"
    NOTHING_OPEN = "nothing open"
    PAUSED = "paused"
    BLOCKED = "blocked"
    QUIET = "quiet"
    RESTING = "snoozed or not ours"


@dataclass(frozen=True, slots=True)
class NewNudge:
    """One week's nudge of one group. Without ``payload`` nothing is posted, and ``why`` says why."""

    group_id: int
    team_id: str
    channel_id: str
    period: str
    planned_at: datetime
    late: bool = False
    principle: int | None = None
    criterion: str = ""
    why: Unposted | None = None
    payload: dict[str, Any] | None = None

    @property
    def key(self) -> str:
        """What keeps its post single."""
        return key_of(self.group_id, self.period)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a look at a due group decided. ``seen_at`` is the ``next_nudge_at`` it saw, ``next_at`` the one to come."""

    group_id: int
    seen_at: datetime
    next_at: datetime
    nudges: tuple[NewNudge, ...] = ()


@dataclass(frozen=True, slots=True)
class NudgeRecord:
    """A nudge as the record shows it. ``state`` is its post's, or ``dropped`` where it came too late to be posted."""

    period: str
    state: PostState
    late: bool
    principle: int | None
    planned_at: datetime


async def list_due_groups(session: AsyncSession, now: datetime, limit: int) -> dict[int, datetime]:
    """The groups whose time has come by ``now``, longest waiting first, with the ``next_nudge_at`` of each."""
    query = (
        select(col(GroupRow.id), col(GroupRow.next_nudge_at))
        .where(col(GroupRow.next_nudge_at) <= now)
        .order_by(col(GroupRow.next_nudge_at), col(GroupRow.id))
        .limit(limit)
    )
    return {group_id: at for group_id, at in await session.execute(query) if group_id and at}


async def list_recent(session: AsyncSession, group_ids: Iterable[int]) -> defaultdict[int, list[int | None]]:
    """The principle of each group's newest nudges, newest first; None is a nudge that nothing was open. Those that
    Slack did not take are left out: nobody read them."""
    newest = (
        func.row_number()
        .over(partition_by=col(NudgeRow.group_id), order_by=col(NudgeRow.planned_at).desc())
        .label("newest")
    )
    ranked = (
        select(col(NudgeRow.group_id), col(NudgeRow.principle), newest)
        .join(PostRow, col(NudgeRow.post_id) == col(PostRow.id))
        .where(col(NudgeRow.group_id).in_(list(group_ids)), col(PostRow.state) != PostState.DROPPED)
        .subquery()
    )
    query = select(ranked).where(ranked.c.newest <= REMEMBERED).order_by(ranked.c.group_id, ranked.c.newest)
    recent: defaultdict[int, list[int | None]] = defaultdict(list)
    for group_id, principle, _ in await session.execute(query):
        recent[group_id].append(principle)
    return recent


async def list_periods(session: AsyncSession, group_id: int, since: datetime) -> set[str]:
    """The weeks from ``since`` on whose nudge is settled: posted, dropped, or with nothing to say."""
    query = select(col(NudgeRow.period)).where(col(NudgeRow.group_id) == group_id, col(NudgeRow.planned_at) >= since)
    return set(await session.scalars(query))


async def list_nudges(session: AsyncSession, group_id: int) -> list[NudgeRecord]:
    """A group's nudges, oldest first. Weeks in which none was to be posted are left out."""
    query = (
        select(NudgeRow, col(PostRow.state))
        .outerjoin(PostRow, col(NudgeRow.post_id) == col(PostRow.id))
        .where(col(NudgeRow.group_id) == group_id, _to_be_posted())
        .order_by(col(NudgeRow.planned_at), col(NudgeRow.id))
    )
    rows = (await session.execute(query)).all()
    return [
        NudgeRecord(row.period, PostState(state or PostState.DROPPED), row.late, row.principle, row.planned_at)
        for row, state in rows
    ]


def _to_be_posted() -> ColumnElement[bool]:
    return col(NudgeRow.post_id).is_not(None) | (col(NudgeRow.why) == Unposted.OLDER_THAN_A_DAY)


async def record_unposted(session: AsyncSession, post_ids: Sequence[int], why: Unposted) -> None:
    """Note for the weeks of these posts why nobody could read them after all; their snapshots say no more that anything
    was asked."""
    if not post_ids:
        return
    statement = update(NudgeRow).where(col(NudgeRow.post_id).in_(post_ids)).values(why=why)
    weeks = await session.execute(statement.returning(col(NudgeRow.group_id), col(NudgeRow.period)))
    rows = [{"group_id": group_id, "period": period, "said": str(Said.NOTHING)} for group_id, period in weeks]
    await update_rows(session, SnapshotRow, rows, where=["group_id", "period"], returning=["group_id"])


async def record_late(session: AsyncSession, post_ids: Sequence[int]) -> dict[int, tuple[datetime, str]]:
    """Note that the nudges of these posts are late; returns for each that was not so noted before when it was due, and
    its group's zone."""
    statement = (
        update(NudgeRow)
        .where(col(NudgeRow.post_id).in_(post_ids), col(NudgeRow.late).is_(False))
        .values(late=True)
        .returning(col(NudgeRow.post_id), col(NudgeRow.planned_at), col(NudgeRow.group_id))
    )
    noted = (await session.execute(statement)).all()
    query = select(col(GroupRow.id), col(GroupRow.zone)).where(col(GroupRow.id).in_({row.group_id for row in noted}))
    zones = {row.id: row.zone for row in await session.execute(query)} if noted else {}
    return {row.post_id: (row.planned_at, zones[row.group_id]) for row in noted}


async def claim_nudges(
    session: AsyncSession, claims: Sequence[Claim], now: datetime
) -> tuple[set[int], list[NewNudge]]:
    """Claim what was decided, and store its posts; returns the groups that this caller moved on, and their nudges.

    A group that another process claimed, or whose plan was changed since it was looked at, is passed over.
    """
    moved = await _move_on(session, claims)
    nudges = [nudge for claim in claims if claim.group_id in moved for nudge in claim.nudges]
    stored = await _store(session, nudges)
    mine = [nudge for nudge in nudges if nudge.key in stored]
    posts = [_post(nudge, stored[nudge.key]) for nudge in mine if nudge.payload is not None]
    post_ids = await add_keyed_posts(session, posts, now)
    links = [{"id": stored[key], "post_id": post_id} for key, post_id in post_ids.items()]
    await update_rows(session, NudgeRow, links, where=["id"])
    return moved, mine


async def _move_on(session: AsyncSession, claims: Sequence[Claim]) -> set[int]:
    """Set ``next_nudge_at`` where it still is what was seen; returns those groups.

    The rows are locked in one order, so that two processes never wait for each other in a circle.
    """
    held = (
        select(col(GroupRow.id), col(GroupRow.next_nudge_at))
        .where(col(GroupRow.id).in_([claim.group_id for claim in claims]))
        .order_by(col(GroupRow.id))
        .with_for_update(skip_locked=True, key_share=True)
    )
    found = {row.id: row.next_nudge_at for row in await session.execute(held)}
    steps = [
        {"id": claim.group_id, "next_nudge_at": claim.next_at}
        for claim in claims
        if found.get(claim.group_id) == claim.seen_at
    ]
    return {row.id for row in await update_rows(session, GroupRow, steps, where=["id"])}


async def _store(session: AsyncSession, nudges: Sequence[NewNudge]) -> dict[str, int]:
    """Store the rows whose (group, period) is free; returns their ids by the nudges' keys."""
    rows = [
        {
            "group_id": nudge.group_id,
            "period": nudge.period,
            "planned_at": nudge.planned_at,
            "late": nudge.late,
            "principle": nudge.principle,
            "criterion": nudge.criterion,
            "why": nudge.why or "",
        }
        for nudge in nudges
    ]
    unique = ["group_id", "period"]
    stored = await insert_rows(session, NudgeRow, rows, unless=unique, returning=["id", *unique])
    return {key_of(row.group_id, row.period): row.id for row in stored}


def key_of(group_id: int, period: str) -> str:
    """What keeps the post of a group's week single."""
    return f"nudge:{group_id}:{period}"


def _post(nudge: NewNudge, nudge_id: int) -> NewPost:
    payload = nudge.payload or {}
    return NewPost(
        nudge.key,
        nudge.team_id,
        nudge.channel_id,
        PostKind.NUDGE,
        payload,
        nudge.group_id,
        nudge_id,
        not_after=nudge.planned_at + DROPPED_AFTER,
    )
