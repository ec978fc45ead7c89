"""Principle 2: each row is a set of groups, a meeting or a register, and whether the criterion holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.groups import CoChair, Meeting, WorkingGroup
from bot.principles.assessment import PrincipleState
from bot.principles.chairs import cosponsored_at
from bot.register import Function, Kind, Sector, Side, Stakeholder, Status
from tests.support.factories import (
    CHAIRS,
    GROUP,
    HEALTH_CHAIR,
    NOW,
    SHERIFF_CHAIR,
    entry,
    finding,
    listed_group,
    principle,
    said,
    situation,
)


def chaired(*chairs: CoChair) -> WorkingGroup:
    """This channel's group with ``chairs``."""
    return replace(GROUP, cochairs=chairs)


OTHER = WorkingGroup("C0999", "Reentry subgroup", cochairs=(CoChair("Lee Poe", "Trial Court", Side.JUSTICE),))


@pytest.mark.parametrize(
    ("chairs", "holds", "because"),
    [
        (CHAIRS, True, "This group has a justice and a health co-chair."),
        ((SHERIFF_CHAIR,), False, "This group has no co-chair from a health agency yet."),
        ((HEALTH_CHAIR,), False, "This group has no co-chair from a justice agency yet."),
        ((), False, "This group has no co-chair from either side yet."),
    ],
)
def test_p2a_takes_a_co_chair_of_each_side(chairs: tuple[CoChair, ...], holds: bool, because: str) -> None:
    found = finding("P2.a", situation(group=chaired(*chairs)))
    assert (found.holds, found.because) == (holds, because)


def test_p2a_looks_at_every_group_and_names_no_other() -> None:
    found = finding("P2.a", situation(groups=(GROUP, OTHER)))
    assert found.holds is False
    assert found.because == "1 other working group of this initiative has not got a co-chair from each side yet."
    assert "Reentry" not in str(found)
    assert "Lee Poe" not in str(found)


def test_p2a_holds_when_every_group_has_both() -> None:
    found = finding("P2.a", situation(groups=(GROUP, replace(OTHER, cochairs=CHAIRS))))
    assert found.because == "Every working group of this initiative has a justice and a health co-chair."
    assert found.holds is True


def test_p2a_passes_over_another_group_that_is_exempt() -> None:
    assert finding("P2.a", situation(groups=(GROUP, replace(OTHER, exempt=True)))).holds is True


def test_an_exempt_group_is_never_shown_as_met() -> None:
    found = principle(2, situation(group=replace(GROUP, exempt=True)))
    assert found.state is PrincipleState.NOT_APPLICABLE
    assert found.exempt
    assert found.set_aside is None
    assert "/workgroup exempt off" in found.next_step


COURT_HEALTH_OFFICE = [
    entry(1, organization="Joint Office", sector=Sector.JUSTICE),
    entry(2, organization="Joint Office", sector=Sector.HEALTH),
]


@pytest.mark.parametrize(
    ("sponsors", "register", "holds"),
    [
        pytest.param(
            ("Middlesex Sheriff's Office", "Department of Mental Health"), [], True, id="the chairs' agencies"
        ),
        pytest.param(("middlesex sheriff's OFFICE", "Départment of mental  health"), [], True, id="folded"),
        pytest.param(("Middlesex Sheriff's Office",), [], False, id="justice alone"),
        pytest.param(("Trial Court", "Department of Mental Health"), [], False, id="an organization nobody knows"),
        pytest.param(
            ("Agency 1", "Department of Mental Health"),
            [entry(1, status=Status.IDENTIFIED)],
            True,
            id="an organization of the register",
        ),
        pytest.param(
            ("Agency 1", "Department of Mental Health"), [entry(1, status=Status.LEFT)], True, id="one who left"
        ),
        pytest.param(
            ("Agency 1", "Department of Mental Health"), [entry(1, status=Status.NOMINATED)], False, id="a nomination"
        ),
        pytest.param(
            ("Agency 1", "Department of Mental Health"), [entry(1, sector=Sector.FUNDER)], False, id="a funder's agency"
        ),
        pytest.param(
            ("Agency 1", "Department of Mental Health"),
            [listed_group(1, sector=Sector.JUSTICE)],
            False,
            id="an interagency group is no agency",
        ),
        pytest.param(("Joint Office",), COURT_HEALTH_OFFICE, False, id="one agency cannot stand for both sides"),
        pytest.param(("Joint Office", "Middlesex Sheriff's Office"), COURT_HEALTH_OFFICE, True, id="two of them can"),
        pytest.param(("", " "), [], False, id="blank sponsors"),
    ],
)
def test_p2b_takes_a_sponsor_of_each_side(sponsors: tuple[str, ...], register: list[Stakeholder], holds: bool) -> None:
    group = replace(GROUP, meeting=Meeting(NOW + timedelta(days=3), sponsors))
    assert finding("P2.b", situation(*register, group=group)).holds is holds


BOTH_SPONSOR = ("Middlesex Sheriff's Office", "Department of Mental Health")


def test_p2b_is_settled_by_a_meeting_and_does_not_lapse() -> None:
    where = situation(group=replace(GROUP, meeting=Meeting(NOW + timedelta(days=1), BOTH_SPONSOR)))
    before, after = finding("P2.b", where), finding("P2.b", where, NOW + timedelta(days=900))
    assert (before.holds, before.because) == (True, "An agency of each side sponsors the meeting on Dec 8.")
    assert (after.holds, after.because) == (True, "An agency of each side sponsored the meeting on Dec 8, 2026.")


def test_p2b_holds_by_a_meeting_that_was_remembered() -> None:
    group = replace(GROUP, cosponsored_at=NOW - timedelta(days=300), meeting=Meeting(NOW + timedelta(days=1), ()))
    assert finding("P2.b", situation(group=group)).holds is True


def test_p2b_needs_a_meeting() -> None:
    assert finding("P2.b", situation()).because == "No meeting with sponsors is recorded yet."


def test_what_a_co_chair_said_of_the_initial_meetings_does_not_lapse() -> None:
    long_ago = said("P2.b", "both agencies hosted it", days_ago=900, held_on=(NOW - timedelta(days=901)).date())
    assert finding("P2.b", situation(attestations=(long_ago,))).holds is True


DAY = timedelta(days=1)
Planned = tuple[int, tuple[str, ...]] | None
"""In how many days a meeting is, and who sponsors it."""


@pytest.mark.parametrize(
    ("remembered", "planned", "next_one", "after"),
    [
        pytest.param(None, None, (1, BOTH_SPONSOR), NOW + DAY, id="the first one that both sponsor"),
        pytest.param(None, None, (1, BOTH_SPONSOR[:1]), None, id="one side alone"),
        pytest.param(NOW + DAY, (1, BOTH_SPONSOR), (2, BOTH_SPONSOR[:1]), None, id="planned, and given up"),
        pytest.param(NOW - DAY, (-1, BOTH_SPONSOR), (2, BOTH_SPONSOR[:1]), NOW - DAY, id="held, the next one not"),
        pytest.param(None, (-1, BOTH_SPONSOR), (2, ()), NOW - DAY, id="held, and known only now"),
        pytest.param(NOW - DAY, (-1, BOTH_SPONSOR), None, NOW - DAY, id="held, and no next one"),
    ],
)
def test_a_meeting_that_both_sides_sponsored_is_remembered_once_it_was_held(
    remembered: datetime | None, planned: Planned, next_one: Planned, after: datetime | None
) -> None:
    where = situation(group=replace(GROUP, cosponsored_at=remembered, meeting=meeting(planned)))
    assert cosponsored_at(where, meeting(next_one), NOW) == after


def meeting(planned: Planned) -> Meeting | None:
    return Meeting(NOW + timedelta(days=planned[0]), planned[1]) if planned else None


def test_p2b_and_p2d_can_be_said_by_a_co_chair() -> None:
    where = situation(attestations=(said("P2.b"), said("P2.d")))
    assert finding("P2.b", where).holds is True
    assert finding("P2.d", where).holds is True
    assert finding("P2.d", situation()).holds is False


def test_p2b_says_which_side_does_not_sponsor() -> None:
    group = replace(GROUP, meeting=Meeting(NOW + timedelta(days=3), ("Middlesex Sheriff's Office", "Acme")))
    found = finding("P2.b", situation(group=group))
    assert found.because == "No health agency that I know of sponsors the meeting yet."
    assert [each.who for each in found.not_counted] == ["Acme"]


SHERIFF = entry(1, slack_user="U01PAT", status=Status.IDENTIFIED, heads=True)
COMMISSIONER = entry(2, sector=Sector.HEALTH, name="SAM ROE", organization="Department of mental health", heads=True)


@pytest.mark.parametrize(
    ("register", "holds"),
    [
        pytest.param([SHERIFF, COMMISSIONER], True, id="one by account, one by name and organization"),
        pytest.param([SHERIFF], False, id="one of two"),
        pytest.param([SHERIFF, replace(COMMISSIONER, organization="Elsewhere")], False, id="a namesake elsewhere"),
        pytest.param([SHERIFF, replace(COMMISSIONER, heads=False)], False, id="on the register, no head"),
        pytest.param(
            [SHERIFF, replace(COMMISSIONER, heads=False, functions=frozenset({Function.EXECUTIVE}), authority=True)],
            False,
            id="an executive who heads nothing",
        ),
        pytest.param([SHERIFF, replace(COMMISSIONER, status=Status.NOMINATED)], False, id="only nominated"),
        pytest.param([SHERIFF, replace(COMMISSIONER, vacant=True)], False, id="an office that is vacant"),
        pytest.param(
            [replace(SHERIFF, slack_user="", name="Pat Doe", organization="Middlesex Sheriff's Office"), COMMISSIONER],
            True,
            id="a co-chair with an account, known by name and organization",
        ),
        pytest.param([], False, id="an empty register"),
    ],
)
def test_p2c_takes_a_co_chair_of_each_side_who_heads_their_agency(register: list[Stakeholder], holds: bool) -> None:
    assert finding("P2.c", situation(*register)).holds is holds


def test_p2c_takes_both_sides() -> None:
    found = finding("P2.c", situation(SHERIFF, group=chaired(SHERIFF_CHAIR)))
    assert (found.holds, found.because) == (False, "There is no co-chair from each side yet.")


def test_p2c_takes_one_head_on_a_side_and_looks_at_this_group_only() -> None:
    second = CoChair("Kim Vale", "Department of Mental Health", Side.HEALTH)
    found = finding("P2.c", situation(SHERIFF, COMMISSIONER, group=chaired(*CHAIRS, second), groups=(GROUP, OTHER)))
    assert found.holds is True
    assert found.counted == ("S1 Office 1 (Agency 1)", "S2 SAM ROE (Department of mental health)")


def test_p2c_asks_of_a_listed_co_chair_whether_they_head_their_agency() -> None:
    found = finding("P2.c", situation(SHERIFF, replace(COMMISSIONER, heads=False)))
    assert [(entry.who, entry.why) for entry in found.not_counted] == [
        ("Sam Roe (Department of Mental Health)", "do they head their agency?")
    ]
    assert found.next_step == (
        "Ask SAM ROE (Department of mental health): do they head their agency? If so: "
        "`/stakeholder set S2 | heads=yes`."
    )


@pytest.mark.parametrize(
    ("chairs", "step"),
    [
        ((SHERIFF_CHAIR,), "Ask someone from a health agency to share the chair"),
        ((HEALTH_CHAIR,), "Ask someone from a justice agency to share the chair"),
        ((), "Name a co-chair from each side"),
    ],
)
def test_p2a_offers_the_step_that_fits(chairs: tuple[CoChair, ...], step: str) -> None:
    assert principle(2, situation(group=chaired(*chairs))).next_step.startswith(step)


def test_p2a_sends_the_reader_to_the_other_group_where_that_one_lacks_a_chair() -> None:
    found = principle(2, situation(groups=(GROUP, OTHER)))
    assert found.next_step.startswith("In the other working group's channel")


FLORES = entry(3, name="Dr. Flores", organization="County Health", sector=Sector.HEALTH)


def test_p2a_names_somebody_seated_who_could_share_the_chair() -> None:
    step = principle(2, situation(FLORES, group=chaired(SHERIFF_CHAIR))).next_step
    assert step.startswith("Ask Dr. Flores (County Health), who has committed, to share the chair")


@pytest.mark.parametrize(
    "other",
    [
        replace(FLORES, status=Status.INVITED),
        replace(FLORES, sector=Sector.JUSTICE),
        replace(FLORES, kind=Kind.SEAT),
        replace(FLORES, vacant=True),
    ],
)
def test_p2a_names_nobody_who_is_not_seated_on_the_open_side(other: Stakeholder) -> None:
    step = principle(2, situation(other, group=chaired(SHERIFF_CHAIR))).next_step
    assert step.startswith("Ask someone from a health agency")
