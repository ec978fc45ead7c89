"""What is put onto messages: reactions and pins, with the events that say so."""

from __future__ import annotations

from typing import Any

from playground.world.errors import ApiError
from playground.world.messages import Message
from playground.world.workspace import Workspace


def react(ws: Workspace, message: Message, user: str, name: str) -> None:
    """Add a reaction. Raises ``already_reacted``."""
    users = message.reactions.setdefault(name, [])
    if user in users:
        raise ApiError("already_reacted")
    users.append(user)
    _changed(ws, message)
    ws.happened({"type": "reaction_added", **_reaction(ws, message, user, name)})


def unreact(ws: Workspace, message: Message, user: str, name: str) -> None:
    """Take a reaction back. Raises ``no_reaction``."""
    users = message.reactions.get(name, [])
    if user not in users:
        raise ApiError("no_reaction")
    users.remove(user)
    if not users:
        del message.reactions[name]
    _changed(ws, message)
    ws.happened({"type": "reaction_removed", **_reaction(ws, message, user, name)})


def pin(ws: Workspace, message: Message, user: str) -> None:
    """Pin a message to its channel. Raises ``already_pinned``."""
    if message.pinned_by:
        raise ApiError("already_pinned")
    message.pinned_by, message.pinned_at = user, ws.seconds()
    _changed(ws, message)
    ws.happened(_pinned(ws, message, user, "pin_added"))


def unpin(ws: Workspace, message: Message, user: str) -> None:
    """Take a pin away. Raises ``no_pin``."""
    if not message.pinned_by:
        raise ApiError("no_pin")
    event = _pinned(ws, message, user, "pin_removed")
    message.pinned_by, message.pinned_at = "", 0
    _changed(ws, message)
    left = _pins(ws, message.channel)
    ws.happened(event | {"pin_count": str(left), "has_pins": left > 0})


def _changed(ws: Workspace, message: Message) -> None:
    ws.messages.touch(message)
    ws.feed.publish("message", channel=message.channel, ts=message.ts)


def _reaction(ws: Workspace, message: Message, user: str, name: str) -> dict[str, Any]:
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    return {
        "user": user,
        "reaction": name,
        "item": item,
        "item_user": message.author,
        "event_ts": ws.clock.next_ts(),
    }


def _pins(ws: Workspace, channel: str) -> int:
    return sum(bool(one.pinned_by) for one in ws.messages.in_channel(channel))


def _pinned(ws: Workspace, message: Message, user: str, kind: str) -> dict[str, Any]:
    held = {"type": "message", "user": message.author, "ts": message.ts, "text": message.text}
    item = {"type": "message", "channel": message.channel, "message": held | {"permalink": ws.permalink(message)}}
    info = {"channel": message.channel, "pinned_by": message.pinned_by, "pinned_ts": message.pinned_at}
    return {
        "type": kind,
        "user": user,
        "channel_id": message.channel,
        "item": item | {"created": message.pinned_at, "created_by": message.pinned_by},
        "item_user": message.author,
        "pin_count": str(_pins(ws, message.channel)),
        "pinned_info": info,
        "event_ts": ws.clock.next_ts(),
    }
