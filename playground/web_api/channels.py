"""``conversations.*`` that change a channel: made, named, described, filled, archived."""

from __future__ import annotations

import re
import secrets
from typing import Any

from playground.web_api.granted import SCOPE_OF, need_one_of
from playground.web_api.objects import channel_object
from playground.world import membership
from playground.world.errors import ApiError
from playground.world.messages import Message
from playground.world.workspace import Workspace
from playground.world.world import Channel

_MANAGE = {"public": "channels:manage", "private": "groups:write", "im": "im:write", "mpim": "mpim:write"}
MOST_NAME = 80
MOST_WORDS = 250


def _own(ws: Workspace, args: dict[str, Any], *more_scopes: str) -> Channel:
    """The channel that is meant, which the app is in and may change. ``more_scopes`` may do instead of managing."""
    channel = ws.visible_channel(args["channel"])
    need_one_of(ws, _MANAGE[channel.kind], *(f"{SCOPE_OF[channel.kind]}:{scope}" for scope in more_scopes))
    if ws.world.bot_user_id not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def _own_room(ws: Workspace, args: dict[str, Any], *more_scopes: str) -> Channel:
    channel = _own(ws, args, *more_scopes)
    if channel.kind not in ("public", "private"):
        raise ApiError("method_not_supported_for_channel_type")
    if channel.archived:
        raise ApiError("is_archived")
    return channel


def _fresh_name(ws: Workspace, name: str) -> str:
    """Raise Slack's error name where a channel cannot be called so."""
    if not name:
        raise ApiError("invalid_name_required")
    if len(name) > MOST_NAME:
        raise ApiError("invalid_name_maxlength")
    if not re.search(r"\w", name):
        raise ApiError("invalid_name_punctuation")
    if name != name.lower() or re.search(r"[^\w-]", name):
        raise ApiError("invalid_name_specials")
    if ws.world.channel(name) is not None:
        raise ApiError("name_taken")
    return name


def created(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """A new channel with the app as its first member."""
    kind = "private" if args.get("is_private") else "public"
    need_one_of(ws, _MANAGE[kind])
    name, bot = _fresh_name(ws, args["name"]), ws.world.bot_user_id
    channel = Channel(f"C{secrets.token_hex(5).upper()}", name, kind, [bot], [ws.world.home_id], ws.seconds(), bot)
    ws.world.channels[channel.id] = channel
    ws.feed.publish("channel", channel=channel.id)
    told = {name: value for name, value in channel_object(ws, channel).items() if name in _TOLD}
    ws.happened({"type": "channel_created", "channel": told, "event_ts": ws.clock.next_ts()})
    return {"channel": channel_object(ws, channel)}


_TOLD = ("id", "name", "name_normalized", "created", "creator", "is_channel", "is_shared", "is_org_shared")


def invited(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Bring people into a channel. With ``force`` those who can come do, whatever is wrong with the others."""
    channel = _own_room(ws, args, "write.invites")
    users = [user.strip() for user in args["users"].split(",") if user.strip()]
    if not users:
        raise ApiError("no_user")
    wrong = [{"user": user, "ok": False, "error": error} for user in users if (error := _cannot(ws, channel, user))]
    if wrong and not (args.get("force") and len(wrong) < len(users)):
        raise ApiError(str(wrong[0]["error"]), errors=wrong)
    for user in users:
        if user not in [one["user"] for one in wrong]:
            membership.join(ws, channel, user, inviter=ws.world.bot_user_id)
    return {"channel": channel_object(ws, channel)} | ({"errors": wrong} if wrong else {})


def _cannot(ws: Workspace, channel: Channel, user: str) -> str:
    """Why somebody cannot be invited, by Slack's name; empty where they can."""
    if user not in ws.world.users or ws.world.users[user].deleted:
        return "user_not_found"
    if user == ws.world.bot_user_id:
        return "cant_invite_self"
    return "already_in_channel" if user in channel.members else ""


def kicked(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Take somebody out of a channel."""
    channel = _own_room(ws, args)
    if args["user"] == ws.world.bot_user_id:
        raise ApiError("cant_kick_self")
    if channel.name == "general":
        raise ApiError("cant_kick_from_general")
    if ws.user(args["user"]).id not in channel.members:
        raise ApiError("not_in_channel")
    membership.leave(ws, channel, args["user"])
    return {}


def renamed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Call a channel by another name."""
    channel = _own_room(ws, args)
    old, new = channel.name, _fresh_name(ws, args["name"])
    channel.previous_names.append(old)
    channel.name = new
    _announce(ws, channel, "channel_name", f"has renamed the channel from “{old}” to “{new}”")
    told = {"id": channel.id, "name": new, "name_normalized": new, "created": channel.created}
    told |= {"is_channel": channel.kind == "public", "is_mpim": False}
    ws.happened({"type": "channel_rename", "channel": told, "event_ts": ws.clock.next_ts()})
    return {"channel": channel_object(ws, channel)}


def topic_set(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Say what a channel is about now."""
    channel = _described(ws, args, args["topic"])
    channel.topic, channel.topic_by, channel.topic_at = args["topic"], ws.world.bot_user_id, ws.seconds()
    _announce(ws, channel, "channel_topic", f"set the channel topic: {channel.topic}")
    return {"channel": channel_object(ws, channel)}


def purpose_set(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Say what a channel is for."""
    channel = _described(ws, args, args["purpose"])
    channel.purpose, channel.purpose_by, channel.purpose_at = args["purpose"], ws.world.bot_user_id, ws.seconds()
    _announce(ws, channel, "channel_purpose", f"set the channel description: {channel.purpose}")
    return {"channel": channel_object(ws, channel), "purpose": channel.purpose}


def _described(ws: Workspace, args: dict[str, Any], words: str) -> Channel:
    channel = _own(ws, args, "write.topic")
    if channel.kind == "im":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.archived:
        raise ApiError("is_archived")
    if len(words) > MOST_WORDS:
        raise ApiError("too_long")
    return channel


def _announce(ws: Workspace, channel: Channel, subtype: str, words: str) -> None:
    """Let everybody in the channel read what the app did with it."""
    bot = ws.world.bot_user_id
    ws.post(Message(channel.id, ws.clock.next_ts(), bot, f"<@{bot}> {words}", subtype=subtype))
    ws.feed.publish("channel", channel=channel.id)


def archived(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Archive a channel."""
    channel = _own(ws, args)
    if channel.archived:
        raise ApiError("already_archived")
    if channel.name == "general":
        raise ApiError("cant_archive_general")
    membership.archive(ws, channel, ws.world.bot_user_id)
    return {}


def unarchived(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Bring an archived channel back."""
    channel = _own(ws, args)
    if not channel.archived:
        raise ApiError("not_archived")
    membership.unarchive(ws, channel, ws.world.bot_user_id)
    return {}


def direct_closed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Close direct messages. Nothing is lost; they open again with the next message."""
    channel = _own(ws, args)
    if channel.kind not in ("im", "mpim"):
        raise ApiError("method_not_supported_for_channel_type")
    was_closed, channel.closed = channel.closed, True
    return {"no_op": True, "already_closed": True} if was_closed else {}


def marked(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Note how far the app has read."""
    channel = _own(ws, args)
    if ws.messages.find(channel.id, args["ts"]) is None:
        raise ApiError("invalid_timestamp")
    channel.last_read = args["ts"]
    return {}


HANDLERS = {
    "conversations.archive": archived,
    "conversations.close": direct_closed,
    "conversations.create": created,
    "conversations.invite": invited,
    "conversations.kick": kicked,
    "conversations.mark": marked,
    "conversations.rename": renamed,
    "conversations.setPurpose": purpose_set,
    "conversations.setTopic": topic_set,
    "conversations.unarchive": unarchived,
}
