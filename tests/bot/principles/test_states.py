"""The state of each principle, and what ``assess --json`` says of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.groups import SetAside, Situation
from bot.principles.assessment import PrincipleState, as_json, assess
from bot.principles.principles import Level
from bot.register import Function, Kind, Law, Oversees, PriorSharing, ScopeFlag, Sector, Side, Stakeholder, Status
from tests.support.factories import (
    GROUP,
    NOW,
    complete,
    consumer_seat,
    executive,
    expert,
    holding,
    listed_group,
    principle,
    said,
    situation,
    spanner,
    states,
)

MET, THIN, NOT_YET, AWAY = (
    PrincipleState.MET,
    PrincipleState.THIN,
    PrincipleState.NOT_YET,
    PrincipleState.NOT_APPLICABLE,
)
CORE_LAWS = (Law.HIPAA, Law.STATE_MENTAL_HEALTH, Law.PART2, Law.STATE_SUBSTANCE_USE)
JUSTICE, HEALTH = executive(1, Sector.JUSTICE), executive(2, Sector.HEALTH)
COUNSEL = expert(3, Sector.HEALTH, *CORE_LAWS)


def without(where: Situation, *numbers: int) -> Situation:
    """The same situation once those people have left."""
    return replace(where, stakeholders=tuple(each for each in where.stakeholders if each.number not in numbers))


def test_an_empty_register_with_two_co_chairs_has_only_its_chairs() -> None:
    assert states(situation()) == (NOT_YET, MET, NOT_YET, NOT_YET, NOT_YET, NOT_YET)


def test_a_complete_register_is_met_throughout() -> None:
    assert states(complete()) == (MET,) * 6


@pytest.mark.parametrize(
    ("number", "register", "state", "rests_on"),
    [
        (1, [JUSTICE, HEALTH], THIN, ("Office 1", "Office 2")),
        (1, [JUSTICE, HEALTH, executive(4, Sector.HEALTH)], THIN, ("Office 1",)),
        (1, [JUSTICE], NOT_YET, ()),
        (3, [COUNSEL], THIN, ("Office 3",)),
        (3, [COUNSEL, expert(4, Sector.HEALTH, *CORE_LAWS)], MET, ()),
        (3, [COUNSEL, expert(4, Sector.JUSTICE, *CORE_LAWS)], THIN, ("Office 3",)),
        (3, [COUNSEL, expert(4, Sector.HEALTH, *CORE_LAWS[:3])], THIN, ("Office 3",)),
        (4, [listed_group(1, prior_sharing=PriorSharing.NO)], MET, ()),
        (4, [listed_group(1)], NOT_YET, ()),
        (5, [spanner(1)], THIN, ("Office 1",)),
        (5, [spanner(1), spanner(2)], MET, ()),
        (6, [consumer_seat(1)], THIN, ("Consumer seat",)),
        (6, [consumer_seat(1), consumer_seat(2)], MET, ()),
    ],
)
def test_thin_says_on_whom_it_rests(
    number: int, register: list[Stakeholder], state: PrincipleState, rests_on: tuple[str, ...]
) -> None:
    found = principle(number, situation(*register))
    assert (found.state, found.rests_on) == (state, rests_on)


def test_two_of_the_same_name_are_told_apart() -> None:
    twins = [executive(number, side, name="Director") for number, side in enumerate((Sector.JUSTICE, Sector.HEALTH), 1)]
    assert principle(1, situation(*twins)).rests_on == ("Director (Agency 1)", "Director (Agency 2)")


def test_looked_and_found_none_meets_principle_4_without_a_group_to_ask() -> None:
    assert principle(4, situation(attestations=(said("P4.a", "looked, none found"),))).state is MET


def test_substance_use_out_of_scope_asks_less_of_principle_3() -> None:
    counsel = expert(3, Sector.HEALTH, Law.HIPAA, Law.STATE_MENTAL_HEALTH)
    assert principle(3, situation(counsel)).state is NOT_YET
    assert principle(3, situation(counsel, scope=frozenset[ScopeFlag]())).state is THIN


def test_what_strengthens_never_blocks() -> None:
    found = principle(1, complete())
    assert found.state is MET
    assert any(each.holds is False and each.level is Level.STRENGTHENS for each in found.criteria)
    assert found.next_step.startswith("Nothing is needed. To strengthen it: ")


def test_failing_is_the_first_required_criterion_that_does_not_hold() -> None:
    failing = principle(3, situation(expert(3, Sector.JUSTICE, *CORE_LAWS))).failing
    assert failing is not None
    assert failing.id == "P3.e"
    assert principle(1, complete()).failing is None


def test_a_principle_set_aside_is_not_applicable_until_the_instant_it_ends() -> None:
    aside = SetAside(5, "the county has none", NOW + timedelta(days=90))
    where = situation(set_asides=(aside,))
    found = principle(5, where)
    assert (found.state, found.set_aside) == (AWAY, aside)
    assert "`/principle set-aside 5 off`" in found.next_step
    assert principle(5, where, NOW + timedelta(days=90, seconds=-1)).state is AWAY
    assert principle(5, where, NOW + timedelta(days=90)).state is NOT_YET
    assert states(where)[:4] == states(situation())[:4]


def test_a_set_aside_principle_still_shows_its_criteria() -> None:
    aside = SetAside(6, "for now", NOW + timedelta(days=1))
    assert holding(situation(set_asides=(aside,))) == holding(situation())


def test_the_json_is_exactly_the_agreed_shape() -> None:
    aside = SetAside(6, "for now", NOW + timedelta(days=1))
    found = as_json("C0123", assess(situation(set_asides=(aside,)), NOW))
    assert found["channel"] == "C0123"
    assert [each["number"] for each in found["principles"]] == [1, 2, 3, 4, 5, 6]
    assert [each["set_aside"] for each in found["principles"]] == [False] * 5 + [True]
    assert found["principles"][5]["status"] == "not_applicable"
    assert found["principles"][0]["criteria"][0] == {
        "id": "P1.a",
        "level": "required",
        "holds": False,
        "reading": False,
        "because": "No committed executive with authority speaks for either side yet.",
    }
    assert json.loads(json.dumps(found)) == found


def test_what_does_not_apply_is_null_in_the_json() -> None:
    criteria = as_json("C0123", assess(situation(), NOW))["principles"][2]["criteria"]
    assert {each["id"]: each["holds"] for each in criteria}["P3.f"] is None


def test_an_exempt_group_is_not_shown_as_set_aside() -> None:
    found = as_json("C0123", assess(situation(group=replace(GROUP, exempt=True)), NOW))["principles"][1]
    assert (found["status"], found["set_aside"]) == ("not_applicable", False)


def test_no_sentence_scores_ranks_or_blames() -> None:
    for where in (situation(), situation(JUSTICE, COUNSEL), complete()):
        for found in assess(where, NOW):
            spoken = " ".join([found.next_step, *(each.because for each in found.criteria)]).casefold()
            assert not any(word in spoken for word in ("fail", "%", "score", "qualified", "readiness"))


sectors, kinds = st.sampled_from(Sector), st.sampled_from(Kind)
entries = st.builds(
    Stakeholder,
    number=st.integers(1, 10_000),
    name=st.sampled_from(["Pat Doe", "Sam Roe", "Consumer seat", "County Council"]),
    organization=st.sampled_from(["Middlesex Sheriff's Office", "Department of Mental Health", "County Clinic", ""]),
    category=st.sampled_from(["consumer", "legal", "health_correctional", "justice_custody", "existing_groups"]),
    kind=kinds,
    sector=sectors,
    status=st.sampled_from(Status),
    functions=st.frozensets(st.sampled_from(Function)),
    authority=st.booleans(),
    laws=st.frozensets(st.sampled_from(Law)),
    jurisdiction=st.booleans(),
    why=st.sampled_from(["", "Works in the jail for the clinic"]),
    why_confirmed=st.booleans(),
    exchange=st.booleans(),
    slack_user=st.sampled_from(["", "U01PAT"]),
    prior_sharing=st.sampled_from([None, *PriorSharing]),
    sides=st.frozensets(st.sampled_from(Side)),
    heads=st.booleans(),
    shared_data=st.booleans(),
    vacant=st.sampled_from([None, None, True, False]),
    oversees=st.sampled_from([None, *Oversees]),
    liaison=st.sampled_from([None, 1, 2]),
)
registers = st.lists(entries, max_size=8, unique_by=lambda each: each.number).map(tuple)
uncounted = st.sampled_from([Status.NOMINATED, Status.DECLINED, Status.LEFT])
scopes = st.frozensets(st.sampled_from(ScopeFlag))


@settings(deadline=None)
@given(registers, registers, uncounted, scopes)
def test_nominated_declined_and_left_never_change_any_finding(
    register: tuple[Stakeholder, ...], others: tuple[Stakeholder, ...], status: Status, scope: frozenset[ScopeFlag]
) -> None:
    ghosts = tuple(replace(each, status=status, number=each.number + 20_000) for each in others)
    before = assess(situation(*register, scope=scope), NOW)
    after = assess(situation(*register, *ghosts, scope=scope), NOW)
    assert as_json("C0123", after) == as_json("C0123", before)
    assert [each.rests_on for each in after] == [each.rests_on for each in before]
    assert [each.next_step for each in after] == [each.next_step for each in before]


@settings(deadline=None)
@given(registers, registers, scopes)
def test_a_vacant_seat_never_counts(
    register: tuple[Stakeholder, ...], others: tuple[Stakeholder, ...], scope: frozenset[ScopeFlag]
) -> None:
    empty = tuple(
        replace(each, vacant=True, number=each.number + 20_000) for each in others if each.kind is not Kind.GROUP
    )
    before = assess(situation(*register, scope=scope), NOW)
    assert holding(situation(*register, *empty, scope=scope)) == holding(situation(*register, scope=scope))
    assert [each.rests_on for each in assess(situation(*register, *empty, scope=scope), NOW)] == [
        each.rests_on for each in before
    ]


@settings(deadline=None)
@given(registers, st.sampled_from([1, 3, 5, 6]))
def test_thin_is_exactly_when_one_persons_leaving_would_make_it_not_yet(
    register: tuple[Stakeholder, ...], number: int
) -> None:
    where = situation(*register, scope=frozenset[ScopeFlag]())
    state = states(where)[number - 1]
    falls = any(states(without(where, each.number))[number - 1] is NOT_YET for each in register)
    assert state is (NOT_YET if state is NOT_YET else THIN if falls else MET)


@settings(deadline=None)
@given(registers)
def test_the_order_of_the_register_does_not_matter(register: tuple[Stakeholder, ...]) -> None:
    assert holding(situation(*register)) == holding(situation(*reversed(register)))


@settings(deadline=None)
@given(registers)
def test_no_reason_and_no_step_by_ref_names_a_person(register: tuple[Stakeholder, ...]) -> None:
    for found in assess(situation(*register), NOW):
        for each in found.criteria:
            assert not any(name in each.because + each.step_by_ref for name in ("Pat Doe", "Sam Roe", "U01PAT"))
