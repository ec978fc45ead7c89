"""What the criteria are judged by: the register sorted once, and the words for what was and was not counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.groups import Attestation, Situation, WorkingGroup
from bot.offices import hints_at_anything, may_speak_for_a_body
from bot.principles.principles import criteria
from bot.register import Function, Kind, Stakeholder, Status, folded
from bot.words import short_day

LAPSES_AFTER = timedelta(days=180)
"""How long an attestation with a date, or "looked, none found", stands. Our reading, not the source's."""

SETTLED_ONCE = ("P2.b",)
"""Criteria that stay so once they happened: the initial meetings are not held again."""

NOTED = frozenset(
    {
        "consumer",
        "existing_groups",
        "health_correctional",
        "justice_planning",
        "legal",
        "lived_justice",
        "public_members",
        "technology",
        "veterans",
    }
)
"""Categories of which a rule takes notice where nothing else is said: it asks."""


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

    All tuples of entries but ``remarkable`` hold only entries that count, ``consumers`` only committed ones. ``people``
    are persons, and seats that somebody holds; executives, experts and spanners are among them. ``bodies`` are the
    interagency groups, and those who stand for one. ``remarkable`` are those of any status of whom somebody said
    something, or whose words make a reader think of something. ``attested`` has the newest attestation of each
    attestable criterion, lapsed or not.
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
    remarkable: tuple[Stakeholder, ...]
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
        remarkable=tuple(entry for entry in situation.stakeholders if _is_remarkable(entry)),
        attested=_newest(situation.attestations),
    )


def _is_remarkable(entry: Stakeholder) -> bool:
    said = entry.functions or entry.laws or entry.authority or entry.why
    return bool(said) or entry.kind is Kind.GROUP or entry.category in NOTED or hints_at_anything(entry)


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
