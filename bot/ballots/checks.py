"""What a ballot refuses, each with the sentence the person reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import MappingProxyType

from bot.ballots.life import BallotState, BallotStep, may
from bot.ballots.values import OPEN_FOR, BallotTerms, Voter
from bot.refusals import Refusal


class BallotClosed(Refusal):
    """This ballot is closed, so it takes no votes any more. A co-chair can open it again: /invitees reopen | reason"""


class NoMoreTime(BallotClosed):
    """This ballot is closed, so its closing time cannot be changed. To open it again: /invitees reopen | reason"""


class NotLater(Refusal):
    """That is not later than the closing time that is planned now ({closes}). To end the vote sooner:
    /invitees close"""


class BallotStillOpen(Refusal):
    """This ballot is still open, so there is nothing to reopen."""


class NotOnTheRoll(Refusal):
    """You are not on the roll of this ballot, which was fixed when it opened. If that looks wrong, ask a
    co-chair."""


class NotOnTheBallot(Refusal):
    """{ref} is not on this ballot. The names on it are: {refs}."""


class RecusedFromInvitee(Refusal):
    """You are recused from {ref}, since the question is about you. Your votes on the other names count as usual."""


class ReasonNeeded(Refusal):
    """An objection needs a reason. Please add one in a few words: /invitees vote {ref} | object | the reason."""


class NothingToVoteOn(Refusal):
    """You are recused from every name on this ballot, so there is nothing for you to vote on."""


class ObjectsToAll(Refusal):
    """You object to every name on this ballot, and that stays as it is. To change it: /invitees vote {ref} | support"""


class ReasonOnlyForObjections(Refusal):
    """A reason goes with an objection only. Please type /invitees vote {ref} | {choice} without it, or object instead
    of {choice}."""


class ClosesTooEarly(Refusal):
    """The closing time has passed already. Please give one that is still to come, such as {example} 17:00."""


class QuorumOutOfRange(Refusal):
    """The quorum must be a whole number from 1 to {on_the_roll}, the people on the roll."""


class NobodyOnTheRoll(Refusal):
    """Nobody would be on the roll, so there can be no vote. Please name voters, as in roll=@first @second."""


class NobodyToInvite(Refusal):
    """Please name at least one person to invite by their ref, as in /invitees propose S3; S7."""


REFUSED = MappingProxyType(
    {BallotStep.VOTE: BallotClosed, BallotStep.EXTEND: NoMoreTime, BallotStep.REOPEN: BallotStillOpen}
)
"""What a step is refused with where it is not possible. That of closing is the listener's: which vote it was about is
known there."""


def check_step(state: BallotState, closes_at: datetime, step: BallotStep, now: datetime) -> None:
    """Raise BallotClosed, NoMoreTime or BallotStillOpen where ``step`` is not possible at ``now`` with a ballot in this
    ``state`` that closes at ``closes_at``."""
    if not may(state, closes_at, step, now):
        raise REFUSED[step]


def check_opening(terms: BallotTerms, roll: Sequence[Voter], invitees: Sequence[str], now: datetime) -> None:
    """Raise the Refusal that keeps a ballot on ``invitees`` (refs) from opening at ``now``, if there is one."""
    if not invitees:
        raise NobodyToInvite()
    if not roll:
        raise NobodyOnTheRoll()
    if not 1 <= terms.quorum <= len(roll):
        raise QuorumOutOfRange(on_the_roll=len(roll))
    if terms.closes_at is not None:
        check_closing_time(terms.closes_at, now)


def check_closing_time(closes_at: datetime, now: datetime) -> None:
    """Raise ClosesTooEarly where the instant ``closes_at`` is not after ``now``."""
    if closes_at <= now:
        raise ClosesTooEarly(example=(now + OPEN_FOR).date())
