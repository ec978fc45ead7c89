"""What people do on the page, by the ids of what they press and fill in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.page.shown import modal_shown, view_shown
from playground.people import gestures
from playground.people.acts import CannotAct
from playground.people.answering import served
from playground.people.desk import Act, Asked, Desk
from playground.people.filling import CannotFill, filled
from playground.people.finding import Place, Widget, choices_in, widget_at
from playground.world.views import View
from playground.world.world import User

_GONE = "That is no longer there."


def _place(desk: Desk, user: User, asked: Asked) -> Place:
    """The message or view that a person acts in, where they see it."""
    if asked.get("view_id"):
        views = [*desk.ws.views.stack(user.id), desk.ws.views.home(user.id)]
        view = next((one for one in views if one is not None and one.id == asked["view_id"]), None)
        if view is None:
            raise CannotAct(_GONE)
        return view
    channel = desk.persons.channel(asked["channel"], user)
    message = desk.ws.messages.find(channel.id, str(asked["ts"]))
    if message is None or message.only_for not in ("", user.id):
        raise CannotAct(_GONE)
    return message


def _widget(place: Place, asked: Asked) -> Widget:
    widget = widget_at(place, str(asked["block_id"]), str(asked["action_id"]), asked.get("value"))
    if widget is None:
        raise CannotAct(_GONE)
    return widget


def _state(desk: Desk, user: User, widget: Widget, held: Any) -> dict[str, Any]:
    """What an element holds for the raw value that the page sent. Raises :class:`CannotAct`."""
    name = (user.id, str(widget.block["block_id"]), str(widget.element["action_id"]))
    offered = list(desk.offers.get(name, {}).values())
    for start in ("initial_option", "initial_options"):
        kept = widget.element.get(start)
        offered.extend(kept if isinstance(kept, list) else [kept] if kept else [])
    external = str(widget.element["type"]).endswith("external_select")
    try:
        return filled(desk.ws, user.id, widget.element, held, offered if external else [])
    except CannotFill as error:
        raise CannotAct(f"{widget.label}: {error}") from error


def _fill(desk: Desk, user: User, place: Place, values: dict[str, dict[str, Any]]) -> None:
    """Keep what stands in a view's inputs."""
    if not isinstance(place, View):
        return
    for widget in choices_in(place):
        held = values.get(str(widget.block["block_id"]), {})
        name = str(widget.element["action_id"])
        if name in held:
            desk.persons.keep(user, widget, _state(desk, user, widget, held[name]))


async def _type(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    channel = desk.persons.channel(asked["channel"], user)
    outcome = await desk.persons.type(user, channel, str(asked["text"]), str(asked.get("thread_ts", "")))
    return _done(desk, user, outcome)


async def _press(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    place = _place(desk, user, asked)
    _fill(desk, user, place, asked.get("values", {}))
    return _done(desk, user, await desk.persons.press_one(user, _widget(place, asked)))


async def _choose(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    place = _place(desk, user, asked)
    _fill(desk, user, place, asked.get("values", {}))
    widget = _widget(place, asked)
    state = _state(desk, user, widget, asked.get("held"))
    return _done(desk, user, await desk.persons.choose_one(user, widget, state))


async def _submit(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    view = desk.persons.top(user)
    if view.id != asked["view_id"]:
        raise CannotAct(_GONE)
    _fill(desk, user, view, asked.get("values", {}))
    return _done(desk, user, await desk.persons.submit_one(user, view))


async def _close(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    if desk.persons.top(user).id != asked["view_id"]:
        raise CannotAct(_GONE)
    return _done(desk, user, await desk.persons.close(user))


def _done(desk: Desk, user: User, outcome: dict[str, Any]) -> dict[str, Any]:
    return {"failure": outcome["failure"], "modal": modal_shown(desk.ws, user.id)}


async def _suggest(desk: Desk, asked: Asked) -> Any:
    """Ask the app for the options of an external select, and remember what it offered."""
    user = desk.persons.user(asked["user"])
    widget = _widget(_place(desk, user, asked), asked)
    options = await desk.persons.offered(user, widget, str(asked.get("typed", "")))
    name = (user.id, str(widget.block["block_id"]), str(widget.element["action_id"]))
    desk.offers.setdefault(name, {}).update({option["value"]: option for option in options})
    return {"options": options}


async def _home(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    await desk.persons.open_home(user)
    return {"home": view_shown(desk.ws.views.home(user.id))}


async def _direct(desk: Desk, asked: Asked) -> Any:
    """Open the direct messages with someone."""
    user = desk.persons.user(asked["user"])
    return {"channel": desk.persons.channel(desk.persons.user(asked["with"]).id, user).id}


async def _shortcut(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    message, conversation = desk.aimed_at(user, asked.get("channel"), asked.get("ts"))
    return _done(desk, user, await desk.persons.use_shortcut(user, str(asked["id"]), message, conversation))


async def _travel(desk: Desk, asked: Asked) -> Any:
    """Let pretend time pass: ``to`` is an instant, or hour, day, monday, week, nudge or ballot."""
    user = desk.persons.user(asked["user"])
    if asked["to"] == "stop":
        await desk.travels.stop()
        return {}
    channel = asked.get("channel") or ""
    known = {"hour", "day", "monday", "week", "news", "date"}
    if asked["to"] not in known:
        datetime.fromisoformat(str(asked["to"]))
    return await desk.travels.begin(str(asked["to"]), user, channel, quick=bool(asked.get("quick")))


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
    **gestures.ACTS,
}


def _from_page(act: Act) -> Callable[[Request], Awaitable[Response]]:
    """An act over HTTP. Only JSON is taken, which no page of another origin can send; once begun it goes to its end."""

    async def whole(desk: Desk, asked: Asked) -> Any:
        return await asyncio.shield(act(desk, asked))

    handle_json = served(whole)

    async def handle(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return JSONResponse({"error": "only JSON is taken here"}, 415)
        return await handle_json(request)

    return handle


ROUTES: list[BaseRoute] = [Route(f"/page/act/{name}", _from_page(act), methods=["POST"]) for name, act in ACTS.items()]
