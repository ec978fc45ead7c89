"""Finding entries of the register by a side, a sector, a principle, a status or any words; a page at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.entries import principles_of
from bot.register import Sector, Stakeholder, Status, folded
from handlers.register.fields import category_of
from handlers.register.words import law_words
from handlers.typed.grammar import squeezed

PAGE = 25
HIDDEN_FROM_MEMBERS = (Status.DECLINED, Status.LEFT)

Fits = Callable[[Stakeholder], bool]

_PAGE = re.compile(r"(?:^|\s)page (\d{1,4})$")
_PRINCIPLE = re.compile(r"(?:principle ?|p)([1-6])(?:\s|$)")
_SECTORS = {sector.value: sector for sector in Sector}
_STATUSES = {status.value: status for status in Status} | {"waiting": Status.NOMINATED}


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was looked for. ``query`` is what was typed, without the page; ``total`` all that fit."""

    query: str
    entries: tuple[Stakeholder, ...]
    total: int
    page: int
    pages: int
    everyone: int


def visible(register: Sequence[Stakeholder], *, for_chair: bool) -> tuple[Stakeholder, ...]:
    """What someone may see: a member sees no entry that is closed, so that nothing tells them who declined."""
    return tuple(entry for entry in register if for_chair or entry.status not in HIDDEN_FROM_MEMBERS)


def find(register: Sequence[Stakeholder], text: str) -> Found:
    """The entries that fit ``text``, in the order of the list: by sector, then nominations, then what is closed."""
    words = squeezed(text)
    paged = _PAGE.search(words)
    query = words[: paged.start()].strip() if paged else words
    fits = _reader(query)
    chosen = sorted(filter(fits, register), key=place)
    pages = max(1, -(-len(chosen) // PAGE))
    page = min(max(int(paged[1]) if paged else 1, 1), pages)
    entries = tuple(chosen[(page - 1) * PAGE : page * PAGE])
    return Found(query, entries, len(chosen), page, pages, len(register))


def place(entry: Stakeholder) -> tuple[int, int]:
    """Where an entry stands in the list."""
    if entry.status in HIDDEN_FROM_MEMBERS:
        return (len(_SECTORS) + 1, entry.number)
    if entry.status is Status.NOMINATED:
        return (len(_SECTORS), entry.number)
    return (list(Sector).index(entry.sector), entry.number)


def _reader(query: str) -> Fits:
    """What ``query`` asks of an entry: filters where all of it is filters, any words otherwise."""
    filters: list[Fits] = []
    rest = query
    while rest:
        made, rest_after = _filter(rest)
        if made is None:
            return _holding(query)
        filters.append(made)
        rest = rest_after
    return lambda entry: all(fits(entry) for fits in filters)


def _filter(words: str) -> tuple[Fits | None, str]:
    if principle := _PRINCIPLE.match(words):
        return _for_principle(int(principle[1])), words[principle.end() :].strip()
    word, _, rest = words.partition(" ")
    if word in _SECTORS:
        return _of_sector(_SECTORS[word]), rest
    if word in _STATUSES:
        return _of_status(_STATUSES[word]), rest
    return None, rest


def _for_principle(number: int) -> Fits:
    return lambda entry: number in principles_of(entry) or number in category_of(entry.category).can_evidence


def _of_sector(sector: Sector) -> Fits:
    return lambda entry: entry.sector is sector


def _of_status(status: Status) -> Fits:
    return lambda entry: entry.status is status


def _holding(query: str) -> Fits:
    words = folded(query).split()
    return lambda entry: all(word in _haystack(entry) for word in words)


def _haystack(entry: Stakeholder) -> str:
    said = (entry.ref, entry.name, entry.organization, entry.title, entry.category, entry.sector, entry.kind)
    more = (entry.status, category_of(entry.category).label, *entry.functions, *entry.laws, law_words(entry.laws))
    return folded(" ".join([*said, *more]))
