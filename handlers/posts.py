"""Posts that did not arrive, or may not have: a co-chair is told once, in words, and may have it posted again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.refusals import Refusal
from handlers import posts_text
from handlers.access import require_cochair
from handlers.answering import reply_to_action
from handlers.asking import Answer, Ask, ask_from_action
from handlers.changes import change
from handlers.posts_text import AGAIN
from handlers.sender import OnTrouble
from handlers.services import Services
from handlers.slack_calls import Failure, Fault
from storage.groups import StoredGroup, list_groups
from storage.posts import NewPost, Post, add_posts, close_stale, list_posts, reopen_post

log = structlog.get_logger(__name__)

KIND = "trouble"


class WhichPost(Refusal):
    """I know no such message of mine. Please use the number from the message I sent you: /workgroup nudge again 12"""


def on_trouble(services: Services) -> OnTrouble:
    """What the sender does when a post was dropped, or when nobody can tell whether it arrived."""

    async def tell(post: Post, failure: Failure) -> None:
        if not _concerns_a_channel(post):
            return
        unsure = failure.fault is Fault.UNKNOWN
        async with services.database.write() as session:
            groups = await list_groups(session, [post.group_id or 0])
            # The sender holds the post as it was before this attempt.
            messages = [_message(post, stored, post.attempts + 1, "" if unsure else failure.error) for stored in groups]
            await add_posts(session, [message for message in messages if message], services.now())
        services.sender.wake()

    return tell


async def mark_unconfirmed(services: Services, now: datetime) -> list[dict[str, Any]]:
    """Mark what was being sent when a process stopped as unconfirmed, and ask a co-chair of each what to do."""
    async with services.database.write() as session:
        stale = await close_stale(session, now, services.sender.leases)
        if not stale:
            return []
        concerned = [post for post in stale if _concerns_a_channel(post)]
        groups = {
            stored.id: stored for stored in await list_groups(session, {post.group_id or 0 for post in concerned})
        }
        messages = [_message(post, groups[post.group_id or 0], post.attempts) for post in concerned]
        await add_posts(session, [message for message in messages if message], now)
    return [_told(post) for post in stale]


async def handle_again_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer "Post again"."""
    await reply_to_action(ack, ask_from_action(body, context, client), answer_again)


async def answer_again(ask: Ask) -> Answer:
    """Post an unconfirmed post again, by its number in ``ask.text``, for a co-chair of its group; once.

    Raises:
        WhichPost: there is none of that number.
    """
    async with change(ask) as work:
        posts = await list_posts(work.session, _numbers(ask.text))
        groups = await list_groups(work.session, [post.group_id or 0 for post in posts])
        if not groups:
            raise WhichPost
        post, stored = posts[0], groups[0]
        require_cochair(stored, ask, "have it posted again")
        if not await reopen_post(work.session, post.id):
            return await work.finish(stored, Answer(posts_text.SETTLED))
        work.note("post.again", post.kind)
        return await work.finish(stored, Answer(posts_text.again(post.channel_id)))


def register(app: AsyncApp) -> None:
    """Register this feature's listener."""
    app.action(AGAIN)(handle_again_pressed)


def _concerns_a_channel(post: Post) -> bool:
    """Whether a co-chair is told of it. A private message that fails is only logged: telling could go on for ever."""
    return post.group_id is not None and not post.channel_id.startswith(("U", "W", "D"))


def _message(post: Post, stored: StoredGroup, attempt: int, error: str = "") -> NewPost | None:
    """The private message about one attempt; ``error`` is Slack's name where the post will never be taken."""
    to = whom(stored)
    if not to:
        log.warning("nobody_to_tell", channel=post.channel_id, kind=post.kind)
        return None
    payload = posts_text.dropped(post, error) if error else posts_text.unconfirmed(post)
    return NewPost(f"trouble:{post.id}:{attempt}", stored.team_id, to, KIND, payload, stored.id, post.id)


def whom(stored: StoredGroup) -> str:
    """The co-chair who is told: the one who set the nudge up, else the first who is in this Slack; else empty."""
    here: Sequence[str] = [chair.user_id for chair in stored.group.cochairs if chair.user_id]
    return stored.nudge_set_by if stored.nudge_set_by in here else next(iter(here), "")


def _told(post: Post) -> dict[str, Any]:
    log.warning("post_unconfirmed", channel=post.channel_id, kind=post.kind, post=post.id)
    return {"did": "post_unconfirmed", "channel": post.channel_id, "kind": post.kind}


def _numbers(text: str) -> list[int]:
    word = text.strip().lstrip("#")
    return [int(word)] if word.isascii() and word.isdigit() and len(word) < 10 else []
