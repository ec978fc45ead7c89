"""What people do beside words and buttons: react, pin, begin a thread with the app's assistant."""

from __future__ import annotations

from typing import Any

from playground.people.desk import Act, Asked, Desk
from playground.world import reacting
from playground.world.messages import Message


async def _react(desk: Desk, asked: Asked) -> Any:
    """React to a message, or take that reaction back."""
    user, message = desk.read_by(asked)
    name = str(asked["name"]).strip(":")
    change = reacting.unreact if user.id in message.reactions.get(name, []) else reacting.react
    change(desk.ws, message, user.id, name)
    await desk.events.settle()
    return {"reactions": message.reactions}


async def _pin(desk: Desk, asked: Asked) -> Any:
    """Pin a message to its channel, or take the pin away."""
    user, message = desk.read_by(asked)
    change = reacting.unpin if message.pinned_by else reacting.pin
    change(desk.ws, message, user.id)
    await desk.events.settle()
    return {"pinned_by": message.pinned_by}


async def _assistant(desk: Desk, asked: Asked) -> Any:
    """Begin a thread with the app's assistant, in the direct messages with it."""
    ws, bot, user = desk.ws, desk.ws.world.bot_user_id, desk.persons.user(asked["user"])
    channel = ws.open_direct(bot, user.id)[0].id
    begun = Message(channel, ws.clock.next_ts(), bot, "New Assistant Thread", by_app=True)
    begun.subtype = "assistant_app_thread"
    ws.assistant.in_thread(channel, begun.ts)
    ws.post(begun)
    thread = {"user_id": user.id, "context": {}, "channel_id": channel, "thread_ts": begun.ts}
    ws.happened({"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": ws.clock.next_ts()})
    await desk.events.settle()
    return {"channel": channel, "thread_ts": begun.ts}


ACTS: dict[str, Act] = {"react": _react, "pin": _pin, "assistant": _assistant}
LOOKS: dict[str, Act] = {}
