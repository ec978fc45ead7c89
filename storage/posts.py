"""Messages on their way to Slack: the database knows where each stands. States and steps: ``bot/posts.py``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, exists, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.posts import POST_LIFE, PostKind, PostState, PostStep
from storage.database import connection_of, insert_rows, table_of, update_rows
from storage.tables import PostRow

_posts = table_of(PostRow)

TOO_LATE, WITHDRAWN = "too late", "withdrawn"
"""Why a post was dropped, where it was not Slack that did not take it."""
LEASE = timedelta(minutes=5)  # longer than clocks differ and than any retrying takes


@dataclass(frozen=True, slots=True)
class NewPost:
    """A message to be sent. ``key`` keeps it single; ``channel_id`` is a channel, or a user for a private message.
    From ``not_after`` on it would be too late and is not sent. It goes into the thread of the post with the key
    ``thread_of``, where one is named, once that one was sent."""

    key: str
    team_id: str
    channel_id: str
    kind: PostKind
    payload: dict[str, Any]
    group_id: int | None = None
    subject_id: int | None = None
    not_after: datetime | None = None
    thread_of: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A stored message. ``message_ts`` is Slack's, once sent."""

    id: int
    key: str
    team_id: str
    channel_id: str
    group_id: int | None
    kind: PostKind
    subject_id: int | None
    payload: dict[str, Any]
    state: PostState
    attempts: int
    message_ts: str
    not_after: datetime | None = None
    thread_of: str = ""


async def add_posts(session: AsyncSession, posts: Sequence[NewPost], now: datetime) -> list[int]:
    """Store messages as claimed; those whose key is taken are left as they are. Returns the ids of the new ones."""
    return list((await add_keyed_posts(session, posts, now)).values())


async def add_keyed_posts(session: AsyncSession, posts: Sequence[NewPost], now: datetime) -> dict[str, int]:
    """Store messages as ``add_posts`` does, in one statement; returns the id of each new one by its key."""
    columns = [part.name for part in fields(NewPost)]
    rows = [{name: getattr(post, name) for name in columns} | {"created_at": now} for post in posts]
    stored = await insert_rows(session, PostRow, rows, unless=["key"], returning=["key", "id"])
    return {row.key: row.id for row in stored}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post that waits to be sent, without what it says."""

    id: int
    team_id: str
    channel_id: str


async def list_waiting_posts(
    session: AsyncSession, now: datetime, skip_teams: Iterable[str], limit: int
) -> list[Waiting]:
    """What waits to be sent, the oldest of each channel; ``skip_teams`` are left out."""
    values = {"now": now, "skipped": list(skip_teams), "most": limit}
    return [Waiting(*row) for row in await (await connection_of(session)).execute(_oldest_waiting(), values)]


@cache
def _oldest_waiting() -> Select[Any]:
    """The query for what waits, built once: it is asked several times a second while people act."""
    first = func.min(_posts.c.id).label("first")
    return (
        select(first, _posts.c.team_id, _posts.c.channel_id)
        .where(*_waits(bindparam("now")), _posts.c.team_id.not_in(bindparam("skipped", expanding=True)))
        .group_by(_posts.c.team_id, _posts.c.channel_id)
        .order_by(first)
        .limit(bindparam("most"))
    )


async def count_claimed(session: AsyncSession, now: datetime) -> int:
    """How many posts wait to be sent."""
    return await session.scalar(select(func.count()).select_from(_posts).where(*_waits(now))) or 0


def _waits(now: datetime | BindParameter[Any]) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a post that may be sent at ``now``."""
    not_yet, too_late = _posts.c.not_before, _posts.c.not_after
    return (
        _may(PostStep.BEGIN),
        not_yet.is_(None) | (not_yet <= now),
        too_late.is_(None) | (too_late > now),
        (_posts.c.thread_of == "") | ~exists().where(_first.c.key == _posts.c.thread_of, _first.c.state.in_(UNDER_WAY)),
    )


_first = _posts.alias("first_of_thread")
UNDER_WAY = (PostState.CLAIMED, PostState.SENDING)


def _may(step: PostStep) -> ColumnElement[bool]:
    """The condition that ``step`` is possible."""
    return _posts.c.state.in_(POST_LIFE.before(step))


async def get_post(session: AsyncSession, key: str) -> Post | None:
    """The post with this key."""
    row = (await session.scalars(select(PostRow).where(col(PostRow.key) == key))).first()
    return _post(row) if row else None


async def list_posts(session: AsyncSession, post_ids: Iterable[int]) -> list[Post]:
    """The posts with these ids."""
    rows = await session.scalars(select(PostRow).where(col(PostRow.id).in_(list(post_ids))).order_by(col(PostRow.id)))
    return [_post(row) for row in rows]


async def claim_sendings(session: AsyncSession, post_ids: Iterable[int], lease: str, now: datetime) -> list[Post]:
    """Take claimed posts for sending, for the length of the lease; returns those that no other process has, as they
    were before this attempt."""
    statement = (
        update(_posts)
        .where(_posts.c.id.in_(list(post_ids)), _may(PostStep.BEGIN))
        .values(
            state=POST_LIFE.after(PostStep.BEGIN), lease=lease, lease_until=now + LEASE, attempts=_posts.c.attempts + 1
        )
        .returning(*_as_before())
    )
    begun = [_post(row) for row in await (await connection_of(session)).execute(statement)]
    return await _in_threads(session, begun)


async def _in_threads(session: AsyncSession, posts: list[Post]) -> list[Post]:
    """The posts, each that belongs into a thread with the timestamp of its first message."""
    firsts = {post.thread_of for post in posts if post.thread_of}
    if not firsts:
        return posts
    sent = select(_posts.c.key, _posts.c.message_ts).where(_posts.c.key.in_(firsts), _posts.c.message_ts != "")
    found = {row.key: row.message_ts for row in await session.execute(sent)}
    threads = {post.id: {"thread_ts": found[post.thread_of]} for post in posts if post.thread_of in found}
    return [replace(post, payload=post.payload | threads.get(post.id, {})) for post in posts]


def _as_before() -> list[ColumnElement[Any]]:
    """The columns of a post as they were before an attempt that is begun in the same statement."""
    before = {"state": literal(PostState.CLAIMED.value), "attempts": _posts.c.attempts - 1}
    return [before[name].label(name) if (name := part.name) in before else _posts.c[name] for part in fields(Post)]


@dataclass(frozen=True, slots=True)
class Sending:
    """How a sending ended: by which step of the post's life. One that is put off is tried again at ``not_before``."""

    post_id: int
    lease: str
    step: PostStep
    message_ts: str = ""
    not_before: datetime | None = None
    error: str = ""


async def record_sendings(session: AsyncSession, endings: Iterable[Sending]) -> None:
    """Note how sendings ended, in two statements at most. It holds even where a lease ran out meanwhile: the sender
    knows better."""
    ended = [_ended(end) for end in endings]
    sent = [row | {"payload": {}} for row in ended if row["state"] is PostState.SENT]
    others = [row for row in ended if row["state"] is not PostState.SENT]
    for rows in (sent, others):
        await update_rows(session, PostRow, rows, where=["id", "lease"])


def _ended(end: Sending) -> dict[str, Any]:
    columns = {name: getattr(end, name) for name in ("lease", "message_ts", "not_before", "error")}
    return columns | {"id": end.post_id, "state": POST_LIFE.after(end.step)}


async def change_payloads(session: AsyncSession, payloads: Mapping[int, dict[str, Any]]) -> None:
    """Change what posts say, by their ids, in one statement."""
    rows = [{"id": post_id, "payload": payload} for post_id, payload in payloads.items()]
    await update_rows(session, PostRow, rows, where=["id"])


async def close_stale(session: AsyncSession, now: datetime, alive: Iterable[str] = ()) -> list[Post]:
    """Mark as unconfirmed what was being sent when its lease ran out; returns those posts.

    ``alive`` are leases that this process still works on: their posts are no riddle, however long they take.
    """
    statement = (
        update(PostRow)
        .where(_may(PostStep.OUTLAST), col(PostRow.lease_until) < now)
        .where(col(PostRow.lease).not_in(list(alive)))
        .values(state=POST_LIFE.after(PostStep.OUTLAST), error="the process that was sending it stopped")
        .returning(PostRow)
    )
    return [_post(row) for row in await session.scalars(statement)]


async def close_late(session: AsyncSession, now: datetime) -> list[Post]:
    """Drop what waited so long that it would come too late; returns those posts."""
    statement = (
        update(PostRow)
        .where(_may(PostStep.EXPIRE), col(PostRow.not_after) <= now)
        .values(state=POST_LIFE.after(PostStep.EXPIRE), error=TOO_LATE)
        .returning(PostRow)
    )
    return [_post(row) for row in await session.scalars(statement)]


async def close_posts(session: AsyncSession, kind: PostKind, group_id: int, subject_id: int) -> None:
    """Drop what waits to be sent of one ``kind`` about one subject, because it makes no sense any more."""
    statement = (
        update(PostRow)
        .where(col(PostRow.group_id) == group_id, col(PostRow.subject_id) == subject_id)
        .where(col(PostRow.kind) == kind, _may(PostStep.WITHDRAW))
        .values(state=POST_LIFE.after(PostStep.WITHDRAW), error=WITHDRAWN)
    )
    await session.execute(statement)


async def reopen_post(session: AsyncSession, post_id: int) -> bool:
    """Put an unconfirmed post back among the claimed, because a co-chair said so; False where it is not unconfirmed."""
    statement = (
        update(PostRow)
        .where(col(PostRow.id) == post_id, _may(PostStep.REPEAT))
        .values(state=POST_LIFE.after(PostStep.REPEAT), lease="", lease_until=None, not_before=None, not_after=None)
        .returning(col(PostRow.id))
    )
    return bool((await session.execute(statement)).all())


def _post(row: PostRow | Row[Any]) -> Post:
    columns = {part.name: getattr(row, part.name) for part in fields(Post)}
    return Post(**columns | {"id": row.id or 0, "kind": PostKind(row.kind), "state": PostState(row.state)})
