"""Two published councils, read as a careful reader reads them: first as the roster stands, then once questions are
answered. A roster says who holds a seat, not who has committed, nor what a lawyer can advise on."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from bot.groups import Situation
from bot.principles.assessment import PrincipleState
from bot.register import Function, Kind, Law, Sector, Stakeholder, Status
from tests.support.factories import entry, finding, principle, situation, states

ROSTERS = Path(__file__).with_name("rosters")
MIDDLESEX, MILWAUKEE = "ma-middlesex-restoration-center", "milwaukee-cjc-executive"
MET, THIN, NOT_YET = PrincipleState.MET, PrincipleState.THIN, PrincipleState.NOT_YET
AS_LISTED = (NOT_YET, MET, NOT_YET, NOT_YET, NOT_YET, NOT_YET)
CATEGORIES = {
    "justice": "justice_custody",
    "health": "health_behavioral",
    "government": "government",
    "community": "public_members",
    "research": "research",
    "funder": "funders",
}
LEADS = {"functions": frozenset({Function.EXECUTIVE}), "authority": True, "status": Status.COMMITTED}


def roster(name: str) -> tuple[Stakeholder, ...]:
    """A published roster as somebody would type it in: by office, with the sector, and nothing that it does not say."""
    with (ROSTERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(seat(number, row) for number, row in enumerate(csv.DictReader(file), 1))


def seat(number: int, row: dict[str, str]) -> Stakeholder:
    sector = row["sector_guess"].removeprefix("general_")
    nami = {"category": "consumer", "kind": Kind.SEAT} if "NAMI" in row["seat_title"] else {}
    plain = {"category": CATEGORIES[sector], "sector": Sector(sector), "status": Status.IDENTIFIED}
    return entry(number, name=row["seat_title"], organization=row["organization"], **{**plain, **nami})


def answered(register: tuple[Stakeholder, ...], answers: dict[str, dict[str, object]]) -> Situation:
    """The same once somebody has said more of the seats that are named."""
    said = (replace(each, **answers.get(each.name, {})) for each in register)  # type: ignore[arg-type]
    return situation(*said)


@pytest.mark.parametrize("name", [MIDDLESEX, MILWAUKEE])
def test_as_listed_nothing_is_called_met_but_the_chairs(name: str) -> None:
    assert states(situation(*roster(name))) == AS_LISTED


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (MIDDLESEX, {"Sheriff (or designee)", "President (or designee)"}),
        (
            MILWAUKEE,
            {"Sheriff", "County Executive", "District Attorney", "Mayor", "Chief of Police", "Superintendent"}
            | {"Chief Judge", "Regional Chief", "Director of Health and Human Services"},
        ),
    ],
)
def test_heads_of_agencies_are_asked_whether_they_can_approve_policy(name: str, asked: set[str]) -> None:
    found = finding("P1.a", situation(*roster(name)))
    assert {each.who.split(" ", 1)[1].rpartition(" (")[0] for each in found.not_counted} == asked
    assert {each.why for each in found.not_counted} == {"do they lead their agency, and can they approve policy?"}


def test_in_middlesex_nobody_is_a_lawyer_and_the_consumers_organization_has_a_seat_to_be_taken() -> None:
    listed = situation(*roster(MIDDLESEX))
    assert finding("P3.a", listed).not_counted == ()
    assert principle(6, listed).next_step.startswith("Has somebody taken Member appointed by NAMI Massachusetts?")


def test_in_middlesex_an_association_leads_the_health_side_and_the_answer_says_so() -> None:
    where = answered(roster(MIDDLESEX), {"Sheriff (or designee)": LEADS, "President (or designee)": LEADS})
    assert principle(1, where).state is THIN
    assert finding("P1.a", where).because.endswith(
        "Going by the names on the health side, no public agency's executive is among them."
    )


def test_in_middlesex_a_taken_seat_of_the_consumers_organization_meets_the_sixth() -> None:
    where = answered(roster(MIDDLESEX), {"Member appointed by NAMI Massachusetts": {"status": Status.COMMITTED}})
    assert states(where) == (NOT_YET, MET, NOT_YET, NOT_YET, NOT_YET, THIN)


def test_in_milwaukee_counsel_is_asked_first_and_judges_and_prosecutors_are_none_by_title() -> None:
    found = finding("P3.a", situation(*roster(MILWAUKEE)))
    asked = {each.who.split(" (")[0].split(" ", 1)[1]: each.why for each in found.not_counted}
    assert asked.pop("Corporation Counsel") == "do they advise on law or privacy?"
    assert set(asked) == {
        "Chief Judge",
        "District Attorney",
        "First Assistant Public Defender",
        "Municipal Court Judge",
    }
    assert found.next_step.startswith("Ask Corporation Counsel (Milwaukee County): do they advise on law or privacy")


def test_in_milwaukee_a_community_member_is_no_consumer_and_is_asked_about() -> None:
    where = answered(roster(MILWAUKEE), {"Community Member": {"status": Status.COMMITTED}})
    found = finding("P6.a", where)
    assert (found.holds, [each.who for each in found.not_counted]) == (False, ["S11 Community Member (Community)"])


def test_in_milwaukee_the_review_commissions_director_is_asked_whether_they_speak_for_it() -> None:
    found = finding("P4.a", situation(*roster(MILWAUKEE)))
    assert [each.who for each in found.not_counted] == ["S12 Director (Milwaukee Homicide Review Commission)"]


def test_in_milwaukee_answers_meet_the_first_and_county_counsel_is_not_the_health_side() -> None:
    counsel: dict[str, object] = {
        "functions": frozenset({Function.LEGAL}),
        "laws": frozenset({Law.HIPAA, Law.STATE_MENTAL_HEALTH, Law.PART2, Law.STATE_SUBSTANCE_USE}),
    }
    answers = {"Sheriff": LEADS, "Director of Health and Human Services": LEADS, "Corporation Counsel": counsel}
    where = answered(roster(MILWAUKEE), answers)
    assert principle(1, where).rests_on == ("Sheriff", "Director of Health and Human Services")
    assert [each.id for each in principle(3, where).criteria if each.holds] == ["P3.a", "P3.b", "P3.c"]
    assert principle(3, where).state is NOT_YET
