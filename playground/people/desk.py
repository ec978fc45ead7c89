"""The control desk: all that acts and looks work with, whether they come from a script or from the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from playground.deliveries.delivery import Courier
from playground.deliveries.events import Events
from playground.people.acts import CannotAct, Persons
from playground.people.finding import Place
from playground.people.travelling import Travels
from playground.world.messages import Message
from playground.world.workspace import Workspace
from playground.world.world import User

Asked = dict[str, Any]
Act = Callable[["Desk", Asked], Awaitable[Any]]


class Desk:
    """Everything within reach. ``offers`` are the options that the app gave to each person's external selects."""

    def __init__(self, ws: Workspace, courier: Courier, events: Events) -> None:
        self.ws = ws
        self.courier = courier
        self.events = events
        self.persons = Persons(ws, courier, events)
        self.travels = Travels(ws)
        self.offers: dict[tuple[str, str, str], dict[str, Any]] = {}

    def channels(self, user: User, asked: Asked) -> list[str]:
        """The channel that was asked for, or all that a person is in."""
        if asked.get("channel"):
            return [self.persons.channel(asked["channel"], user).id]
        return self.ws.channels_of(user.id)

    def aimed_at(self, user: User, channel: object, ts: object) -> tuple[Message | None, str]:
        """The message that is meant, if any, and the conversation that the person has before them, or ``""``."""
        if not channel:
            return None, ""
        conversation = self.persons.channel(channel, user).id
        return (self.ws.messages.find(conversation, str(ts)) if ts else None), conversation

    def read_by(self, asked: Asked) -> tuple[User, Message]:
        """A person, and the message that they mean, which everybody in its channel sees."""
        user = self.persons.user(asked["user"])
        message, _ = self.aimed_at(user, asked["channel"], asked["message_ts"])
        if message is None or message.only_for:
            raise CannotAct("there is no such message")
        return user, message

    def places(self, user: User, asked: Asked) -> list[Place]:
        """Where a person could act, what they would look at first coming first."""
        where = asked.get("in", "")
        modal, home = self.ws.views.top(user.id), self.ws.views.home(user.id)
        messages = reversed(self.ws.messages.seen_by(user.id, self.channels(user, asked)))
        aimed_at = [message for message in messages if asked.get("message_ts") in (None, "", message.ts)]
        anywhere = not where and not asked.get("channel") and not asked.get("message_ts")
        return [
            *([modal] if modal is not None and (anywhere or where == "modal") else []),
            *(aimed_at if where in ("", "message") else []),
            *([home] if home is not None and (anywhere or where == "home") else []),
        ]
