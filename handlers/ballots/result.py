"""The result of a ballot as a value, and the posts that tell it: to the channel, and the reasons to co-chairs."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ballots.rules import Outcome, decide_ballot
from bot.ballots.values import Choice, Unit
from bot.principles.assessment import PrincipleFinding
from handlers.ballots.text import ENDED, GONE
from storage.ballots import Invitee, StoredBallot
from storage.groups import StoredGroup
from storage.votes import StoredVote

"""The kind of the posts that tell a result in the channel."""


@dataclass(frozen=True, slots=True)
class Result:
    """A closed ballot with what was decided, the principles afterwards, and the group's zone."""

    ballot: StoredBallot
    outcomes: tuple[Outcome, ...]
    findings: tuple[PrincipleFinding, ...]
    zone: str

    @property
    def pairs(self) -> list[tuple[Invitee, Outcome]]:
        """Each invitee with the decision on them."""
        return list(zip(self.ballot.invitees, self.outcomes, strict=True))

    @property
    def key(self) -> str:
        """The key of its first post; a ballot that was reopened has a result of its own each time."""
        again = f":{self.ballot.reopened}" if self.ballot.reopened else ""
        return f"ballot:{self.ballot.id}:result{again}"


def result_of(stored: StoredGroup, ballot: StoredBallot, findings: tuple[PrincipleFinding, ...] = ()) -> Result:
    """The result of a closed ballot, by its votes as they stand if it decided; ``findings``: the principles then."""
    outcomes = decide_ballot(ballot.terms, ballot.roll, ballot.refs, ballot.cast, ballot.recusals)
    why = ENDED if ballot.ended else GONE
    pairs = zip(ballot.invitees, outcomes, strict=True)
    told = tuple(each.undecided(why) if invitee.approved is None else each for invitee, each in pairs)
    return Result(ballot, told, findings, stored.group.zone)


def replaced(ballot: StoredBallot, outcome: Outcome) -> list[StoredVote]:
    """The votes for, against or neither on a name that do not count, since another one of the same agency is later."""
    if ballot.terms.unit is not Unit.AGENCY:
        return []
    counted = {word.voter for word in outcome.counted} | {vote.voter for vote in outside(ballot, outcome.ref)}
    spoken = [vote for vote in ballot.votes if f"S{vote.number}" == outcome.ref and vote.choice is not Choice.RECUSE]
    return [vote for vote in spoken if vote.voter not in counted]


def outside(ballot: StoredBallot, ref: str) -> list[StoredVote]:
    """The views on ``ref`` that were noted for people who are not among the voters; they count for nothing."""
    voters = {voter.id for voter in ballot.roll}
    return [vote for vote in ballot.votes if f"S{vote.number}" == ref and vote.voter not in voters]
