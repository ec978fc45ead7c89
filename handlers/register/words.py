"""An entry of the register in words, part by part. Everything here is ready for mrkdwn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.checklist import category_of
from bot.groups import WorkingGroup
from bot.principles.principles import law_labels
from bot.principles.telling import SPOKEN
from bot.register import Function, Kind, Law, PriorSharing, Side, Stakeholder
from bot.words import joined, short_day
from handlers.slack.blocks import cut, escape

LINE_NAME, LINE_ORGANIZATION, LINE = 50, 40, 125
FACT_WORDS = {
    "functions": "functions",
    "authority": "whether they can approve policy",
    "laws": "the laws they can advise on",
    "jurisdiction": "whether they know this jurisdiction's law",
    "heads": "whether they head their agency",
    "shared_data": "whether they have shared data",
    "oversees": "whose agencies answer to them",
    "prior_sharing": "earlier data sharing",
    "vacant": "whether somebody holds it",
}
"""What was recorded, as a line says it."""

NOBODY_ASKED = "nobody has asked yet"
SHARING = {PriorSharing.YES: "yes", PriorSharing.NO: "no", PriorSharing.UNKNOWN: "asked, and not known"}


def yes_no(value: bool) -> str:
    """A truth as a person says it."""
    return "yes" if value else "no"


def called(entry: Stakeholder) -> str:
    """The entry's reference, name and organization."""
    return f"{entry.ref} {escape(named(entry))}"


def named(entry: Stakeholder) -> str:
    """The entry's name and organization, unescaped; the name alone where both are the same."""
    same = entry.name.casefold() == entry.organization.casefold()
    return entry.name if same else f"{entry.name} ({entry.organization})"


def line(entry: Stakeholder) -> str:
    """The entry in one short line of a list, the reference first."""
    name, organization = cut(entry.name, LINE_NAME), cut(entry.organization, LINE_ORGANIZATION)
    who = name if entry.name.casefold() == entry.organization.casefold() else f"{name} ({organization})"
    parts = ", ".join([*in_order(entry.functions, Function), *(["can approve policy"] if entry.authority else [])])
    words = f"{entry.ref} {who}, {entry.status}" + (f"; {parts}" if parts else "")
    return escape(cut(words, LINE))


def in_order(chosen: Iterable[str], known: Iterable[str]) -> list[str]:
    """The ``chosen`` ones in the order in which ``known`` lists them."""
    wanted = set(chosen)
    return [str(code) for code in known if code in wanted]


def law_words(laws: Iterable[Law]) -> str:
    """The laws by the names people know."""
    wanted = set(laws)
    return ", ".join(label for law, label in law_labels().items() if law in wanted)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is said of an entry: its label, and how an entry says it (empty where there is nothing)."""

    label: str
    words: Callable[[Stakeholder, Mapping[int, Stakeholder]], str]


def _why(entry: Stakeholder, _register: Mapping[int, Stakeholder]) -> str:
    if not entry.why:
        return ""
    confirmed = "confirmed by a co-chair" if entry.why_confirmed else "waits for a co-chair to confirm it"
    return f"“{escape(entry.why)}” ({confirmed})"


def _liaison(entry: Stakeholder, register: Mapping[int, Stakeholder]) -> str:
    if entry.liaison is None:
        return ""
    known = register.get(entry.liaison)
    return called(known) if known else f"S{entry.liaison}"


def _vacant(entry: Stakeholder, _register: Mapping[int, Stakeholder]) -> str:
    if entry.vacant is None:
        return "yes, by its name" if entry.is_vacant else ""
    return yes_no(entry.vacant)


def _sharing(entry: Stakeholder, _register: Mapping[int, Stakeholder]) -> str:
    if entry.kind is not Kind.GROUP and entry.prior_sharing is None:
        return ""
    return SHARING[entry.prior_sharing] if entry.prior_sharing else NOBODY_ASKED


PARTS: tuple[Part, ...] = (
    Part("Name", lambda entry, _: escape(entry.name)),
    Part("Organization", lambda entry, _: escape(entry.organization)),
    Part("Category", lambda entry, _: category_of(entry.category).label),
    Part("Speaks for", lambda entry, _: SPOKEN[entry.sector]),
    Part("Kind", lambda entry, _: str(entry.kind)),
    Part("Status", lambda entry, _: str(entry.status)),
    Part("Title", lambda entry, _: escape(entry.title)),
    Part("Functions", lambda entry, _: ", ".join(in_order(entry.functions, Function))),
    Part("Can approve policy", lambda entry, _: yes_no(True) if entry.authority else ""),
    Part("Can advise on", lambda entry, _: law_words(entry.laws)),
    Part("Knows this jurisdiction's law", lambda entry, _: yes_no(True) if entry.jurisdiction else ""),
    Part("Why a boundary spanner", _why),
    Part("Agency expected to exchange data", lambda entry, _: yes_no(True) if entry.exchange else ""),
    Part("Heads their agency", lambda entry, _: yes_no(True) if entry.heads else ""),
    Part("Agencies that answer to them", lambda entry, _: str(entry.oversees or "")),
    Part("Has shared data among agencies", lambda entry, _: yes_no(True) if entry.shared_data else ""),
    Part("Vacant", _vacant),
    Part("E-mail", lambda entry, _: escape(entry.email)),
    Part("Slack", lambda entry, _: f"<@{entry.slack_user}>" if entry.slack_user else ""),
    Part("Has shared data before", _sharing),
    Part("Joins the sides", lambda entry, _: " and ".join(in_order(entry.sides, Side))),
    Part("Liaison", _liaison),
)
"""All that an entry can say, in the order in which it is shown."""


def details(entry: Stakeholder, register: Sequence[Stakeholder]) -> list[str]:
    """Everything that was said of the entry beside its name and organization, a line each."""
    known = {other.number: other for other in register}
    labelled = ((part.label, part.words(entry, known)) for part in PARTS[2:])
    return [f"{label}: {words}" for label, words in labelled if words]


def recorded_lines(entry: Stakeholder, group: WorkingGroup, now: datetime) -> list[str]:
    """Who recorded the facts of the entry, and on which of the group's days, a line for each."""
    told: dict[str, list[str]] = {}
    for note in entry.recorded:
        day = short_day(group.day_of(note.at), group.day_of(now))
        told.setdefault(f"Recorded by <@{note.by}> on {day}", []).append(FACT_WORDS[note.fact])
    return [f"{who}: {joined(facts)}" for who, facts in told.items()]


def differences(before: Stakeholder, after: Stakeholder, register: Sequence[Stakeholder]) -> list[str]:
    """What a change changed, a line each: before → after."""
    known = {other.number: other for other in register}
    pairs = ((part.label, part.words(before, known), part.words(after, known)) for part in PARTS)
    return [f"{label}: {old or 'nothing'} → {new or 'nothing'}" for label, old, new in pairs if old != new]
