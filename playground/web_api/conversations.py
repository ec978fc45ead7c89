"""``conversations.*`` and ``users.conversations``."""

from __future__ import annotations

from typing import Any

from playground.web_api.granted import SCOPE_OF, need_one_of
from playground.web_api.objects import channel_object, message_object
from playground.web_api.paging import paged
from playground.world.errors import ApiError
from playground.world.membership import join, leave
from playground.world.workspace import Workspace
from playground.world.world import Channel, User

MOST_IN_GROUP = 8
_KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def _readable(ws: Workspace, args: dict[str, Any], doing: str = "read") -> Channel:
    channel = ws.world.channels.get(args["channel"])
    if channel is None:
        raise ApiError("channel_not_found")
    ws.visible_channel(channel.id)
    need_one_of(ws, f"{SCOPE_OF[channel.kind]}:{doing}")
    return channel


def channel_info(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """One conversation."""
    channel = _readable(ws, args)
    shown = channel_object(ws, channel)
    if args.get("include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


def members_listed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The members of a conversation, page by page."""
    shown, metadata = paged(list(_readable(ws, args).members), args, default=100)
    return {"members": shown, "response_metadata": metadata}


def _channels(ws: Workspace, args: dict[str, Any], channels: list[Channel]) -> dict[str, Any]:
    kinds = [kind.strip() for kind in (args.get("types") or "public_channel").split(",")]
    if not set(kinds) <= set(_KINDS):
        raise ApiError("invalid_types")
    wanted = {_KINDS[kind] for kind in kinds}
    for kind in sorted(wanted):
        need_one_of(ws, f"{SCOPE_OF[kind]}:read")
    fitting = [one for one in channels if one.kind in wanted and not (args.get("exclude_archived") and one.archived)]
    shown, metadata = paged([channel_object(ws, one) for one in fitting], args, default=100)
    return {"channels": shown, "response_metadata": metadata}


def channels_listed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The conversations that the app may know of."""
    bot = ws.world.bot_user_id
    return _channels(
        ws, args, [one for one in ws.world.channels.values() if one.kind == "public" or bot in one.members]
    )


def of_user(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The conversations that a user is in (the app itself, unless one is named) and that the app may know of."""
    bot, user = ws.world.bot_user_id, args.get("user") or ws.world.bot_user_id
    ws.user(user)
    known = [one for one in ws.world.channels.values() if user in one.members]
    return _channels(ws, args, [one for one in known if one.kind == "public" or bot in one.members])


def direct_opened(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Open the direct messages with one person, or the group messages with several."""
    if args.get("channel"):
        channel = ws.visible_channel(args["channel"])
        channel.closed = False
        return {"channel": _direct_object(ws, channel, args), "already_open": True}
    users = _to_open_with(ws, args)
    need_one_of(ws, "im:write" if len(users) == 1 else "mpim:write")
    if any(user.id == ws.world.bot_user_id for user in users):
        raise ApiError("invalid_user_combination")
    if any(user.deleted for user in users):
        raise ApiError("user_disabled")
    channel, was_there = ws.open_direct(ws.world.bot_user_id, *(user.id for user in users))
    return {"channel": _direct_object(ws, channel, args), "no_op": was_there, "already_open": was_there}


def _to_open_with(ws: Workspace, args: dict[str, Any]) -> list[User]:
    names = [name.strip() for name in (args.get("users") or "").split(",") if name.strip()]
    if not names:
        raise ApiError("users_list_not_supplied")
    if len(names) > MOST_IN_GROUP:
        raise ApiError("too_many_users")
    return [ws.user(name) for name in dict.fromkeys(names)]


def _direct_object(ws: Workspace, channel: Channel, args: dict[str, Any]) -> dict[str, Any]:
    whole = args.get("return_im") or channel.kind == "mpim"
    return channel_object(ws, channel) if whole else {"id": channel.id}


def joined(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The app joins a public channel."""
    channel = ws.visible_channel(args["channel"])
    if channel.kind != "public":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.archived:
        raise ApiError("is_archived")
    join(ws, channel, ws.world.bot_user_id)
    return {"channel": channel_object(ws, channel)}


def left(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The app leaves a channel."""
    channel = ws.visible_channel(args["channel"])
    if channel.kind in ("im", "mpim"):
        raise ApiError("method_not_supported_for_channel_type")
    if ws.world.bot_user_id not in channel.members:
        return {"not_in_channel": True}
    leave(ws, channel, ws.world.bot_user_id)
    return {}


def history(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The messages of a conversation, newest first."""
    channel = _readable(ws, args, "history")
    if ws.world.bot_user_id not in channel.members:
        raise ApiError("not_in_channel")
    seen = [one for one in ws.messages.in_channel(channel.id) if not one.only_for and not one.thread_ts]
    return _messages(ws, args, list(reversed(_between(seen, args))), 100)


def replies(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """A thread: its parent and the answers, oldest first."""
    channel = _readable(ws, args, "history")
    parent = ws.messages.find(channel.id, args["ts"])
    if parent is None:
        raise ApiError("thread_not_found")
    seen = [one for one in ws.messages.in_channel(channel.id) if parent.ts in (one.ts, one.thread_ts)]
    return _messages(ws, args, [one for one in seen if not one.only_for], 1000)


def _between(messages: list[Any], args: dict[str, Any]) -> list[Any]:
    try:
        oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    except ValueError as error:
        raise ApiError("invalid_ts_oldest") from error
    if args.get("inclusive"):
        return [one for one in messages if oldest <= float(one.ts) <= latest]
    return [one for one in messages if oldest < float(one.ts) < latest]


def _messages(ws: Workspace, args: dict[str, Any], messages: list[Any], default: int) -> dict[str, Any]:
    shown, metadata = paged([message_object(ws, one) for one in messages], args, default=default)
    return {"messages": shown, "has_more": bool(metadata["next_cursor"]), "response_metadata": metadata}


HANDLERS = {
    "conversations.history": history,
    "conversations.info": channel_info,
    "conversations.join": joined,
    "conversations.leave": left,
    "conversations.list": channels_listed,
    "conversations.members": members_listed,
    "conversations.open": direct_opened,
    "conversations.replies": replies,
    "users.conversations": of_user,
}
