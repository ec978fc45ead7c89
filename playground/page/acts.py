"""What people do on the page, by the ids of what they press and fill in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.page.shown import modal_shown, view_shown
from playground.people.acts import CannotAct
from playground.people.control import Control, is_foreign
from playground.people.filling import CannotFill, filled
from playground.people.finding import Control as Found
from playground.people.finding import Place, choices_in, control_at
from playground.people.travelling import Travels
from playground.world.views import View
from playground.world.world import User

Said = dict[str, Any]
Act = Callable[[Control, Said], Awaitable[Any]]
_GONE = "That is no longer there."


def _place(control: Control, user: User, said: Said) -> Place:
    """The message or view that a person acts in, where they see it."""
    if said.get("view_id"):
        views = [*control.ws.views.stack(user.id), control.ws.views.home(user.id)]
        view = next((one for one in views if one is not None and one.id == said["view_id"]), None)
        if view is None:
            raise CannotAct(_GONE)
        return view
    channel = control.persons.channel(said["channel"], user)
    message = control.ws.messages.find(channel.id, str(said["ts"]))
    if message is None or message.only_for not in ("", user.id):
        raise CannotAct(_GONE)
    return message


def _found(place: Place, said: Said) -> Found:
    found = control_at(place, str(said["block_id"]), str(said["action_id"]), said.get("value"))
    if found is None:
        raise CannotAct(_GONE)
    return found


def _state(control: Control, user: User, found: Found, held: Any) -> dict[str, Any]:
    """What an element holds for the raw value that the page sent. Raises :class:`CannotAct`."""
    name = (user.id, str(found.block["block_id"]), str(found.element["action_id"]))
    offered = list(control.offers.get(name, {}).values())
    for start in ("initial_option", "initial_options"):
        kept = found.element.get(start)
        offered.extend(kept if isinstance(kept, list) else [kept] if kept else [])
    external = str(found.element["type"]).endswith("external_select")
    try:
        return filled(control.ws, user.id, found.element, held, offered if external else [])
    except CannotFill as error:
        raise CannotAct(f"{found.label}: {error}") from error


def _fill(control: Control, user: User, place: Place, values: dict[str, dict[str, Any]]) -> None:
    """Keep what stands in a view's inputs."""
    if not isinstance(place, View):
        return
    for found in choices_in(place):
        held = values.get(str(found.block["block_id"]), {})
        name = str(found.element["action_id"])
        if name in held:
            control.persons.keep(user, found, _state(control, user, found, held[name]))


async def _type(control: Control, said: Said) -> Any:
    user = control.persons.user(said["user"])
    channel = control.persons.channel(said["channel"], user)
    outcome = await control.persons.type(user, channel, str(said["text"]), str(said.get("thread_ts", "")))
    return _done(control, user, outcome)


async def _press(control: Control, said: Said) -> Any:
    user = control.persons.user(said["user"])
    place = _place(control, user, said)
    _fill(control, user, place, said.get("values", {}))
    return _done(control, user, await control.persons.press_one(user, _found(place, said)))


async def _choose(control: Control, said: Said) -> Any:
    user = control.persons.user(said["user"])
    place = _place(control, user, said)
    _fill(control, user, place, said.get("values", {}))
    found = _found(place, said)
    state = _state(control, user, found, said.get("held"))
    return _done(control, user, await control.persons.choose_one(user, found, state))


async def _submit(control: Control, said: Said) -> Any:
    user = control.persons.user(said["user"])
    view = control.persons.top(user)
    if view.id != said["view_id"]:
        raise CannotAct(_GONE)
    _fill(control, user, view, said.get("values", {}))
    return _done(control, user, await control.persons.submit_one(user, view))


async def _close(control: Control, said: Said) -> Any:
    user = control.persons.user(said["user"])
    if control.persons.top(user).id != said["view_id"]:
        raise CannotAct(_GONE)
    return _done(control, user, await control.persons.close(user))


def _done(control: Control, user: User, outcome: dict[str, Any]) -> dict[str, Any]:
    return {"failure": outcome["failure"], "modal": modal_shown(control.ws, user.id)}


async def _suggest(control: Control, said: Said) -> Any:
    """Ask the app for the options of an external select, and remember what it offered."""
    user = control.persons.user(said["user"])
    found = _found(_place(control, user, said), said)
    options = await control.persons.offered(user, found, str(said.get("typed", "")))
    name = (user.id, str(found.block["block_id"]), str(found.element["action_id"]))
    control.offers.setdefault(name, {}).update({option["value"]: option for option in options})
    return {"options": options}


async def _home(control: Control, said: Said) -> Any:
    user = control.persons.user(said["user"])
    await control.persons.open_home(user)
    return {"home": view_shown(control.ws.views.home(user.id))}


async def _direct(control: Control, said: Said) -> Any:
    """Open the direct messages with someone."""
    user = control.persons.user(said["user"])
    return {"channel": control.persons.channel(control.persons.user(said["with"]).id, user).id}


async def _shortcut(control: Control, said: Said) -> Any:
    user = control.persons.user(said["user"])
    message = None
    if said.get("ts"):
        message = control.ws.messages.find(control.persons.channel(said["channel"], user).id, str(said["ts"]))
    return _done(control, user, await control.persons.use_shortcut(user, str(said["id"]), message))


async def _travel(control: Control, said: Said) -> Any:
    """Let pretend time pass: ``to`` is an instant, or hour, day, monday, week, nudge or ballot."""
    user = control.persons.user(said["user"])
    travels: Travels = control.travels
    if said["to"] == "stop":
        await travels.stop()
        return {}
    channel = said.get("channel") or ""
    known = {"hour", "day", "monday", "week", "news", "date"}
    if said["to"] not in known:
        datetime.fromisoformat(str(said["to"]))
    return await travels.begin(str(said["to"]), user, channel, quick=bool(said.get("quick")))


ACTS: dict[str, Act] = {
    "type": _type,
    "press": _press,
    "choose": _choose,
    "submit": _submit,
    "close": _close,
    "suggest": _suggest,
    "home": _home,
    "direct": _direct,
    "shortcut": _shortcut,
    "travel": _travel,
}


def _served(act: Act) -> Callable[[Request], Awaitable[Response]]:
    """An act over HTTP. Only JSON from this page or from a script is taken: no other page in a browser can act here."""

    async def handle(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return JSONResponse({"error": "only JSON is taken here"}, 415)
        if is_foreign(request):
            return JSONResponse({"error": "other pages may not act here"}, 403)
        try:
            said = json.loads(await request.body())
            return JSONResponse(await asyncio.shield(act(request.app.state.control, said)))
        except CannotAct as error:
            return JSONResponse({"error": str(error)}, 404)
        except KeyError as error:
            return JSONResponse({"error": f"missing: {error.args[0]}"}, 400)
        except ValueError as error:
            return JSONResponse({"error": str(error)}, 400)

    return handle


ROUTES: list[BaseRoute] = [Route(f"/page/act/{name}", _served(act), methods=["POST"]) for name, act in ACTS.items()]
