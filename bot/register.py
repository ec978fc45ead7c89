"""The register of stakeholders as values: who is on it, in what capacity, and how far along.

Vocabulary and codes are those of the guiding principles (see ``bot/principles/principles.toml``).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


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
    STAFF = "staff"


class Law(StrEnum):
    """A body of privacy law someone says they can advise on. Self-declared, never verified."""

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


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """One entry of the register.

    ``number`` is unique in the initiative; people see it as ``S12``. ``prior_sharing`` is None when nobody was asked.
    ``why`` makes a boundary spanner only once ``why_confirmed`` (a co-chair wrote or confirmed it).
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
        """Whether they say they know this jurisdiction's law, directly or by a state law."""
        return self.jurisdiction or any(law.value.startswith("state-") for law in self.laws)


def folded(words: str) -> str:
    """``words`` with case, accents and spacing folded, so that ``José`` and ``jose`` compare equal."""
    plain = unicodedata.normalize("NFKD", words)
    bare = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(bare.casefold().split())
