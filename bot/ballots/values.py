"""Ballots as values: who may vote, on what terms, and what a person said.

A person's vote (``Vote``) and the group's decision (``bot.ballots.rules.Outcome``) are different things. Nothing in the
source sets these rules: they are the group's choice ("Voting practice" in the guiding principles).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.register import Side, Stakeholder, folded
from bot.schedule import local_instant

OPEN_FOR = timedelta(days=7)
CLOSING_TIME = time(17, 0)

CLOCK = "clock"
"""Who closes a ballot that no co-chair closed."""

ALL_VOTED = "everyone on the roll has voted"
PUBLIC_BODY = "this group is, or may be, a public body"
"""Why a ballot that nobody closed was closed before its time. With the second one nothing was decided."""

Recusals = frozenset[tuple[str, str]]
"""Who is recused from whom without having to say so: pairs of voter id and invitee ref."""


class Choice(StrEnum):
    """What a person says about one invitee."""

    SUPPORT = "support"
    OBJECT = "object"
    ABSTAIN = "abstain"
    RECUSE = "recuse"


class Rule(StrEnum):
    """What it takes for an invitee to be approved."""

    MAJORITY = "majority"
    TWO_THIRDS = "two-thirds"
    CONSENSUS = "consensus"
    BOTH_SIDES = "both-sides"

    @property
    def in_words(self) -> str:
        """The rule as the ballot prints it."""
        return _RULE_WORDS[self]


class Unit(StrEnum):
    """Whose votes are counted: each person's, or one for each agency."""

    PERSON = "person"
    AGENCY = "agency"

    @property
    def in_words(self) -> str:
        """The unit as the ballot prints it."""
        return _UNIT_WORDS[self]


_RULE_WORDS: Mapping[Rule, str] = MappingProxyType(
    {
        Rule.MAJORITY: "More support than object votes. A tie does not pass.",
        Rule.TWO_THIRDS: "At least two thirds of the support and object votes are support.",
        Rule.CONSENSUS: "At least one support vote and no objection.",
        Rule.BOTH_SIDES: "More support than object votes on the justice side, and the same on the health side."
        " A side without votes does not pass.",
    }
)
_UNIT_WORDS: Mapping[Unit, str] = MappingProxyType(
    {
        Unit.PERSON: "One vote per person.",
        Unit.AGENCY: "One vote per agency: its last word counts, and who spoke is shown.",
    }
)


@dataclass(frozen=True, slots=True)
class Voter:
    """Someone on the roll. ``id`` is a Slack user id, or the name of someone whose view is recorded; unique on a roll.

    ``home`` is the enterprise or team they belong to; ``agency`` is empty and ``side`` None where not known. ``added``:
    after opening, since a co-chair recorded their view.
    """

    id: str
    home: str = ""
    agency: str = ""
    side: Side | None = None
    added: bool = False

    def key(self, unit: Unit) -> str:
        """What their vote is counted under: themselves, or their agency where that is the unit and is known."""
        agency = folded(self.agency)
        return f"agency {agency}" if unit is Unit.AGENCY and agency else f"person {self.id}"


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person said about one invitee, at an aware instant. ``reason`` goes with an objection."""

    voter: str
    ref: str
    choice: Choice
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BallotTerms:
    """What was agreed before voting. ``quorum`` counts people in either unit; ``closes_at`` is an aware instant."""

    rule: Rule = Rule.MAJORITY
    unit: Unit = Unit.PERSON
    quorum: int = 1
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Participation:
    """How many voters have answered about every name, and how many more about some: all that the channel sees before
    closing."""

    voted: int
    of: int
    begun: int = 0

    @property
    def in_words(self) -> str:
        """Such as "5 of 8 have voted", or "5 of 8 have voted, 1 more on some names"."""
        begun = f", {self.begun} more on some names" if self.begun else ""
        return f"{self.voted} of {self.of} {'has' if self.of == 1 else 'have'} voted{begun}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many said what: people, or agencies where those are the unit."""

    support: int = 0
    object_: int = 0
    abstain: int = 0
    recused: int = 0

    @classmethod
    def of(cls, choices: Iterable[Choice]) -> Tally:
        """The counts of ``choices``."""
        count = Counter(choices)
        return cls(count[Choice.SUPPORT], count[Choice.OBJECT], count[Choice.ABSTAIN], count[Choice.RECUSE])

    @property
    def cast(self) -> int:
        """Votes for and against, which the rules are about."""
        return self.support + self.object_

    @property
    def in_words(self) -> str:
        """Such as "3 support, 1 object, 2 abstain"; who stepped aside is said only where somebody did."""
        words = f"{self.support} support, {self.object_} object, {self.abstain} abstain"
        return f"{words}, {self.recused} stepped aside" if self.recused else words


def quorum_default(on_the_roll: int) -> int:
    """Half of the roll, rounded up."""
    return (on_the_roll + 1) // 2


def closes_default(now: datetime, zone: str) -> datetime:
    """Seven days after the local date of ``now``, at 17:00 in ``zone``; an instant in UTC."""
    return local_instant(now.astimezone(ZoneInfo(zone)).date() + OPEN_FOR, CLOSING_TIME, zone)


def automatic_recusals(roll: Sequence[Voter], invitees: Sequence[Stakeholder]) -> Recusals:
    """Each invitee who is on the roll, from the question about themselves."""
    accounts = {voter.id for voter in roll}
    return frozenset((entry.slack_user, entry.ref) for entry in invitees if entry.slack_user in accounts)


def standing_votes(
    roll: Sequence[Voter], invitees: Sequence[str], votes: Iterable[Vote], recusals: Recusals = frozenset()
) -> dict[tuple[str, str], Vote]:
    """The last vote of each voter on each invitee, under (voter id, ref).

    Left out are votes by people not on the roll, on refs not on the ballot, and on invitees whom they are recused from.
    """
    voters, refs = {voter.id for voter in roll}, set(invitees)
    kept = [
        vote for vote in votes if vote.voter in voters and vote.ref in refs and (vote.voter, vote.ref) not in recusals
    ]
    return {(vote.voter, vote.ref): vote for vote in sorted(kept, key=lambda vote: vote.at)}
