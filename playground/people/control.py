"""The control API at ``/control/``: for tests, scripts and the page. Loopback only, no authentication.

Everything is JSON. An act that is not possible answers 404 with ``error`` and the ``labels`` that would have been.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.deliveries.delivery import Courier
from playground.deliveries.events import Events
from playground.people.acts import CannotAct, Persons
from playground.people.finding import Place
from playground.people.reading import message_read, view_read
from playground.people.travelling import Travels
from playground.world.workspace import Workspace
from playground.world.world import User

Act = Callable[["Control", dict[str, Any]], Awaitable[Any]]


class Control:
    """What the control API works with."""

    def __init__(self, ws: Workspace, courier: Courier, events: Events, persons: Persons) -> None:
        self.ws = ws
        self.courier = courier
        self.events = events
        self.persons = persons
        self.travels = Travels(ws)
        self.offers: dict[tuple[str, str, str], dict[str, Any]] = {}

    def places(self, user: User, said: dict[str, Any]) -> list[Place]:
        """Where a person could act, what they would look at first coming first."""
        where = said.get("in", "")
        modal, home = self.ws.views.top(user.id), self.ws.views.home(user.id)
        channels = self.ws.channels_of(user.id)
        if said.get("channel"):
            channels = [self.persons.channel(said["channel"], user).id]
        messages = list(reversed(self.ws.messages.seen_by(user.id, channels)))
        if said.get("message_ts"):
            messages = [one for one in messages if one.ts == said["message_ts"]]
        aimed = bool(said.get("channel") or said.get("message_ts"))
        places: list[Place] = []
        if modal is not None and (where == "modal" or (not where and not aimed)):
            places.append(modal)
        if where in ("", "message"):
            places.extend(messages)
        if home is not None and (where == "home" or (not where and not aimed)):
            places.append(home)
        return places


async def _type(control: Control, said: dict[str, Any]) -> Any:
    user = control.persons.user(said["user"])
    channel = control.persons.channel(said["channel"], user)
    return await control.persons.type(user, channel, str(said["text"]), str(said.get("thread_ts", "")))


async def _press(control: Control, said: dict[str, Any]) -> Any:
    user = control.persons.user(said["user"])
    return await control.persons.press(user, said["label"], control.places(user, said), said.get("near", ""))


async def _choose(control: Control, said: dict[str, Any]) -> Any:
    user = control.persons.user(said["user"])
    places, near = control.places(user, said), said.get("near", "")
    return await control.persons.choose(user, said["label"], said.get("value"), places, near)


async def _submit(control: Control, said: dict[str, Any]) -> Any:
    return await control.persons.submit(control.persons.user(said["user"]), said.get("fields", {}))


async def _close(control: Control, said: dict[str, Any]) -> Any:
    return await control.persons.close(control.persons.user(said["user"]))


async def _home(control: Control, said: dict[str, Any]) -> Any:
    user = control.persons.user(said["user"])
    outcome = await control.persons.open_home(user)
    return outcome | {"home": view_read(control.ws, control.ws.views.home(user.id), user.id)}


async def _shortcut(control: Control, said: dict[str, Any]) -> Any:
    user = control.persons.user(said["user"])
    message = None
    if said.get("message_ts"):
        message = control.ws.messages.find(control.persons.channel(said["channel"], user).id, said["message_ts"])
    return await control.persons.use_shortcut(user, said["callback_id"], message)


async def _read(control: Control, said: dict[str, Any]) -> Any:
    user = control.persons.user(said["user"])
    channels = control.ws.channels_of(user.id)
    if said.get("channel"):
        channels = [control.persons.channel(said["channel"], user).id]
    seen = control.ws.messages.seen_by(user.id, channels)
    last = int(said.get("last", 0))
    return {"messages": [message_read(control.ws, one, user.id) for one in (seen[-last:] if last else seen)]}


async def _view(control: Control, said: dict[str, Any]) -> Any:
    user = control.persons.user(said["user"])
    views = control.ws.views
    shown = views.home(user.id) if said.get("in") == "home" else views.top(user.id)
    return {"view": view_read(control.ws, shown, user.id)}


async def _watchers(control: Control, said: dict[str, Any]) -> Any:
    return {"watchers": control.ws.feed.followers}


ACTS: dict[str, Act] = {
    "type": _type,
    "press": _press,
    "choose": _choose,
    "submit": _submit,
    "close": _close,
    "home": _home,
    "shortcut": _shortcut,
}
LOOKS: dict[str, Act] = {"read": _read, "view": _view, "watchers": _watchers}


def served(act: Act) -> Callable[[Request], Awaitable[Response]]:
    """An act as an HTTP endpoint: its arguments come as a JSON body or in the query."""

    async def handle(request: Request) -> Response:
        control: Control = request.app.state.control
        if is_foreign(request):
            return JSONResponse({"error": "other pages may not act here"}, 403)
        try:
            said = dict(request.query_params) if request.method == "GET" else await _json(request)
            return JSONResponse(await act(control, said))
        except CannotAct as error:
            return JSONResponse({"error": str(error), "labels": error.visible or []}, 404)
        except KeyError as error:
            return JSONResponse({"error": f"missing: {error.args[0]}"}, 400)
        except ValueError as error:
            return JSONResponse({"error": str(error)}, 400)

    return handle


def is_foreign(request: Request) -> bool:
    """Whether a page of another origin asks, in a browser that happens to run on this machine."""
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("://")[2] != request.headers.get("host")


async def _json(request: Request) -> dict[str, Any]:
    body = await request.body()
    said = json.loads(body or b"{}")
    if not isinstance(said, dict):
        raise ValueError("the body must be a JSON object")
    return said


def routes(acts: dict[str, Act], looks: dict[str, Act]) -> list[BaseRoute]:
    """Routes for acts (POST) and looks (GET)."""
    posts = [Route(f"/control/{name}", served(act), methods=["POST"]) for name, act in acts.items()]
    return [*posts, *(Route(f"/control/{name}", served(look), methods=["GET"]) for name, look in looks.items())]
