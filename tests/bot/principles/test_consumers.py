"""Principle 6: each row is a register and what was attested, and whether the criterion holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.groups import Attestation
from bot.principles.assessment import PrincipleState
from bot.register import Function, Kind, Sector, Stakeholder, Status
from tests.support.factories import GROUP, NOW, consumer_seat, entry, finding, principle, said, situation

PANEL = said("P6.a", "consultation with the peer council", held_on=date(2026, 10, 2))
PUBLIC_SEAT = entry(3, kind=Kind.SEAT, category="public_members", name="Public member", organization="County")
PUBLIC_PERSON = entry(4, category="public_members", name="Lee Poe", title="Citizen member", organization="County")
NAMI = consumer_seat(2, kind=Kind.PERSON, name="NAMI Massachusetts", organization="NAMI Massachusetts")


@pytest.mark.parametrize(
    ("register", "attestations", "holds"),
    [
        pytest.param([], [], False, id="an empty register"),
        pytest.param([consumer_seat()], [], True, id="a committed seat"),
        pytest.param([NAMI], [], True, id="an advocate organization"),
        pytest.param([consumer_seat(status=Status.INVITED)], [], False, id="an invited seat"),
        pytest.param([consumer_seat(status=Status.IDENTIFIED)], [], False, id="a seat that nobody has taken"),
        pytest.param([consumer_seat(status=Status.LEFT)], [], False, id="a seat that was left"),
        pytest.param([consumer_seat(vacant=True)], [], False, id="a seat that is vacant"),
        pytest.param([consumer_seat(name="Vacant")], [], False, id="a seat that is vacant by its name"),
        pytest.param([consumer_seat(name="Consumer seat (TBD)")], [], False, id="a seat that is not named yet"),
        pytest.param(
            [consumer_seat(category="lived_justice", name="Formerly incarcerated member")],
            [],
            False,
            id="lived justice",
        ),
        pytest.param([consumer_seat(category="public_members", name="Public member")], [], False, id="a citizen"),
        pytest.param(
            [entry(1, kind=Kind.SEAT, category="government", name="Public member")], [], False, id="a public member"
        ),
        pytest.param(
            [entry(1, category="health_behavioral", sector=Sector.HEALTH)], [], False, id="a treatment provider"
        ),
        pytest.param(
            [entry(1, category="victims", functions=frozenset({Function.ADVOCATE}))], [], False, id="another category"
        ),
        pytest.param([], [PANEL], True, id="a consultation with its date"),
        pytest.param([], [said("P6.a", "consultation")], False, id="a consultation without a date"),
        pytest.param([], [said("P6.a", held_on=date(2026, 6, 10))], False, id="180 days ago"),
        pytest.param([], [said("P6.a", held_on=date(2026, 6, 11))], True, id="179 days ago"),
        pytest.param([], [said("P6.a", held_on=date(2026, 12, 7))], True, id="today"),
        pytest.param([], [said("P6.a", held_on=date(2026, 12, 8))], False, id="tomorrow"),
        pytest.param([], [PANEL, said("P6.a", "undated", days_ago=0)], False, id="the newest wins"),
    ],
)
def test_p6a_takes_a_committed_place_or_a_dated_consultation(
    register: list[Stakeholder], attestations: list[Attestation], holds: bool
) -> None:
    assert finding("P6.a", situation(*register, attestations=tuple(attestations))).holds is holds


@pytest.mark.parametrize(
    ("attestations", "because"),
    [
        ([], "The consumer community has no filled seat and no recorded consultation yet."),
        ([said("P6.a")], "A consultation was mentioned without its date, so it does not count yet."),
        ([said("P6.a", held_on=date(2027, 1, 9))], "The consultation has not taken place yet."),
        ([PANEL], "A co-chair recorded a panel or consultation with its date (self-reported)."),
    ],
)
def test_p6a_says_what_it_found(attestations: list[Attestation], because: str) -> None:
    assert finding("P6.a", situation(attestations=tuple(attestations))).because == because


@pytest.mark.parametrize(
    ("zone", "held_on", "holds"),
    [
        ("Pacific/Auckland", date(2026, 12, 8), True),
        ("America/New_York", date(2026, 12, 8), False),
        ("Pacific/Auckland", date(2026, 6, 11), False),
        ("America/New_York", date(2026, 6, 11), True),
    ],
)
def test_days_are_those_of_the_groups_zone(zone: str, held_on: date, holds: bool) -> None:
    """At 16:00 UTC it is the 8th in Auckland and still the 7th in New York."""
    group = replace(GROUP, zone=zone)
    assert finding("P6.a", situation(group=group, attestations=(said("P6.a", held_on=held_on),))).holds is holds


def test_a_lapsed_consultation_is_said_to_have_lapsed() -> None:
    found = finding("P6.a", situation(attestations=(PANEL,)), NOW + timedelta(days=200))
    assert found.because == "What a co-chair confirmed is over 180 days old. Please confirm it again if it is still so."


def test_a_seat_is_shown_by_the_seat_alone() -> None:
    assert finding("P6.a", situation(consumer_seat(7))).counted == ("S7 Consumer seat",)
    assert finding("P6.a", situation(NAMI)).counted == ("S2 NAMI Massachusetts",)


@pytest.mark.parametrize(
    ("register", "step"),
    [
        ([], "Offer a seat through a local peer or family organization"),
        ([consumer_seat(status=Status.INVITED)], "Has somebody taken Consumer seat? Once somebody does: `/stakeholder"),
        ([consumer_seat(vacant=True)], "Has somebody taken Consumer seat?"),
        (
            [consumer_seat(2, kind=Kind.GROUP, name="NAMI", organization="NAMI", status=Status.INVITED)],
            "Ask NAMI for an answer.",
        ),
        ([PUBLIC_SEAT], "Is Public member (County) for the behavioral health consumer community?"),
        (
            [PUBLIC_PERSON],
            "Does Lee Poe (County) speak for behavioral health consumers? Record the seat, never the person",
        ),
    ],
)
def test_p6a_offers_the_step_that_fits(register: list[Stakeholder], step: str) -> None:
    assert principle(6, situation(*register)).next_step.startswith(step)


def test_p6a_asks_for_the_date_where_only_that_is_missing() -> None:
    assert principle(6, situation(attestations=(said("P6.a"),))).next_step.startswith("Add the date")


@pytest.mark.parametrize(
    ("register", "holds"),
    [
        ([], False),
        ([consumer_seat(1)], False),
        ([consumer_seat(1), consumer_seat(2, name="Family seat")], True),
        ([consumer_seat(1), consumer_seat(2, status=Status.INVITED)], False),
    ],
)
def test_p6b_takes_two_so_that_nobody_stands_alone(register: list[Stakeholder], holds: bool) -> None:
    assert finding("P6.b", situation(*register)).holds is holds


@pytest.mark.parametrize("criterion", ["P6.c", "P6.d"])
def test_terms_and_pay_are_what_a_co_chair_says(criterion: str) -> None:
    assert finding(criterion, situation(consumer_seat())).holds is False
    assert finding(criterion, situation(attestations=(said(criterion),))).holds is True


@pytest.mark.parametrize(
    ("register", "attestations", "state"),
    [
        ([consumer_seat(1)], [], PrincipleState.THIN),
        ([consumer_seat(1), consumer_seat(2)], [], PrincipleState.MET),
        ([], [PANEL], PrincipleState.MET),
        ([consumer_seat(1)], [PANEL], PrincipleState.MET),
        ([consumer_seat(1)], [said("P6.a", "undated")], PrincipleState.THIN),
    ],
)
def test_a_consultation_is_never_thin(
    register: list[Stakeholder], attestations: list[Attestation], state: PrincipleState
) -> None:
    assert principle(6, situation(*register, attestations=tuple(attestations))).state is state


def test_public_members_are_looked_at_and_asked_about_by_their_seat() -> None:
    found = finding("P6.a", situation(PUBLIC_SEAT, PUBLIC_PERSON))
    assert [(entry.who, entry.why) for entry in found.not_counted] == [
        ("S3 Public member (County)", "is this seat for the behavioral health consumer community?"),
        ("S4 Lee Poe (County)", "do they speak for behavioral health consumers or families?"),
    ]
