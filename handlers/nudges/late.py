"""Nudges that were claimed in time and could not be sent in time: they say that they are late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.posts import PostKind
from bot.schedule import DROPPED_AFTER, LATE_AFTER
from handlers.slack.blocks import section
from handlers.slack.times import spoken_instant
from storage.nudges import record_late
from storage.posts import Post, change_payloads

WORDS = 80
"""A nudge has fewer words than this."""


async def say_late(session: AsyncSession, posts: Sequence[Post], now: datetime) -> list[Post]:
    """The posts that are about to be sent at ``now``; nudges among them that waited too long say so, and their weeks'
    rows too."""
    waited = [post.id for post in posts if post.kind is PostKind.NUDGE and _has_waited(post, now)]
    due = await record_late(session, waited) if waited else {}
    said = {post.id: with_late(post.payload, *due[post.id]) for post in posts if post.id in due}
    await change_payloads(session, said)
    return [replace(post, payload=said.get(post.id, post.payload)) for post in posts]


def with_late(payload: dict[str, Any], planned_at: datetime, zone: str) -> dict[str, Any]:
    """A nudge's message that says when it was due. What comes last gives way where that makes it too long."""
    lines = [f"Late: due {spoken_instant(planned_at, zone)}.", *str(payload["text"]).split("\n")]
    while len("\n".join(lines).split()) >= WORDS:
        lines.pop()
    text = "\n".join(lines)
    return payload | {"text": text, "blocks": [section(text), *payload["blocks"][1:]]}


def _has_waited(post: Post, now: datetime) -> bool:
    """Whether a nudge, which may be sent for a day from when it was due, is late by now."""
    return post.not_after is not None and now - (post.not_after - DROPPED_AFTER) > LATE_AFTER
