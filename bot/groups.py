"""Initiatives and working groups as values, with what has been said and agreed about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.register import ScopeFlag, Side, Stakeholder


class PublicBody(StrEnum):
    """Whether the group is a public body under its state's law. Only ``no`` switches voting on."""

    YES = "yes"
    NO = "no"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class CoChair:
    """One co-chair of a working group. ``user_id`` is empty for someone who is not in this Slack."""

    name: str
    organization: str
    side: Side
    user_id: str = ""

    @property
    def shown(self) -> str:
        """How a message names them: a mention, or the name and organization."""
        return f"<@{self.user_id}>" if self.user_id else f"{self.name} ({self.organization})"


@dataclass(frozen=True, slots=True)
class Meeting:
    """The next meeting: an aware instant and the organizations that sponsor it."""

    starts_at: datetime
    sponsors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NudgePlan:
    """When the weekly nudge is due. ``weekday`` counts from Monday = 0; ``at`` is local time where the group is.

    ``paused`` with no ``paused_until`` lasts until resumed; ``paused_until`` is the local date when nudges start again.
    ``quiet`` are periods such as ``2026-W52`` that a co-chair left out. ``state`` is a postal abbreviation ("OH"): its
    own holidays are heeded as well as the federal ones; empty where the jurisdiction's state is not known.
    """

    weekday: int = 0
    at: time = time(9, 0)
    paused: bool = False
    paused_until: date | None = None
    quiet: frozenset[str] = frozenset()
    state: str = ""


@dataclass(frozen=True, slots=True)
class WorkingGroup:
    """One channel's working group. ``zone`` is the IANA zone whose clocks its days and times are read by.

    ``cosponsored_at`` is the first meeting (an aware instant) that was set with sponsors of both sides, unless another
    took its place before it was held.
    """

    channel_id: str
    name: str
    public_body: PublicBody = PublicBody.ASK
    nudge: NudgePlan = NudgePlan()
    cochairs: tuple[CoChair, ...] = ()
    exempt: bool = False
    meeting: Meeting | None = None
    zone: str = "UTC"
    cosponsored_at: datetime | None = None

    def day_of(self, instant: datetime) -> date:
        """The group's local day at an aware instant."""
        return instant.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class Attestation:
    """What a co-chair attested for a criterion. ``at`` is when it was said; ``held_on`` the date it speaks of, if any.

    ``looked_none_found`` marks the wording of P4.a that says a search found nothing.
    """

    criterion: str
    text: str
    by: str
    at: datetime
    held_on: date | None = None

    @property
    def looked_none_found(self) -> bool:
        """Whether this says that a search found nothing."""
        return self.text.casefold().startswith("looked")


@dataclass(frozen=True, slots=True)
class SetAside:
    """A principle set aside by both co-chairs, with a reason, until an aware instant (90 days after they agreed)."""

    principle: int
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the principles are judged by, for one working group of one initiative."""

    group: WorkingGroup
    groups: tuple[WorkingGroup, ...]
    jurisdiction: str
    scope: frozenset[ScopeFlag]
    stakeholders: tuple[Stakeholder, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    set_asides: tuple[SetAside, ...] = field(default=())
