"""Ballots as plain rules, to hold the bot against: written from the design and from "Voting practice" in the guiding
principles, without any of the bot's own rules.

A model tells for each act which refusals may come (none: it must be done) and what stands afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")

CLOSED = "This ballot is closed"
STILL_OPEN = "This ballot is still open"
ONE_IS_OPEN = "A vote is open in this group already"
NONE_IS_OPEN = "There is no open vote here"
NOT_ON_THE_ROLL = "You are not on the roll"
NOT_ON_THE_BALLOT = "is not on this ballot"
RECUSED = "since the question is about you"
ABOUT_THEMSELVES = "since the question is about them"
NOTHING_TO_VOTE_ON = "there is nothing for you to vote on"
NOTHING_TO_RECORD = "there is nothing to record"
REASON_NEEDED = "An objection needs a reason"
REASON_UNWANTED = "A reason goes with an objection only"
CO_CHAIRS_ONLY = "Only a co-chair can"
OWN_VIEW = "You can vote yourself"
NOT_PROPOSABLE = "cannot be proposed"
QUORUM = "The quorum must be a whole number from 1"
TIME_PASSED = "closing time has passed already"
NOT_LATER = "That is not later than the closing time"
TOO_SOON = "must be at least 5 minutes from now"
TOO_LATE = "can be at most 90 days from now"

REFUSALS = frozenset(
    {CLOSED, STILL_OPEN, ONE_IS_OPEN, NONE_IS_OPEN, NOT_ON_THE_ROLL, NOT_ON_THE_BALLOT, RECUSED, ABOUT_THEMSELVES}
    | {
        NOTHING_TO_VOTE_ON,
        NOTHING_TO_RECORD,
        REASON_NEEDED,
        REASON_UNWANTED,
        CO_CHAIRS_ONLY,
        OWN_VIEW,
    }
    | {NOT_PROPOSABLE, QUORUM, NOT_LATER, TIME_PASSED, TOO_SOON, TOO_LATE}
)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may speak: an account, or a name. ``side`` is empty where they speak for neither. ``refs`` are the
    register's entries about them."""

    id: str
    agency: str = ""
    side: str = ""
    refs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """A vote that stands; ``turn`` orders them, ``by`` is the co-chair who recorded it."""

    choice: str
    turn: int
    by: str = ""


@dataclass(slots=True)
class Ballot:
    """One ballot."""

    rule: str
    unit: str
    quorum: int
    closes_at: datetime
    refs: tuple[str, ...]
    roll: list[Person]
    said: dict[tuple[str, str], Said] = field(default_factory=dict)
    closed_at: datetime | None = None
    closed_by: str = ""
    reopened: bool = False
    outcome: dict[str, bool] = field(default_factory=dict)

    def on_the_roll(self, who: str) -> bool:
        """Whether they may vote."""
        return who in {person.id for person in self.roll}

    def recused(self, person: Person) -> set[str]:
        """The refs that are about them."""
        return set(self.refs) & person.refs

    def has_voted(self, person: Person) -> bool:
        """Whether each invitee whom they are not recused from has their choice."""
        return all((person.id, ref) in self.said for ref in self.refs if ref not in person.refs)

    def voted(self) -> int:
        """How many have voted."""
        return sum(map(self.has_voted, self.roll))

    def answers(self) -> dict[tuple[str, str], tuple[str, str]]:
        """All that counts, recusals included, as (choice, recorded by)."""
        recusals = {(person.id, ref): ("recuse", "") for person in self.roll for ref in self.recused(person)}
        return recusals | {key: (said.choice, said.by) for key, said in self.said.items()}

    def decide(self) -> dict[str, bool]:
        """Who is approved."""
        return {ref: self._approved(ref) for ref in self.refs}

    def _approved(self, ref: str) -> bool:
        took_part = sum(ref in person.refs or (person.id, ref) in self.said for person in self.roll)
        if took_part < self.quorum:
            return False
        words = self._words(ref)
        if self.rule == "both-sides":
            return all(_more([choice for side, choice in words if side == one]) for one in ("justice", "health"))
        choices = [choice for _, choice in words]
        support, against = choices.count("support"), choices.count("object")
        if self.rule == "consensus":
            return support >= 1 and against == 0
        if self.rule == "two-thirds":
            return support + against > 0 and Fraction(support, support + against) >= Fraction(2, 3)
        return _more(choices)

    def _words(self, ref: str) -> list[tuple[str, str]]:
        """The (side, choice) of each person or agency that spoke about ``ref``: an agency's last word."""
        spoken: list[tuple[int, Person, str]] = []
        for person in self.roll:
            said = self.said.get((person.id, ref))
            if said and said.choice != "recuse":
                spoken.append((said.turn, person, said.choice))
        last = {}
        for _, person, choice in sorted(spoken, key=lambda word: word[0]):
            agency = " ".join(person.agency.lower().split())
            key = ("agency", agency) if self.unit == "agency" and agency else ("person", person.id)
            last[key] = (person.side, choice)
        return list(last.values())


def _more(choices: Sequence[str]) -> bool:
    return choices.count("support") > choices.count("object")


@dataclass(slots=True)
class Model:
    """A group's ballots by the rules. ``now`` is the clock's instant; it is ahead by a second at every act."""

    now: datetime
    chairs: frozenset[str]
    statuses: dict[str, str]
    ballots: list[Ballot] = field(default_factory=list)
    turn: int = 0

    @property
    def last(self) -> Ballot:
        """The newest ballot: at most one is open, and that is always the newest."""
        return self.ballots[-1]

    def is_open(self) -> bool:
        """Whether the last ballot was not closed yet."""
        return bool(self.ballots) and self.last.closed_at is None

    def takes_votes(self) -> bool:
        """Whether it is open and its time has not come."""
        return self.is_open() and self.now < self.last.closes_at

    def _chair(self, who: str) -> set[str]:
        return set() if who in self.chairs else {CO_CHAIRS_ONLY}

    def propose(self, who: str, new: Ballot) -> set[str]:
        """A co-chair opens a ballot; one whose time has come is closed before."""
        over = self.is_open() and self.now >= self.last.closes_at
        approved = {ref for ref, yes in self.last.decide().items() if yes} if over else set()
        no = self._chair(who)
        if any(ref in approved or self.statuses[ref] != "identified" for ref in new.refs):
            no |= {NOT_PROPOSABLE}
        if self.takes_votes():
            no |= {ONE_IS_OPEN}
        if new.quorum > len(new.roll):
            no |= {QUORUM}
        if not no:
            self.tick()
            self.ballots.append(new)
        return no

    def vote(self, person: Person, refs: Sequence[str], choice: str, reason: bool) -> set[str]:
        """Someone votes on ``refs``, or on all where there are none."""
        no = self._unfit(person, refs, choice, reason, (RECUSED, NOTHING_TO_VOTE_ON))
        if not self.last.on_the_roll(person.id):
            no |= {NOT_ON_THE_ROLL}
        if not no:
            self._say(person, refs, choice, "")
        return no

    def record(self, who: str, person: Person, refs: Sequence[str], choice: str, reason: bool) -> set[str]:
        """A co-chair records someone's vote. Who has voted themself keeps their vote, and nobody is told; a view of
        somebody who is not on the roll counts for nothing."""
        person = next((each for each in self.last.roll if each.id.lower() == person.id.lower()), person)
        no = (
            self._chair(who) | (set() if self.takes_votes() else {CLOSED}) | ({OWN_VIEW} if who == person.id else set())
        )
        if not no and any(voter == person.id and not said.by for (voter, _), said in self.last.said.items()):
            return set()
        no |= self._unfit(person, refs, choice, reason, (ABOUT_THEMSELVES, NOTHING_TO_RECORD))
        if not no and self.last.on_the_roll(person.id):
            self._say(person, refs, choice, who)
        return no

    def _unfit(
        self, person: Person, refs: Sequence[str], choice: str, reason: bool, recused: tuple[str, str]
    ) -> set[str]:
        """What keeps anybody from saying so; ``recused`` are the words for recusal from one of them, and from all."""
        no = set() if self.takes_votes() else {CLOSED}
        if any(ref not in self.last.refs for ref in refs):
            no |= {NOT_ON_THE_BALLOT}
        if self.last.recused(person) & set(refs):
            no |= {recused[0]}
        if not refs and self.last.recused(person) == set(self.last.refs):
            no |= {recused[1]}
        if choice == "object" and not reason:
            no |= {REASON_NEEDED}
        if choice != "object" and reason:
            no |= {REASON_UNWANTED}
        return no

    def _say(self, person: Person, refs: Iterable[str], choice: str, by: str) -> None:
        ballot = self.last
        for ref in refs or [ref for ref in ballot.refs if ref not in person.refs]:
            ballot.said.pop((person.id, ref), None)
            if choice != "withdraw":
                self.turn += 1
                ballot.said[person.id, ref] = Said(choice, self.turn, by)
        if not ballot.reopened and ballot.voted() == len(ballot.roll):
            self._close("clock", self.now)

    def close(self, who: str) -> set[str]:
        """A co-chair closes it, as of its time where that has come."""
        no = self._chair(who) | (set() if self.is_open() else {NONE_IS_OPEN})
        if not no:
            self._close(who, min(self.now, self.last.closes_at))
        return no

    def tick(self) -> None:
        """The clock comes by."""
        if self.is_open() and self.now >= self.last.closes_at:
            self._close("clock", self.last.closes_at)

    def _close(self, by: str, at: datetime) -> None:
        ballot = self.last
        ballot.closed_at, ballot.closed_by, ballot.outcome = at, by, ballot.decide()
        for ref in (ref for ref, yes in ballot.outcome.items() if yes):
            self.statuses[ref] = "approved"

    def extend(self, who: str, closes_at: datetime) -> set[str]:
        """A co-chair gives it a later closing time."""
        no = self._chair(who) | (set() if self.takes_votes() else {CLOSED})
        if closes_at <= self.now:
            no |= {TIME_PASSED}
        elif closes_at < self.now + timedelta(minutes=5):
            no |= {TOO_SOON}
        elif closes_at > self.now + timedelta(days=90):
            no |= {TOO_LATE}
        if self.is_open() and closes_at <= self.last.closes_at:
            no |= {NOT_LATER}
        if not no:
            self.last.closes_at = closes_at
        return no

    def reopen(self, who: str) -> set[str]:
        """A co-chair opens it again, with the votes as they are; from now on only its time or a co-chair ends it."""
        no = self._chair(who) | ({STILL_OPEN} if self.is_open() else set())
        if not no:
            ballot = self.last
            for ref in (ref for ref, yes in ballot.outcome.items() if yes):
                self.statuses[ref] = "identified"
            ballot.closed_at, ballot.closed_by, ballot.outcome, ballot.reopened = None, "", {}, True
            if ballot.closes_at <= self.now:
                ballot.closes_at = in_seven_days(self.now)
        return no


def in_seven_days(now: datetime) -> datetime:
    """Seven days on at 17:00 group time."""
    return datetime.combine(now.astimezone(ZONE).date() + timedelta(days=7), time(17, 0), ZONE)
