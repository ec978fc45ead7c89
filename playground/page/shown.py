"""People, channels, messages, views and calls as the page draws them: as one person would see them in their Slack."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from playground.people.reading import assistance_read
from playground.world.calls import Call
from playground.world.messages import Message
from playground.world.values import initial_values
from playground.world.views import View
from playground.world.workspace import Workspace
from playground.world.world import Channel, User

SUMMARY_CHARACTERS = 160


def person_shown(ws: Workspace, user: User) -> dict[str, Any]:
    """A person, with the name of their home."""
    home = ws.world.teams.get(user.team_id)
    zone = {"zone": user.tz, "home": home.name if home else user.team_id}
    kept = ("id", "name", "real_name", "title", "is_bot", "uses_apps", "is_admin")
    shown = {name: value for name, value in asdict(user).items() if name in kept}
    return shown | zone | {"outside": user.team_id != ws.world.home_id}


def channel_shown(ws: Workspace, channel: Channel, user: str) -> dict[str, Any]:
    """A conversation as a member has it in their list. ``newest`` is the timestamp of the last message they see."""
    newest = next((one.ts for one in reversed(ws.messages.in_channel(channel.id)) if seen(one, user)), "")
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "archived": channel.archived,
        "shared": channel.shared,
        "members": channel.members,
        "bookmarks": [asdict(one) for one in ws.bookmarks.of_channel(channel.id)],
        "newest": newest,
    }


def seen(message: Message, user: str) -> bool:
    """Whether a member of its channel sees a message."""
    return message.only_for in ("", user)


def message_shown(ws: Workspace, message: Message, user: str) -> dict[str, Any]:
    """A message, with what the person has chosen in its inputs."""
    author = ws.world.users.get(message.author)
    inputs = bool(initial_values(message.all_blocks))
    return {
        "channel": message.channel,
        "ts": message.ts,
        "author": message.author,
        "name": message.username or (author.real_name if author else message.author),
        "is_app": bool(author and author.is_bot),
        "text": message.text,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "ephemeral": bool(message.only_for),
        "edited": bool(message.edited_ts) and not message.by_app,
        "subtype": message.subtype,
        "reactions": [{"name": name, "users": users} for name, users in message.reactions.items()],
        "pinned_by": message.pinned_by,
        "assistant": assistance_read(ws, message),
        "thread_ts": message.thread_ts if message.is_reply else "",
        "replies": len(ws.messages.replies(message)),
        "revision": message.revision,
        "values": ws.message_state(user, message) if inputs else {},
        "files": [_file(ws, one) for one in message.files if ws.files.get(one)],
    }


def _file(ws: Workspace, file_id: str) -> dict[str, Any]:
    file = ws.files.get(file_id)
    shown = file.shown(ws.base_url) if file else {}
    kept = {name: shown.get(name) for name in ("id", "name", "title", "mimetype", "size", "alt_txt")}
    return kept | {"url": f"/page/file/{file_id}"}


def window(ws: Workspace, user: str, channel: str, start: int | None, limit: int, thread: str = "") -> dict[str, Any]:
    """A part of a channel, or of a thread, oldest first: ``limit`` messages from place ``start`` on, or the newest."""
    everything = [one for one in ws.messages.in_channel(channel) if seen(one, user)]
    if thread:
        shown = [one for one in everything if thread in (one.ts, one.thread_ts)]
    else:
        shown = [one for one in everything if not one.is_reply]
    first = max(0, len(shown) - limit) if start is None else max(0, min(start, len(shown)))
    part = islice(shown, first, first + limit)
    return {
        "messages": [message_shown(ws, one, user) for one in part],
        "first": first,
        "total": len(shown),
    }


def view_shown(view: View | None, depth: int = 1) -> dict[str, Any] | None:
    """A modal or home tab with its state; None where there is none."""
    if view is None:
        return None
    kept = ("type", "title", "submit", "close", "blocks", "callback_id")
    shown = {name: view.payload.get(name) for name in kept}
    state = {"values": view.values, "errors": view.errors, "notice": view.notice}
    return shown | state | {"id": view.id, "hash": view.hash, "depth": depth}


def modal_shown(ws: Workspace, user: str) -> dict[str, Any] | None:
    """The modal that a person has before them."""
    return view_shown(ws.views.top(user), len(ws.views.stack(user)))


def clock_shown(ws: Workspace) -> dict[str, Any]:
    """The instant, and whether it is a pretend one."""
    return {"now": _iso(ws.clock.now()), "pretend": ws.clock.pretend is not None}


def call_shown(call: Call) -> dict[str, Any]:
    """A line of the inspector."""
    shown = call.shown()
    kept = ("n", "direction", "method", "at", "status", "ms", "valid", "signed")
    return {name: shown[name] for name in kept} | {"error": "; ".join(call.errors)[:SUMMARY_CHARACTERS]}


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
