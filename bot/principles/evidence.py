"""What the criteria are judged by: the register sorted once, and the words for what was and was not counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.groups import Attestation, Situation, WorkingGroup
from bot.offices import may_speak_for_a_body
from bot.principles.principles import criteria
from bot.register import Function, Kind, Sector, Stakeholder, Status, folded
from bot.words import short_day

LAPSES_AFTER = timedelta(days=180)
"""How long an attestation with a date, or "looked, none found", stands. Our reading, not the source's."""

SETTLED_ONCE = ("P2.b",)
"""Criteria that stay so once they happened: the initial meetings are not held again."""

SPOKEN = {
    Sector.JUSTICE: "justice",
    Sector.HEALTH: "health",
    Sector.GOVERNMENT: "general government",
    Sector.COMMUNITY: "the community",
    Sector.TECHNOLOGY: "technology",
    Sector.RESEARCH: "research",
    Sector.FUNDER: "a funder",
}
"""How a sentence says for whom somebody speaks."""

CLOSED = {
    Status.NOMINATED: "is nominated, and a co-chair has not accepted it yet",
    Status.DECLINED: "declined",
    Status.LEFT: "has left",
}
"""Why an entry of one of these statuses counts for nothing."""

FILLED = "has somebody taken it?"
"""What is asked of a seat that nobody is known to hold."""

COMMITTED = "have they committed?"
"""What is asked of somebody whose commitment is needed."""


CONFIRMED = "A co-chair has confirmed it (self-reported)."
"""Said where an attestation counted; who, when and in what words stands beside it."""

HAS_LAPSED = "What a co-chair confirmed is over 180 days old. Please confirm it again if it is still so."
"""Said where an attestation counts no longer."""


@dataclass(frozen=True, slots=True)
class NotCounted:
    """An entry that was looked at and not counted, and why: a statement or, where one fact is missing, the question for
    it. ``private`` ones are shown to co-chairs only."""

    who: str
    why: str
    private: bool = False


Unseen = Callable[[], tuple[NotCounted, ...]]
"""Who was looked at and not counted. Worked out when asked: an explanation needs it, a list of states does not."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule found.

    ``because`` names no person. ``alone`` are the entries each of which carries a needed part by itself. ``step`` is
    the variant of the next step that fits, ``about`` whom it is about, and ``missing`` what else fills it in. ``notes``
    say, by what was ``counted``, who recorded or said so. ``said`` is the attestation that counted. ``elsewhere`` says
    that only another working group can do something about it.
    """

    holds: bool | None
    because: str
    counted: tuple[str, ...] = ()
    unseen: Unseen = tuple
    alone: tuple[Stakeholder, ...] = ()
    said: Attestation | None = None
    step: str = ""
    about: tuple[Stakeholder, ...] = ()
    missing: str = ""
    elsewhere: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One situation at one instant, sorted so that each rule looks only at what concerns it.

    All tuples of entries hold only entries that count, ``consumers`` only committed ones. ``people`` are persons, and
    seats that somebody holds; executives, experts and spanners are among them. ``bodies`` are the interagency groups,
    and those who stand for one. ``attested`` has the newest attestation of each attestable criterion, lapsed or not.
    """

    situation: Situation
    now: datetime
    working_groups: tuple[WorkingGroup, ...]
    counting: tuple[Stakeholder, ...]
    people: tuple[Stakeholder, ...]
    executives: tuple[Stakeholder, ...]
    experts: tuple[Stakeholder, ...]
    bodies: tuple[Stakeholder, ...]
    spanners: tuple[Stakeholder, ...]
    consumers: tuple[Stakeholder, ...]
    attested: Mapping[str, Attestation]

    @property
    def zone(self) -> str:
        """The time zone in which the group tells its days."""
        return self.situation.group.zone

    def standing(self, criterion: str) -> Attestation | None:
        """The newest attestation of ``criterion``, unless it has lapsed."""
        said = self.attested.get(criterion)
        return None if said is None or lapsed(said, self.now, self.zone) else said

    def day(self, at: datetime) -> str:
        """The group's local day of an aware instant, as a note says it: "Mar 3"."""
        group = self.situation.group
        return short_day(group.day_of(at), group.day_of(self.now))


def gather(situation: Situation, now: datetime) -> Evidence:
    """Sort ``situation`` as of ``now`` (aware)."""
    counting = tuple(entry for entry in situation.stakeholders if entry.counts)
    people = tuple(entry for entry in counting if entry.is_held)
    ours = {group.channel_id: group for group in (*situation.groups, situation.group)}
    own_names = {folded(group.name) for group in ours.values()}
    return Evidence(
        situation=situation,
        now=now,
        working_groups=tuple(ours.values()),
        counting=counting,
        people=people,
        executives=tuple(entry for entry in people if Function.EXECUTIVE in entry.functions),
        experts=tuple(entry for entry in people if advises_on_law(entry)),
        bodies=tuple(entry for entry in counting if stands_for_a_body(entry) and folded(entry.name) not in own_names),
        spanners=tuple(entry for entry in people if is_confirmed_spanner(entry)),
        consumers=tuple(entry for entry in counting if entry.category == "consumer" and is_committed(entry)),
        attested=_newest(situation.attestations),
    )


def _newest(attestations: Iterable[Attestation]) -> dict[str, Attestation]:
    known = criteria()
    newest: dict[str, Attestation] = {}
    for said in sorted(attestations, key=lambda said: said.at):
        if said.criterion in known and known[said.criterion].attestable:
            newest[said.criterion] = said
    return newest


def lapsed(said: Attestation, now: datetime, zone: str) -> bool:
    """Whether ``said`` no longer stands at ``now``: 180 days after its date, or after "looked, none found" was said.

    What is settled once (P2.b) never lapses. Dates are those of the group's ``zone``.
    """
    if said.criterion in SETTLED_ONCE:
        return False
    if said.held_on is not None:
        return now.astimezone(ZoneInfo(zone)).date() >= said.held_on + LAPSES_AFTER
    return said.criterion == "P4.a" and said.looked_none_found and now >= said.at + LAPSES_AFTER


def is_committed(entry: Stakeholder) -> bool:
    """Whether the entry has said yes."""
    return entry.status is Status.COMMITTED


def is_interagency(entry: Stakeholder) -> bool:
    """Whether the entry is a group of several agencies; an advocate organization is a group too, and is none."""
    return entry.kind is Kind.GROUP and entry.category != "consumer"


def stands_for_a_body(entry: Stakeholder) -> bool:
    """Whether the entry is an interagency group, or somebody who is said to speak for one: of whom it is recorded
    whether it has shared data, or which sides it joins."""
    speaks = entry.prior_sharing is not None or bool(entry.sides)
    return is_interagency(entry) or (speaks and may_speak_for_a_body(entry))


def advises_on_law(entry: Stakeholder) -> bool:
    """Whether the entry is marked as a legal or privacy expert."""
    return Function.LEGAL in entry.functions or Function.PRIVACY in entry.functions


def is_confirmed_spanner(entry: Stakeholder) -> bool:
    """Whether a co-chair has said, in one line, why this person is a boundary spanner."""
    return Function.BOUNDARY_SPANNER in entry.functions and entry.why_confirmed and bool(entry.why.strip())


@lru_cache(maxsize=8192)
def agency(organization: str) -> str:
    """The organization with case, accents and spacing folded; remembered, since registers repeat their agencies."""
    return folded(organization)


def called(entry: Stakeholder) -> str:
    """How a sentence names an entry: its name and organization; a consumer seat by its name alone."""
    nameless = entry.category == "consumer" and entry.kind is Kind.SEAT
    if nameless or entry.organization in ("", entry.name):
        return entry.name
    return f"{entry.name} ({entry.organization})"


def shown(entry: Stakeholder) -> str:
    """How an explanation names an entry: its reference and words; for a consumer seat the seat alone."""
    return f"{entry.ref} {called(entry)}"


def names(entries: Iterable[Stakeholder]) -> tuple[str, ...]:
    """How an explanation names each entry, once each, in the order of the register's numbers."""
    by_number = {entry.number: entry for entry in entries}
    return tuple(shown(by_number[number]) for number in sorted(by_number))


def sole(*needs: tuple[Stakeholder, ...]) -> tuple[Stakeholder, ...]:
    """The entries that fill one of ``needs`` all by themselves."""
    return tuple({need[0].number: need[0] for need in needs if len(need) == 1}.values())


def closed(entry: Stakeholder) -> str:
    """Why an entry of this status can never count, or nothing."""
    return CLOSED.get(entry.status, "")


def absent(entry: Stakeholder) -> str:
    """Why nobody is there who could count: the entry is closed, a group, or a seat that nobody is known to hold."""
    if closed(entry):
        return closed(entry)
    if entry.kind is Kind.GROUP:
        return "is a group, not a person"
    return "" if entry.is_held else FILLED


def uncommitted(entry: Stakeholder) -> str:
    """Why an entry does not count where a commitment is needed, or nothing."""
    if is_committed(entry):
        return FILLED if entry.is_vacant else ""
    return closed(entry) or (COMMITTED if entry.is_held else FILLED)


def passed_over(
    entries: Iterable[Stakeholder],
    reason: Callable[[Stakeholder], str],
    alike: Callable[[Stakeholder], bool] = lambda _entry: True,
) -> Unseen:
    """Those of ``entries`` that look ``alike`` to what would count and have a ``reason`` why they do not."""
    return lambda: tuple(
        NotCounted(shown(entry), why, entry.status is Status.DECLINED)
        for entry in entries
        if alike(entry) and (why := reason(entry))
    )


def recorded_words(evidence: Evidence, entry: Stakeholder, *facts: str) -> str:
    """Who recorded the newest of ``facts``, and when; empty where that is not known."""
    known = [note for fact in facts if (note := entry.recorded_as(fact))]
    newest = max(known, key=lambda note: note.at, default=None)
    return f"recorded by <@{newest.by}> on {evidence.day(newest.at)}" if newest else ""


def recorded_notes(evidence: Evidence, entries: Iterable[Stakeholder], *facts: str) -> dict[str, str]:
    """By the name of each of ``entries``, who recorded the newest of ``facts`` and when."""
    told = {shown(entry): recorded_words(evidence, entry, *facts) for entry in entries}
    return {who: words for who, words in told.items() if words}


def attested_verdict(evidence: Evidence, criterion: str, not_yet: str, step: str = "") -> Verdict:
    """The verdict of a criterion that only an attestation can fill; ``not_yet`` is said when there is none."""
    said = evidence.standing(criterion)
    if said is not None:
        return Verdict(True, CONFIRMED, (quoted(evidence, said),), said=said, notes=said_note(evidence, said))
    if criterion in evidence.attested:
        return Verdict(False, HAS_LAPSED, step=step)
    return Verdict(False, not_yet, step=step)


def said_note(evidence: Evidence, said: Attestation) -> dict[str, str]:
    """Who said what was attested, and on which of the group's days."""
    return {quoted(evidence, said): f"said by <@{said.by}> on {evidence.day(said.at)}"}


def quoted(evidence: Evidence, said: Attestation) -> str:
    """An attestation as something counted: its text, and the date it speaks of if it has one."""
    if said.held_on is None:
        return f"“{said.text}”"
    return f"“{said.text}”, {short_day(said.held_on, evidence.situation.group.day_of(evidence.now))}"
