"""What the newest posts met: whether those for a channel can be made at all."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.posts import ENDED, PostState
from storage.database import table_of
from storage.posts import TOO_LATE, WITHDRAWN, Post
from storage.tables import PostRow

_posts = table_of(PostRow)


async def get_trouble(session: AsyncSession, group_id: int, channel_id: str) -> str:
    """Slack's error name where the newest post for a group's channel could not be made; empty where it could."""
    return await _newest_error(session, _posts.c.group_id == group_id, _posts.c.channel_id == channel_id)


async def get_known_trouble(session: AsyncSession, post: Post) -> str:
    """Slack's error name where the last post of this kind before this one could not be made, and none has been since in
    this channel."""
    same = (_posts.c.group_id == post.group_id, _posts.c.channel_id == post.channel_id, _posts.c.id < post.id)
    return await _newest_error(session, *same, (_posts.c.kind == post.kind) | (_posts.c.state != PostState.DROPPED))


async def _newest_error(session: AsyncSession, *wanted: ColumnElement[bool]) -> str:
    ended = _posts.c.state.in_(ENDED) & _posts.c.error.not_in([TOO_LATE, WITHDRAWN])
    query = select(_posts.c.state, _posts.c.error).where(ended, *wanted).order_by(_posts.c.id.desc()).limit(1)
    newest = (await session.execute(query)).first()
    return newest.error if newest and newest.state == PostState.DROPPED else ""
