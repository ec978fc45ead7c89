"""Ballots: who has voted, what counts, what is refused, and the words for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.ballots.own import may_step_aside
from bot.ballots.rules import Outcome, decide_ballot
from bot.ballots.values import (
    BallotTerms,
    Choice,
    Participation,
    Rule,
    Tally,
    Unit,
    Vote,
    Voter,
    automatic_recusals,
    closes_default,
    quorum_default,
)
from bot.ballots.words import SILENCE_WORDS, terms_words, warning_words
from bot.register import Kind, Sector, Side, Stakeholder

NOW = datetime(2026, 12, 7, 15, tzinfo=UTC)
ANN = Voter("UANN", agency="Sheriff", side=Side.JUSTICE)
BOB = Voter("UBOB", agency="Clinic", side=Side.HEALTH)
CY = Voter("Cy Ray", agency="Sheriff")
ROLL = (ANN, BOB, CY)
REFS = ("S1", "S2")


def vote(voter: Voter, ref: str, choice: Choice, minute: int = 0) -> Vote:
    return Vote(voter.id, ref, choice, NOW + timedelta(minutes=minute))


def one(terms: BallotTerms, *votes: Vote, recusals: frozenset[tuple[str, str]] = frozenset()) -> Outcome:
    """The outcome on S1 with the usual roll."""
    return decide_ballot(terms, ROLL, REFS, votes, recusals)[0]


@pytest.mark.parametrize(("people", "quorum"), [(1, 1), (2, 1), (3, 2), (5, 3), (8, 4), (400, 200), (0, 0)])
def test_the_usual_quorum_is_half_of_the_roll_rounded_up(people: int, quorum: int) -> None:
    assert quorum_default(people) == quorum


@pytest.mark.parametrize(
    ("now", "zone", "closes"),
    [
        (NOW, "America/Chicago", datetime(2026, 12, 14, 23, tzinfo=UTC)),
        (datetime(2026, 12, 8, 3, tzinfo=UTC), "America/Chicago", datetime(2026, 12, 14, 23, tzinfo=UTC)),
        (datetime(2026, 3, 4, 12, tzinfo=UTC), "America/New_York", datetime(2026, 3, 11, 21, tzinfo=UTC)),
    ],
)
def test_a_ballot_closes_in_seven_days_at_five_local_time(now: datetime, zone: str, closes: datetime) -> None:
    assert closes_default(now, zone) == closes


def test_participation_is_told_as_a_count_of_people_only() -> None:
    assert Participation(1, 3).in_words == "1 of 3 have voted"
    assert Participation(1, 1).in_words == "1 of 1 has voted"


def test_an_invitee_on_the_roll_is_recused_from_themselves_and_colleagues_are_offered_it() -> None:
    ann = Stakeholder(1, "Ann", "SHERIFF", "jails", Kind.PERSON, Sector.JUSTICE, slack_user=ANN.id)
    dee = Stakeholder(2, "Dee", "Sheriff", "jails", Kind.PERSON, Sector.JUSTICE)
    assert automatic_recusals(ROLL, (ann, dee)) == {(ANN.id, "S1")}
    assert may_step_aside(CY.agency, dee.organization)
    assert may_step_aside("  sheriff ", "SHERIFF")
    assert not may_step_aside(BOB.agency, dee.organization)
    assert not may_step_aside("", "")


def test_the_last_vote_of_a_person_counts_in_whatever_order_they_are_read() -> None:
    terms = BallotTerms()
    early, late = vote(ANN, "S1", Choice.OBJECT), vote(ANN, "S1", Choice.SUPPORT, 1)
    assert one(terms, early, late).votes == Tally(support=1)
    assert one(terms, late, early).votes == Tally(support=1)


def test_votes_from_outside_the_roll_or_about_other_names_or_by_the_recused_are_not_counted() -> None:
    outcome = one(
        BallotTerms(),
        Vote("UXX", "S1", Choice.SUPPORT, NOW),
        vote(BOB, "S9", Choice.SUPPORT),
        vote(ANN, "S1", Choice.SUPPORT),
        recusals=frozenset({(ANN.id, "S1")}),
    )
    assert outcome.votes == Tally(recused=1)
    assert (outcome.support, outcome.object_, outcome.abstain, outcome.recused) == (0, 0, 0, 1)
    assert outcome.took_part == 1


def test_quorum_is_counted_name_by_name() -> None:
    terms = BallotTerms(quorum=2)
    votes = [vote(ANN, "S1", Choice.SUPPORT), vote(ANN, "S2", Choice.SUPPORT), vote(BOB, "S1", Choice.SUPPORT)]
    first, second = decide_ballot(terms, ROLL, REFS, votes)
    assert (first.approved, first.quorum_met) == (True, True)
    assert (second.approved, second.quorum_met) == (False, False)


def test_who_spoke_for_an_agency_is_shown_and_the_sides_are_told_apart() -> None:
    outcome = one(
        BallotTerms(unit=Unit.AGENCY),
        vote(ANN, "S1", Choice.SUPPORT),
        vote(CY, "S1", Choice.OBJECT, 1),
        vote(BOB, "S1", Choice.SUPPORT),
    )
    assert [(word.voter, word.agency, word.choice) for word in outcome.counted] == [
        ("Cy Ray", "Sheriff", Choice.OBJECT),
        ("UBOB", "Clinic", Choice.SUPPORT),
    ]
    assert outcome.by_side == {Side.JUSTICE: Tally(), Side.HEALTH: Tally(support=1)}


@pytest.mark.parametrize(
    ("terms", "choices", "why"),
    [
        (BallotTerms(quorum=2), "s", "Only 1 of the 2 people needed answered, so this is not decided."),
        (BallotTerms(quorum=2), "", "Nobody answered; 2 people were needed, so this is not decided."),
        (BallotTerms(quorum=1), "", "Nobody answered; 1 person was needed, so this is not decided."),
        (BallotTerms(), "sso", "2 support and 1 object, a majority."),
        (BallotTerms(), "soo", "1 support and 2 object, no majority."),
        (BallotTerms(), "so", "1 support and 1 object, and a tie does not pass."),
        (BallotTerms(), "aaa", "Nobody voted for or against, so it does not pass."),
        (BallotTerms(Rule.TWO_THIRDS), "sso", "2 of 3 votes for and against are support: at least two thirds."),
        (BallotTerms(Rule.TWO_THIRDS), "so", "1 of 2 votes for and against is support: less than two thirds."),
        (BallotTerms(Rule.CONSENSUS), "ssa", "2 support and nobody objects."),
        (BallotTerms(Rule.CONSENSUS), "sso", "1 objection stands, so there is no consensus."),
        (BallotTerms(Rule.CONSENSUS), "soo", "2 objections stand, so there is no consensus."),
        (
            BallotTerms(Rule.BOTH_SIDES),
            "sa",
            "Justice side: 1 support and 0 object, a majority;"
            " health side: nobody voted for or against, so it does not pass.",
        ),
    ],
)
def test_each_result_says_why_in_words(terms: BallotTerms, choices: str, why: str) -> None:
    said = {"s": Choice.SUPPORT, "o": Choice.OBJECT, "a": Choice.ABSTAIN}
    votes = [vote(voter, "S1", said[mark]) for voter, mark in zip(ROLL, choices, strict=False)]
    assert one(terms, *votes).why == why


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("unit", Unit)
def test_the_ballot_prints_rule_unit_quorum_and_what_silence_means(rule: Rule, unit: Unit) -> None:
    words = terms_words(BallotTerms(rule, unit, 4), 8)
    assert words == (
        unit.in_words,
        rule.in_words,
        "At least 4 of the 8 people on the roll must answer about a name for its vote to count."
        " Abstaining and stepping aside are answers.",
        SILENCE_WORDS,
    )
    assert all(sentence.endswith(".") for sentence in words)


def test_rules_and_units_each_have_words_of_their_own() -> None:
    words = [rule.in_words for rule in Rule] + [unit.in_words for unit in Unit]
    assert len(set(words)) == len(Rule) + len(Unit)


def test_a_tally_names_those_who_stepped_aside_only_where_there_are_some() -> None:
    assert Tally(3, 1, 2).in_words == "3 support, 1 object, 2 abstain"
    assert Tally(3, 1, 2, 1).in_words == "3 support, 1 object, 2 abstain, 1 stepped aside"


def test_a_ballot_that_could_not_pass_warns_before_it_opens() -> None:
    both = BallotTerms(Rule.BOTH_SIDES)
    assert warning_words(both, ROLL) is None
    assert "health side" in str(warning_words(both, (ANN, CY)))
    assert "justice or the health side" in str(warning_words(both, (CY,)))
    assert warning_words(BallotTerms(quorum=4), ROLL) == (
        "The quorum is 4 and only 3 are on the roll, so no name could pass."
    )


def test_an_agency_is_the_same_in_any_case_and_somebody_without_one_stands_alone() -> None:
    assert ANN.key(Unit.AGENCY) == replace(ANN, id="UX", agency=" SHERIFF").key(Unit.AGENCY)
    assert Voter("sheriff").key(Unit.AGENCY) != ANN.key(Unit.AGENCY)
    assert ANN.key(Unit.PERSON) != CY.key(Unit.PERSON)
