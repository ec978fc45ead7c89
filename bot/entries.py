"""What an entry of the register may hold, which entries are alike, and what does not count yet for want of a word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from bot.offices import may_speak_for_a_body
from bot.refusals import Refusal
from bot.register import Function, Kind, Sector, Stakeholder, Status, folded

CONSUMER = "consumer"
EXISTING_GROUPS = "existing_groups"
SEAT_FUNCTIONS = frozenset({Function.CONSUMER, Function.FAMILY})
PERSON_FUNCTIONS = frozenset({Function.EXECUTIVE, Function.LEGAL, Function.PRIVACY, Function.BOUNDARY_SPANNER})
LEGAL_FUNCTIONS = frozenset({Function.LEGAL, Function.PRIVACY})
_SPEAK_FOR = {
    Function.EXECUTIVE: 1,
    Function.LEGAL: 3,
    Function.PRIVACY: 3,
    Function.ADVISER: 4,
    Function.LIAISON: 4,
    Function.BOUNDARY_SPANNER: 5,
    Function.CONSUMER: 6,
    Function.FAMILY: 6,
}


class UnfitEntry(Refusal):
    """That does not fit together."""

    key: ClassVar[str] = "kind"


class ConsumerNeedsSeat(UnfitEntry):
    """For the consumer community the seat is enough: no person's name, no account. Use kind=seat with the seat's name,
    such as “Consumer seat 1”, or kind=group for an advocate organization."""


class GroupsAreGroups(UnfitEntry):
    """An existing interagency group is recorded as a group: use kind=group. A person from it goes under the category of
    their own agency."""


class GroupKindElsewhere(UnfitEntry):
    """Only an existing interagency group or an advocate organization is recorded as kind=group. Use kind=person or
    kind=seat here, or category=existing_groups."""


class SeatTakesNone(UnfitEntry):
    """A seat of the consumer community takes no {what}, because nobody is named for it. Leave {what}= out."""


class WhyOnSeat(SeatTakesNone):
    """A seat of the consumer community takes no why, because nobody is named for it. Leave Why empty."""

    key = "why"


class GroupTakesNone(UnfitEntry):
    """{what}= is about a person or a seat, and this is a group. Leave it out."""


class SeatFunctionsOnly(UnfitEntry):
    """The functions consumer and family belong to seats, so that nobody is named for them. Use kind=seat with the
    seat's name, or leave those functions out."""

    key = "functions"


class GroupsOnly(UnfitEntry):
    """{what}= is asked of existing groups, and of whoever speaks for one, such as the director of a council; this is
    another {kind}. Leave it out or empty it, as in {what}= with nothing after it."""


def check_entry(entry: Stakeholder) -> None:
    """Raise an UnfitEntry where the parts of ``entry`` do not fit together (the vocabulary of the principles)."""
    _check_kind(entry)
    if entry.kind is not Kind.SEAT and entry.functions & SEAT_FUNCTIONS:
        raise SeatFunctionsOnly
    if entry.kind is Kind.SEAT and (entry.category == CONSUMER or entry.functions & SEAT_FUNCTIONS):
        _check_nameless(entry)
    if entry.kind is Kind.GROUP:
        _check_no_person_words(entry)
    else:
        _check_no_group_words(entry)


def _check_kind(entry: Stakeholder) -> None:
    if entry.category == CONSUMER and entry.kind is Kind.PERSON:
        raise ConsumerNeedsSeat
    if entry.category == EXISTING_GROUPS and entry.kind is not Kind.GROUP:
        raise GroupsAreGroups
    if entry.kind is Kind.GROUP and entry.category not in (CONSUMER, EXISTING_GROUPS):
        raise GroupKindElsewhere


def _check_nameless(entry: Stakeholder) -> None:
    if entry.email:
        raise SeatTakesNone(what="email")
    if entry.slack_user:
        raise SeatTakesNone(what="slack")
    if entry.why:
        raise WhyOnSeat


def _check_no_person_words(entry: Stakeholder) -> None:
    said = {
        "heads": entry.heads,
        "oversees": entry.oversees,
        "shared-data": entry.shared_data,
        "vacant": entry.vacant is not None,
    }
    for what, value in said.items():
        if value:
            raise GroupTakesNone(what=what)


def _check_no_group_words(entry: Stakeholder) -> None:
    said = {"prior-sharing": entry.prior_sharing, "sides": entry.sides, "liaison": entry.liaison}
    for what, value in said.items():
        if value and (what == "liaison" or not may_speak_for_a_body(entry)):
            raise GroupsOnly(what=what, kind=entry.kind)


def alike(entry: Stakeholder, register: Iterable[Stakeholder]) -> tuple[Stakeholder, ...]:
    """The other entries of ``register`` with the same name and organization, case and accents folded; of any status,
    since one who left may come back."""
    key = _key(entry)
    return tuple(other for other in register if other.number != entry.number and _key(other) == key)


def _key(entry: Stakeholder) -> tuple[str, str]:
    return folded(entry.name), folded(entry.organization)


def principles_of(entry: Stakeholder) -> frozenset[int]:
    """The numbers of the principles that the entry speaks to by what was said of it: its functions and its kind."""
    numbers = {_SPEAK_FOR[function] for function in entry.functions if function in _SPEAK_FOR}
    if entry.category == CONSUMER:
        numbers.add(6)
    if entry.category == EXISTING_GROUPS:
        numbers.add(4)
    return frozenset(numbers)


def reminders(entry: Stakeholder) -> tuple[str, ...]:
    """What was said of ``entry`` and does not count yet, each as a sentence that says what would help."""
    if not entry.status.counts:
        return (_closed_words(entry),)
    if entry.kind is not Kind.GROUP and entry.is_vacant:
        return (f"A vacant seat does not count. Once somebody holds it: `/stakeholder set {entry.ref} | vacant=no`.",)
    if entry.kind is Kind.PERSON and not (entry.functions or entry.authority or entry.laws or entry.why):
        return (_no_function_words(entry),)
    if entry.kind is Kind.SEAT and entry.functions & PERSON_FUNCTIONS and not entry.is_held:
        return (f"The seat counts once somebody holds it: `/stakeholder set {entry.ref} | vacant=no`.",)
    found = (_about_executive(entry), _about_spanner(entry), _about_law(entry), _about_group(entry), _about_seat(entry))
    return tuple(words for words in found if words)


def _closed_words(entry: Stakeholder) -> str:
    if entry.status is Status.NOMINATED:
        return f"It won't count until a co-chair accepts it: `/stakeholder accept {entry.ref}`."
    return f"As {entry.status}, {entry.ref} does not count."


def _no_function_words(entry: Stakeholder) -> str:
    return (
        f"What is their role? A category alone doesn't count: "
        f"`/stakeholder set {entry.ref} | functions=executive` (or legal, privacy, boundary-spanner, adviser)."
    )


def _about_executive(entry: Stakeholder) -> str:
    if entry.kind is Kind.GROUP:
        return ""
    executive = Function.EXECUTIVE in entry.functions
    if executive and not entry.authority:
        return f"Can they approve policy? If so: `/stakeholder set {entry.ref} | authority=yes`."
    if entry.authority and not executive:
        return f"If they lead their agency, say so: `/stakeholder set {entry.ref} | functions=+executive`."
    if executive and entry.sector is Sector.GOVERNMENT and entry.oversees is None:
        return (
            "Does a justice or a health agency answer to them? For principle 1, say which: "
            f"`/stakeholder set {entry.ref} | oversees=health` (or justice, neither)."
        )
    if executive and entry.status is not Status.COMMITTED:
        return (
            f"For principle 1 an executive counts once they commit: `/stakeholder set {entry.ref} | status=committed`."
        )
    return ""


def _about_spanner(entry: Stakeholder) -> str:
    spanner = Function.BOUNDARY_SPANNER in entry.functions
    if spanner and entry.kind is not Kind.GROUP and not (entry.why and entry.why_confirmed):
        wanted = "a co-chair to confirm the line that says why" if entry.why else "one line that says why"
        return f"As a boundary spanner {entry.ref} waits for {wanted}: `/stakeholder set {entry.ref} | why=...`."
    if entry.why and not spanner:
        return (
            f"A why counts for a boundary spanner only. If {entry.ref} is one: "
            f"`/stakeholder set {entry.ref} | functions=+boundary-spanner`."
        )
    return ""


def _about_law(entry: Stakeholder) -> str:
    expert = bool(entry.functions & LEGAL_FUNCTIONS)
    if entry.kind is Kind.GROUP:
        return ""
    if expert and not entry.knows_state_law:
        return (
            "Do they know this jurisdiction's law? If so: "
            f"`/stakeholder set {entry.ref} | jurisdiction=yes`, and list the laws they can advise on with `laws=`."
        )
    if entry.laws and not expert:
        return f"Laws count for a legal or privacy expert only: `/stakeholder set {entry.ref} | functions=+legal`."
    return ""


def _about_group(entry: Stakeholder) -> str:
    if entry.category == EXISTING_GROUPS and entry.prior_sharing is None:
        return (
            "Has this group shared data before? When you have asked: "
            f"`/stakeholder set {entry.ref} | prior-sharing=yes` (or no, or unknown)."
        )
    return ""


def _about_seat(entry: Stakeholder) -> str:
    if entry.category == CONSUMER and entry.status is not Status.COMMITTED:
        return f"For principle 6 a seat counts once it is taken: `/stakeholder set {entry.ref} | status=committed`."
    if entry.functions & PERSON_FUNCTIONS and entry.kind is Kind.GROUP:
        return f"Executives, experts and boundary spanners are people, and {entry.ref} is a group."
    return ""
