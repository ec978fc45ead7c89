"""What is known of a Web API method: scopes, rate tier, arguments.

Arguments are written ``name``, ``name!`` for a required one, ``name:kind`` for one that is not a string.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Tier(Enum):
    """How many calls a minute Slack grants a method and workspace. T5 is special: no limit of its own here."""

    T1 = 1
    T2 = 20
    T3 = 50
    T4 = 100
    T5 = 0


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a method; ``kind`` is string, number, boolean, array or object."""

    name: str
    kind: str = "string"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Method:
    """What a method asks for: any one of ``scopes`` (of the bot token), its tier, its arguments."""

    scopes: tuple[str, ...]
    tier: Tier
    written: str = ""

    @property
    def arguments(self) -> dict[str, Argument]:
        """The arguments by name."""
        return {argument.name: argument for argument in map(_argument, self.written.split())}


def _argument(written: str) -> Argument:
    name, _, kind = written.partition(":")
    return Argument(name.rstrip("!"), kind or "string", name.endswith("!"))
