"""Finding entries of the register by a side, a sector, a principle, a status or any words; a page at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.checklist import category_of
from bot.entries import principles_of
from bot.register import Sector, Stakeholder, Status, folded
from handlers.register.words import law_words
from handlers.typed.grammar import squeezed

PER_PAGE = 25
HIDDEN_FROM_MEMBERS = (Status.DECLINED, Status.LEFT)

Fits = Callable[[Stakeholder], bool]

_PAGE = re.compile(r"(?:^|\s)page (\d{1,4})$")
_PRINCIPLE = re.compile(r"(?:principle ?|p)([1-6])(?:\s|$)")
_SECTORS = {sector.value: sector for sector in Sector}
_STATUSES = {status.value: status for status in Status} | {"waiting": Status.NOMINATED}


@dataclass(frozen=True, slots=True)
class Page:
    """Page ``number`` of ``count`` of what was looked for. ``query`` is what was typed, without the page; ``total`` are
    all that fit, of ``everyone`` there is."""

    query: str
    entries: tuple[Stakeholder, ...]
    total: int
    number: int
    count: int
    everyone: int

    @property
    def has_more(self) -> bool:
        """Whether another page follows."""
        return self.number < self.count

    @property
    def next_query(self) -> str:
        """What to type, or to carry in a button, for the next page."""
        return f"{self.query} page {self.number + 1}".strip()


def visible(register: Sequence[Stakeholder], *, for_chair: bool) -> tuple[Stakeholder, ...]:
    """What someone may see: a member sees no entry that is closed, so that nothing tells them who declined."""
    return tuple(entry for entry in register if for_chair or entry.status not in HIDDEN_FROM_MEMBERS)


def find_page(register: Sequence[Stakeholder], text: str) -> Page:
    """The entries that fit ``text``, in the order of the list: by sector, then nominations, then what is closed."""
    words = squeezed(text)
    paged = _PAGE.search(words)
    query = words[: paged.start()].strip() if paged else words
    fits = _reader(query)
    chosen = sorted(filter(fits, register), key=list_order)
    count = max(1, -(-len(chosen) // PER_PAGE))
    number = min(max(int(paged[1]) if paged else 1, 1), count)
    entries = tuple(chosen[(number - 1) * PER_PAGE : number * PER_PAGE])
    return Page(query, entries, len(chosen), number, count, len(register))


def list_order(entry: Stakeholder) -> tuple[int, int]:
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
        fits, rest = _filter(rest)
        if fits is None:
            return _holding(query)
        filters.append(fits)
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
    who = (entry.ref, entry.name, entry.organization, entry.title, entry.category, entry.sector, entry.kind)
    more = (entry.status, category_of(entry.category).label, *entry.functions, *entry.laws, law_words(entry.laws))
    return folded(" ".join([*who, *more]))
