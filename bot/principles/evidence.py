"""What the criteria are judged by: the register sorted once, and the words for what was and was not counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.groups import Attestation, Situation, WorkingGroup
from bot.principles.principles import criteria
from bot.register import Function, Kind, Sector, Stakeholder, Status, folded

LAPSES_AFTER = timedelta(days=180)
"""How long an attestation with a date, or "looked, none found", stands. Our reading, not the source's."""

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


@dataclass(frozen=True, slots=True)
class NotCounted:
    """An entry that was looked at and not counted, and why. ``private`` ones are shown to co-chairs only."""

    who: str
    why: str
    private: bool = False


Unseen = Callable[[], tuple[NotCounted, ...]]
"""Who was looked at and not counted. Worked out when asked: an explanation needs it, a list of states does not."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule found.

    ``because`` names no person. ``alone`` are the entries each of which carries a needed part by itself. ``step`` is
    the variant of the next step that fits, and ``missing`` what fills it in. ``said`` is the attestation that counted.
    ``elsewhere`` says that only another working group can do something about it.
    """

    holds: bool | None
    because: str
    counted: tuple[str, ...] = ()
    unseen: Unseen = tuple
    alone: tuple[Stakeholder, ...] = ()
    said: Attestation | None = None
    step: str = ""
    missing: str = ""
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One situation at one instant, sorted so that each rule looks only at what concerns it.

    All tuples of entries but ``lawyerlike`` hold only entries that count, ``consumers`` only committed ones.
    ``lawyerlike`` are those a reader might take for legal experts, of any status. ``attested`` has the newest
    attestation of each attestable criterion, lapsed or not.
    """

    situation: Situation
    now: datetime
    working_groups: tuple[WorkingGroup, ...]
    counting: tuple[Stakeholder, ...]
    executives: tuple[Stakeholder, ...]
    experts: tuple[Stakeholder, ...]
    lawyerlike: tuple[Stakeholder, ...]
    groups: tuple[Stakeholder, ...]
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


def gather(situation: Situation, now: datetime) -> Evidence:
    """Sort ``situation`` as of ``now`` (aware)."""
    counting = tuple(entry for entry in situation.stakeholders if entry.status.counts)
    people = tuple(entry for entry in counting if entry.kind is Kind.PERSON)
    ours = {group.channel_id: group for group in (*situation.groups, situation.group)}
    own_names = {folded(group.name) for group in ours.values()}
    return Evidence(
        situation=situation,
        now=now,
        working_groups=tuple(ours.values()),
        counting=counting,
        executives=tuple(entry for entry in people if Function.EXECUTIVE in entry.functions),
        experts=tuple(entry for entry in people if advises_on_law(entry)),
        lawyerlike=tuple(entry for entry in situation.stakeholders if looks_like_a_lawyer(entry)),
        groups=tuple(entry for entry in counting if is_interagency(entry) and folded(entry.name) not in own_names),
        spanners=tuple(entry for entry in people if is_confirmed_spanner(entry)),
        consumers=tuple(entry for entry in counting if entry.category == "consumer" and is_committed(entry)),
        attested=_newest(situation.attestations),
    )


def _newest(attestations: Iterable[Attestation]) -> dict[str, Attestation]:
    known = criteria()
    newest: dict[str, Attestation] = {}
    for said in sorted(attestations, key=lambda each: each.at):
        if said.criterion in known and known[said.criterion].attestable:
            newest[said.criterion] = said
    return newest


def lapsed(said: Attestation, now: datetime, zone: str) -> bool:
    """Whether ``said`` no longer stands at ``now``: 180 days after its date, or after "looked, none found" was said.

    Dates are those of the group's ``zone``.
    """
    if said.held_on is not None:
        return now.astimezone(ZoneInfo(zone)).date() >= said.held_on + LAPSES_AFTER
    return said.criterion == "P4.a" and said.looked_none_found and now >= said.at + LAPSES_AFTER


def is_committed(entry: Stakeholder) -> bool:
    """Whether the entry has said yes."""
    return entry.status is Status.COMMITTED


def is_interagency(entry: Stakeholder) -> bool:
    """Whether the entry is a group of several agencies; an advocate organization is a group too, and is none."""
    return entry.kind is Kind.GROUP and entry.category != "consumer"


def advises_on_law(entry: Stakeholder) -> bool:
    """Whether the entry is marked as a legal or privacy expert."""
    return Function.LEGAL in entry.functions or Function.PRIVACY in entry.functions


def looks_like_a_lawyer(entry: Stakeholder) -> bool:
    """Whether a reader might take the entry for a legal or privacy expert, rightly or not."""
    return entry.category == "legal" or bool(entry.laws) or advises_on_law(entry)


def is_confirmed_spanner(entry: Stakeholder) -> bool:
    """Whether a co-chair has said, in one line, why this person is a boundary spanner."""
    return Function.BOUNDARY_SPANNER in entry.functions and entry.why_confirmed and bool(entry.why.strip())


@lru_cache(maxsize=8192)
def agency(organization: str) -> str:
    """The organization with case, accents and spacing folded; remembered, since registers repeat their agencies."""
    return folded(organization)


def shown(entry: Stakeholder) -> str:
    """How an explanation names an entry: its reference and words; for a seat the seat alone."""
    if entry.kind is Kind.SEAT or entry.organization in ("", entry.name):
        return f"{entry.ref} {entry.name}"
    return f"{entry.ref} {entry.name} ({entry.organization})"


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


def uncommitted(entry: Stakeholder) -> str:
    """Why an entry does not count where a commitment is needed, or nothing."""
    if is_committed(entry):
        return ""
    return closed(entry) or f"is {entry.status.value}, and this takes a commitment"


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


def attested_verdict(evidence: Evidence, criterion: str, not_yet: str) -> Verdict:
    """The verdict of a criterion that only an attestation can fill; ``not_yet`` is said when there is none."""
    said = evidence.standing(criterion)
    if said is not None:
        return Verdict(True, self_reported(said, evidence.zone), counted=(quoted(said),), said=said)
    if criterion in evidence.attested:
        return Verdict(False, has_lapsed(evidence.attested[criterion], evidence.zone))
    return Verdict(False, not_yet)


def self_reported(said: Attestation, zone: str) -> str:
    """A sentence that says an attestation counted, and on which day of ``zone`` it was said."""
    return f"A co-chair said so on {_day(said, zone)} (self-reported)."


def has_lapsed(said: Attestation, zone: str) -> str:
    """A sentence that says an attestation counts no longer; the day it was said is that of ``zone``."""
    return f"What a co-chair said on {_day(said, zone)} has lapsed after 180 days. If it is still so, say it again."


def _day(said: Attestation, zone: str) -> str:
    return said.at.astimezone(ZoneInfo(zone)).date().isoformat()


def quoted(said: Attestation) -> str:
    """An attestation as something counted: its text, and the date it speaks of if it has one."""
    dated = f", {said.held_on.isoformat()}" if said.held_on else ""
    return f"“{said.text}”{dated}"
