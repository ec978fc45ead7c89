"""From what a person wrote in the places and ``key=value`` of an entry to the entry; typed or in the modal alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from bot.checklist import Category, category_of, find_category
from bot.entries import UnfitEntry, check_entry
from bot.privacy import NAME_LIMIT, ORGANIZATION_LIMIT, clean_text
from bot.refusals import Refusal
from bot.register import Function, Kind, Law, Oversees, PriorSharing, Sector, Side, Stakeholder, Status
from handlers.typed.grammar import mention, quoted, squeezed
from handlers.typed.refs import find_stakeholder
from handlers.typed.values import parse_choice, parse_list_change, parse_yes_no

EMAIL_LIMIT = 254
WORD_LIMIT = 300
PLACES = ("name", "organization", "category")
"""What ``add`` takes by place, in this order; ``set`` takes them as keys."""

Fields = Mapping[str, str]
"""What was written for each key, as it was written."""

Around = Callable[[str], AbstractContextManager[None]]
"""What to read each key's value inside of, such as the field of the modal that a refusal shall appear under."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


class SectorNeeded(UnfitEntry):
    """For the category “{category}” please say whose authority they speak for, not their profession: sector=justice,
    sector=health, or one of {others}.{caution}"""

    key: ClassVar[str] = "sector"


class NotAnEmail(Refusal):
    """{typed} does not look like an e-mail address. Please type a work address, such as name@agency.example."""


class NotAPerson(Refusal):
    """I could not tell whom slack={typed} means. Type @ and choose the person from the list that appears."""


class OwnLiaison(Refusal):
    """A group cannot be its own liaison. Please name the entry of a person, such as liaison=S4."""


class NotEmpty(Refusal):
    """The {what} cannot be empty. Please type {what}= and then one of: {choices}."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a value is read against: the entry as it is (or its beginnings), and the register it belongs to."""

    entry: Stakeholder
    register: Sequence[Stakeholder]


Reader = Callable[[str, Reading], dict[str, Any]]


def no_field(_key: str) -> AbstractContextManager[None]:
    """For typed input: a refusal appears as it is."""
    return nullcontext()


def new_entry(fields: Fields, register: Sequence[Stakeholder], around: Around = no_field) -> Stakeholder:
    """The entry that ``fields`` describe, numbered 0; ``name``, ``organization`` and ``category`` are needed.

    Raises a Refusal for what cannot be kept, understood or put together.
    """
    with around("category"):
        category = find_category(_words(fields["category"], "category"))
    start = Stakeholder(0, "", "", category.id, category.kind, category.sector or Sector.GOVERNMENT)
    read = _read(fields, Reading(start, register), around)
    if category.sector is None and "sector" not in read:
        with around("sector"):
            raise _sector_needed(category)
    return _checked(replace(start, **read), around)


def changed_entry(
    fields: Fields, entry: Stakeholder, register: Sequence[Stakeholder], around: Around = no_field
) -> Stakeholder:
    """``entry`` with what ``fields`` say. Where its category changes, what came with the old one follows.

    Raises a Refusal for what cannot be kept, understood or put together.
    """
    read = _read(fields, Reading(entry, register), around)
    if read.get("category", entry.category) != entry.category:
        read = _following(entry, read) | read
    return _checked(replace(entry, **read), around)


def _read(fields: Fields, reading: Reading, around: Around) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key, text in fields.items():
        with around(key):
            read |= READERS[key](text, reading)
    return read


def _checked(entry: Stakeholder, around: Around) -> Stakeholder:
    try:
        check_entry(entry)
    except UnfitEntry as unfit:
        with around(unfit.key):
            raise
    return entry


def _following(entry: Stakeholder, read: dict[str, Any]) -> dict[str, Any]:
    """The sector and kind of the new category, where the entry has those of its old one."""
    old, new = category_of(entry.category), category_of(read["category"])
    if new.sector is None and "sector" not in read:
        raise _sector_needed(new)
    follows = {"sector": new.sector} if entry.sector == old.sector else {}
    named = new.seat_only and entry.kind is Kind.PERSON and "name" not in read  # a name would stand for a seat
    return follows | ({"kind": new.kind} if entry.kind is old.kind and not named else {})


def _sector_needed(category: Category) -> SectorNeeded:
    others = ", ".join(sector for sector in Sector if sector not in ("justice", "health"))
    caution = f" {category.caution}" if category.caution else ""
    return SectorNeeded(category=category.label, others=others, caution=caution)


def _words(text: str, what: str) -> str:
    return clean_text(text, what, WORD_LIMIT)


def _choice(text: str, options: Sequence[str], what: str) -> str:
    if not squeezed(text):
        raise NotEmpty(what=what, choices=", ".join(options))
    return parse_choice(_words(text, what), options, what)


def _optional(text: str, what: str, limit: int) -> str:
    return clean_text(text, what, limit) if squeezed(text) else ""


def _name(text: str, _reading: Reading) -> dict[str, Any]:
    return {"name": clean_text(text, "name", NAME_LIMIT)}


def _organization(text: str, _reading: Reading) -> dict[str, Any]:
    return {"organization": clean_text(text, "organization", ORGANIZATION_LIMIT)}


def _category(text: str, _reading: Reading) -> dict[str, Any]:
    return {"category": find_category(_words(text, "category")).id}


def _sector(text: str, _reading: Reading) -> dict[str, Any]:
    return {"sector": Sector(_choice(text, tuple(Sector), "sector"))}


def _kind(text: str, _reading: Reading) -> dict[str, Any]:
    return {"kind": Kind(_choice(text, tuple(Kind), "kind"))}


def _status(text: str, _reading: Reading) -> dict[str, Any]:
    return {"status": Status(_choice(text, tuple(Status), "status"))}


def _title(text: str, _reading: Reading) -> dict[str, Any]:
    return {"title": _optional(text, "title", NAME_LIMIT)}


def _functions(text: str, reading: Reading) -> dict[str, Any]:
    words = parse_list_change(_optional(text, "functions", WORD_LIMIT), reading.entry.functions, Function, "function")
    return {"functions": frozenset(map(Function, words))}


def _laws(text: str, reading: Reading) -> dict[str, Any]:
    words = parse_list_change(_optional(text, "laws", WORD_LIMIT), reading.entry.laws, Law, "law")
    return {"laws": frozenset(map(Law, words))}


def _sides(text: str, reading: Reading) -> dict[str, Any]:
    words = parse_list_change(_optional(text, "sides", WORD_LIMIT), reading.entry.sides, Side, "side")
    return {"sides": frozenset(map(Side, words))}


def _authority(text: str, _reading: Reading) -> dict[str, Any]:
    return {"authority": _yes(text, "authority")}


def _jurisdiction(text: str, _reading: Reading) -> dict[str, Any]:
    return {"jurisdiction": _yes(text, "jurisdiction")}


def _exchange(text: str, _reading: Reading) -> dict[str, Any]:
    return {"exchange": _yes(text, "exchange")}


def _heads(text: str, _reading: Reading) -> dict[str, Any]:
    return {"heads": _yes(text, "heads")}


def _shared_data(text: str, _reading: Reading) -> dict[str, Any]:
    return {"shared_data": _yes(text, "shared-data")}


def _vacant(text: str, _reading: Reading) -> dict[str, Any]:
    return {"vacant": _yes(text, "vacant") if squeezed(text) else None}


def _oversees(text: str, _reading: Reading) -> dict[str, Any]:
    if not squeezed(text):
        return {"oversees": None}
    return {"oversees": Oversees(_choice(text, tuple(Oversees), "oversees"))}


def _yes(text: str, what: str) -> bool:
    if not squeezed(text):
        raise NotEmpty(what=what, choices="yes, no")
    return parse_yes_no(_words(text, what))


def _why(text: str, _reading: Reading) -> dict[str, Any]:
    return {"why": _optional(text, "why", 500)}


def _email(text: str, _reading: Reading) -> dict[str, Any]:
    address = _optional(text, "email", EMAIL_LIMIT)
    if address and not _EMAIL.fullmatch(address):
        raise NotAnEmail(typed=quoted(address))
    return {"email": address}


def _slack(text: str, _reading: Reading) -> dict[str, Any]:
    user_id = mention(text)
    if squeezed(text) and not user_id:
        raise NotAPerson(typed=quoted(text))
    return {"slack_user": user_id or ""}


def _prior_sharing(text: str, _reading: Reading) -> dict[str, Any]:
    if not squeezed(text):
        return {"prior_sharing": None}
    return {"prior_sharing": PriorSharing(_choice(text, tuple(PriorSharing), "prior-sharing"))}


def _liaison(text: str, reading: Reading) -> dict[str, Any]:
    if squeezed(text) in ("", "none"):
        return {"liaison": None}
    liaison = find_stakeholder(_words(text, "liaison"), reading.register)
    if liaison.number == reading.entry.number:
        raise OwnLiaison
    return {"liaison": liaison.number}


READERS: Mapping[str, Reader] = {
    "name": _name,
    "organization": _organization,
    "category": _category,
    "sector": _sector,
    "kind": _kind,
    "status": _status,
    "title": _title,
    "functions": _functions,
    "authority": _authority,
    "laws": _laws,
    "jurisdiction": _jurisdiction,
    "why": _why,
    "exchange": _exchange,
    "email": _email,
    "slack": _slack,
    "prior-sharing": _prior_sharing,
    "sides": _sides,
    "liaison": _liaison,
    "heads": _heads,
    "shared-data": _shared_data,
    "vacant": _vacant,
    "oversees": _oversees,
}
"""How the value of each key is read."""

SET_KEYS = frozenset(READERS)
ADD_KEYS = frozenset(READERS) - frozenset(PLACES) | {"anyway"}
