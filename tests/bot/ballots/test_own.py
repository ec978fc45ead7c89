"""One voter's ballot: who can vote, and which votes what they say makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.ballots.checks import (
    BallotClosed,
    NothingToVoteOn,
    NotOnTheRoll,
    ObjectsToAll,
    ReasonNeeded,
    ReasonOnlyForObjections,
    RecusedFromInvitee,
)
from bot.ballots.life import BallotState
from bot.ballots.own import (
    RECUSED,
    WITHDRAW,
    WITHDRAWN,
    CastVote,
    OwnBallot,
    OwnPlace,
    check_may_vote,
    votes_on,
    votes_on_all,
)
from bot.ballots.values import Choice
from bot.refusals import Refusal

NOW = datetime(2026, 12, 7, 15, tzinfo=UTC)
ANA, BO, HERSELF = OwnPlace(1, "Ana", "Clinic"), OwnPlace(2, "Bo", "Jail"), OwnPlace(3, "Cy", "Court", RECUSED)
OWN = OwnBallot(1, 2, 3, "America/New_York", BallotState.OPEN, NOW + timedelta(days=1), False, True, (ANA, BO, HERSELF))


def votes(choice: str, *refs: str, own: OwnBallot = OWN, reason: str = "", keeps: bool = False) -> list[CastVote]:
    """The votes of somebody who names these refs; of somebody who says it of all where there are none."""
    if not refs:
        return votes_on_all(own, choice, reason, keeps_objections=keeps)
    places = {place.ref: place for place in own.places}
    return votes_on([places[ref] for ref in refs], choice, reason)


def objecting(*refs: str) -> OwnBallot:
    """The ballot with an objection to each of these."""
    places = (replace(place, choice=Choice.OBJECT) if place.ref in refs else place for place in OWN.places)
    return replace(OWN, places=tuple(places))


def test_a_voter_on_the_roll_of_an_open_ballot_can_vote_until_its_closing_time() -> None:
    check_may_vote(OWN, NOW)
    assert OWN.takes_votes(OWN.closes_at - timedelta(microseconds=1))
    assert not OWN.takes_votes(OWN.closes_at)


@pytest.mark.parametrize(
    ("own", "now", "refusal", "words"),
    [
        (replace(OWN, state=BallotState.CLOSED), NOW, BallotClosed, r"closed, so it takes no votes any more\."),
        (OWN, OWN.closes_at, BallotClosed, "closed"),
        (replace(OWN, on_the_roll=False), NOW, NotOnTheRoll, "not on the roll"),
        (replace(OWN, on_the_roll=False, state=BallotState.CLOSED), NOW, BallotClosed, "closed"),
    ],
)
def test_who_cannot_vote_is_told_why(own: OwnBallot, now: datetime, refusal: type[Refusal], words: str) -> None:
    with pytest.raises(refusal, match=words):
        check_may_vote(own, now)


def test_a_ballot_is_complete_once_each_name_has_an_answer_and_being_recused_is_one() -> None:
    assert not OWN.complete
    assert replace(OWN, places=(replace(ANA, choice="abstain"), HERSELF)).complete


def test_votes_take_the_place_of_what_stood_there_and_a_withdrawn_one_leaves_it_empty() -> None:
    after = objecting("S1", "S2").after([CastVote(1, Choice.ABSTAIN), CastVote(2, WITHDRAWN)])
    assert [place.choice for place in after.places] == ["abstain", "", RECUSED]
    assert after.after([]) == after


@pytest.mark.parametrize("choice", [Choice.SUPPORT, Choice.ABSTAIN, Choice.RECUSE])
def test_a_choice_about_names_is_one_vote_each(choice: Choice) -> None:
    assert votes(choice, "S2", "S1") == [CastVote(2, choice), CastVote(1, choice)]


def test_an_objection_is_stored_with_its_reason_and_a_withdrawal_as_withdrawn() -> None:
    assert votes(Choice.OBJECT, "S1", reason="too early") == [CastVote(1, Choice.OBJECT, "too early")]
    assert votes(WITHDRAW, "S1") == [CastVote(1, WITHDRAWN)]


def test_all_are_those_whom_the_voter_is_not_recused_from() -> None:
    assert [vote.number for vote in votes(Choice.SUPPORT)] == [1, 2]
    assert [vote.number for vote in votes(Choice.SUPPORT, own=objecting("S1"))] == [1, 2]


def test_support_for_all_keeps_objections_where_it_says_so() -> None:
    assert [vote.number for vote in votes(Choice.SUPPORT, own=objecting("S1"), keeps=True)] == [2]


@pytest.mark.parametrize(
    ("refs", "choice", "reason", "refusal", "words"),
    [
        (("S1", "S3"), Choice.SUPPORT, "", RecusedFromInvitee, "recused from S3"),
        (("S3",), Choice.OBJECT, "", RecusedFromInvitee, "recused from S3"),
        (("S1",), Choice.OBJECT, "", ReasonNeeded, r"/invitees vote S1 \| object \| the reason"),
        ((), Choice.OBJECT, "", ReasonNeeded, r"/invitees vote all \| object"),
        (("S2",), Choice.SUPPORT, "good", ReasonOnlyForObjections, r"/invitees vote S2 \| support without it"),
        ((), WITHDRAW, "no", ReasonOnlyForObjections, r"/invitees vote all \| withdraw without it"),
    ],
)
def test_what_cannot_be_said_is_refused_in_words(
    refs: tuple[str, ...], choice: str, reason: str, refusal: type[Refusal], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        votes(choice, *refs, reason=reason)


def test_where_nobody_is_left_to_speak_about_that_is_said() -> None:
    with pytest.raises(NothingToVoteOn):
        votes(Choice.SUPPORT, own=replace(OWN, places=(HERSELF,)))
    with pytest.raises(ObjectsToAll, match=r"/invitees vote S1 \| support"):
        votes(Choice.SUPPORT, own=objecting("S1", "S2"), keeps=True)
