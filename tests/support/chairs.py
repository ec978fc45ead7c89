"""Groups whose co-chairs are new to this Slack, so that nobody's private messages queue behind another test's."""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass

from tests.support.county import PRIYA, County, Room

_numbers = itertools.count(1)
PATIENCE = 45.0


@dataclass(frozen=True, slots=True)
class Person:
    """Someone new to this Slack: their handle and how a message mentions them."""

    handle: str
    mention: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A group's channel, with two people in it: ``justice`` set it up, ``health`` may chair for the other side."""

    room: Room
    justice: Person
    health: Person

    async def types(self, who: Person, text: str) -> str:
        """Someone types here; the words they are answered with."""
        return (await self.room.types(who.handle, text)).text

    async def told(self, who: Person, text: str) -> str:
        """Wait until someone has a message with ``text``, private ones included; all its text."""
        return str((await self.room.gets(who.handle, text, PATIENCE))["text"])

    async def presses(self, who: Person, label: str, answer: str) -> None:
        """Someone presses a button wherever they see it newest, and waits for ``answer``."""
        await self.room.presses(who.handle, label, channel="")
        await self.told(who, answer)


async def person(county: County, name: str) -> Person:
    """Someone new."""
    handle = f"{name}{os.getpid()}x{next(_numbers)}"
    return Person(handle, f"<@{await county.slack.user(handle, tz='America/New_York')}>")


async def pair(county: County, public_body: str = "no", *, both: bool = True, name: str = "Reentry data group") -> Pair:
    """A group with a new person for justice and, unless told otherwise, another for health. A ``name`` that ends with
    a space is made the only one of its kind."""
    justice, health = await person(county, "ida"), await person(county, "omar")
    room = await county.room([justice.handle, health.handle, PRIYA])
    own_name = f"{name}{next(_numbers)}" if name.endswith(" ") else name
    line = f"{own_name} | Middleton County, MA | justice | public-body={public_body}"
    await room.types(justice.handle, f"/workgroup setup {line}")
    if both:
        await room.types(justice.handle, f"/workgroup cochair @{health.handle} | health")
        await room.gets(health.handle, "named you co-chair for health", PATIENCE)
    return Pair(room, justice, health)
