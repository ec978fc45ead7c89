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
    QuorumOutOfRange,
    check_closing_time,
    check_opening,
    check_step,
)
from bot.ballots.life import BALLOT_LIFE, BallotState, BallotStep
from bot.ballots.values import BallotTerms, Voter
from bot.refusals import Refusal

NOW = datetime(2026, 12, 7, 15, tzinfo=UTC)
ANN = Voter("UANN")
ROLL = (ANN, Voter("UBOB"), Voter("Cy Ray"))
REFS = ("S1", "S2")


@pytest.mark.parametrize("closes_at", [NOW, NOW + timedelta(microseconds=1)])
@pytest.mark.parametrize("state", BallotState)
@pytest.mark.parametrize("step", [step for step in BallotStep if step is not BallotStep.CLOSE])
def test_a_step_is_refused_exactly_where_there_is_no_arrow_or_no_time(
    state: BallotState, step: BallotStep, closes_at: datetime
) -> None:
    in_time = step is BallotStep.REOPEN or closes_at > NOW
    if BALLOT_LIFE.allows(state, step) and in_time:
        check_step(state, closes_at, step, NOW)
    else:
        with pytest.raises(BallotStillOpen if step is BallotStep.REOPEN else BallotClosed):
            check_step(state, closes_at, step, NOW)


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
        check_step(BallotState.CLOSED, NOW + timedelta(days=1), BallotStep.EXTEND, NOW)


def test_a_sound_ballot_opens_and_a_past_closing_time_is_refused_with_one_to_come() -> None:
    check_opening(BallotTerms(quorum=3, closes_at=NOW + timedelta(minutes=1)), ROLL, REFS, NOW)
    with pytest.raises(ClosesTooEarly, match="2026-12-14 17:00"):
        check_closing_time(NOW - timedelta(days=1), NOW)
