"""Principle 3: each row is a register and a scope, and whether the criterion holds."""

from __future__ import annotations

import pytest

from bot.principles.assessment import NotCounted
from bot.register import Function, Kind, Law, ScopeFlag, Sector, Stakeholder, Status
from tests.support.factories import SUBSTANCE_USE, entry, expert, finding, principle, said, situation

COUNSEL = expert(1, Sector.JUSTICE, jurisdiction=True)
HEALTH_COUNSEL = expert(2, Sector.HEALTH, jurisdiction=True)
FEDERAL_ONLY = expert(3, Sector.HEALTH, Law.HIPAA)
PROSECUTOR = entry(4, category="justice_prosecution_defense", title="district attorney", jurisdiction=True)


@pytest.mark.parametrize(
    ("register", "holds"),
    [
        pytest.param([], False, id="an empty register"),
        pytest.param([COUNSEL], True, id="a lawyer who knows this jurisdiction's law"),
        pytest.param([expert(1, Sector.JUSTICE, Law.STATE_HIV)], True, id="a state law says so too"),
        pytest.param([FEDERAL_ONLY], False, id="federal law alone"),
        pytest.param([expert(1, Sector.HEALTH, Law.PART2, Law.MEDICAID)], False, id="no law of a state"),
        pytest.param(
            [entry(1, functions=frozenset({Function.PRIVACY}), jurisdiction=True)], True, id="a privacy officer"
        ),
        pytest.param([PROSECUTOR], False, id="a prosecutor is no expert by title"),
        pytest.param([entry(1, category="legal", jurisdiction=True)], False, id="a category fills no function"),
        pytest.param([expert(1, Sector.JUSTICE, jurisdiction=True, kind=Kind.SEAT)], False, id="a seat is not named"),
        pytest.param([expert(1, Sector.GOVERNMENT, jurisdiction=True)], True, id="county counsel of any sector"),
        pytest.param([expert(1, Sector.JUSTICE, jurisdiction=True, status=Status.APPROVED)], True, id="approved"),
        pytest.param([expert(1, Sector.JUSTICE, jurisdiction=True, status=Status.NOMINATED)], False, id="nominated"),
        pytest.param([expert(1, Sector.JUSTICE, jurisdiction=True, status=Status.DECLINED)], False, id="declined"),
        pytest.param([expert(1, Sector.JUSTICE, jurisdiction=True, status=Status.LEFT)], False, id="left"),
    ],
)
def test_p3a_takes_one_named_expert_in_this_jurisdictions_law(register: list[Stakeholder], holds: bool) -> None:
    assert finding("P3.a", situation(*register)).holds is holds


@pytest.mark.parametrize(
    ("register", "holds"),
    [
        pytest.param([], False, id="an empty register"),
        pytest.param([HEALTH_COUNSEL], True, id="a health agency's counsel"),
        pytest.param([COUNSEL], False, id="the sheriff's counsel"),
        pytest.param([FEDERAL_ONLY], False, id="a health lawyer without state law"),
        pytest.param([COUNSEL, FEDERAL_ONLY], False, id="two halves make no whole"),
        pytest.param(
            [expert(1, Sector.JUSTICE, jurisdiction=True, category="health_correctional")],
            False,
            id="the category never decides",
        ),
        pytest.param([entry(1, sector=Sector.HEALTH, jurisdiction=True)], False, id="no lawyer"),
    ],
)
def test_p3e_takes_such_an_expert_on_the_health_side(register: list[Stakeholder], holds: bool) -> None:
    assert finding("P3.e", situation(*register)).holds is holds


ALL_SCOPE = frozenset(ScopeFlag)


@pytest.mark.parametrize(
    ("criterion", "scope", "one", "other", "together"),
    [
        ("P3.b", SUBSTANCE_USE, {Law.HIPAA}, {Law.STATE_MENTAL_HEALTH}, True),
        ("P3.b", SUBSTANCE_USE, {Law.HIPAA}, {Law.PART2}, False),
        ("P3.b", frozenset(), {Law.HIPAA}, {Law.STATE_MENTAL_HEALTH}, True),
        ("P3.c", SUBSTANCE_USE, {Law.PART2}, {Law.STATE_SUBSTANCE_USE}, True),
        ("P3.c", SUBSTANCE_USE, {Law.PART2}, {Law.HIPAA}, False),
        ("P3.d", SUBSTANCE_USE, {Law.CONSENT, Law.STATE_HIV}, {Law.JUSTICE_RECORDS}, True),
        ("P3.d", SUBSTANCE_USE, {Law.CONSENT}, {Law.STATE_HIV}, False),
        ("P3.f", {ScopeFlag.EDUCATION}, {Law.FERPA}, set(), True),
        ("P3.f", {ScopeFlag.JUVENILE}, {Law.STATE_JUVENILE}, set(), True),
        ("P3.f", {ScopeFlag.MEDICAID}, {Law.MEDICAID}, set(), True),
        ("P3.f", {ScopeFlag.RESEARCH}, {Law.RESEARCH}, set(), True),
        ("P3.f", {ScopeFlag.RESEARCH}, {Law.FERPA}, {Law.MEDICAID}, False),
        ("P3.f", {ScopeFlag.EDUCATION, ScopeFlag.MEDICAID}, {Law.FERPA}, {Law.MEDICAID}, True),
        ("P3.f", ALL_SCOPE, {Law.FERPA, Law.MEDICAID}, {Law.STATE_JUVENILE}, False),
    ],
)
def test_the_named_experts_cover_the_laws_together(
    criterion: str, scope: frozenset[ScopeFlag], one: set[Law], other: set[Law], together: bool
) -> None:
    both = (expert(1, Sector.JUSTICE, *one), expert(2, Sector.RESEARCH, *other))
    assert finding(criterion, situation(*both, scope=frozenset(scope))).holds is together


@pytest.mark.parametrize("criterion", ["P3.b", "P3.c", "P3.d", "P3.f"])
@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"functions": frozenset()}, id="no lawyer"),
        pytest.param({"kind": Kind.SEAT}, id="a seat"),
        pytest.param({"status": Status.NOMINATED}, id="nominated"),
        pytest.param({"status": Status.LEFT}, id="left"),
    ],
)
def test_laws_of_somebody_who_does_not_count_cover_nothing(criterion: str, fields: dict[str, object]) -> None:
    everything = situation(expert(1, Sector.HEALTH, *Law, **fields), scope=ALL_SCOPE)
    assert finding(criterion, everything).holds is False


@pytest.mark.parametrize(
    ("criterion", "scope"),
    [
        ("P3.c", frozenset()),
        ("P3.c", {ScopeFlag.JUVENILE}),
        ("P3.f", SUBSTANCE_USE),
        ("P3.f", {ScopeFlag.TRIBAL, ScopeFlag.VETERANS, ScopeFlag.VICTIMS}),
    ],
)
def test_what_the_scope_leaves_out_is_neither_true_nor_false(criterion: str, scope: frozenset[ScopeFlag]) -> None:
    found = finding(criterion, situation(expert(1, Sector.HEALTH, *Law), scope=frozenset(scope)))
    assert found.holds is None
    assert found.next_step == ""


@pytest.mark.parametrize(
    ("register", "holds", "because"),
    [
        ([COUNSEL, HEALTH_COUNSEL], True, "There is a legal expert on each side."),
        ([COUNSEL, FEDERAL_ONLY], True, "There is a legal expert on each side."),
        ([COUNSEL], False, "No legal expert speaks for the health side yet."),
        ([HEALTH_COUNSEL], False, "No legal expert speaks for the justice side yet."),
        ([], False, "No legal expert speaks for either side yet."),
        (
            [COUNSEL, expert(2, Sector.HEALTH, functions=frozenset({Function.PRIVACY}))],
            False,
            "No legal expert speaks for the health side yet.",
        ),
        ([COUNSEL, expert(2, Sector.GOVERNMENT)], False, "No legal expert speaks for the health side yet."),
    ],
)
def test_p3g_takes_a_legal_expert_on_each_side(register: list[Stakeholder], holds: bool, because: str) -> None:
    found = finding("P3.g", situation(*register))
    assert (found.holds, found.because) == (holds, because)


def test_what_an_expert_can_do_is_told_as_their_own_word() -> None:
    found = finding("P3.b", situation(expert(1, Sector.JUSTICE, Law.HIPAA, Law.PART2)))
    assert found.counted == ("S1 Office 1 (Agency 1) says they can advise on HIPAA",)
    assert found.because == "No named expert says they can advise on state mental-health law yet."
    assert "`/stakeholder set REF | laws=+state-mental-health`" in found.next_step


def test_all_laws_covered_are_listed_in_words() -> None:
    found = finding("P3.d", situation(expert(1, Sector.JUSTICE, *Law)))
    assert found.because == (
        "The named experts say they can advise on informed consent, state HIV law and justice-records law."
    )


def test_somebody_who_says_they_know_a_law_and_is_no_expert_is_explained() -> None:
    found = finding("P3.b", situation(entry(1, laws=frozenset({Law.HIPAA}))))
    assert found.not_counted == (NotCounted("S1 Office 1 (Agency 1)", "is not marked as a legal or privacy expert"),)


@pytest.mark.parametrize(
    ("register", "why"),
    [
        (COUNSEL, "speaks for justice, so not the health side"),
        (FEDERAL_ONLY, "has not said that they know this jurisdiction's law"),
        (expert(1, Sector.HEALTH, jurisdiction=True, kind=Kind.SEAT), "is a seat, not a named person"),
    ],
)
def test_p3e_says_why_an_expert_was_not_counted(register: Stakeholder, why: str) -> None:
    assert [each.why for each in finding("P3.e", situation(register)).not_counted] == [why]


@pytest.mark.parametrize(
    ("register", "step"),
    [
        ([], "Ask an agency's counsel or privacy officer"),
        ([FEDERAL_ONLY], "An expert is named."),
        ([entry(1, category="legal")], "Someone is listed among the legal and privacy experts."),
    ],
)
def test_p3a_offers_the_step_that_fits(register: list[Stakeholder], step: str) -> None:
    assert principle(3, situation(*register)).next_step.startswith(step)


def test_the_first_law_gap_asks_for_a_person_before_it_asks_for_laws() -> None:
    assert finding("P3.b", situation()).next_step.startswith("Name a legal or privacy expert first")
    assert finding("P3.e", situation(FEDERAL_ONLY)).next_step.startswith("The health side has a named expert.")


def test_nothing_of_principle_3_can_be_attested() -> None:
    where = situation(attestations=tuple(said(f"P3.{letter}") for letter in "abcdefg"))
    assert not any(each.holds for each in principle(3, where).criteria)


def test_several_missing_laws_are_one_list() -> None:
    assert finding("P3.d", situation()).because == (
        "No named expert says they can advise on informed consent, state HIV law or justice-records law yet."
    )
