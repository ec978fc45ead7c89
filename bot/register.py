"""The register of stakeholders as values: who is on it, in what capacity, and how far along.

Vocabulary and codes are those of the guiding principles (see ``bot/principles/principles.toml``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache


class Side(StrEnum):
    """One of the two sides that share the chair."""

    JUSTICE = "justice"
    HEALTH = "health"

    @property
    def other(self) -> Side:
        """The side across the table."""
        return Side.HEALTH if self is Side.JUSTICE else Side.JUSTICE


class Sector(StrEnum):
    """Whose authority a person speaks for, not their profession."""

    JUSTICE = "justice"
    HEALTH = "health"
    GOVERNMENT = "government"
    COMMUNITY = "community"
    TECHNOLOGY = "technology"
    RESEARCH = "research"
    FUNDER = "funder"


class Kind(StrEnum):
    """A person (by name or by office), a seat with no person named, or an existing interagency group."""

    PERSON = "person"
    SEAT = "seat"
    GROUP = "group"


class Status(StrEnum):
    """How far along an entry is. The usual path is identified, approved, invited, committed."""

    NOMINATED = "nominated"
    IDENTIFIED = "identified"
    APPROVED = "approved"
    INVITED = "invited"
    COMMITTED = "committed"
    DECLINED = "declined"
    LEFT = "left"

    @property
    def counts(self) -> bool:
        """Whether an entry of this status can count toward any criterion."""
        return self not in (Status.NOMINATED, Status.DECLINED, Status.LEFT)


class Function(StrEnum):
    """What someone brings to the table. ``consumer`` and ``family`` belong to seats only."""

    EXECUTIVE = "executive"
    LEGAL = "legal"
    PRIVACY = "privacy"
    TECHNICAL = "technical"
    BOUNDARY_SPANNER = "boundary-spanner"
    CONSUMER = "consumer"
    FAMILY = "family"
    ADVOCATE = "advocate"
    LIAISON = "liaison"
    ADVISER = "adviser"
    DATA_EXCHANGE = "data-exchange"
    STAFF = "staff"


class Law(StrEnum):
    """A body of privacy law someone can advise on, as far as is recorded. Never verified."""

    HIPAA = "hipaa"
    PART2 = "part2"
    STATE_MENTAL_HEALTH = "state-mental-health"
    STATE_SUBSTANCE_USE = "state-substance-use"
    CONSENT = "consent"
    STATE_HIV = "state-hiv"
    JUSTICE_RECORDS = "justice-records"
    FERPA = "ferpa"
    STATE_JUVENILE = "state-juvenile"
    MEDICAID = "medicaid"
    RESEARCH = "research"


class ScopeFlag(StrEnum):
    """A subject the initiative includes. Only ``substance-use`` starts switched on."""

    SUBSTANCE_USE = "substance-use"
    JUVENILE = "juvenile"
    EDUCATION = "education"
    MEDICAID = "medicaid"
    RESEARCH = "research"
    TRIBAL = "tribal"
    VETERANS = "veterans"
    VICTIMS = "victims"


class PriorSharing(StrEnum):
    """Whether a listed group has shared data before. ``unknown`` means asked and not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Oversees(StrEnum):
    """Whose agencies answer to somebody of general government, once a person has said which."""

    JUSTICE = "justice"
    HEALTH = "health"
    NEITHER = "neither"


FACTS = (
    "functions",
    "authority",
    "laws",
    "jurisdiction",
    "heads",
    "shared_data",
    "oversees",
    "prior_sharing",
    "vacant",
)
"""What somebody records about an entry, and others rely on: who recorded it, and when, is kept beside it."""

_PARTS_OF_NAME = re.compile(r"[()\[\],:]| [-–—] ")
_NOBODY_YET = re.compile(
    r"(?:vacant|vacancy|open|unfilled|unnamed|t\.?b\.?[and]\.?|(?:not|none)(?: yet)? named"
    r"|to be (?:announced|appointed|decided|determined|filled|named))(?: (?:seat|position))?"
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """That a fact of an entry (one of ``FACTS``) was recorded: by whose Slack user id, and at which aware instant."""

    fact: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """One entry of the register.

    ``number`` is unique in the initiative; people see it as ``S12``. ``prior_sharing``, ``vacant`` and ``oversees`` are
    None when nobody was asked. ``why`` makes a boundary spanner only once ``why_confirmed`` (a co-chair wrote or
    confirmed it). ``recorded`` has the newest word on each fact.
    """

    number: int
    name: str
    organization: str
    category: str
    kind: Kind
    sector: Sector
    status: Status = Status.IDENTIFIED
    title: str = ""
    functions: frozenset[Function] = frozenset()
    authority: bool = False
    laws: frozenset[Law] = frozenset()
    jurisdiction: bool = False
    why: str = ""
    why_confirmed: bool = False
    exchange: bool = False
    email: str = ""
    slack_user: str = ""
    prior_sharing: PriorSharing | None = None
    sides: frozenset[Side] = frozenset()
    liaison: int | None = None
    heads: bool = False
    shared_data: bool = False
    vacant: bool | None = None
    oversees: Oversees | None = None
    recorded: tuple[Recorded, ...] = ()

    @property
    def ref(self) -> str:
        """The reference people type, such as ``S12``."""
        return f"S{self.number}"

    @property
    def agency(self) -> str:
        """The organization with case, accents and spacing folded, to compare agencies by."""
        return folded(self.organization)

    @property
    def knows_state_law(self) -> bool:
        """Whether it is recorded that they know this jurisdiction's law, directly or by a state law."""
        return self.jurisdiction or any(law.value.startswith("state-") for law in self.laws)

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds it: that was said, or the name says so ("Vacant", "TBD", "Not named", "Open")."""
        return says_vacant(self.name) if self.vacant is None else self.vacant

    @property
    def is_held(self) -> bool:
        """Whether a person is behind the entry: a person, or a seat of which it was said that it is not vacant."""
        if self.kind is Kind.PERSON:
            return not self.is_vacant
        return self.kind is Kind.SEAT and self.vacant is False

    @property
    def counts(self) -> bool:
        """Whether the entry can count toward any criterion: by its status, and somebody holds it."""
        return self.status.counts and not self.is_vacant

    def recorded_as(self, fact: str) -> Recorded | None:
        """Who recorded ``fact`` and when, where that is known."""
        return next((note for note in self.recorded if note.fact == fact), None)


def recorded(before: Stakeholder | None, after: Stakeholder, by: str, at: datetime) -> Stakeholder:
    """``after`` with a note that ``by`` recorded, at ``at`` (aware), each fact that differs from ``before``; of a new
    entry (None before), each fact that is said."""
    plain = before or Stakeholder(0, "", "", after.category, after.kind, after.sector)
    changed = [fact for fact in FACTS if getattr(after, fact) != getattr(plain, fact)]
    kept = [note for note in after.recorded if note.fact not in changed]
    return replace(after, recorded=(*kept, *(Recorded(fact, by, at) for fact in changed)))


@lru_cache(maxsize=16384)
def says_vacant(name: str) -> bool:
    """Whether a name means that nobody holds it: "Vacant", "TBD", "Not named", "Open", "Judge (vacant)"."""
    return any(_NOBODY_YET.fullmatch(part.strip()) for part in _PARTS_OF_NAME.split(folded(name)))


def folded(words: str) -> str:
    """``words`` with case, accents and spacing folded, so that ``José`` and ``jose`` compare equal."""
    if words.isascii():
        return " ".join(words.casefold().split())
    plain = unicodedata.normalize("NFKD", words)
    bare = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(bare.casefold().split())
