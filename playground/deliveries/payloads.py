"""What the app is told when a person acts: slash commands, block actions, view submissions, shortcuts."""

from __future__ import annotations

from typing import Any

from playground.web_api.objects import message_object, view_object
from playground.world.messages import Message
from playground.world.views import View
from playground.world.workspace import Workspace
from playground.world.world import Channel, User

_UNTOLD_NAMES = {"private": "privategroup", "im": "directmessage", "mpim": "privategroup"}


def channel_name(channel: Channel) -> str:
    """A channel's name as payloads carry it: private ones are not named."""
    return _UNTOLD_NAMES.get(channel.kind, channel.name)


def slash_command(ws: Workspace, user: User, channel: Channel, command: str, text: str) -> dict[str, Any]:
    """The form of a slash command."""
    return {
        "token": ws.credentials.verification_token,
        "team_id": ws.world.home_id,
        "team_domain": ws.world.home.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": ws.world.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(ws, user, channel),
        "trigger_id": ws.triggers.issue(user.id, conversation=channel.id),
    }


def response_url(ws: Workspace, user: User, channel: Channel, message_ts: str = "") -> str:
    """A fresh address on which to answer an act."""
    return f"{ws.base_url}response/{ws.response_urls.issue(user.id, channel.id, message_ts)}"


def _who(ws: Workspace, user: User) -> dict[str, Any]:
    home = ws.world.home
    return {
        "team": {"id": home.id, "domain": home.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "api_app_id": ws.world.app_id,
        "token": ws.credentials.verification_token,
    }


def action_in_message(ws: Workspace, user: User, message: Message, action: dict[str, Any]) -> dict[str, Any]:
    """A block action on a message. The content of an ephemeral message is not told."""
    channel = ws.world.channels[message.channel]
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.only_for),
    }
    payload: dict[str, Any] = {
        "type": "block_actions",
        **_who(ws, user),
        "container": container,
        "trigger_id": ws.triggers.issue(user.id, conversation=channel.id),
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "response_url": response_url(ws, user, channel, message.ts),
        "state": {"values": ws.message_state(user.id, message)},
        "actions": [action],
    }
    if not message.only_for:
        payload["message"] = message_object(ws, message)
    return payload


def action_in_view(ws: Workspace, user: User, view: View, action: dict[str, Any]) -> dict[str, Any]:
    """A block action in a modal or a home tab."""
    return {
        "type": "block_actions",
        **_who(ws, user),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": ws.triggers.issue(user.id, view.id, view.conversation),
        "view": view_object(ws, view),
        "actions": [action],
    }


def submission(ws: Workspace, user: User, view: View) -> dict[str, Any]:
    """A submitted modal."""
    return {
        "type": "view_submission",
        **_who(ws, user),
        "trigger_id": ws.triggers.issue(user.id, view.id, view.conversation),
        "view": view_object(ws, view),
        "response_urls": [_response_url_for(ws, user, *place) for place in _answerable(view)],
    }


def _answerable(view: View) -> list[tuple[str, str, str]]:
    """Block id, action id and conversation of each choice of a conversation on which the app may answer."""
    return [
        (str(block["block_id"]), action_id, str(chosen))
        for block in view.blocks
        if block.get("type") == "input" and block["element"].get("response_url_enabled")
        for action_id, state in view.values.get(str(block["block_id"]), {}).items()
        if (chosen := state.get("selected_conversation") or state.get("selected_channel"))
    ]


def _response_url_for(ws: Workspace, user: User, block_id: str, action_id: str, channel_id: str) -> dict[str, Any]:
    address = response_url(ws, user, ws.world.channels[channel_id])
    return {"block_id": block_id, "action_id": action_id, "channel_id": channel_id, "response_url": address}


def closed(ws: Workspace, user: User, view: View, *, cleared: bool) -> dict[str, Any]:
    """A modal closed by the person; ``cleared`` says that the whole stack went."""
    return {"type": "view_closed", **_who(ws, user), "view": view_object(ws, view), "is_cleared": cleared}


def suggestion(ws: Workspace, user: User, where: Message | View, element: dict[str, Any], value: str) -> dict[str, Any]:
    """A question for the options of an external select."""
    payload: dict[str, Any] = {
        "type": "block_suggestion",
        **_who(ws, user),
        "action_id": element["action_id"],
        "block_id": element["block_id"],
        "value": value,
    }
    if isinstance(where, View):
        return payload | {"container": {"type": "view", "view_id": where.id}, "view": view_object(ws, where)}
    channel = ws.world.channels[where.channel]
    container = {"type": "message", "message_ts": where.ts, "channel_id": channel.id}
    shown = {"id": channel.id, "name": channel_name(channel)}
    return payload | {"container": container, "channel": shown, "message": message_object(ws, where)}


def shortcut(
    ws: Workspace, user: User, callback_id: str, message: Message | None = None, conversation: str = ""
) -> dict[str, Any]:
    """A global shortcut, used with ``conversation`` before them, or a shortcut on a message."""
    conversation = message.channel if message is not None else conversation
    who = _who(ws, user)
    del who["api_app_id"]
    payload: dict[str, Any] = {
        "type": "message_action" if message is not None else "shortcut",
        **who,
        "user": {"id": user.id, "username" if message is None else "name": user.name, "team_id": user.team_id},
        "callback_id": callback_id,
        "trigger_id": ws.triggers.issue(user.id, conversation=conversation),
        "action_ts": ws.clock.next_ts(),
    }
    if message is None:
        return payload
    channel = ws.world.channels[message.channel]
    return payload | {
        "message_ts": message.ts,
        "message": message_object(ws, message),
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "response_url": response_url(ws, user, channel, message.ts),
    }
