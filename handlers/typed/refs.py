"""References to stakeholders as people type them: ``S12``, or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.refusals import Refusal
from bot.register import Stakeholder, folded
from handlers.typed.grammar import nearest, plain, quoted, squeezed
from handlers.typed.values import SHORTEST_PART

MOST_SHOWN = 5
QUOTES = "\"'"

_REF = re.compile(r"s\s?-?0*([0-9]{1,9})|#?0*([0-9]{1,9})")


class UnknownRef(Refusal):
    """I found nobody here for {typed}.{nearest} Please use a ref such as S12: /stakeholder list shows them all."""


class AmbiguousName(Refusal):
    """More than one entry fits {typed}: {choices}. Please use the ref of the one you mean."""


def refs(text: str) -> tuple[str, ...]:
    """The references in ``text``, each once, in order.

    Semicolons part them; commas and spaces do too where all are like S12. A reference like ``s12``, ``#12`` or ``12``
    is given back as ``S12``; a name as it was typed. Quotes around either are left out.
    """
    parts = [part.strip() for part in re.split("[;；\n]", text) if part.strip()]
    return tuple(dict.fromkeys(ref for part in parts for ref in _refs_in(part)))


def is_ref(words: str) -> bool:
    """Whether ``words`` are one reference such as ``S12``."""
    return _number(words) > 0


def find_stakeholder(ref: str, stakeholders: Sequence[Stakeholder]) -> Stakeholder:
    """The one entry that ``ref`` names: by ref, by its whole name, by name (organization), or by a part of its name.

    Case, accents and smart quotes do not matter. Raises UnknownRef with the nearest, or AmbiguousName with the refs.
    """
    if number := _number(ref):
        return _the_one(ref, [entry for entry in stakeholders if entry.number == number], stakeholders)
    typed = _name(_without_quotes(ref))
    exact = [entry for entry in stakeholders if typed in _names(entry)]
    if exact or len(typed) < SHORTEST_PART:
        return _the_one(ref, exact, stakeholders)
    return _the_one(ref, [entry for entry in stakeholders if typed in _name(entry.name)], stakeholders)


def _refs_in(part: str) -> list[str]:
    pieces = [piece for piece in re.split(r"[\s,，]+", part) if piece]
    if all(_number(piece) for piece in pieces):
        return [f"S{_number(piece)}" for piece in pieces]
    number = _number(part)
    return [f"S{number}" if number else _without_quotes(part)]


def _number(ref: str) -> int:
    whole = _REF.fullmatch(squeezed(ref).strip(QUOTES + " "))
    return int(whole[1] or whole[2]) if whole else 0


def _without_quotes(name: str) -> str:
    """``name`` without the quotes around it, whatever their shape."""
    typed = name.strip()
    wrapped = len(typed) > 1 and plain(typed)[0] in QUOTES and plain(typed)[-1] in QUOTES
    return typed[1:-1].strip() if wrapped else typed


def _name(words: str) -> str:
    return folded(plain(words))


def _names(entry: Stakeholder) -> tuple[str, ...]:
    name, organization = _name(entry.name), _name(entry.organization)
    return name, f"{name} ({organization})", f"{name}, {organization}", f"{entry.ref.casefold()} {name}"


def _the_one(ref: str, fitting: list[Stakeholder], stakeholders: Sequence[Stakeholder]) -> Stakeholder:
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        choices = [f"{entry.ref} {entry.name} ({entry.organization})" for entry in fitting[:MOST_SHOWN]]
        more = f" and {len(fitting) - MOST_SHOWN} more" if len(fitting) > MOST_SHOWN else ""
        raise AmbiguousName(typed=quoted(ref), choices="; ".join(choices) + more)
    raise UnknownRef(typed=quoted(ref), nearest=_nearest(ref, stakeholders))


def _nearest(ref: str, stakeholders: Sequence[Stakeholder]) -> str:
    by_name = {_name(entry.name): entry for entry in stakeholders}
    near = [by_name[name] for name in nearest(_name(ref), by_name, 3, 0.5)]
    return f" Nearest: {', '.join(f'{entry.ref} {entry.name}' for entry in near)}." if near else ""
