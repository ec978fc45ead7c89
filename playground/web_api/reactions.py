"""``reactions.*`` and ``pins.*``."""

from __future__ import annotations

import re
from typing import Any

from playground.web_api.objects import message_object, reactions_object
from playground.web_api.paging import paged
from playground.world import reacting
from playground.world.errors import ApiError
from playground.world.messages import Message
from playground.world.workspace import Workspace

_NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")


def _message(ws: Workspace, args: dict[str, Any]) -> Message:
    if not args.get("channel") or not args.get("timestamp"):
        raise ApiError("no_item_specified")
    channel = ws.visible_channel(args["channel"])
    message = ws.messages.find(channel.id, args["timestamp"])
    if message is None or message.only_for:
        raise ApiError("message_not_found")
    if channel.archived:
        raise ApiError("is_archived")
    return message


def _name(args: dict[str, Any]) -> str:
    name = str(args["name"]).strip(":")
    if not _NAME.fullmatch(name):
        raise ApiError("invalid_name")
    return name


def reaction_added(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The app reacts to a message."""
    name = _name(args)
    reacting.react(ws, _message(ws, args), ws.world.bot_user_id, name)
    return {}


def reaction_removed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The app takes its reaction back."""
    reacting.unreact(ws, _message(ws, args), ws.world.bot_user_id, _name(args))
    return {}


def reactions_of_message(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """A message with the reactions to it."""
    message = _message(ws, args)
    link = ws.permalink(message)
    shown = message_object(ws, message) | {"reactions": reactions_object(message), "permalink": link}
    return {"type": "message", "channel": message.channel, "message": shown}


def reactions_of_user(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The messages that a user has reacted to, where the app may read them, the newest first."""
    user = ws.user(args.get("user") or ws.world.bot_user_id).id
    seen = ws.messages.seen_by(ws.world.bot_user_id, ws.channels_of(ws.world.bot_user_id))
    reacted_to = [message for message in seen if any(user in users for users in message.reactions.values())]
    items = [
        {"type": "message", "channel": message.channel, "message": message_object(ws, message)}
        for message in reversed(reacted_to)
    ]
    shown, metadata = paged(items, args, default=100)
    return {"items": shown, "response_metadata": metadata}


def pin_added(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The app pins a message."""
    reacting.pin(ws, _in_own_channel(ws, args), ws.world.bot_user_id)
    return {}


def pin_removed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The app takes a pin away."""
    reacting.unpin(ws, _in_own_channel(ws, args), ws.world.bot_user_id)
    return {}


def _in_own_channel(ws: Workspace, args: dict[str, Any]) -> Message:
    if ws.world.bot_user_id not in ws.visible_channel(args["channel"]).members:
        raise ApiError("not_in_channel")
    return _message(ws, args)


def pins_listed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """What is pinned in a channel, the newest pin first."""
    channel = ws.visible_channel(args["channel"])
    if ws.world.bot_user_id not in channel.members:
        raise ApiError("not_in_channel")
    pinned = [message for message in ws.messages.in_channel(channel.id) if message.pinned_by]
    pinned.sort(key=lambda message: message.pinned_at, reverse=True)
    return {"items": [_item(ws, message) for message in pinned]}


def _item(ws: Workspace, message: Message) -> dict[str, Any]:
    shown = message_object(ws, message) | {"permalink": ws.permalink(message)}
    made = {"created": message.pinned_at, "created_by": message.pinned_by}
    return {"type": "message", "channel": message.channel, "message": shown, **made}


HANDLERS = {
    "pins.add": pin_added,
    "pins.list": pins_listed,
    "pins.remove": pin_removed,
    "reactions.add": reaction_added,
    "reactions.get": reactions_of_message,
    "reactions.list": reactions_of_user,
    "reactions.remove": reaction_removed,
}
