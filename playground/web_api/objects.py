"""Users, channels, teams, messages and views as Slack's answers and payloads carry them."""

from __future__ import annotations

import uuid
from typing import Any

from playground.web_api.composed import rich_text
from playground.world.messages import Message
from playground.world.views import View
from playground.world.workspace import Workspace
from playground.world.world import Channel, User, UserGroup


def profile_object(ws: Workspace, user: User) -> dict[str, Any]:
    """What a user says of themselves, with the address where the app may know it."""
    first, _, last = user.real_name.partition(" ")
    told = {"email": user.email} if "users:read.email" in ws.manifest.scopes and user.email else {}
    return {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "first_name": first,
        "last_name": last,
        "title": user.title,
        "phone": "",
        "skype": "",
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "team": user.team_id,
        "image_48": f"{ws.base_url}avatar/{user.id}.png",
        **told,
        **({"bot_id": user.bot_id} if user.bot_id else {}),
        **({"api_app_id": ws.world.app_id} if user.id == ws.world.bot_user_id else {}),
    }


def user_object(ws: Workspace, user: User) -> dict[str, Any]:
    """The user object of ``users.info``."""
    rights = ("is_admin", "is_owner", "is_restricted", "is_ultra_restricted", "is_bot", "deleted")
    return {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz_label,
        "tz_offset": user.tz_offset(ws.clock.now()),
        "profile": profile_object(ws, user),
        "is_primary_owner": False,
        "is_stranger": user.team_id != ws.world.home_id,
        "is_app_user": False,
        "updated": 0,
        **{name: getattr(user, name) for name in rights},
    }


def usergroup_object(ws: Workspace, group: UserGroup, *, users: bool) -> dict[str, Any]:
    """A group of people as answers carry it, with its ``users`` where they are asked for."""
    members = {"users": list(group.users)} if users else {}
    return members | {
        "id": group.id,
        "team_id": ws.world.home_id,
        "is_usergroup": True,
        "is_external": False,
        "name": group.name,
        "handle": group.handle,
        "description": group.description,
        "date_create": 0,
        "date_update": 0,
        "date_delete": 1 if group.disabled else 0,
        "created_by": ws.world.bot_user_id,
        "prefs": {"channels": [], "groups": []},
        "user_count": len(group.users),
    }


def channel_object(ws: Workspace, channel: Channel) -> dict[str, Any]:
    """The conversation object of ``conversations.info``."""
    shown: dict[str, Any] = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "public",
        "is_org_shared": False,
        "context_team_id": ws.world.home_id,
    }
    if channel.last_read:
        shown["last_read"] = channel.last_read
    if channel.kind == "im":
        return shown | {"user": next((one for one in channel.members if one != ws.world.bot_user_id), "")}
    return shown | _room(ws, channel)


def _room(ws: Workspace, channel: Channel) -> dict[str, Any]:
    """What a conversation of several has besides."""
    return {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_general": channel.name == "general",
        "is_member": ws.world.bot_user_id in channel.members,
        "is_shared": channel.shared,
        "is_ext_shared": channel.shared,
        "creator": channel.creator,
        "shared_team_ids": list(channel.team_ids),
        "previous_names": list(channel.previous_names),
        "topic": {"value": channel.topic, "creator": channel.topic_by or channel.creator, "last_set": channel.topic_at},
        "purpose": {"value": channel.purpose, "creator": channel.purpose_by, "last_set": channel.purpose_at},
    }


def message_object(ws: Workspace, message: Message) -> dict[str, Any]:
    """A message as history and payloads carry it."""
    shown: dict[str, Any] = {"type": "message", "user": message.author, "ts": message.ts, "text": message.text}
    shown |= _author(ws, message) | _thread(ws, message)
    for name in ("blocks", "attachments", "username", "metadata", "subtype"):
        if getattr(message, name):
            shown[name] = getattr(message, name)
    if message.files:
        shown["files"] = [file.shown(ws.base_url) for one in message.files if (file := ws.files.get(one))]
    if message.edited_ts:
        shown["edited"] = {"user": message.author, "ts": message.edited_ts}
    if message.reactions:
        shown["reactions"] = reactions_object(message)
    if message.pinned_by:
        shown["pinned_to"] = [message.channel]
    return shown


def reactions_object(message: Message) -> list[dict[str, Any]]:
    """The reactions to a message, in the order in which they came first."""
    return [{"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions.items()]


def _author(ws: Workspace, message: Message) -> dict[str, Any]:
    """Who wrote it: a person through Slack's message box, a bot, or the app under test."""
    author = ws.world.users.get(message.author)
    if author is None:
        return {}
    told = {"team": author.team_id}
    if message.by_app:
        return told | {"bot_id": author.bot_id, "app_id": ws.world.app_id, "bot_profile": _bot_profile(ws)}
    if author.bot_id:
        return told | {"bot_id": author.bot_id}
    return told | (_composed(message) if not message.subtype else {})


def _bot_profile(ws: Workspace) -> dict[str, Any]:
    return {
        "id": ws.world.bot_id,
        "app_id": ws.world.app_id,
        "user_id": ws.world.bot_user_id,
        "name": ws.manifest.name,
        "icons": {"image_48": f"{ws.base_url}avatar/{ws.world.bot_user_id}.png"},
        "deleted": False,
        "updated": 0,
        "team_id": ws.world.home_id,
    }


def _composed(message: Message) -> dict[str, Any]:
    """What the message box adds. The same message has the same ids, however often it is asked for."""
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{message.channel}/{message.ts}")
    blocks = {"blocks": [rich_text(message.text, name.hex[:5])]} if message.text else {}
    return {"client_msg_id": str(name)} | blocks


def _thread(ws: Workspace, message: Message) -> dict[str, Any]:
    """The thread that a message stands in, or has under it."""
    if message.is_reply:
        parent = ws.messages.find(message.channel, message.thread_ts)
        return {"thread_ts": message.thread_ts} | ({"parent_user_id": parent.author} if parent is not None else {})
    replies = ws.messages.replies(message)
    if not replies:
        return {}
    writers = list(dict.fromkeys(reply.author for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(writers),
        "latest_reply": replies[-1].ts,
        "reply_users": writers[:5],
        "is_locked": False,
        "subscribed": any(reply.author == ws.world.bot_user_id for reply in replies),
    }


def view_object(ws: Workspace, view: View) -> dict[str, Any]:
    """A view as answers and payloads carry it, with its state."""
    home = ws.world.home_id
    shown: dict[str, Any] = {
        "id": view.id,
        "team_id": home,
        "type": view.payload["type"],
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "title": None,
        "close": None,
        "submit": None,
        "clear_on_close": False,
        "notify_on_close": False,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id or None,
        "app_id": ws.world.app_id,
        "app_installed_team_id": home,
        "bot_id": ws.world.bot_id,
        "hash": view.hash,
        "state": {"values": view.values},
    }
    return shown | {name: value for name, value in view.payload.items() if value is not None}
