"""Principles 4 and 5: each row is a register, and whether the criterion holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.register import Function, Kind, PriorSharing, Sector, Side, Stakeholder, Status
from tests.support.factories import GROUP, NOW, entry, finding, listed_group, principle, said, situation, spanner

YES = PriorSharing.YES


def exchange(**fields: object) -> Stakeholder:
    """Somebody on the register who works on a data exchange."""
    plain = {"functions": frozenset({Function.DATA_EXCHANGE}), "category": "technology", "status": Status.IDENTIFIED}
    return entry(1, **{**plain, "sector": Sector.TECHNOLOGY, **fields})


@pytest.mark.parametrize(
    ("register", "holds"),
    [
        pytest.param([], False, id="an empty register"),
        pytest.param([listed_group()], True, id="a listed group"),
        pytest.param([listed_group(category="technology")], True, id="a group of any category"),
        pytest.param([entry(1, category="existing_groups")], False, id="a person is no group"),
        pytest.param([listed_group(category="consumer")], False, id="an advocate organization"),
        pytest.param([listed_group(name=GROUP.name.upper())], False, id="the initiative itself"),
        pytest.param([listed_group(status=Status.NOMINATED)], False, id="nominated"),
        pytest.param([listed_group(status=Status.DECLINED)], False, id="declined"),
        pytest.param([listed_group(status=Status.LEFT)], False, id="left"),
    ],
)
def test_p4a_takes_an_existing_group(register: list[Stakeholder], holds: bool) -> None:
    assert finding("P4.a", situation(*register)).holds is holds


def test_having_looked_and_found_none_counts_for_180_days() -> None:
    where = situation(attestations=(said("P4.a", "Looked, none found", days_ago=0),))
    assert finding("P4.a", where).holds is True
    assert finding("P4.a", where, NOW + timedelta(days=180, seconds=-1)).holds is True
    later = finding("P4.a", where, NOW + timedelta(days=180))
    assert later.holds is False
    assert later.because == "What a co-chair confirmed is over 180 days old. Please confirm it again if it is still so."


def test_other_words_do_not_stand_for_a_listed_group() -> None:
    found = finding("P4.a", situation(attestations=(said("P4.a", "the council has one"),)))
    assert found.holds is False
    assert "“looked, none found”" in found.because


def test_the_newest_attestation_wins() -> None:
    older, newer = said("P4.a", "looked, none found", days_ago=5), said("P4.a", "we have one", days_ago=2)
    assert finding("P4.a", situation(attestations=(newer, older))).holds is False
    newest = said("P4.a", "looked again, none found", days_ago=1)
    assert finding("P4.a", situation(attestations=(newest, newer, older))).said == newest


def test_an_undated_attestation_does_not_lapse() -> None:
    where = situation(attestations=(said("P4.d", "the state exchange"),))
    assert finding("P4.d", where, NOW + timedelta(days=4000)).holds is True


def test_any_attestation_with_a_date_lapses_180_days_after_that_date() -> None:
    held_on = NOW.date()
    where = situation(attestations=(said("P4.d", "the state exchange", days_ago=0, held_on=held_on),))
    assert finding("P4.d", where, NOW + timedelta(days=179)).holds is True
    assert finding("P4.d", where, NOW + timedelta(days=180)).holds is False


@pytest.mark.parametrize(
    ("register", "holds"),
    [
        pytest.param([], None, id="no group, nothing to ask"),
        pytest.param([listed_group(status=Status.LEFT)], None, id="a group that left"),
        pytest.param([listed_group()], False, id="not asked"),
        pytest.param([listed_group(prior_sharing=YES)], True, id="yes"),
        pytest.param([listed_group(prior_sharing=PriorSharing.NO)], True, id="no"),
        pytest.param([listed_group(prior_sharing=PriorSharing.UNKNOWN)], True, id="asked and not known"),
        pytest.param([listed_group(1, prior_sharing=YES), listed_group(2)], False, id="one of two"),
        pytest.param([listed_group(1, prior_sharing=YES), listed_group(2, status=Status.LEFT)], True, id="one left"),
    ],
)
def test_p4b_asks_every_listed_group(register: list[Stakeholder], holds: bool | None) -> None:
    assert finding("P4.b", situation(*register)).holds is holds


BOTH = frozenset(Side)


@pytest.mark.parametrize(
    ("register", "holds"),
    [
        pytest.param([listed_group(1, sides=BOTH, liaison=2), entry(2, status=Status.IDENTIFIED)], True, id="whole"),
        pytest.param([listed_group(1, sides=BOTH)], False, id="no liaison"),
        pytest.param([listed_group(1, sides=BOTH, liaison=2)], False, id="a liaison who is nowhere"),
        pytest.param([listed_group(1, sides=BOTH, liaison=1)], False, id="itself as liaison"),
        pytest.param([listed_group(1, sides=BOTH, liaison=2), entry(2, status=Status.LEFT)], False, id="one who left"),
        pytest.param([listed_group(1, sides=frozenset({Side.HEALTH}), liaison=2), entry(2)], False, id="one side"),
        pytest.param(
            [listed_group(1, sides=BOTH), listed_group(3, liaison=2), entry(2)], False, id="halves of two groups"
        ),
    ],
)
def test_p4c_takes_a_group_of_both_sides_with_a_liaison(register: list[Stakeholder], holds: bool) -> None:
    assert finding("P4.c", situation(*register)).holds is holds


@pytest.mark.parametrize(
    ("register", "holds"),
    [
        pytest.param([], False, id="an empty register"),
        pytest.param([exchange()], True, id="somebody who works on a data exchange"),
        pytest.param([exchange(status=Status.COMMITTED)], True, id="committed"),
        pytest.param([exchange(kind=Kind.SEAT)], False, id="a seat that nobody is known to hold"),
        pytest.param([exchange(kind=Kind.SEAT, vacant=False)], True, id="a seat that somebody holds"),
        pytest.param([exchange(name="TBD")], False, id="not named yet"),
        pytest.param([exchange(functions=frozenset({Function.TECHNICAL}))], False, id="another technical function"),
        pytest.param([exchange(functions=frozenset(), title="HIE director")], False, id="a title alone"),
        pytest.param([exchange(status=Status.LEFT)], False, id="left"),
    ],
)
def test_p4d_takes_somebody_who_works_on_records_or_an_exchange(register: list[Stakeholder], holds: bool) -> None:
    assert finding("P4.d", situation(*register)).holds is holds


def test_p4d_asks_those_whose_title_speaks_of_an_exchange() -> None:
    found = finding("P4.d", situation(exchange(functions=frozenset(), title="HIE director", name="Ana Ruiz")))
    assert [entry.why for entry in found.not_counted] == [
        "do they work on electronic health records or a data exchange?"
    ]
    assert found.next_step.startswith("Ask Ana Ruiz (Agency 1): do they work on")


DIRECTOR: dict[str, object] = {
    "name": "Director",
    "organization": "Milwaukee Homicide Review Commission",
    "category": "justice_planning",
    "status": Status.IDENTIFIED,
}


def test_a_bodys_director_is_asked_whether_they_speak_for_it() -> None:
    found = finding("P4.a", situation(entry(1, **DIRECTOR)))
    assert (found.holds, found.next_step.partition(": ")[0]) == (
        False,
        "Ask Director (Milwaukee Homicide Review Commission)",
    )
    assert [each.why for each in found.not_counted] == ["do they speak for an existing group of several agencies?"]


def test_a_director_who_speaks_for_the_body_stands_for_it_and_stays_a_person() -> None:
    director = entry(1, **DIRECTOR, prior_sharing=YES, sides=frozenset(Side), functions=frozenset({Function.ADVISER}))
    where = situation(director)
    assert [finding(each, where).holds for each in ("P4.a", "P4.b", "P4.c")] == [True, True, True]


def test_a_sheriff_of_whom_somebody_noted_data_sharing_is_no_group() -> None:
    assert finding("P4.a", situation(entry(1, prior_sharing=YES))).holds is False


def test_prior_sharing_alone_is_no_known_agreement() -> None:
    assert finding("P4.d", situation(listed_group(prior_sharing=YES))).holds is False


def adviser(sector: Sector, **fields: object) -> Stakeholder:
    """Somebody who advises and has shared data among agencies."""
    return entry(1, **{"sector": sector, "functions": frozenset({Function.ADVISER}), "shared_data": True, **fields})


@pytest.mark.parametrize(
    ("register", "holds"),
    [
        ([adviser(Sector.GOVERNMENT, status=Status.IDENTIFIED)], True),
        ([adviser(Sector.RESEARCH)], True),
        ([adviser(Sector.RESEARCH, shared_data=False)], False),
        ([adviser(Sector.HEALTH)], False),
        ([adviser(Sector.JUSTICE)], False),
        ([adviser(Sector.JUSTICE, category="juvenile")], True),
        ([adviser(Sector.JUSTICE, category="justice_supervision", organization="Juvenile Court Services")], True),
        ([adviser(Sector.HEALTH, category="health_public", title="Child welfare director")], True),
        ([adviser(Sector.HEALTH, category="health_public", organization="School of Medicine")], False),
        ([adviser(Sector.GOVERNMENT, title="School liaison")], True),
        ([adviser(Sector.GOVERNMENT, functions=frozenset())], False),
        ([adviser(Sector.GOVERNMENT, status=Status.NOMINATED)], False),
        ([adviser(Sector.GOVERNMENT, name="Vacant")], False),
    ],
)
def test_p4e_takes_an_adviser_from_outside(register: list[Stakeholder], holds: bool) -> None:
    assert finding("P4.e", situation(*register)).holds is holds


@pytest.mark.parametrize(
    ("register", "holds"),
    [
        pytest.param([spanner()], True, id="confirmed, with a why"),
        pytest.param([spanner(why="")], False, id="no why"),
        pytest.param([spanner(why="  ")], False, id="a blank why"),
        pytest.param([spanner(why_confirmed=False)], False, id="not confirmed"),
        pytest.param([spanner(functions=frozenset())], False, id="a why alone"),
        pytest.param([spanner(kind=Kind.SEAT)], False, id="a seat that nobody is known to hold"),
        pytest.param([spanner(kind=Kind.SEAT, vacant=False)], True, id="a seat that somebody holds"),
        pytest.param([spanner(vacant=True)], False, id="vacant"),
        pytest.param([spanner(status=Status.NOMINATED)], False, id="nominated"),
        pytest.param([spanner(status=Status.LEFT)], False, id="left"),
        pytest.param([entry(1, category="health_correctional", title="jail health worker")], False, id="a title alone"),
    ],
)
def test_p5a_takes_one_confirmed_boundary_spanner(register: list[Stakeholder], holds: bool) -> None:
    assert finding("P5.a", situation(*register)).holds is holds


@pytest.mark.parametrize(
    ("register", "why"),
    [
        (spanner(why=""), "how do they work between health and justice? A co-chair says it in one line."),
        (spanner(why_confirmed=False), "is the line that says why right? A co-chair confirms it."),
        (spanner(functions=frozenset()), "do they work between health and justice?"),
        (entry(1, category="health_correctional"), "do they work between health and justice?"),
        (entry(1, title="Reentry director"), "do they work between health and justice?"),
        (spanner(kind=Kind.SEAT), "has somebody taken it?"),
        (spanner(name="Not named"), "has somebody taken it?"),
    ],
)
def test_p5a_says_why_somebody_was_not_counted(register: Stakeholder, why: str) -> None:
    assert [each.why for each in finding("P5.a", situation(register)).not_counted] == [why]


def test_p5a_asks_for_the_why_where_only_that_is_missing() -> None:
    assert "why=ONE LINE" in principle(5, situation(spanner(why=""))).next_step
    assert principle(5, situation(spanner(why=""))).next_step.startswith("A co-chair says in one line")
    assert principle(5, situation()).next_step.startswith("Think of someone")


@pytest.mark.parametrize(
    ("register", "two_sectors", "committed"),
    [
        ([], False, False),
        ([spanner(1)], False, False),
        ([spanner(1, status=Status.COMMITTED)], False, True),
        ([spanner(1), spanner(2)], False, False),
        ([spanner(1), spanner(2, sector=Sector.HEALTH)], True, False),
        ([spanner(1), spanner(2, sector=Sector.HEALTH, why="", status=Status.COMMITTED)], False, False),
        ([spanner(1), spanner(2, sector=Sector.COMMUNITY, status=Status.COMMITTED)], True, True),
    ],
)
def test_p5b_takes_two_sectors_and_p5c_a_commitment(
    register: list[Stakeholder], two_sectors: bool, committed: bool
) -> None:
    where = situation(*register)
    assert finding("P5.b", where).holds is two_sectors
    assert finding("P5.c", where).holds is committed
