"""Whom a co-chair means whose view they record, by what they typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.ballots.values import Voter
from bot.groups import CoChair
from bot.refusals import Refusal
from bot.register import Kind, Sector, Side, Stakeholder, Status
from handlers.ballots.voters import Known, themself, voter_meant
from storage.members import Member
from tests.handlers.ballots.test_rendering import STORED

LINKED = Stakeholder(1, "Priya Raman", "Clinic", "probation", Kind.PERSON, Sector.HEALTH, slack_user="U0PRIYA003")
JANE = Stakeholder(2, "Jane Roe", "Sheriff", "jails", Kind.PERSON, Sector.JUSTICE)
GONE = Stakeholder(3, "Al Green", "Court", "courts", Kind.PERSON, Sector.JUSTICE, Status.LEFT, slack_user="U0AL")
ACTS = Stakeholder(4, "José Ortiz", "Court", "courts", Kind.PERSON, Sector.JUSTICE)
CHAIR = CoChair("Kim Lee", "Public Health", Side.HEALTH)
HERE = CoChair("Dana Ito", "Sheriff", Side.JUSTICE, "U0DANA0001")
MEMBERS = (Member("U0LENA0005", "T1", name="Lena Kowalczyk"), Member("U0SAM1", "T1", name="Sam Day"))
ROLL = (Voter("U0LENA0005"), Voter("U0SAM1"), Voter("U0SAM2"), Voter("Sue Ling", agency="Clinic"), Voter("U0PRIYA003"))


def known(roll: Sequence[Voter] = ROLL) -> Known:
    """A group with two co-chairs, a register of four, and a roll."""
    stored = replace(STORED, group=replace(STORED.group, cochairs=(CHAIR, HERE)))
    members = (*MEMBERS, Member("U0SAM2", "T1", name="SAM DAY"))
    return Known(stored, (LINKED, JANE, GONE, ACTS), roll, {member.user_id: member for member in members})


@pytest.mark.parametrize(
    ("typed", "voter"),
    [
        ("U0LENA0005", "U0LENA0005"),
        ("Lena Kowalczyk", "U0LENA0005"),
        ("lena  KOWALCZYK", "U0LENA0005"),
        ("Priya Raman", "U0PRIYA003"),
        ("S1", "U0PRIYA003"),
        ("dana ito", "U0DANA0001"),
        ("Sue Ling", "Sue Ling"),
        ("SUE LING", "Sue Ling"),
        ("kim lee", "Kim Lee"),
        ("jane roe", "Jane Roe"),
        ("s2", "Jane Roe"),
        ("jose ortiz", "José Ortiz"),
        ("Al Green", "Al Green"),
        ("Bo New", "Bo New"),
    ],
)
def test_a_name_means_the_account_that_goes_by_it_else_who_is_known_by_it(typed: str, voter: str) -> None:
    assert voter_meant(typed, known()).id == voter


def test_who_is_on_the_roll_by_name_stays_as_they_are() -> None:
    assert voter_meant("sue ling", known()) is ROLL[3]
    assert voter_meant("S2", known()) == Voter("Jane Roe", "", "Sheriff", Side.JUSTICE)
    assert voter_meant("Kim Lee", known()) == Voter("Kim Lee", "", "Public Health", Side.HEALTH)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("sam day", r"sam day: <@U0SAM1>, <@U0SAM2>\. Please mention the one you mean with @"),
        ("S14", "I found nobody here for “S14”"),
    ],
)
def test_a_name_of_several_accounts_and_a_ref_of_nobody_are_refused(typed: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        voter_meant(typed, known())


@pytest.mark.parametrize(
    ("typed", "refs"), [("S1", {"S1"}), ("Priya Raman", {"S1"}), ("JOSE ORTIZ", {"S4"}), ("Bo New", set())]
)
def test_nobody_is_counted_on_the_entry_that_is_them(typed: str, refs: set[str]) -> None:
    found = known()
    assert themself(voter_meant(typed, found), typed, found.register) == refs
