"""What a title or an organization makes a careful reader think of. It raises a question and never settles one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
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
    return _speaks_of(hint, " | ".join(getattr(entry, part) for part in _document()[hint]["look_at"]))


def may_speak_for_a_body(entry: Stakeholder) -> bool:
    """Whether a person or seat may stand for an interagency body, as its director does: by category or by name."""
    of_a_body = entry.category == "justice_planning" or hints_at(entry, Hint.BODY)
    return entry.kind is not Kind.GROUP and entry.category not in ("consumer", "government") and of_a_body


@lru_cache(maxsize=16384)
def _speaks_of(hint: Hint, words: str) -> bool:
    wanted, unless = _patterns(hint)
    said = plain(words)
    return wanted.search(said) is not None and unless.search(said) is None


@cache
def _patterns(hint: Hint) -> tuple[re.Pattern[str], re.Pattern[str]]:
    row = _document()[hint]
    return _any_of(row["words"]), _any_of(row["unless"])


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of ``words`` as whole words, in the singular or the plural; for none it never matches."""
    alternatives = "|".join(sorted(map(plain, words), key=len, reverse=True))
    return re.compile(rf"\b(?:{alternatives})s?\b" if alternatives else r"(?!)")


def plain(words: str) -> str:
    """``words`` folded, with every mark between them a space."""
    return " ".join(re.sub(r"[\W_]+", " ", folded(words)).split())


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads(files("bot").joinpath("offices.toml").read_text("utf-8"))
