"""Posts that did not arrive, or may not have: a co-chair is told once, in words, and may have it posted again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.posts import PostKind
from bot.refusals import Refusal
from handlers.posts import text as posts_text
from handlers.slack.access import chairs_to_tell, require_cochair
from handlers.slack.asking import Answer, Ask
from handlers.slack.calls import Failure, Fault, is_private
from handlers.slack.changes import change
from handlers.slack.each_alone import list_sound_groups
from handlers.slack.sender import OnTrouble
from handlers.slack.services import Services
from storage.groups import StoredGroup, list_groups
from storage.nudges import Unposted, record_unposted
from storage.posts import NewPost, Post, add_posts, close_late, close_stale, list_posts, reopen_post
from storage.trouble import get_known_trouble

log = structlog.get_logger(__name__)


class WhichPost(Refusal):
    """I know no such message of mine. Please use the number from the message I sent you: /workgroup nudge again 12"""


def on_trouble(services: Services) -> OnTrouble:
    """What the sender does when a post was dropped, or when nobody can tell whether it arrived."""

    async def tell(session: AsyncSession, post: Post, failure: Failure) -> None:
        for stored in await list_groups(session, [post.group_id or 0]):
            messages = await _messages(session, post, stored, failure)
            await add_posts(session, messages, services.now())
        services.sender.wake()

    return tell


async def _messages(session: AsyncSession, post: Post, stored: StoredGroup, failure: Failure) -> list[NewPost]:
    """Whom to tell of a post that just failed. The sender holds the post as it was before this attempt."""
    if is_private(post.channel_id):
        return _to_the_next(post, stored) if post.kind is PostKind.TROUBLE else []
    if failure.fault is Fault.UNKNOWN:
        return _to_the_first(post, stored, post.attempts + 1)
    if post.kind is not PostKind.NUDGE:
        return _to_the_first(post, stored, post.attempts + 1, failure.error)
    await record_unposted(session, [post.id], Unposted.BLOCKED)
    log.warning("nudge_blocked", channel=post.channel_id, error=failure.error)
    if await get_known_trouble(session, post) == failure.error:
        return []
    return _to_the_first(post, stored, post.attempts + 1, failure.error)


async def mark_unconfirmed(services: Services, now: datetime) -> list[dict[str, Any]]:
    """Mark what was being sent when a process stopped as unconfirmed, and ask a co-chair of each what to do; drop what
    waited until it was too late."""
    async with services.database.write() as session:
        late = await close_late(session, now)
        await record_unposted(session, [post.id for post in late], Unposted.OLDER_THAN_A_DAY)
        stale = await close_stale(session, now, services.sender.leases)
        concerned = [post for post in stale if post.group_id is not None and _is_heard_of(post)]
        sound = await list_sound_groups(session, sorted({post.group_id or 0 for post in concerned}))
        groups = {stored.id: stored for stored in sound}
        heard = [post for post in concerned if post.group_id in groups]
        messages = [_about_stale(post, groups[post.group_id or 0]) for post in heard]
        await add_posts(session, [message for told in messages for message in told], now)
    return [_said("post_dropped", post) for post in late] + [_said("post_unconfirmed", post) for post in stale]


async def answer_again(ask: Ask) -> Answer:
    """Post an unconfirmed post again, by its number, for a co-chair of its group; once.

    Raises:
        WhichPost: there is none of that number, or it is a private message: that one went to somebody is not told.
    """
    async with change(ask) as work:
        numbered = await list_posts(work.session, [ask.number] if ask.number else [])
        posts = [post for post in numbered if not is_private(post.channel_id)]
        groups = await list_groups(work.session, [post.group_id or 0 for post in posts])
        if not groups:
            raise WhichPost
        post, stored = posts[0], groups[0]
        require_cochair(stored, ask, "have it posted again")
        if not await reopen_post(work.session, post.id):
            return await work.finish(stored, Answer(posts_text.SETTLED))
        work.note("post.again", post.kind)
        return await work.finish(stored, Answer(posts_text.again(post.channel_id)))


def _is_heard_of(post: Post) -> bool:
    """Whether a co-chair hears that a post is in doubt: of what went to one person only if it told of trouble."""
    return post.kind is PostKind.TROUBLE or not is_private(post.channel_id)


def _about_stale(post: Post, stored: StoredGroup) -> list[NewPost]:
    if is_private(post.channel_id):
        return _to_the_next(post, stored)
    return _to_the_first(post, stored, post.attempts)


def _to_the_first(post: Post, stored: StoredGroup, attempt: int, error: str = "") -> list[NewPost]:
    """The private message about one attempt; ``error`` is Slack's name where the post will never be taken."""
    to = next(iter(chairs_to_tell(stored)), "")
    if not to:
        log.warning("nobody_to_tell", channel=post.channel_id, kind=post.kind)
        return []
    payload = posts_text.dropped(post, error) if error else posts_text.unconfirmed(post)
    return [NewPost(f"trouble:{post.id}:{attempt}", stored.team_id, to, PostKind.TROUBLE, payload, stored.id, post.id)]


def _to_the_next(post: Post, stored: StoredGroup) -> list[NewPost]:
    """The same message for the co-chair after the one who could not be reached."""
    chairs = chairs_to_tell(stored)
    later = chairs[chairs.index(post.channel_id) + 1 :] if post.channel_id in chairs else ()
    if not later:
        log.warning("nobody_to_tell", channel=stored.channel_id, kind=post.kind)
        return []
    key = f"{post.key}:{later[0]}"
    return [NewPost(key, post.team_id, later[0], PostKind.TROUBLE, post.payload, stored.id, post.subject_id)]


def _said(did: str, post: Post) -> dict[str, Any]:
    log.warning(did, channel=post.channel_id, kind=post.kind, post=post.id)
    return {"did": did, "channel": post.channel_id, "kind": post.kind}
