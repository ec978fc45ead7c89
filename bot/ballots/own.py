"""One voter's own ballot: what stands on it, whether it takes votes, and what becomes of it when they vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.ballots.checks import (
    NothingToVoteOn,
    NotOnTheRoll,
    ObjectsToAll,
    ReasonNeeded,
    ReasonOnlyForObjections,
    RecusedFromInvitee,
    check_step,
)
from bot.ballots.life import BALLOT_LIFE, BallotState, BallotStep
from bot.ballots.values import Choice
from bot.register import folded

VOTING = frozenset(BALLOT_LIFE.before(BallotStep.VOTE))
"""The states in which a ballot takes votes, before its closing time."""

WITHDRAW = "withdraw"
"""What a voter says to take a vote back."""

WITHDRAWN = "withdrawn"
"""The choice of a vote that was taken back: it counts for nothing, as if it had never been cast."""

RECUSED = "recused"
"""The choice of a voter who is the invitee: recused from opening on, and not theirs to change."""


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """One invitee on a voter's ballot, with what stands there: ``choice`` is empty, a choice, or ``recused``."""

    number: int
    name: str
    organization: str
    choice: str = ""
    reason: str = ""

    @property
    def ref(self) -> str:
        """The reference people type, such as ``S12``."""
        return f"S{self.number}"


@dataclass(frozen=True, slots=True)
class OwnBallot:
    """A ballot as one voter sees it, with its group. ``agency`` is the voter's, empty where it is not known;
    ``version`` counts the changes of the ballot."""

    ballot_id: int
    group_id: int
    initiative_id: int
    zone: str
    state: BallotState
    closes_at: datetime
    reopened: bool
    on_the_roll: bool
    places: tuple[OwnPlace, ...]
    agency: str = ""
    version: int = 0

    def takes_votes(self, now: datetime) -> bool:
        """Whether it is open at ``now``, whether or not somebody has closed it in the meantime."""
        return self.state in VOTING and now < self.closes_at

    @property
    def complete(self) -> bool:
        """Whether each invitee has this voter's answer."""
        return all(place.choice for place in self.places)

    def after(self, votes: Sequence[CastVote]) -> OwnBallot:
        """The ballot once these votes are stored."""
        choices = {vote.number: "" if vote.choice == WITHDRAWN else vote.choice for vote in votes}
        places = (replace(place, choice=choices.get(place.number, place.choice)) for place in self.places)
        return replace(self, places=tuple(places))


@dataclass(frozen=True, slots=True)
class CastVote:
    """A vote to be stored. ``choice`` may be ``withdrawn``."""

    number: int
    choice: str
    reason: str = ""


def check_may_vote(own: OwnBallot, now: datetime) -> None:
    """Raise BallotClosed or NotOnTheRoll where the ballot takes no vote of this voter at ``now``."""
    check_step(own.state, own.closes_at, BallotStep.VOTE, now)
    if not own.on_the_roll:
        raise NotOnTheRoll


def votes_on(chosen: Sequence[OwnPlace], choice: str, reason: str = "") -> list[CastVote]:
    """The votes of somebody who says one thing about each of ``chosen``, those that they named.

    Raises:
        RecusedFromInvitee, ReasonNeeded, ReasonOnlyForObjections: they cannot.
    """
    for place in chosen:
        if place.choice == RECUSED:
            raise RecusedFromInvitee(ref=place.ref)
    return _votes(chosen, choice, reason, chosen[0].ref)


def votes_on_all(own: OwnBallot, choice: str, reason: str = "", *, keeps_objections: bool = False) -> list[CastVote]:
    """The votes of somebody who says one thing about everyone whom they may vote on; with ``keeps_objections``, those
    stay as they are to whom they object.

    Raises:
        NothingToVoteOn, ObjectsToAll: there is nobody.
        ReasonNeeded, ReasonOnlyForObjections: they cannot.
    """
    theirs = [place for place in own.places if place.choice != RECUSED]
    if not theirs:
        raise NothingToVoteOn
    chosen = [place for place in theirs if not (keeps_objections and place.choice == Choice.OBJECT)]
    if not chosen:
        raise ObjectsToAll(ref=theirs[0].ref)
    return _votes(chosen, choice, reason, "all")


def may_step_aside(agency: str, organization: str) -> bool:
    """Whether stepping aside is offered to a voter of ``agency`` about an invitee of ``organization``: they are one.

    Who is whose vendor is not known here. Anyone may step aside all the same.
    """
    employer = folded(agency)
    return bool(employer) and employer == folded(organization)


def _votes(chosen: Sequence[OwnPlace], choice: str, reason: str, whom: str) -> list[CastVote]:
    """One vote on each of ``chosen``; ``whom`` is how they would be typed."""
    if choice == Choice.OBJECT and not reason:
        raise ReasonNeeded(ref=whom)
    if choice != Choice.OBJECT and reason:
        raise ReasonOnlyForObjections(ref=whom, choice=choice)
    stored = WITHDRAWN if choice == WITHDRAW else choice
    return [CastVote(place.number, stored, reason) for place in chosen]
