"""Trigger ids: good for three seconds of real time, and once."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from playground.world.errors import ApiError

LIFE_SECONDS = 3.0


@dataclass(slots=True)
class Trigger:
    """What a trigger id stands for: who acted, in which view, if any, and which conversation they had before them."""

    user: str
    view_id: str
    conversation: str
    issued: float
    used: bool = False


class Triggers:
    """All trigger ids given out."""

    def __init__(self) -> None:
        self._known: dict[str, Trigger] = {}

    def issue(self, user: str, view_id: str = "", conversation: str = "") -> str:
        """A fresh trigger id for a person's act."""
        name = f"{secrets.randbelow(10**13):013d}.{secrets.randbelow(10**13):013d}.{secrets.token_hex(16)}"
        self._known[name] = Trigger(user, view_id, conversation, time.monotonic())
        return name

    def exchange(self, name: str, *, too_late: bool = False) -> Trigger:
        """Use a trigger id. Raises :class:`ApiError` by Slack's names: invalid, exchanged before, or expired."""
        trigger = self._known.get(name)
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        if too_late or time.monotonic() - trigger.issued > LIFE_SECONDS:
            raise ApiError("expired_trigger_id")
        trigger.used = True
        return trigger
