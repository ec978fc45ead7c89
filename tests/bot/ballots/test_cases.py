"""The tables of ``ballot_cases.md``, row by row, and the rules against a plain re-telling of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ballots.rules import decide_ballot
from bot.ballots.values import BallotTerms, Choice, Rule, Unit, Vote, Voter, quorum_default
from bot.register import Side

CASES = Path(__file__).with_name("ballot_cases.md").read_text(encoding="utf-8")
START = datetime(2026, 12, 7, 9, tzinfo=UTC)
SIDES = {"justice": Side.JUSTICE, "health": Side.HEALTH, "other": None, "": None}
COLUMNS = {
    "support": Choice.SUPPORT,
    "object": Choice.OBJECT,
    "abstain": Choice.ABSTAIN,
    "recused": Choice.RECUSE,
}


def table(heading: str) -> list[dict[str, str]]:
    """The rows of the table under ``heading``, by the names of their columns."""
    section = CASES.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    return [dict(zip(lines[0], row, strict=True)) for row in lines[2:]]


def heads(cell: str) -> list[Side | None]:
    """One side (or None) for each person that a cell such as "2 justice, 1 health" speaks of."""
    parts = [part.strip().partition(" ") for part in cell.split(",")]
    return [SIDES[side] for number, _, side in parts for _ in range(int(number))]


def person_case(row: dict[str, str]) -> tuple[list[Voter], list[Vote]]:
    roll = [Voter(f"U{number}", side=side) for number, side in enumerate(heads(row["on the roll"]))]
    silent, votes = list(roll), []
    for column, choice in COLUMNS.items():
        for side in heads(row[column]):
            voter = next(voter for voter in silent if voter.side is side)
            silent.remove(voter)
            votes.append(Vote(voter.id, "S1", choice, START))
    return roll, votes


def agency_case(row: dict[str, str]) -> tuple[list[Voter], list[Vote]]:
    roll, votes = [], []
    for number, words in enumerate(row["in this order"].split(";")):
        found = re.fullmatch(r"(\w+)(?: of (\w+))?(?: \((\w+)\))?: (\w+)", words.strip())
        assert found, words
        roll.append(Voter(found[1], agency=found[2] or "", side=SIDES[found[3] or ""]))
        votes.append(Vote(found[1], "S1", Choice(found[4]), START + timedelta(minutes=number)))
    roll += [Voter(f"silent {number}") for number in range(int(row["on the roll"]) - len(roll))]
    return roll, votes


PERSON_ROWS, AGENCY_ROWS = table("One vote per person"), table("One vote per agency")


def named(rows: list[dict[str, str]]) -> list[object]:
    return [pytest.param(row, id=f"{number}. {row['rule']}: {row['because']}") for number, row in enumerate(rows, 1)]


@pytest.mark.parametrize("row", named(PERSON_ROWS))
def test_a_vote_per_person_comes_out_as_the_table_says(row: dict[str, str]) -> None:
    roll, votes = person_case(row)
    terms = BallotTerms(Rule(row["rule"]), Unit.PERSON, int(row["quorum"]))
    (outcome,) = decide_ballot(terms, roll, ["S1"], votes)
    assert ("approved" if outcome.approved else "not approved") == row["result"], outcome.why


@pytest.mark.parametrize("row", named(AGENCY_ROWS))
def test_a_vote_per_agency_comes_out_as_the_table_says(row: dict[str, str]) -> None:
    roll, votes = agency_case(row)
    terms = BallotTerms(Rule(row["rule"]), Unit.AGENCY, int(row["quorum"]))
    (outcome,) = decide_ballot(terms, roll, ["S1"], reversed(votes))
    assert ("approved" if outcome.approved else "not approved") == row["result"], outcome.why


def test_there_are_at_least_sixty_cases_and_both_results_for_every_rule_and_unit() -> None:
    assert len(PERSON_ROWS) + len(AGENCY_ROWS) >= 60
    seen = {(row["rule"], row["result"]) for row in PERSON_ROWS}
    assert seen == {(rule.value, result) for rule in Rule for result in ("approved", "not approved")}
    assert {row["rule"] for row in AGENCY_ROWS} == {rule.value for rule in Rule}


def test_no_case_stands_twice() -> None:
    bare = [tuple(cell for column, cell in row.items() if column != "because") for row in PERSON_ROWS + AGENCY_ROWS]
    assert len(set(bare)) == len(bare)


AGENCIES = st.sampled_from(["", "Sheriff", "sheriff ", "Clinic", "Courts"])
VOTERS = st.lists(st.tuples(AGENCIES, st.sampled_from([Side.JUSTICE, Side.HEALTH, None])), min_size=1, max_size=7)
SAID = st.lists(st.tuples(st.integers(0, 8), st.sampled_from(list(Choice))), max_size=15)


@settings(deadline=None)
@given(
    people=VOTERS,
    said=SAID,
    rule=st.sampled_from(list(Rule)),
    unit=st.sampled_from(list(Unit)),
    barred=st.integers(0, 8),
)
def test_any_vote_comes_out_as_a_plain_retelling_of_the_rules_says(
    people: list[tuple[str, Side | None]], said: list[tuple[int, Choice]], rule: Rule, unit: Unit, barred: int
) -> None:
    roll = [Voter(f"U{number}", agency=agency, side=side) for number, (agency, side) in enumerate(people)]
    votes = [Vote(f"U{who}", "S1", choice, START + timedelta(minutes=n)) for n, (who, choice) in enumerate(said)]
    terms = BallotTerms(rule, unit, quorum_default(len(roll)))
    (outcome,) = decide_ballot(terms, roll, ["S1"], votes, frozenset({(f"U{barred}", "S1")}))
    assert outcome.approved == retold(people, said, rule, unit, barred)


def retold(
    people: list[tuple[str, Side | None]], said: list[tuple[int, Choice]], rule: Rule, unit: Unit, barred: int
) -> bool:
    """The rules once more, said step by step: play the words in order, keep what stands, count."""
    heard: list[tuple[int, Choice]] = []
    for who, choice in said:
        if who < len(people) and who != barred:
            heard = [(earlier, word) for earlier, word in heard if earlier != who] + [(who, choice)]
    answered = {who for who, _ in heard} | ({barred} if barred < len(people) else set())
    spoken: dict[str, tuple[Choice, Side | None]] = {}
    for who, choice in heard:
        agency, side = people[who]
        name = agency.strip().lower() if unit is Unit.AGENCY and agency else str(who)
        if choice is not Choice.RECUSE:
            spoken[name] = (choice, side)
    if 2 * len(answered) < len(people):
        return False
    everyone = [choice for choice, _ in spoken.values()]
    if rule is Rule.BOTH_SIDES:
        return all(share([c for c, s in spoken.values() if s is side]) > Fraction(1, 2) for side in Side)
    if rule is Rule.CONSENSUS:
        return Choice.SUPPORT in everyone and Choice.OBJECT not in everyone
    return share(everyone) >= Fraction(2, 3) if rule is Rule.TWO_THIRDS else share(everyone) > Fraction(1, 2)


def share(choices: list[Choice]) -> Fraction:
    """The part of the votes for and against that are in support; nothing where there are none."""
    cast = choices.count(Choice.SUPPORT) + choices.count(Choice.OBJECT)
    return Fraction(choices.count(Choice.SUPPORT), cast) if cast else Fraction(0)
