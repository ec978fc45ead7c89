"""Users, channels, teams, messages and views as Slack's answers and payloads carry them."""

from __future__ import annotations

from typing import Any

from playground.world.messages import Message
from playground.world.views import View
from playground.world.workspace import Workspace
from playground.world.world import Channel, User


def user_object(ws: Workspace, user: User) -> dict[str, Any]:
    """The user object of ``users.info``."""
    profile = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "title": user.title,
        "team": user.team_id,
        "image_48": f"{ws.base_url}avatar/{user.id}.png",
    }
    if "users:read.email" in ws.manifest.scopes and user.email:
        profile["email"] = user.email
    if user.bot_id:
        profile["bot_id"] = user.bot_id
    return {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz_label,
        "tz_offset": user.tz_offset(ws.clock.now()),
        "profile": profile,
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_bot": user.is_bot,
        "is_stranger": user.team_id != ws.world.home_id,
        "is_app_user": False,
        "updated": 0,
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
    if channel.kind == "im":
        return shown | {"user": next((one for one in channel.members if one != ws.world.bot_user_id), "")}
    return shown | {
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
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def message_object(ws: Workspace, message: Message) -> dict[str, Any]:
    """A message as history and payloads carry it."""
    author = ws.world.users.get(message.author)
    shown: dict[str, Any] = {"type": "message", "user": message.author, "ts": message.ts, "text": message.text}
    if author is not None:
        shown["team"] = author.team_id
    if author is not None and author.bot_id:
        shown["bot_id"] = author.bot_id
    if message.by_app:
        shown |= {"app_id": ws.world.app_id, "bot_profile": {"id": ws.world.bot_id, "name": ws.manifest.name}}
    for name in ("blocks", "attachments", "thread_ts", "username", "metadata"):
        if getattr(message, name):
            shown[name] = getattr(message, name)
    if message.files:
        shown["files"] = [file.shown(ws.base_url) for one in message.files if (file := ws.files.get(one))]
    if message.edited_ts:
        shown["edited"] = {"user": message.author, "ts": message.edited_ts}
    return shown


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
