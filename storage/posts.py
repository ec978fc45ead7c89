"""Messages on their way to Slack. A post goes claimed, sending, sent; the database knows where each one stands.

Slack has no idempotency key. Found ``claimed``, a post may be sent by any process. Found ``sending`` after its lease, it
may have been sent: it becomes ``unconfirmed`` and is never sent again by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import PostRow

LEASE = timedelta(minutes=5)  # longer than clocks differ and than any retrying takes


@dataclass(frozen=True, slots=True)
class NewPost:
    """A message to be sent. ``key`` keeps it single; ``channel_id`` is a channel, or a user for a private message."""

    key: str
    team_id: str
    channel_id: str
    kind: str
    payload: dict[str, Any]
    group_id: int | None = None
    subject_id: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A stored message. ``message_ts`` is Slack's, once sent."""

    id: int
    key: str
    team_id: str
    channel_id: str
    group_id: int | None
    kind: str
    subject_id: int | None
    payload: dict[str, Any]
    state: str
    attempts: int
    message_ts: str


async def add_posts(session: AsyncSession, posts: Sequence[NewPost], now: datetime) -> list[int]:
    """Store messages as claimed; those whose key is taken are left as they are. Returns the ids of the new ones."""
    if not posts:
        return []
    rows = [
        {
            "key": post.key,
            "team_id": post.team_id,
            "channel_id": post.channel_id,
            "group_id": post.group_id,
            "kind": post.kind,
            "subject_id": post.subject_id,
            "payload": post.payload,
            "state": "claimed",
            "lease": "",
            "attempts": 0,
            "message_ts": "",
            "error": "",
            "created_at": now,
        }
        for post in posts
    ]
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    statement = insert(PostRow).on_conflict_do_nothing(index_elements=["key"]).returning(col(PostRow.id))
    return [int(key or 0) for key in await session.scalars(statement, rows)]


async def list_claimed(session: AsyncSession, now: datetime, limit: int = 1000) -> list[Post]:
    """What waits to be sent, oldest first."""
    query = (
        select(PostRow)
        .where(col(PostRow.state) == "claimed")
        .where(col(PostRow.not_before).is_(None) | (col(PostRow.not_before) <= now))
        .order_by(col(PostRow.id))
        .limit(limit)
    )
    return [_post(row) for row in await session.scalars(query)]


async def get_post(session: AsyncSession, post_id: int) -> Post | None:
    """One post."""
    row = await session.get(PostRow, post_id)
    return _post(row) if row else None


async def start_sending(session: AsyncSession, post_id: int, lease: str, now: datetime) -> bool:
    """Take a claimed post for sending, for the length of the lease; False where another process has it."""
    statement = (
        update(PostRow)
        .where(col(PostRow.id) == post_id, col(PostRow.state) == "claimed")
        .values(state="sending", lease=lease, lease_until=now + LEASE, attempts=col(PostRow.attempts) + 1)
        .returning(col(PostRow.id))
    )
    return bool((await session.execute(statement)).all())


async def record_sent(session: AsyncSession, post_id: int, lease: str, message_ts: str) -> None:
    """Note that Slack took the message. It holds even where the lease ran out meanwhile: we know better now."""
    statement = update(PostRow).where(col(PostRow.id) == post_id, col(PostRow.lease) == lease)
    await session.execute(statement.values(state="sent", message_ts=message_ts, payload={}, error=""))


async def record_put_back(session: AsyncSession, post_id: int, lease: str, not_before: datetime, error: str) -> None:
    """Note that Slack surely did not take the message, and when to try again."""
    statement = update(PostRow).where(col(PostRow.id) == post_id, col(PostRow.lease) == lease)
    await session.execute(statement.values(state="claimed", not_before=not_before, error=error))


async def record_failed(session: AsyncSession, post_id: int, lease: str, error: str) -> None:
    """Note that Slack will never take the message."""
    statement = update(PostRow).where(col(PostRow.id) == post_id, col(PostRow.lease) == lease)
    await session.execute(statement.values(state="dropped", error=error))


async def record_unconfirmed(session: AsyncSession, post_id: int, lease: str, error: str) -> None:
    """Note that nobody can tell whether Slack took the message."""
    statement = update(PostRow).where(col(PostRow.id) == post_id, col(PostRow.lease) == lease)
    await session.execute(statement.values(state="unconfirmed", error=error))


async def close_stale(session: AsyncSession, now: datetime) -> list[Post]:
    """Mark as unconfirmed what was being sent when its lease ran out; returns those posts."""
    statement = (
        update(PostRow)
        .where(col(PostRow.state) == "sending", col(PostRow.lease_until) < now)
        .values(state="unconfirmed", error="the process that was sending it stopped")
        .returning(PostRow)
    )
    return [_post(row) for row in await session.scalars(statement)]


async def reopen_post(session: AsyncSession, post_id: int) -> bool:
    """Put an unconfirmed post back among the claimed, because a co-chair said so; False where it is not unconfirmed."""
    statement = (
        update(PostRow)
        .where(col(PostRow.id) == post_id, col(PostRow.state) == "unconfirmed")
        .values(state="claimed", lease="", lease_until=None, not_before=None)
        .returning(col(PostRow.id))
    )
    return bool((await session.execute(statement)).all())


def _post(row: PostRow) -> Post:
    return Post(
        id=row.id or 0,
        key=row.key,
        team_id=row.team_id,
        channel_id=row.channel_id,
        group_id=row.group_id,
        kind=row.kind,
        subject_id=row.subject_id,
        payload=row.payload,
        state=row.state,
        attempts=row.attempts,
        message_ts=row.message_ts,
    )
