"""Principle 1: each row is a register, and whether the criterion holds for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.principles.assessment import NotCounted
from bot.register import Function, Kind, Oversees, Sector, Stakeholder, Status, recorded
from tests.support.factories import NOW, entry, executive, finding, principle, said, situation

JUSTICE = executive(1, Sector.JUSTICE)
HEALTH = executive(2, Sector.HEALTH)
COUNTY = executive(3, Sector.GOVERNMENT, name="County Executive", organization="County", oversees=Oversees.HEALTH)
HEALTH_OFFICER = entry(6, name="Health officer", sector=Sector.HEALTH, status=Status.IDENTIFIED)
SHERIFF = entry(5, name="Sheriff", organization="Sheriff's Office", status=Status.IDENTIFIED)
DOCTOR = executive(
    4,
    Sector.JUSTICE,
    name="Jail medical director",
    organization="Middlesex Sheriff's Office",
    category="health_correctional",
)


@pytest.mark.parametrize(
    ("register", "holds"),
    [
        pytest.param([], False, id="an empty register"),
        pytest.param([JUSTICE, HEALTH], True, id="one on each side"),
        pytest.param([JUSTICE], False, id="justice alone"),
        pytest.param([HEALTH], False, id="health alone"),
        pytest.param([JUSTICE, executive(2, Sector.HEALTH, status=Status.INVITED)], False, id="invited is not enough"),
        pytest.param([JUSTICE, executive(2, Sector.HEALTH, status=Status.APPROVED)], False, id="nor is approved"),
        pytest.param([JUSTICE, executive(2, Sector.HEALTH, authority=False)], False, id="no authority"),
        pytest.param([JUSTICE, entry(2, sector=Sector.HEALTH, authority=True)], False, id="authority, no executive"),
        pytest.param([JUSTICE, executive(2, Sector.HEALTH, kind=Kind.SEAT)], False, id="a seat is no person"),
        pytest.param([JUSTICE, executive(2, Sector.HEALTH, kind=Kind.SEAT, vacant=False)], True, id="a held seat"),
        pytest.param([JUSTICE, executive(2, Sector.HEALTH, vacant=True)], False, id="an office that is vacant"),
        pytest.param([JUSTICE, executive(2, Sector.HEALTH, name="TBD")], False, id="nobody is named yet"),
        pytest.param(
            [JUSTICE, executive(2, Sector.GOVERNMENT)], False, id="a county executive, nobody asked which side"
        ),
        pytest.param([JUSTICE, COUNTY], True, id="a county executive whom health agencies answer to"),
        pytest.param(
            [HEALTH, executive(3, Sector.GOVERNMENT, oversees=Oversees.JUSTICE)], True, id="one whom justice answers to"
        ),
        pytest.param(
            [JUSTICE, executive(3, Sector.GOVERNMENT, oversees=Oversees.NEITHER)],
            False,
            id="one whom neither answers to",
        ),
        pytest.param(
            [JUSTICE, executive(2, Sector.FUNDER, oversees=Oversees.HEALTH)], False, id="only of general government"
        ),
        pytest.param([COUNTY], False, id="nobody stands on both sides"),
        pytest.param([JUSTICE, DOCTOR], False, id="a jail's doctor who speaks for the sheriff is not the health side"),
        pytest.param([HEALTH, DOCTOR], True, id="the sheriff's doctor speaks for the justice side"),
        pytest.param(
            [JUSTICE, executive(2, Sector.HEALTH, category="health_correctional")],
            True,
            id="a jail's doctor who speaks for a health agency is the health side",
        ),
        pytest.param(
            [JUSTICE, executive(2, Sector.HEALTH, category="justice_custody")],
            True,
            id="the category never decides, the sector does",
        ),
    ],
)
def test_p1a_takes_a_committed_executive_with_authority_on_each_side(register: list[Stakeholder], holds: bool) -> None:
    assert finding("P1.a", situation(*register)).holds is holds


@pytest.mark.parametrize(
    ("register", "because"),
    [
        ([], "No committed executive with authority speaks for either side yet."),
        ([JUSTICE], "No committed executive with authority speaks for the health side yet."),
        ([HEALTH], "No committed executive with authority speaks for the justice side yet."),
        ([JUSTICE, HEALTH], "Each side has a committed executive with authority."),
    ],
)
def test_p1a_says_which_side_is_open(register: list[Stakeholder], because: str) -> None:
    assert finding("P1.a", situation(*register)).because == because


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (executive(2, Sector.HEALTH, status=Status.INVITED), "have they committed?"),
        (executive(2, Sector.HEALTH, authority=False), "can they approve policy?"),
        (executive(2, Sector.GOVERNMENT), "does a justice or a health agency answer to them?"),
        (
            executive(2, Sector.GOVERNMENT, oversees=Oversees.NEITHER),
            "oversees neither justice nor health agencies",
        ),
        (executive(2, Sector.RESEARCH), "speaks for research, so for neither side"),
        (executive(2, Sector.HEALTH, vacant=True), "has somebody taken it?"),
        (executive(2, Sector.HEALTH, kind=Kind.GROUP), "is a group, not a person"),
        (HEALTH_OFFICER, "do they lead their agency, and can they approve policy?"),
        (executive(2, Sector.HEALTH, kind=Kind.SEAT, organization=""), "has somebody taken it?"),
        (entry(2, sector=Sector.HEALTH), "do they lead their agency, and can they approve policy?"),
        (executive(2, Sector.HEALTH, status=Status.LEFT), "has left"),
        (
            executive(2, Sector.HEALTH, status=Status.NOMINATED),
            "is nominated, and a co-chair has not accepted it yet",
        ),
    ],
)
def test_p1a_says_why_somebody_was_not_counted(other: Stakeholder, why: str) -> None:
    found = finding("P1.a", situation(JUSTICE, other))
    assert [each.why for each in found.not_counted] == [why]
    assert not any(each.private for each in found.not_counted)


ASSOCIATION = executive(2, Sector.HEALTH, organization="Massachusetts Association for Mental Health, Inc.")


def test_p1a_counts_an_associations_executive_and_says_that_no_public_agencys_is_among_them() -> None:
    found = finding("P1.a", situation(JUSTICE, ASSOCIATION))
    assert found.holds is True
    assert found.because == (
        "Each side has a committed executive with authority. Going by the names on the health side, "
        "no public agency's executive is among them."
    )
    assert "going by" not in finding("P1.a", situation(JUSTICE, ASSOCIATION, HEALTH)).because.casefold()
    assert (
        "on both sides"
        in finding("P1.a", situation(executive(1, Sector.JUSTICE, organization="Acme Inc."), ASSOCIATION)).because
    )


def test_p1a_tells_who_recorded_which_side_a_county_executive_stands_on() -> None:
    known = recorded(None, COUNTY, "U01DANA", NOW - timedelta(days=1))
    assert finding("P1.a", situation(JUSTICE, known)).notes == {
        "S3 County Executive (County)": "recorded by <@U01DANA> on Dec 6"
    }


def test_p1a_explains_the_jails_doctor() -> None:
    found = finding("P1.a", situation(JUSTICE, DOCTOR))
    who = "S4 Jail medical director (Middlesex Sheriff's Office)"
    assert NotCounted(who, "speaks for justice, so not the health side") in found.not_counted
    assert found.counted == ("S1 Office 1 (Agency 1)", who)


def test_who_declined_is_marked_as_private() -> None:
    found = finding("P1.a", situation(JUSTICE, executive(2, Sector.HEALTH, status=Status.DECLINED)))
    assert found.not_counted == (NotCounted("S2 Office 2 (Agency 2)", "declined", private=True),)
    assert "declined" not in found.because


@pytest.mark.parametrize(
    ("register", "step"),
    [
        ([], "Ask one executive on each side"),
        ([HEALTH], "Ask an executive of a justice agency"),
        ([JUSTICE], "Ask an executive of a health agency"),
        ([JUSTICE, executive(2, Sector.HEALTH, status=Status.INVITED)], "Ask Office 2 (Agency 2) for an answer."),
        ([JUSTICE, entry(2, sector=Sector.HEALTH)], "Ask Office 2 (Agency 2): do they lead their agency"),
        ([entry(2, sector=Sector.HEALTH)], "Ask Office 2 (Agency 2): do they lead their agency"),
        ([SHERIFF], "Ask Sheriff (Sheriff's Office): do they lead their agency"),
        ([entry(2, status=Status.IDENTIFIED)], "Ask one executive on each side"),
        ([executive(1, Sector.JUSTICE, status=Status.INVITED)], "Ask Office 1 (Agency 1) for an answer."),
        (
            [executive(1, Sector.GOVERNMENT, status=Status.INVITED)],
            "Does a justice or a health agency answer to Office 1 (Agency 1)?",
        ),
        (
            [executive(1, Sector.JUSTICE, status=Status.INVITED, authority=False)],
            "Ask Office 1 (Agency 1): can they approve policy?",
        ),
        ([JUSTICE, executive(2, Sector.HEALTH, vacant=True)], "Who holds Office 2 (Agency 2)?"),
    ],
)
def test_p1a_offers_the_step_that_fits(register: list[Stakeholder], step: str) -> None:
    assert principle(1, situation(*register)).next_step.startswith(step)


AT_CLINIC = {"organization": "County Clinic"}


@pytest.mark.parametrize(
    ("register", "holds", "because"),
    [
        pytest.param([JUSTICE, HEALTH], False, "No organization is marked as exchanging data yet.", id="none marked"),
        pytest.param(
            [entry(5, exchange=True, **AT_CLINIC)],
            False,
            "County Clinic will exchange data and has no committed executive of its own yet.",
            id="one without",
        ),
        pytest.param(
            [entry(5, exchange=True, **AT_CLINIC), executive(6, Sector.HEALTH, organization="COUNTY  clínic")],
            True,
            "Each organization that will exchange data has a committed executive of its own.",
            id="its own executive, case and accents folded",
        ),
        pytest.param(
            [entry(5, exchange=True, **AT_CLINIC), executive(6, Sector.HEALTH, status=Status.INVITED, **AT_CLINIC)],
            False,
            "County Clinic will exchange data and has no committed executive of its own yet.",
            id="an invited executive",
        ),
        pytest.param(
            [entry(5, exchange=True), entry(6, exchange=True), JUSTICE],
            False,
            "2 of the organizations that will exchange data have no committed executive of their own yet.",
            id="two without",
        ),
        pytest.param(
            [entry(5, exchange=True, status=Status.LEFT)],
            False,
            "No organization is marked as exchanging data yet.",
            id="marked on somebody who left",
        ),
        pytest.param(
            [executive(5, Sector.HEALTH, exchange=True, authority=False)],
            True,
            "Each organization that will exchange data has a committed executive of its own.",
            id="authority is not asked here",
        ),
    ],
)
def test_p1b_looks_at_each_exchanging_organization(register: list[Stakeholder], holds: bool, because: str) -> None:
    found = finding("P1.b", situation(*register))
    assert (found.holds, found.because) == (holds, because)


@pytest.mark.parametrize("criterion", ["P1.c", "P1.d"])
def test_writing_and_delegates_are_what_a_co_chair_says(criterion: str) -> None:
    assert finding(criterion, situation(JUSTICE, HEALTH)).holds is False
    found = finding(criterion, situation(attestations=(said(criterion, "a letter of the sheriff"),)))
    assert found.holds is True
    assert found.because == "A co-chair has confirmed it (self-reported)."
    assert found.counted == ("“a letter of the sheriff”",)
    assert found.notes == {"“a letter of the sheriff”": "said by <@U01PAT> on Dec 6"}


def test_attesting_p1a_or_p1b_does_nothing() -> None:
    where = situation(attestations=(said("P1.a"), said("P1.b")))
    assert finding("P1.a", where).holds is False
    assert finding("P1.b", where).holds is False


def test_a_function_that_is_not_executive_does_not_lead() -> None:
    staff = entry(2, sector=Sector.HEALTH, functions=frozenset({Function.STAFF}), authority=True)
    assert finding("P1.a", situation(JUSTICE, staff)).holds is False


BYSTANDERS = [
    entry(11, sector=Sector.HEALTH, status=Status.IDENTIFIED, category="health_public"),
    entry(12, sector=Sector.JUSTICE),
    entry(13, sector=Sector.GOVERNMENT),
    entry(14, sector=Sector.HEALTH, kind=Kind.SEAT, status=Status.IDENTIFIED),
    entry(15, sector=Sector.GOVERNMENT, kind=Kind.GROUP, category="health_public"),
]
LOOKED_AT = [
    entry(21, sector=Sector.HEALTH),
    entry(22, sector=Sector.GOVERNMENT, category="health_public", status=Status.IDENTIFIED),
    entry(23, sector=Sector.FUNDER, authority=True),
    executive(24, Sector.RESEARCH, authority=False),
]


def test_p1a_looks_only_at_those_whom_a_reader_might_expect_to_count() -> None:
    found = finding("P1.a", situation(JUSTICE, *BYSTANDERS, *LOOKED_AT))
    assert [(each.who.split()[0], each.why) for each in found.not_counted] == [
        ("S21", "do they lead their agency, and can they approve policy?"),
        ("S22", "speaks for general government, so not the health side"),
        ("S23", "speaks for a funder, so for neither side"),
        ("S24", "speaks for research, so for neither side"),
    ]


def test_p1a_asks_nothing_of_health_once_the_health_side_is_there() -> None:
    found = finding("P1.a", situation(JUSTICE, HEALTH, *LOOKED_AT))
    assert [each.who.split()[0] for each in found.not_counted] == ["S23", "S24"]


@pytest.mark.parametrize("other", BYSTANDERS, ids=lambda each: each.ref)
def test_p1a_offers_to_mark_only_somebody_committed_on_the_open_side(other: Stakeholder) -> None:
    assert principle(1, situation(JUSTICE, other)).next_step.startswith("Ask an executive of a health agency")
