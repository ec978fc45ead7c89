"""What the page asks for: who and what there is, messages, modals, the inspector's lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.page.curl import as_curl
from playground.page.shown import (
    call_shown,
    channel_shown,
    clock_shown,
    modal_shown,
    person_shown,
    view_shown,
    window,
)
from playground.people.acts import CannotAct
from playground.people.control import Control

MOST_MESSAGES = 200
MOST_CALLS = 300

Look = Callable[[Control, dict[str, str]], dict[str, Any]]


def _start(control: Control, said: dict[str, str]) -> dict[str, Any]:
    ws = control.ws
    manifest = ws.manifest
    commands = [
        {"name": one.name, "description": one.description, "usage_hint": one.usage_hint}
        for one in manifest.commands.values()
    ]
    shortcuts = [{"name": one.name, "id": one.callback_id, "kind": one.kind} for one in manifest.shortcuts]
    return {
        "app": {"name": manifest.name, "user": ws.world.bot_user_id, "home": "app_home_opened" in manifest.events},
        "workspace": ws.world.home.name,
        "people": [person_shown(ws, one) for one in ws.world.users.values() if not one.deleted],
        "channels": {one.id: one.name for one in ws.world.channels.values() if one.name},
        "commands": sorted(commands, key=lambda one: one["name"]),
        "shortcuts": shortcuts,
        "clock": clock_shown(ws),
        "tour": ws.tour,
        "seq": ws.feed.seq,
    }


def _channels(control: Control, said: dict[str, str]) -> dict[str, Any]:
    """A person's conversations; ``seq`` is the change that the list stands at."""
    ws, user = control.ws, control.persons.user(said["user"])
    shown = [channel_shown(ws, one, user.id) for one in ws.world.channels.values() if user.id in one.members]
    names = {one.id: one.name for one in ws.world.channels.values() if one.name}
    people = [person_shown(ws, one) for one in ws.world.users.values() if not one.deleted]
    return {"channels": shown, "names": names, "people": people, "seq": ws.feed.seq}


def _messages(control: Control, said: dict[str, str]) -> dict[str, Any]:
    user = control.persons.user(said["user"])
    channel = control.persons.channel(said["channel"], user)
    limit = min(int(said.get("limit", MOST_MESSAGES)), MOST_MESSAGES)
    start = int(said["start"]) if said.get("start") else None
    return window(control.ws, user.id, channel.id, start, limit, said.get("thread", ""))


def _views(control: Control, said: dict[str, str]) -> dict[str, Any]:
    user = control.persons.user(said["user"])
    return {"modal": modal_shown(control.ws, user.id), "home": view_shown(control.ws.views.home(user.id))}


def _calls(control: Control, said: dict[str, str]) -> dict[str, Any]:
    calls = control.ws.log.calls
    return {"calls": [call_shown(one) for one in calls[-MOST_CALLS:]], "total": len(calls)}


def _call(control: Control, said: dict[str, str]) -> dict[str, Any]:
    """One request and its answer whole, and as a command line."""
    calls, n = control.ws.log.calls, int(said["n"])
    if not 0 <= n < len(calls):
        raise ValueError(f"there is no call {n}")
    return calls[n].shown() | {"curl": as_curl(control.ws, calls[n])}


LOOKS: dict[str, Look] = {
    "start": _start,
    "channels": _channels,
    "messages": _messages,
    "views": _views,
    "calls": _calls,
    "call": _call,
}


def _served(look: Look) -> Callable[[Request], Any]:
    async def handle(request: Request) -> Response:
        try:
            return JSONResponse(look(request.app.state.control, dict(request.query_params)))
        except CannotAct as error:
            return JSONResponse({"error": str(error)}, 404)
        except KeyError as error:
            return JSONResponse({"error": f"missing: {error.args[0]}"}, 400)
        except ValueError as error:
            return JSONResponse({"error": str(error)}, 400)

    return handle


ROUTES: list[BaseRoute] = [Route(f"/page/{name}", _served(look)) for name, look in LOOKS.items()]
