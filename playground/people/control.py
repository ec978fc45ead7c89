"""The control API at ``/control/``: for tests, scripts and the page. Loopback only, no authentication.

Everything is JSON. An act that is not possible answers 404 with ``error`` and the ``labels`` that would have been.
"""

from __future__ import annotations

from typing import Any

from playground.people.desk import Act, Asked, Desk
from playground.people.reading import message_read, view_read


async def _type(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    channel = desk.persons.channel(asked["channel"], user)
    return await desk.persons.type(user, channel, str(asked["text"]), str(asked.get("thread_ts", "")))


async def _press(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    return await desk.persons.press(user, asked["label"], desk.places(user, asked), asked.get("near", ""))


async def _choose(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    places, near = desk.places(user, asked), asked.get("near", "")
    return await desk.persons.choose(user, asked["label"], asked.get("value"), places, near)


async def _submit(desk: Desk, asked: Asked) -> Any:
    return await desk.persons.submit(desk.persons.user(asked["user"]), asked.get("fields", {}))


async def _close(desk: Desk, asked: Asked) -> Any:
    return await desk.persons.close(desk.persons.user(asked["user"]))


async def _home(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    outcome = await desk.persons.open_home(user)
    return outcome | {"home": view_read(desk.ws, desk.ws.views.home(user.id), user.id)}


async def _shortcut(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    message, conversation = desk.aimed_at(user, asked.get("channel"), asked.get("message_ts"))
    return await desk.persons.use_shortcut(user, asked["callback_id"], message, conversation)


async def _read(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    seen = desk.ws.messages.seen_by(user.id, desk.channels(user, asked))
    last = int(asked.get("last", 0))
    return {"messages": [message_read(desk.ws, one, user.id) for one in (seen[-last:] if last else seen)]}


async def _view(desk: Desk, asked: Asked) -> Any:
    user = desk.persons.user(asked["user"])
    views = desk.ws.views
    shown = views.home(user.id) if asked.get("in") == "home" else views.top(user.id)
    return {"view": view_read(desk.ws, shown, user.id)}


async def _watchers(desk: Desk, asked: Asked) -> Any:
    return {"watchers": desk.ws.feed.followers}


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
