"""What the page asks for: who and what there is, messages, modals, the inspector's lines."""

from __future__ import annotations

from typing import Any

from starlette.routing import BaseRoute

from playground.page.curl import as_curl
from playground.page.shown import (
    call_shown,
    channel_shown,
    clock_shown,
    message_shown,
    modal_shown,
    person_shown,
    view_shown,
    window,
)
from playground.people.answering import routes
from playground.people.desk import Act, Asked, Desk

MOST_MESSAGES = 200
MOST_CALLS = 300


async def _start(desk: Desk, asked: Asked) -> dict[str, Any]:
    ws = desk.ws
    manifest = ws.manifest
    commands = [
        {"name": one.name, "description": one.description, "usage_hint": one.usage_hint}
        for one in manifest.commands.values()
    ]
    shortcuts = [{"name": one.name, "id": one.callback_id, "kind": one.kind} for one in manifest.shortcuts]
    app = {"name": manifest.name, "user": ws.world.bot_user_id}
    return {
        "app": app | {"home": "app_home_opened" in manifest.events, "assists": manifest.assists},
        "workspace": ws.world.home.name,
        "people": [person_shown(ws, one) for one in ws.world.users.values() if not one.deleted],
        "channels": {one.id: one.name for one in ws.world.channels.values() if one.name},
        "commands": sorted(commands, key=lambda one: one["name"]),
        "shortcuts": shortcuts,
        "clock": clock_shown(ws),
        "tour": ws.tour,
        "seq": ws.feed.seq,
    }


async def _channels(desk: Desk, asked: Asked) -> dict[str, Any]:
    """A person's conversations; ``seq`` is the change that the list stands at."""
    ws, user = desk.ws, desk.persons.user(asked["user"])
    shown = [channel_shown(ws, one, user.id) for one in ws.world.channels.values() if user.id in one.members]
    names = {one.id: one.name for one in ws.world.channels.values() if one.name}
    people = [person_shown(ws, one) for one in ws.world.users.values() if not one.deleted]
    return {"channels": shown, "names": names, "people": people, "seq": ws.feed.seq}


async def _messages(desk: Desk, asked: Asked) -> dict[str, Any]:
    user = desk.persons.user(asked["user"])
    channel = desk.persons.channel(asked["channel"], user)
    limit = min(int(asked.get("limit", MOST_MESSAGES)), MOST_MESSAGES)
    start = int(asked["start"]) if asked.get("start") else None
    return window(desk.ws, user.id, channel.id, start, limit, asked.get("thread", ""))


async def _pins(desk: Desk, asked: Asked) -> dict[str, Any]:
    """What is pinned in a channel, the oldest message first."""
    user = desk.persons.user(asked["user"])
    channel = desk.persons.channel(asked["channel"], user)
    pinned = [message for message in desk.ws.messages.in_channel(channel.id) if message.pinned_by]
    return {"messages": [message_shown(desk.ws, message, user.id) for message in pinned]}


async def _views(desk: Desk, asked: Asked) -> dict[str, Any]:
    user = desk.persons.user(asked["user"])
    return {"modal": modal_shown(desk.ws, user.id), "home": view_shown(desk.ws.views.home(user.id))}


async def _calls(desk: Desk, asked: Asked) -> dict[str, Any]:
    calls = desk.ws.log.calls
    return {"calls": [call_shown(one) for one in calls[-MOST_CALLS:]], "total": len(calls)}


async def _call(desk: Desk, asked: Asked) -> dict[str, Any]:
    """One request and its answer whole, and as a command line."""
    calls, n = desk.ws.log.calls, int(asked["n"])
    if not 0 <= n < len(calls):
        raise ValueError(f"there is no call {n}")
    return calls[n].shown() | {"curl": as_curl(desk.ws, calls[n])}


LOOKS: dict[str, Act] = {
    "start": _start,
    "channels": _channels,
    "messages": _messages,
    "pins": _pins,
    "views": _views,
    "calls": _calls,
    "call": _call,
}


ROUTES: list[BaseRoute] = routes("page", {}, LOOKS)
