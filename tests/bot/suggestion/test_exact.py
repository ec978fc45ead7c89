"""The suggestion equals that of brute force: every list of a small register, judged by the assessment itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.groups import Attestation, SetAside, Situation
from bot.principles.assessment import PrincipleState, assess
from bot.principles.evidence import gather
from bot.principles.principles import Level, criteria
from bot.register import Function, Kind, Law, PriorSharing, ScopeFlag, Sector, Stakeholder, Status
from bot.suggestion.needs import open_needs
from bot.suggestion.search import Candidate, meets, smallest_list
from bot.suggestion.suggestion import Suggestion, suggest
from tests.bot.suggestion.test_suggestion import wide_open
from tests.support.factories import GROUP, NOW, SUBSTANCE_USE, closed_by, situation

CANDIDATES = (Status.IDENTIFIED, Status.APPROVED, Status.INVITED)

functions = st.sets(
    st.sampled_from([Function.EXECUTIVE, Function.BOUNDARY_SPANNER, Function.LEGAL, Function.ADVISER]), max_size=3
).map(frozenset)

entries = st.builds(
    Stakeholder,
    number=st.just(0),
    name=st.sampled_from(["Office", "Council", GROUP.name]),
    organization=st.sampled_from(["Court", "court", "Clinic", ""]),
    category=st.sampled_from(["consumer", "legal", "existing_groups"]),
    kind=st.sampled_from([Kind.PERSON, Kind.PERSON, Kind.PERSON, Kind.SEAT, Kind.GROUP]),
    sector=st.sampled_from([Sector.JUSTICE, Sector.HEALTH, Sector.COMMUNITY]),
    status=st.sampled_from([*CANDIDATES, *CANDIDATES, *Status]),
    functions=functions,
    authority=st.booleans(),
    laws=st.sets(st.sampled_from(list(Law)[:4])).map(frozenset),
    jurisdiction=st.booleans(),
    why=st.just("why"),
    why_confirmed=st.booleans(),
    exchange=st.booleans(),
    prior_sharing=st.sampled_from([None, *PriorSharing]),
)


@st.composite
def registers(draw: st.DrawFn, most: int = 6) -> Situation:
    drawn = draw(st.lists(entries, max_size=most))
    numbers = draw(st.permutations(range(1, len(drawn) + 1)))
    numbered = [replace(each, number=number) for each, number in zip(drawn, numbers, strict=True)]
    panel = Attestation("P6.a", "a panel", "U01PAT", NOW, NOW.date())
    return situation(
        *numbered,
        attestations=draw(st.sampled_from([(), (), (panel,)])),
        set_asides=tuple(
            SetAside(number, "later", NOW + timedelta(days=1))
            for number in draw(st.sets(st.sampled_from([1, 5, 6]), max_size=1))
        ),
        scope=draw(st.sampled_from([SUBSTANCE_USE, frozenset[ScopeFlag]()])),
    )


def joined_by(where: Situation, numbers: Collection[int]) -> Situation:
    return replace(
        where,
        stakeholders=tuple(
            replace(each, status=Status.COMMITTED) if each.number in numbers else each for each in where.stakeholders
        ),
    )


def failing(where: Situation) -> set[str]:
    applying = (each for each in assess(where, NOW) if each.state is not PrincipleState.NOT_APPLICABLE)
    return {each.id for principle in applying for each in principle.criteria if each.holds is False}


def of_level(ids: Iterable[str], level: Level) -> tuple[str, ...]:
    return tuple(sorted(id_ for id_ in ids if criteria()[id_].level is level))


def candidates(where: Situation) -> list[Stakeholder]:
    return [each for each in where.stakeholders if each.status in CANDIDATES]


def brute_force(where: Situation) -> tuple[int, ...]:
    """The best of all lists, by the tie rules of the domain's page, then by the lowest numbers."""
    able, open_before = candidates(where), failing(where)

    def preference(chosen: tuple[Stakeholder, ...]) -> tuple[object, ...]:
        numbers = sorted(each.number for each in chosen)
        closed = open_before - failing(joined_by(where, numbers))
        sectors = [each.sector for each in chosen]
        balance = abs(sectors.count(Sector.JUSTICE) - sectors.count(Sector.HEALTH))
        required, stronger = (len(of_level(closed, level)) for level in (Level.REQUIRED, Level.STRENGTHENS))
        return -required, len(chosen), -stronger, balance, numbers

    lists = (chosen for size in range(len(able) + 1) for chosen in combinations(able, size))
    return tuple(sorted(each.number for each in min(lists, key=preference)))


def closes(where: Situation, numbers: Collection[int]) -> set[str]:
    return failing(where) - failing(joined_by(where, numbers))


@settings(max_examples=150, deadline=None)
@given(registers())
def test_the_suggested_list_is_the_one_that_brute_force_finds(where: Situation) -> None:
    assert suggest(where, NOW).numbers == brute_force(where)


@settings(max_examples=100, deadline=None)
@given(registers())
def test_what_the_list_is_said_to_close_is_what_the_assessment_says(where: Situation) -> None:
    found = suggest(where, NOW)
    closed = closes(where, found.numbers)
    assert closed_by(found, Level.REQUIRED) == of_level(closed, Level.REQUIRED)
    assert closed_by(found, Level.STRENGTHENS) == of_level(closed, Level.STRENGTHENS)


@settings(max_examples=100, deadline=None)
@given(registers())
def test_alone_means_alone_and_together_means_all_of_those_named(where: Situation) -> None:
    found = suggest(where, NOW)
    for pick in found.picks:
        alone = closes(where, {pick.number})
        assert alone == {each.criterion for each in pick.closes if not each.together_with}
        for each in pick.closes:
            assert each.criterion in closes(where, {pick.number, *each.together_with})


@settings(max_examples=100, deadline=None)
@given(registers())
def test_what_is_called_out_of_reach_stays_open_even_if_everyone_commits(where: Situation) -> None:
    found = suggest(where, NOW)
    still_open = failing(joined_by(where, {each.number for each in candidates(where)}))
    assert tuple(sorted(each.criterion for each in found.unfilled)) == of_level(still_open, Level.REQUIRED)


@settings(max_examples=100, deadline=None)
@given(registers())
def test_every_required_criterion_that_fails_has_something_to_ask(where: Situation) -> None:
    evidence = gather(where, NOW)
    for id_ in of_level(failing(where), Level.REQUIRED):
        assert any(need.question for need in open_needs(id_, evidence)), id_


@settings(max_examples=100, deadline=None)
@given(registers(most=4))
def test_accepting_a_nomination_pointed_out_fills_something_that_was_asked_for(where: Situation) -> None:
    for gap in suggest(where, NOW).unfilled:
        for number in gap.nominated:
            asked = questions_left(joined_by(where, {number}), gap.criterion)
            assert asked < set(gap.questions)


def questions_left(where: Situation, criterion: str) -> set[str]:
    found: Suggestion = suggest(where, NOW)
    return {question for each in found.unfilled if each.criterion == criterion for question in each.questions}


people = st.lists(st.tuples(st.integers(0, 63), st.sampled_from([-1, 0, 1])), max_size=8)
demands = st.dictionaries(st.integers(0, 5), st.integers(1, 2), max_size=4).map(lambda each: tuple(each.items()))


@settings(max_examples=500, deadline=None)
@given(people, demands, st.lists(demands.filter(bool), max_size=3))
def test_the_search_is_exact_for_any_demands_also_for_two_of_a_kind(
    drawn: list[tuple[int, int]], wanted: tuple[tuple[int, int], ...], strengthening: list[tuple[tuple[int, int], ...]]
) -> None:
    pool = [Candidate(number, bits, lean) for number, (bits, lean) in enumerate(drawn, start=1)]
    required = [(bit, lacking) for bit, lacking in wanted if meets(pool, [(bit, lacking)])]

    def preference(chosen: tuple[Candidate, ...]) -> tuple[object, ...]:
        stronger = sum(meets(chosen, each) for each in strengthening)
        return len(chosen), -stronger, abs(sum(each.lean for each in chosen)), [each.number for each in chosen]

    lists = (chosen for size in range(len(pool) + 1) for chosen in combinations(pool, size))
    best = min((chosen for chosen in lists if meets(chosen, required)), key=preference)
    assert smallest_list(pool, required, strengthening) == best


def all_exchanging() -> Situation:
    """The same 200, each of an agency of its own that will exchange data."""
    where = wide_open()
    apart = (replace(each, organization=f"Agency {each.number}", exchange=True) for each in where.stakeholders)
    return replace(where, stakeholders=tuple(apart))


@pytest.mark.parametrize("build", [wide_open, all_exchanging])
def test_a_suggestion_among_200_candidates_is_found_whole(build: Callable[[], Situation]) -> None:
    where = build()
    assert suggest(where, NOW).picks
