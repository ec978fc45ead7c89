"""Principle 3: each row is a register and a scope, and whether the criterion holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.principles.assessment import NotCounted
from bot.register import Function, Kind, Law, ScopeFlag, Sector, Stakeholder, Status, recorded
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
        pytest.param(
            [expert(1, Sector.JUSTICE, jurisdiction=True, kind=Kind.SEAT, vacant=False)], True, id="a seat that is held"
        ),
        pytest.param([expert(1, Sector.JUSTICE, jurisdiction=True, vacant=True)], False, id="an office that is vacant"),
        pytest.param([expert(1, Sector.JUSTICE, jurisdiction=True, name="Not named")], False, id="nobody is named"),
        pytest.param(
            [entry(1, category="justice_courts", name=f"Judge {name}") for name in "ABCDEFGHIJ"], False, id="ten judges"
        ),
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


def test_what_an_expert_can_do_is_told_as_it_was_recorded() -> None:
    known = recorded(None, expert(1, Sector.JUSTICE, Law.HIPAA, Law.PART2), "U01DANA", datetime(2026, 3, 3, tzinfo=UTC))
    found = finding("P3.b", situation(known))
    assert found.counted == ("S1 Office 1 (Agency 1): HIPAA",)
    assert found.notes == {"S1 Office 1 (Agency 1): HIPAA": "recorded by <@U01DANA> on Mar 3"}
    assert found.because == "No named expert is recorded yet as able to advise on state mental-health law."
    assert "`/stakeholder set S1 | laws=+state-mental-health`" in found.next_step
    assert found.next_step.startswith("Ask Office 1 (Agency 1) which laws")
    assert found.step_by_ref.startswith("Ask S1 which laws")


def test_who_recorded_that_an_expert_knows_the_law_is_told() -> None:
    known = recorded(None, COUNSEL, "U01DANA", datetime(2025, 12, 31, 12, tzinfo=UTC))
    found = finding("P3.a", situation(known))
    assert found.notes == {"S1 Office 1 (Agency 1)": "recorded by <@U01DANA> on Dec 31, 2025"}
    assert finding("P3.a", situation(COUNSEL)).notes == {}


def test_all_laws_covered_are_listed_in_words() -> None:
    found = finding("P3.d", situation(expert(1, Sector.JUSTICE, *Law)))
    assert found.because == (
        "The named experts can advise on informed consent, state HIV law and justice-records law, as recorded."
    )


def test_somebody_who_knows_a_law_and_is_no_expert_is_explained() -> None:
    found = finding("P3.b", situation(entry(1, laws=frozenset({Law.HIPAA}))))
    assert found.not_counted == (NotCounted("S1 Office 1 (Agency 1)", "do they advise on law or privacy?"),)


@pytest.mark.parametrize(
    ("register", "why"),
    [
        (COUNSEL, "speaks for justice, so not the health side"),
        (FEDERAL_ONLY, "do they know this jurisdiction's privacy law?"),
        (expert(1, Sector.HEALTH, jurisdiction=True, kind=Kind.SEAT), "has somebody taken it?"),
    ],
)
def test_p3e_says_why_an_expert_was_not_counted(register: Stakeholder, why: str) -> None:
    assert [each.why for each in finding("P3.e", situation(register)).not_counted] == [why]


@pytest.mark.parametrize(
    ("register", "step"),
    [
        ([], "Ask an agency's counsel or privacy officer"),
        ([FEDERAL_ONLY], "Ask Office 3 (Agency 3): do they know this jurisdiction's privacy law?"),
        ([entry(1, category="legal")], "Ask Office 1 (Agency 1): do they advise on law or privacy"),
        ([PROSECUTOR], "Ask Office 4 (Agency 4), or an agency's counsel or privacy officer"),
        (
            [expert(number, Sector.HEALTH, kind=Kind.SEAT, name=f"Privacy seat {number}") for number in (1, 2)],
            "Who takes Privacy seat 1 (Agency 1) or Privacy seat 2 (Agency 2)?",
        ),
        ([PROSECUTOR, entry(1, title="Corporation Counsel"), FEDERAL_ONLY], "Ask Office 3 (Agency 3): do they know"),
        ([PROSECUTOR, entry(1, title="Corporation Counsel")], "Ask Office 1 (Agency 1): do they advise"),
    ],
)
def test_p3a_offers_the_step_that_fits(register: list[Stakeholder], step: str) -> None:
    assert principle(3, situation(*register)).next_step.startswith(step)


def test_the_first_law_gap_asks_for_a_person_before_it_asks_for_laws() -> None:
    assert finding("P3.b", situation()).next_step.startswith("Name a legal or privacy expert first")
    assert finding("P3.e", situation(FEDERAL_ONLY)).next_step.startswith("Ask Office 3 (Agency 3)")


def test_nothing_of_principle_3_can_be_attested() -> None:
    where = situation(attestations=tuple(said(f"P3.{letter}") for letter in "abcdefg"))
    assert not any(each.holds for each in principle(3, where).criteria)


def test_several_missing_laws_are_one_list() -> None:
    assert finding("P3.d", situation()).because == (
        "No named expert is recorded yet as able to advise on informed consent, state HIV law or justice-records law."
    )


def test_ten_judges_and_a_prosecutor_are_looked_at_and_asked_about() -> None:
    judges = [entry(number, category="justice_courts", name=f"Judge {number}") for number in range(10, 20)]
    found = finding("P3.a", situation(*judges, PROSECUTOR))
    assert len(found.not_counted) == 11
    assert {each.why for each in found.not_counted} == {
        "are they an expert on privacy law? A judge, prosecutor or defender is not one by title."
    }
    assert found.next_step.startswith(
        "Ask Judge 10 (Agency 10), Judge 11 (Agency 11) or 9 others, or an agency's counsel"
    )
