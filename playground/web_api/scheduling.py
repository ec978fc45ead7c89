"""``chat.scheduleMessage`` and what belongs to it; a message is posted when the pretend clock gets there."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from typing import Any

from playground.web_api.chat import post_message, posting_channel
from playground.web_api.content import check_content
from playground.web_api.paging import paged
from playground.world.errors import ApiError
from playground.world.schedule import Scheduled
from playground.world.workspace import Workspace

FURTHEST = timedelta(days=120)
MOST_IN_FIVE_MINUTES = 30
FIVE_MINUTES = 300
TOO_LATE_SECONDS = 60
"""How long before it is posted a message can no longer be taken back."""


def message_scheduled(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Let a message wait for its time."""
    check_content(args)
    channel, post_at, now = posting_channel(ws, args["channel"]), args["post_at"], ws.seconds()
    if post_at <= now:
        raise ApiError("time_in_past")
    if post_at - now > FURTHEST.total_seconds():
        raise ApiError("time_too_far")
    near = [one for one in ws.schedule.waiting(channel.id) if abs(one.post_at - post_at) < FIVE_MINUTES]
    if len(near) >= MOST_IN_FIVE_MINUTES:
        raise ApiError("restricted_too_many")
    kept = {name: value for name, value in args.items() if name != "post_at"} | {"channel": channel.id}
    waiting = ws.schedule.add(channel.id, post_at, now, kept)
    return {
        "channel": channel.id,
        "scheduled_message_id": waiting.id,
        "post_at": post_at,
        "message": _message(ws, kept),
    }


def _message(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    held = {name: args[name] for name in ("blocks", "attachments", "metadata") if args.get(name)}
    who = {"team": ws.world.home_id, "bot_id": ws.world.bot_id, "user": ws.world.bot_user_id}
    return {"type": "delayed_message", "text": args.get("text") or "", **who, **held}


def scheduled_listed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The messages that wait, for a channel where one is named, the earliest first."""
    channel = ws.visible_channel(args["channel"]).id if args.get("channel") else ""
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    waiting = [_shown(one) for one in ws.schedule.waiting(channel) if oldest <= one.post_at <= latest]
    shown, metadata = paged(waiting, args, default=100)
    return {"scheduled_messages": shown, "response_metadata": metadata}


def _shown(waiting: Scheduled) -> dict[str, Any]:
    times = {"post_at": waiting.post_at, "date_created": waiting.created}
    return {"id": waiting.id, "channel_id": waiting.channel, "text": waiting.args.get("text") or "", **times}


def scheduled_deleted(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Take a message back, up to a minute before it is due."""
    channel = posting_channel(ws, args["channel"])
    late = ws.seconds() + TOO_LATE_SECONDS
    known = [one for one in ws.schedule.waiting(channel.id) if one.id == args["scheduled_message_id"]]
    if not known or known[0].post_at <= late:
        raise ApiError("invalid_scheduled_message_id")
    ws.schedule.take(known[0].id, channel.id)
    return {}


async def keep_posting(ws: Workspace) -> None:
    """Post each message at its time, for as long as the workspace runs."""
    while True:
        ws.schedule.changed.clear()
        await _next_due(ws)
        for waiting in ws.schedule.waiting():
            if waiting.due <= ws.clock.now():
                _post(ws, waiting)


async def _next_due(ws: Workspace) -> None:
    """Wait until a message is due, or until another one begins to wait."""
    tasks: list[asyncio.Task[Any]] = [asyncio.create_task(ws.schedule.changed.wait())]
    if first := ws.schedule.waiting()[:1]:
        tasks.append(asyncio.create_task(ws.clock.until(first[0].due)))
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


def _post(ws: Workspace, waiting: Scheduled) -> None:
    """Post what is due. Where that cannot be done any more it is dropped, as Slack does."""
    ws.schedule.take(waiting.id, waiting.channel)
    with contextlib.suppress(ApiError):
        post_message(ws, waiting.args)


HANDLERS = {
    "chat.deleteScheduledMessage": scheduled_deleted,
    "chat.scheduleMessage": message_scheduled,
    "chat.scheduledMessages.list": scheduled_listed,
}
