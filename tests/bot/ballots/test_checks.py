"""What a ballot refuses, and the steps it can take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.ballots.checks import (
    BallotClosed,
    BallotStillOpen,
    ClosesTooEarly,
    NobodyOnTheRoll,
    NobodyToInvite,
    NoMoreTime,
    NotOnTheBallot,
    NotOnTheRoll,
    QuorumOutOfRange,
    ReasonNeeded,
    RecusedFromInvitee,
    check_closing_time,
    check_opening,
    check_step,
    check_vote,
)
from bot.ballots.values import TRANSITIONS, Action, BallotState, BallotTerms, Choice, Voter, may
from bot.refusals import Refusal

NOW = datetime(2026, 12, 7, 15, tzinfo=UTC)
ANN = Voter("UANN")
ROLL = (ANN, Voter("UBOB"), Voter("Cy Ray"))
REFS = ("S1", "S2")


@pytest.mark.parametrize("state", BallotState)
@pytest.mark.parametrize("action", Action)
def test_a_step_is_refused_exactly_where_there_is_no_arrow(state: BallotState, action: Action) -> None:
    if may(state, action):
        check_step(state, action)
        assert TRANSITIONS[state, action] in BallotState
    else:
        with pytest.raises(BallotClosed if state is BallotState.CLOSED else BallotStillOpen):
            check_step(state, action)


@pytest.mark.parametrize(
    ("change", "refusal", "words"),
    [
        ({"state": BallotState.CLOSED}, BallotClosed, r"closed, so it takes no votes any more\."),
        ({"voter": "UXX"}, NotOnTheRoll, "not on the roll"),
        ({"ref": "S9"}, NotOnTheBallot, r"S9 is not on this ballot\. The names on it are: S1, S2"),
        ({"ref": "S2"}, RecusedFromInvitee, "recused from S2"),
        ({"choice": Choice.OBJECT}, ReasonNeeded, r"/invitees vote S1 \| object \| the reason"),
        ({"choice": Choice.OBJECT, "reason": "  "}, ReasonNeeded, "needs a reason"),
    ],
)
def test_a_vote_that_cannot_count_is_refused_in_words(
    change: dict[str, object], refusal: type[Refusal], words: str
) -> None:
    asked: dict[str, object] = {
        "state": BallotState.OPEN,
        "voter": ANN.id,
        "ref": "S1",
        "choice": Choice.SUPPORT,
        "reason": "",
    }
    with pytest.raises(refusal, match=words):
        cast(**{**asked, **change})


def cast(**asked: object) -> None:
    check_vote(
        BallotState(str(asked["state"])),
        ROLL,
        REFS,
        str(asked["voter"]),
        str(asked["ref"]),
        Choice(str(asked["choice"])),
        str(asked["reason"]),
        frozenset({(ANN.id, "S2")}),
    )


def test_a_vote_that_counts_is_not_refused() -> None:
    cast(state=BallotState.OPEN, voter=ANN.id, ref="S1", choice=Choice.OBJECT, reason="too early")


@pytest.mark.parametrize(
    ("terms", "roll", "refs", "refusal"),
    [
        (BallotTerms(quorum=4), ROLL, REFS, QuorumOutOfRange),
        (BallotTerms(quorum=0), ROLL, REFS, QuorumOutOfRange),
        (BallotTerms(), (), REFS, NobodyOnTheRoll),
        (BallotTerms(), ROLL, (), NobodyToInvite),
        (BallotTerms(closes_at=NOW), ROLL, REFS, ClosesTooEarly),
    ],
)
def test_a_ballot_that_makes_no_sense_does_not_open(
    terms: BallotTerms, roll: tuple[Voter, ...], refs: tuple[str, ...], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        check_opening(terms, roll, refs, NOW)


def test_more_time_for_a_closed_ballot_is_refused_in_words_of_its_own() -> None:
    with pytest.raises(NoMoreTime, match="closed, so its closing time cannot be changed"):
        check_step(BallotState.CLOSED, Action.EXTEND)


def test_a_sound_ballot_opens_and_a_past_closing_time_is_refused_with_one_to_come() -> None:
    check_opening(BallotTerms(quorum=3, closes_at=NOW + timedelta(minutes=1)), ROLL, REFS, NOW)
    with pytest.raises(ClosesTooEarly, match="2026-12-14 17:00"):
        check_closing_time(NOW - timedelta(days=1), NOW)
