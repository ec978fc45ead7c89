"""Whom to invite: the smallest list, its ties, what each name closes, and what nobody on the register can close."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.groups import CoChair, SetAside, Situation, WorkingGroup
from bot.principles.assessment import assess
from bot.principles.principles import Level
from bot.register import Function, Kind, Law, PriorSharing, ScopeFlag, Sector, Side, Stakeholder, Status
from bot.suggestion.suggestion import Contribution, Suggestion, Unfilled, suggest
from tests.support.factories import (
    CHAIRS,
    GROUP,
    NOW,
    SHERIFF_CHAIR,
    closed_by,
    complete,
    consumer_seat,
    entry,
    executive,
    expert,
    listed_group,
    situation,
    spanner,
)

INVITED = Status.INVITED
JUSTICE, HEALTH, COMMUNITY = Sector.JUSTICE, Sector.HEALTH, Sector.COMMUNITY
SIDES = ((1, JUSTICE), (2, HEALTH))
LEADS_AND_SPANS = frozenset({Function.EXECUTIVE, Function.BOUNDARY_SPANNER})
CONFIRMED = {"why": "Runs the clinic in the jail", "why_confirmed": True}


def suggested(*entries: Stakeholder, **fields: object) -> Suggestion:
    return suggest(situation(*entries, **fields), NOW)


def unfilled(found: Suggestion, criterion: str) -> Unfilled:
    return next(each for each in found.unfilled if each.criterion == criterion)


def test_an_executive_of_each_side_and_a_seat_close_all_that_a_commitment_can_close() -> None:
    found = suggested(
        executive(1, JUSTICE, status=INVITED), executive(2, HEALTH, status=INVITED), consumer_seat(3, status=INVITED)
    )
    assert found.numbers == (1, 2, 3)
    assert closed_by(found, Level.REQUIRED) == ("P1.a", "P6.a")


def test_an_executive_closes_their_criterion_together_with_the_one_of_the_other_side() -> None:
    found = suggested(executive(1, JUSTICE, status=INVITED), executive(2, HEALTH, status=INVITED))
    assert [pick.closes for pick in found.picks] == [
        (Contribution("P1.a", Level.REQUIRED, (2,)),),
        (Contribution("P1.a", Level.REQUIRED, (1,)),),
    ]
    assert found.picks[0].closes[0].words == "closes P1.a (executives of both sides), together with S2"


def test_an_executive_closes_their_criterion_alone_once_the_other_side_has_committed() -> None:
    found = suggested(executive(1, JUSTICE), executive(2, HEALTH, status=INVITED))
    assert [pick.closes for pick in found.picks] == [(Contribution("P1.a", Level.REQUIRED),)]
    assert found.picks[0].closes[0].words == "closes P1.a (executives of both sides)"


def test_one_person_who_closes_two_criteria_is_preferred_to_two_people() -> None:
    found = suggested(
        executive(1, JUSTICE),
        executive(2, HEALTH, status=INVITED),
        consumer_seat(3, status=INVITED),
        executive(4, HEALTH, status=INVITED, category="consumer"),
    )
    assert found.numbers == (4,)


def test_among_equally_short_lists_the_one_that_strengthens_more_is_taken() -> None:
    found = suggested(
        executive(1, JUSTICE),
        executive(2, HEALTH, status=INVITED),
        executive(3, HEALTH, status=INVITED, functions=LEADS_AND_SPANS, **CONFIRMED),
    )
    assert found.numbers == (3,)
    assert closed_by(found, Level.STRENGTHENS) == ("P5.c",)
    assert Contribution("P5.c", Level.STRENGTHENS).words == "strengthens by P5.c (a boundary spanner who has committed)"


def test_executives_of_the_agencies_that_will_exchange_data_are_preferred() -> None:
    found = suggested(
        executive(1, JUSTICE, status=INVITED),
        executive(2, JUSTICE, status=INVITED, organization="Court", exchange=True),
        executive(3, HEALTH, status=INVITED),
        executive(4, HEALTH, status=INVITED, organization="Clinic", exchange=True),
    )
    assert found.numbers == (2, 4)
    assert found.picks[0].closes[1] == Contribution("P1.b", Level.STRENGTHENS, (4,))


def test_an_agency_whose_executive_has_committed_needs_no_second_one() -> None:
    found = suggested(
        executive(1, JUSTICE, organization="Court", exchange=True),
        executive(2, HEALTH, status=INVITED),
        executive(3, HEALTH, status=INVITED, organization="Clinic", exchange=True),
    )
    assert found.picks[0].closes == (Contribution("P1.a", Level.REQUIRED), Contribution("P1.b", Level.STRENGTHENS))


def test_each_of_two_spanners_strengthens_alone() -> None:
    both = [executive(n, side, status=INVITED, functions=LEADS_AND_SPANS, **CONFIRMED) for n, side in SIDES]
    found = suggested(*both)
    assert [pick.closes[1] for pick in found.picks] == [Contribution("P5.c", Level.STRENGTHENS)] * 2


def test_among_equally_strong_lists_the_more_balanced_one_is_taken() -> None:
    found = suggested(
        executive(1, JUSTICE),
        executive(2, HEALTH, status=INVITED),
        consumer_seat(3, status=INVITED),
        consumer_seat(4, status=INVITED, sector=JUSTICE),
    )
    assert found.numbers == (2, 4)


def test_where_all_else_is_equal_the_lower_numbers_are_taken() -> None:
    found = suggested(*(consumer_seat(number, status=INVITED) for number in (9, 4, 7)))
    assert found.numbers == (4,)


def test_nobody_is_suggested_only_to_strengthen() -> None:
    found = suggest(situation(*complete().stakeholders, spanner(20, **{"status": INVITED})), NOW)
    assert (found.picks, found.unfilled) == ((), ())


@pytest.mark.parametrize("status", [Status.NOMINATED, Status.DECLINED, Status.LEFT])
def test_whoever_does_not_count_is_never_suggested(status: Status) -> None:
    assert suggested(consumer_seat(1, status=status)).numbers == ()


@pytest.mark.parametrize("status", [Status.IDENTIFIED, Status.APPROVED, Status.INVITED])
def test_whoever_counts_and_has_not_committed_can_be_suggested(status: Status) -> None:
    assert suggested(consumer_seat(1, status=status)).numbers == (1,)


def test_a_person_is_taken_with_the_attributes_that_are_stored() -> None:
    found = suggested(
        executive(1, JUSTICE), executive(2, HEALTH, status=INVITED, authority=False), entry(3, category="legal")
    )
    assert found.numbers == ()
    assert unfilled(found, "P3.a").questions == (
        "Which agency's counsel or privacy officer knows this jurisdiction's privacy law?",
    )


def test_a_principle_that_is_set_aside_asks_for_nobody() -> None:
    aside = SetAside(6, "later", NOW + timedelta(days=30))
    assert suggested(consumer_seat(1, status=INVITED), set_asides=(aside,)).numbers == ()
    assert suggested(consumer_seat(1, status=INVITED), set_asides=(replace(aside, until=NOW),)).numbers == (1,)


def test_where_one_side_has_nobody_only_that_half_is_asked_for() -> None:
    found = suggested(executive(1, JUSTICE, status=INVITED))
    assert found.numbers == ()
    assert unfilled(found, "P1.a") == Unfilled(
        "P1.a",
        1,
        "",
        ("Who heads a health agency and can approve policy?",),
        ("health_behavioral", "health_public"),
        (),
    )


def test_where_both_sides_have_nobody_both_are_asked_for() -> None:
    gap = unfilled(suggested(), "P1.a")
    assert len(gap.questions) == 2
    assert gap.categories == ("justice_custody", "justice_courts", "health_behavioral", "health_public")


def test_an_empty_register_names_categories_for_every_required_criterion_that_people_can_close() -> None:
    found = suggested()
    assert [each.criterion for each in found.unfilled] == [
        "P1.a",
        "P3.a",
        "P3.b",
        "P3.c",
        "P3.e",
        "P4.a",
        "P5.a",
        "P6.a",
    ]
    assert all(each.questions and each.categories for each in found.unfilled)


def test_only_the_laws_that_nobody_advises_on_are_asked_for() -> None:
    found = suggested(expert(1, HEALTH, Law.HIPAA, Law.PART2))
    assert unfilled(found, "P3.b").questions == ("Who can advise on state mental-health law?",)
    assert unfilled(found, "P3.c").questions == ("Who can advise on state substance-use law?",)


def test_a_category_of_a_subject_out_of_scope_is_not_offered() -> None:
    assert "veterans" not in unfilled(suggested(), "P5.a").categories
    assert "veterans" in unfilled(suggested(scope=frozenset({ScopeFlag.VETERANS})), "P5.a").categories


def test_a_missing_co_chair_is_asked_for_by_side() -> None:
    group = replace(GROUP, cochairs=(SHERIFF_CHAIR,))
    gap = unfilled(suggested(group=group), "P2.a")
    assert gap.questions == ("Who from a health agency could share the chair?",)
    assert gap.categories == ("health_behavioral", "health_public")


def test_what_only_another_working_group_can_do_is_left_out() -> None:
    other = WorkingGroup("C0999", "Another", cochairs=(CoChair("A", "B", Side.HEALTH),))
    found = suggested(group=replace(GROUP, cochairs=CHAIRS), groups=(GROUP, other))
    assert "P2.a" not in [each.criterion for each in found.unfilled]


def test_a_group_that_nobody_asked_is_asked_about() -> None:
    assert unfilled(suggested(listed_group(1)), "P4.b").questions == ("Has each listed group shared data before?",)


def test_nominated_entries_that_would_help_are_pointed_out_and_not_suggested() -> None:
    nominee = expert(7, HEALTH, Law.STATE_MENTAL_HEALTH, status=Status.NOMINATED)
    found = suggested(
        nominee, listed_group(8, status=Status.NOMINATED, name=GROUP.name), spanner(9, status=Status.LEFT)
    )
    assert found.numbers == ()
    assert unfilled(found, "P3.a").nominated == (7,)
    assert unfilled(found, "P3.b").nominated == (7,)
    assert unfilled(found, "P3.c").nominated == ()
    assert unfilled(found, "P4.a").nominated == (), "the initiative itself is no existing group"
    assert unfilled(found, "P5.a").nominated == ()


def test_a_nomination_of_an_existing_group_is_pointed_out() -> None:
    assert unfilled(suggested(listed_group(8, status=Status.NOMINATED)), "P4.a").nominated == (8,)


def test_the_size_counts_who_would_have_committed_without_existing_groups() -> None:
    council = listed_group(5, status=Status.COMMITTED, prior_sharing=PriorSharing.NO)
    found = suggested(executive(1, JUSTICE), executive(2, HEALTH, status=INVITED), council, entry(6, status=INVITED))
    assert found.at_the_table == 2
    assert found.size_hint.startswith("With this list, 2 would have committed. Working groups usually have about 10")


def test_findings_at_hand_give_the_same_suggestion() -> None:
    where = situation(executive(1, JUSTICE), executive(2, HEALTH, status=INVITED), consumer_seat(3, status=INVITED))
    assert suggest(where, NOW, assess(where, NOW)) == suggest(where, NOW)


def test_an_advocate_organization_recorded_as_a_group_counts_for_its_community() -> None:
    found = suggested(consumer_seat(1, status=INVITED, kind=Kind.GROUP, sector=COMMUNITY))
    assert (closed_by(found, Level.REQUIRED), found.at_the_table) == (("P6.a",), 1)


def wide_open() -> Situation:
    """200 candidates of as many kinds as can matter, with three agencies that will exchange data."""

    def one(number: int) -> Stakeholder:
        sector = (JUSTICE, HEALTH, COMMUNITY)[number % 3]
        functions = LEADS_AND_SPANS if number % 2 else frozenset({Function.EXECUTIVE})
        category = "consumer" if sector is COMMUNITY else "legal"
        home = {"organization": f"Agency {number % 7}", "exchange": number % 7 < 3}
        return entry(
            number,
            sector=sector,
            status=INVITED,
            functions=functions,
            category=category,
            authority=True,
            **home,
            **CONFIRMED,
        )

    return situation(*(one(number) for number in range(1, 201)))


def test_three_of_200_candidates_close_all_that_can_be_closed() -> None:
    found = suggest(wide_open(), NOW)
    assert len(found.numbers) == 3
    assert closed_by(found, Level.REQUIRED) == ("P1.a", "P6.a")
    assert closed_by(found, Level.STRENGTHENS) == ("P1.b", "P5.c")
