"""The weekly nudges: which groups are due, and claiming a week's nudge so that it is posted once.

A claim is one conditional update of the group's ``next_nudge_at``, and a unique (group, period) row behind it. The
number of statements does not grow with the groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.database import insert_into
from storage.posts import NewPost, add_posts
from storage.tables import GroupRow, NudgeRow, PostRow

KIND = "nudge"
OLDER_THAN_A_DAY = "older than a day"
NOTHING_OPEN = "nothing open"
PAUSED = "paused"
QUIET = "quiet"
REMEMBERED = 15
"""How many of the newest posted nudges of a group matter for choosing the next."""


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
    why: str = ""
    payload: dict[str, Any] | None = None

    @property
    def key(self) -> str:
        """What keeps its post single."""
        return f"nudge:{self.group_id}:{self.period}"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a look at a due group decided. ``seen_at`` is the ``next_nudge_at`` it saw, ``next_at`` the one to come."""

    group_id: int
    seen_at: datetime
    next_at: datetime | None
    nudges: tuple[NewNudge, ...] = ()


@dataclass(frozen=True, slots=True)
class NudgeRecord:
    """A nudge as the record shows it. ``state`` is its post's, or ``dropped`` where it came too late to be posted."""

    period: str
    state: str
    late: bool
    principle: int | None
    planned_at: datetime


async def list_due(session: AsyncSession, now: datetime, limit: int) -> dict[int, datetime]:
    """The groups whose time has come by ``now``, longest waiting first, with the ``next_nudge_at`` of each."""
    query = (
        select(col(GroupRow.id), col(GroupRow.next_nudge_at))
        .where(col(GroupRow.next_nudge_at) <= now)
        .order_by(col(GroupRow.next_nudge_at), col(GroupRow.id))
        .limit(limit)
    )
    return {group_id: at for group_id, at in await session.execute(query) if group_id and at}


async def list_recent(session: AsyncSession, group_ids: Iterable[int]) -> defaultdict[int, list[int | None]]:
    """The principle of each group's newest posted nudges, newest first; None is a nudge that nothing was open."""
    newest = (
        func.row_number()
        .over(partition_by=col(NudgeRow.group_id), order_by=col(NudgeRow.planned_at).desc())
        .label("newest")
    )
    ranked = (
        select(col(NudgeRow.group_id), col(NudgeRow.principle), newest)
        .where(col(NudgeRow.group_id).in_(list(group_ids)), col(NudgeRow.post_id).is_not(None))
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
        .where(col(NudgeRow.group_id) == group_id, col(NudgeRow.why).in_(["", OLDER_THAN_A_DAY]))
        .order_by(col(NudgeRow.planned_at), col(NudgeRow.id))
    )
    rows = (await session.execute(query)).all()
    return [NudgeRecord(row.period, state or "dropped", row.late, row.principle, row.planned_at) for row, state in rows]


async def claim_nudges(session: AsyncSession, claims: Sequence[Claim], now: datetime) -> list[NewNudge]:
    """Claim what was decided, and store its posts; returns the nudges that are this caller's.

    A group that another process claimed, or whose plan was changed since it was looked at, is passed over.
    """
    moved = await _move_on(session, claims)
    nudges = [nudge for claim in claims if claim.group_id in moved for nudge in claim.nudges]
    stored = await _store(session, nudges)
    mine = [nudge for nudge in nudges if (nudge.group_id, nudge.period) in stored]
    posts = [_post(nudge, stored[nudge.group_id, nudge.period]) for nudge in mine if nudge.payload is not None]
    await add_posts(session, posts, now)
    await _link(session, [post.subject_id for post in posts if post.subject_id])
    return mine


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
    steps: defaultdict[datetime | None, list[int]] = defaultdict(list)
    for claim in claims:
        if found.get(claim.group_id) == claim.seen_at:
            steps[claim.next_at].append(claim.group_id)
    for next_at, group_ids in steps.items():
        statement = update(GroupRow).where(col(GroupRow.id).in_(group_ids)).values(next_nudge_at=next_at)
        await session.execute(statement.execution_options(synchronize_session=False))
    return {group_id for group_ids in steps.values() for group_id in group_ids}


async def _store(session: AsyncSession, nudges: Sequence[NewNudge]) -> dict[tuple[int, str], int]:
    """Store the rows whose (group, period) is free; returns their ids."""
    if not nudges:
        return {}
    rows = [
        {
            "group_id": nudge.group_id,
            "period": nudge.period,
            "planned_at": nudge.planned_at,
            "late": nudge.late,
            "principle": nudge.principle,
            "criterion": nudge.criterion,
            "why": nudge.why,
        }
        for nudge in nudges
    ]
    statement = (
        insert_into(session, NudgeRow)
        .on_conflict_do_nothing(index_elements=["group_id", "period"])
        .returning(col(NudgeRow.id), col(NudgeRow.group_id), col(NudgeRow.period))
    )
    return {(group_id, period): key for key, group_id, period in await session.execute(statement, rows)}


def _post(nudge: NewNudge, nudge_id: int) -> NewPost:
    payload = nudge.payload or {}
    return NewPost(nudge.key, nudge.team_id, nudge.channel_id, KIND, payload, nudge.group_id, nudge_id)


async def _link(session: AsyncSession, nudge_ids: Sequence[int]) -> None:
    """Note each nudge's post, found by its key."""
    if not nudge_ids:
        return
    key = literal("nudge:") + cast(col(NudgeRow.group_id), String) + literal(":") + col(NudgeRow.period)
    post_id = select(col(PostRow.id)).where(col(PostRow.key) == key).correlate(NudgeRow).scalar_subquery()
    statement = update(NudgeRow).where(col(NudgeRow.id).in_(nudge_ids)).values(post_id=post_id)
    await session.execute(statement.execution_options(synchronize_session=False))
