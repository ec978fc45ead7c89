"""The control API at ``/control/``: for tests, scripts and the page. Loopback only, no authentication.

Everything is JSON. An act that is not possible answers 404 with ``error`` and the ``labels`` that would have been.
"""

from __future__ import annotations

import asyncio
from typing import Any

from playground.people.desk import Act, Asked, Desk
from playground.people.reading import message_read, message_words, view_read
from playground.world.messages import Message

WAIT_SECONDS = 30.0


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


async def _wait(desk: Desk, asked: Asked) -> Any:
    """The newest message with ``text`` that a person sees, or the first to come or to change so; none after real
    ``seconds``."""
    loop, log, feed = asyncio.get_running_loop(), desk.ws.messages, desk.ws.feed
    user, until = desk.persons.user(asked["user"]), loop.time() + float(asked.get("seconds", WAIT_SECONDS))
    messages = log.seen_by(user.id, desk.channels(user, asked))
    while True:
        seq, changes = feed.seq, log.changes
        fitting = next((one for one in reversed(messages) if _reads(desk, one, asked["text"])), None)
        if fitting or not await feed.grown(seq, max(until - loop.time(), 0.0)):
            return {"message": message_read(desk.ws, fitting, user.id) if fitting else None}
        messages = log.fresh_for(user.id, desk.channels(user, asked), changes)


def _reads(desk: Desk, message: Message, text: str) -> bool:
    return text in message.text or text in message_words(desk.ws, message)


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
LOOKS: dict[str, Act] = {"read": _read, "wait": _wait, "view": _view, "watchers": _watchers}
