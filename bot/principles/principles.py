"""The six guiding principles and their criteria, read from ``principles.toml``.

The words and what is asked are data there; which function is a criterion's rule stands in ``criteria.py``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from bot.register import Law, ScopeFlag

_ID = re.compile(r"p?\s?([1-6])\s?[.-]?\s?([a-g])", re.IGNORECASE)


class Level(StrEnum):
    """Whether a criterion is needed for "met", or shown only as something that makes the principle stronger."""

    REQUIRED = "required"
    STRENGTHENS = "strengthens"


@dataclass(frozen=True, slots=True)
class Quote:
    """A phrase of the source, and the source's own word for how much it asks."""

    phrase: str
    strength: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a principle. ``short`` says in a few words what it is about; ``rule`` says it in full.

    ``reading`` says that the criterion is ours rather than the source's; ``reading_note`` names the part that is ours
    where only a part is. ``quotes`` are the source's own words; there are none where it does not ask for this. An empty
    ``scope`` means that the criterion always applies.
    """

    id: str
    short: str
    principle: int
    level: Level
    reading: bool
    reading_note: str
    attestable: bool
    scope: frozenset[ScopeFlag]
    rule: str
    quotes: tuple[Quote, ...]
    next_step: str
    steps: Mapping[str, str]
    categories: tuple[str, ...]

    def step(self, variant: str, missing: str, who: str = "", ref: str = "") -> str:
        """The next step, in the variant the rule picked, with ``who`` it is about, the ``ref`` to type for the first of
        them, and what is ``missing`` filled in."""
        words = self.steps.get(variant, self.next_step)
        for place, filling in (("{who}", who), ("{ref}", ref), ("{missing}", missing)):
            words = words.replace(place, filling)
        return words


@dataclass(frozen=True, slots=True)
class Principle:
    """One of the six guiding principles. ``verb`` is the source's word that sets the bar, ``bar`` what it means."""

    number: int
    title: str
    short: str
    verb: str
    bar: str
    thin_step: str
    criteria: tuple[Criterion, ...]


@cache
def principles() -> tuple[Principle, ...]:
    """The six principles in order."""
    return tuple(_principle(row) for row in _document()["principle"])


@cache
def criteria() -> Mapping[str, Criterion]:
    """All criteria by their id, such as ``P3.a``."""
    return MappingProxyType({criterion.id: criterion for each in principles() for criterion in each.criteria})


def find_criterion(words: str) -> str | None:
    """The id of the criterion that ``words`` name ("P4.a", "p4a", "4a"), or None."""
    named = _ID.fullmatch(words.strip())
    criterion_id = f"P{named[1]}.{named[2].lower()}" if named else ""
    return criterion_id if criterion_id in criteria() else None


def named_criterion(criterion_id: str) -> str:
    """Such as "P1.a (executives of both sides)"."""
    return f"{criterion_id} ({criteria()[criterion_id].short})"


@cache
def law_labels() -> Mapping[Law, str]:
    """How a message names each law."""
    return MappingProxyType({Law(code): label for code, label in _document()["laws"].items()})


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads(files("bot.principles").joinpath("principles.toml").read_text("utf-8"))


def _principle(row: dict[str, Any]) -> Principle:
    number = row["number"]
    return Principle(
        number=number,
        title=row["title"],
        short=row["short"],
        verb=row["verb"],
        bar=row["bar"],
        thin_step=row["thin_step"],
        criteria=tuple(_criterion(number, each) for each in row["criterion"]),
    )


def _criterion(principle: int, row: dict[str, Any]) -> Criterion:
    return Criterion(
        id=row["id"],
        short=row["short"],
        principle=principle,
        level=Level(row["level"]),
        reading=row["reading"],
        reading_note=row.get("reading_note", ""),
        attestable=row["attestable"],
        scope=frozenset(ScopeFlag(flag) for flag in row.get("scope", ())),
        rule=row["rule"],
        quotes=tuple(Quote(phrase, strength) for phrase, strength in row["quotes"]),
        next_step=row["next_step"],
        steps=MappingProxyType(row.get("steps", {})),
        categories=tuple(row["categories"]),
    )
