"""What is done for many groups is done for each alone: one that cannot be served is told, and holds no other."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Sequence
from datetime import datetime
from typing import TypeVar
from zoneinfo import available_timezones

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.posts import PostKind
from handlers.slack.access import chairs_to_tell
from handlers.slack.pulse import log_failure
from handlers.slack.services import Services
from storage.faults import DatabaseFault
from storage.groups import StoredGroup, list_groups
from storage.posts import NewPost, add_posts

log = structlog.get_logger(__name__)

T = TypeVar("T")

VANISHED = (
    "its time zone, “{zone}”, does not exist any more. To choose another, type there: "
    "`/workgroup nudge Monday 9:00 America/New_York`, with your day, time and zone."
)
BUG = "something went wrong on my side. Please give your IT team this reference: {reference}."


async def alone(services: Services, group_id: int, what: str, work: Awaitable[T], now: datetime) -> T | None:
    """Do ``work`` for one group; None where it cannot be done. ``what`` completes "I could not …"."""
    try:
        return await work
    except DatabaseFault as fault:
        log_failure("not_done_yet", fault, group=group_id, what=what)
    except Exception as error:  # noqa: BLE001  whatever is wrong with this group, the others are served
        await tell_stuck(services, group_id, what, error, now)
    return None


async def tell_stuck(services: Services, group_id: int, what: str, error: Exception, now: datetime) -> None:
    """Log that something cannot be done for a group, and tell a co-chair once a week, or the channel where none can be
    told."""
    reference = secrets.token_hex(4)
    try:
        async with services.database.write() as session:
            stored = (await list_groups(session, [group_id]))[0]
            new = await add_posts(session, [_message(stored, what, error, reference, now)], now)
    except Exception as unreadable:  # noqa: BLE001  its own row may be what cannot be read
        log_failure("nobody_told", unreadable, group=group_id, what=what)
        new = [0]
    if new:
        log.error("group_stuck", group=group_id, what=what, reference=reference, exc_info=error)


def _message(stored: StoredGroup, what: str, error: Exception, reference: str, now: datetime) -> NewPost:
    zone = stored.group.zone
    why = BUG.format(reference=reference) if zone in available_timezones() else VANISHED.format(zone=zone)
    words = f"I could not {what} for <#{stored.channel_id}>: {why} I try again by myself."
    year, week, _ = now.isocalendar()
    to = next(iter(chairs_to_tell(stored)), "")
    return NewPost(
        f"stuck:{stored.id}:{what}:{type(error).__name__}:{year}-W{week}",
        stored.team_id,
        to or stored.channel_id,
        PostKind.TROUBLE if to else PostKind.NOTICE,
        {"text": words},
        stored.id,
    )


async def list_sound_groups(session: AsyncSession, group_ids: Sequence[int]) -> list[StoredGroup]:
    """Those of the groups that can be read; the others are logged."""
    try:
        return await list_groups(session, group_ids)
    except (ValueError, TypeError) as error:
        if len(group_ids) == 1:
            log_failure("group_unreadable", error, group=group_ids[0])
            return []
    halves = group_ids[: len(group_ids) // 2], group_ids[len(group_ids) // 2 :]
    return [stored for half in halves for stored in await list_sound_groups(session, half)]
