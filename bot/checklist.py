"""The checklist of whom a group may consider inviting, built from published sources. It suggests and never decides."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from bot.offices import plain
from bot.refusals import Refusal
from bot.register import Kind, ScopeFlag, Sector

CLOSE_ENOUGH = 0.5
OPTIONS_SHOWN = 6
WORDS_SHOWN = 60


class Tier(StrEnum):
    """When a category is worth suggesting: for the first meetings, by scope, or once governance exists."""

    CORE = "core"
    SCOPE = "scope"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Category:
    """One category. ``sector`` is None where it must be asked; ``kind`` is the default for a new entry.

    ``titles`` are who might be meant, ``also`` other words for them. ``can_evidence`` are the numbers of the principles
    that someone of the category could support. ``seat_only`` asks that the seat or the organization is recorded, and no
    person.
    """

    id: str
    label: str
    sector: Sector | None
    kind: Kind
    tier: Tier
    when: ScopeFlag | None
    titles: tuple[str, ...]
    also: tuple[str, ...]
    can_evidence: tuple[int, ...]
    caution: str
    seat_only: bool
    sources: tuple[str, ...]

    @property
    def shown(self) -> str:
        """How a refusal names it: its label and the id to type."""
        return f"{self.label} (`{self.id}`)"


class UnknownCategory(Refusal):
    """There is no category called “{words}”. Nearest: {options}. Type an id or a label from the list."""


class AmbiguousCategory(Refusal):
    """“{words}” could be more than one category: {options}. Type the id or the whole label of the one you mean."""


@cache
def checklist() -> tuple[Category, ...]:
    """All categories, in the order in which they are shown."""
    document = tomllib.loads(files("bot").joinpath("checklist.toml").read_text("utf-8"))
    return tuple(_category(row) for row in document["category"])


def category_of(category_id: str) -> Category:
    """The category with this id."""
    return next(category for category in checklist() if category.id == category_id)


def find_category(words: str) -> Category:
    """The category that ``words`` name: its id, its label, a title of it, or an unambiguous part of one.

    Case, accents, spaces, underscores, hyphens and punctuation do not matter. A title is a guess of what is meant, so
    whoever typed it is shown the category.

    Raises:
        UnknownCategory: nothing fits; it names the nearest.
        AmbiguousCategory: more than one fits; it lists them.
    """
    wanted = plain(words)
    for way in _WAYS_TO_FIND:
        found = way(wanted) if wanted else []
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousCategory(words=_cut(words), options=_listed(found))
    raise UnknownCategory(words=_cut(words), options=_listed(_nearest(wanted)))


def _by_name(fits: Callable[[str, str], bool]) -> Callable[[str], list[Category]]:
    return lambda wanted: [each for each in checklist() if any(fits(wanted, name) for name in _names(each))]


def _by_title(wanted: str) -> list[Category]:
    """The categories that have exactly this title."""
    return [each for each in checklist() if wanted in _titles(each)]


def _by_part_of_title(wanted: str) -> list[Category]:
    """The categories with a title inside ``wanted``, the longest such title only; else with ``wanted`` inside one."""
    inside = [(title, each) for each in checklist() for title in _titles(each) if _holds(wanted, title)]
    if inside:
        longest = max(len(title) for title, _ in inside)
        return _once(each for title, each in inside if len(title) == longest)
    return _once(each for each in checklist() for title in _titles(each) if _holds(title, wanted))


_WAYS_TO_FIND: tuple[Callable[[str], list[Category]], ...] = (
    _by_name(lambda wanted, name: wanted == name),
    _by_title,
    _by_name(lambda wanted, name: f" {name}".find(f" {wanted}") >= 0),
    _by_name(lambda wanted, name: wanted in name),
    _by_part_of_title,
)
"""From strict to loose: a whole name, a whole title, words from the start of a name, any part of one, of a title."""


def _holds(words: str, part: str) -> bool:
    """Whether ``words`` hold the whole words of ``part``."""
    return f" {part} " in f" {words} "


def _once(categories: Iterable[Category]) -> list[Category]:
    return list(dict.fromkeys(categories))


def _names(category: Category) -> tuple[str, str]:
    return plain(category.id), plain(category.label)


@cache
def _titles(category: Category) -> tuple[str, ...]:
    return tuple(plain(title).removesuffix(" or designee") for title in (*category.titles, *category.also))


def _nearest(wanted: str) -> list[Category]:
    """The categories whose id, label, title or any one word comes closest; the first of the list where none does."""
    owners: dict[str, Category] = {}
    for each in checklist():
        for name in (*_names(each), *_titles(each)):
            for part in (name, *name.split()):
                owners.setdefault(part, each)
    close = [owners[part] for part in get_close_matches(wanted, owners, n=3, cutoff=CLOSE_ENOUGH)]
    return list(dict.fromkeys(close)) or list(checklist()[:3])


def _listed(categories: Iterable[Category]) -> str:
    shown = [each.shown for each in categories]
    more = f" and {len(shown) - OPTIONS_SHOWN} more" if len(shown) > OPTIONS_SHOWN else ""
    return ", ".join(shown[:OPTIONS_SHOWN]) + more


def _cut(words: str) -> str:
    tidy = " ".join(words.split())
    return tidy if len(tidy) <= WORDS_SHOWN else f"{tidy[: WORDS_SHOWN - 1]}…"


def _category(row: dict[str, Any]) -> Category:
    return Category(
        id=row["id"],
        label=row["label"],
        sector=None if row["sector"] == "ask" else Sector(row["sector"]),
        kind=Kind(row.get("kind", Kind.PERSON)),
        tier=Tier(row["tier"]),
        when=ScopeFlag(row["when"]) if "when" in row else None,
        titles=tuple(row["titles"]),
        also=tuple(row.get("also", ())),
        can_evidence=tuple(row["can_evidence"]),
        caution=row.get("caution", ""),
        seat_only=row.get("seat_only", False),
        sources=tuple(row["sources"]),
    )
