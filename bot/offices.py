"""What a title or an organization makes a careful reader think of. It raises a question and never settles one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from bot.register import Kind, Stakeholder, folded


class Hint(StrEnum):
    """What the words of an entry can make one think of; the words are in ``offices.toml``."""

    HEAD = "head"
    BENCH = "bench"
    COUNSEL = "counsel"
    SPANNER = "spanner"
    EXCHANGE = "exchange"
    BODY = "body"
    PRIVATE = "private"
    ADVICE = "advice"
    CONSUMER = "consumer"


def hints_at(entry: Stakeholder, hint: Hint) -> bool:
    """Whether the title, name or organization of ``entry`` makes one think of ``hint``."""
    return hint in _hints(entry.title, entry.name, entry.organization)


def hints_at_anything(entry: Stakeholder) -> bool:
    """Whether the words of ``entry`` make one think of anything at all."""
    return bool(_hints(entry.title, entry.name, entry.organization))


def may_speak_for_a_body(entry: Stakeholder) -> bool:
    """Whether a person or seat may stand for an interagency body, as its director does: by category or by name."""
    of_a_body = entry.category == "justice_planning" or hints_at(entry, Hint.BODY)
    return entry.kind is not Kind.GROUP and entry.category not in ("consumer", "government") and of_a_body


@lru_cache(maxsize=16384)
def _hints(title: str, name: str, organization: str) -> frozenset[Hint]:
    """All that these words hint at; remembered, since each look at the principles asks of every entry."""
    said = {"title": plain(title), "name": plain(name), "organization": plain(organization)}
    if _first_words().isdisjoint(" ".join(said.values()).split()):
        return frozenset()
    return frozenset(hint for hint in Hint if _speaks_of(hint, said))


def _speaks_of(hint: Hint, said: Mapping[str, str]) -> bool:
    wanted, unless, places = _patterns()[hint]
    words = " | ".join(said[place] for place in places)
    return wanted.search(words) is not None and unless.search(words) is None


@cache
def _patterns() -> Mapping[Hint, tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]]:
    rows = {hint: _document()[hint] for hint in Hint}
    return {hint: (_any_of(row["words"]), _any_of(row["unless"]), tuple(row["look_at"])) for hint, row in rows.items()}


@cache
def _first_words() -> frozenset[str]:
    """The words with which a hint begins, in the singular and the plural: most entries have none, and are done with."""
    begin = {plain(words).split()[0] for hint in Hint for words in _document()[hint]["words"]}
    return frozenset(begin | {f"{word}s" for word in begin})


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of ``words`` as whole words, in the singular or the plural; for none it never matches."""
    alternatives = "|".join(sorted({plain(each) for each in words}, key=len, reverse=True))
    return re.compile(rf"\b(?:{alternatives})s?\b" if alternatives else r"(?!)")


def plain(words: str) -> str:
    """``words`` folded, with every mark between them a space."""
    return " ".join(re.sub(r"[\W_]+", " ", folded(words)).split())


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads(files("bot").joinpath("offices.toml").read_text("utf-8"))
