"""What was counted, and what was looked at and not counted, with the reason: each row is one register."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from bot.principles.criteria import RULES
from bot.principles.evidence import gather
from bot.register import Function, Kind, Law, PriorSharing, Sector, Side, Stakeholder, Status
from tests.support.factories import (
    GROUP,
    NOW,
    complete,
    consumer_seat,
    entry,
    expert,
    finding,
    holding,
    listed_group,
    principle,
    said,
    situation,
    spanner,
)

BOTH = frozenset(Side)
KNOWS_NOT_RECORDED = (
    "A legal or privacy expert is named; whether they know this jurisdiction's law is not recorded yet."
)
PRIVACY = frozenset({Function.PRIVACY})
ADVISER = frozenset({Function.ADVISER})


@pytest.mark.parametrize(
    ("criterion", "looked_at", "why"),
    [
        ("P3.a", entry(1, category="legal"), "do they advise on law or privacy?"),
        ("P3.g", expert(1, Sector.JUSTICE, functions=PRIVACY), "is marked as a privacy expert, not a legal one"),
        ("P3.g", expert(1, Sector.GOVERNMENT), "speaks for general government, so for neither side"),
        ("P3.g", expert(1, Sector.HEALTH, kind=Kind.SEAT), "has somebody taken it?"),
        ("P4.a", entry(1, category="existing_groups"), "is a person, not a group"),
        ("P4.a", listed_group(1, name=GROUP.name), "is this initiative itself, not one that existed before"),
        ("P4.a", listed_group(1, category="technology", status=Status.LEFT), "has left"),
        ("P4.b", listed_group(1), "has it shared data before?"),
        ("P4.c", listed_group(1, liaison=2), "does it join both sides?"),
        ("P4.c", listed_group(1, sides=BOTH), "who keeps in touch with it?"),
        ("P4.c", listed_group(1, sides=BOTH, liaison=2), "who keeps in touch with it?"),
        ("P4.e", entry(1, functions=ADVISER), "speaks for justice, so not from outside"),
        ("P4.e", entry(1, functions=ADVISER, sector=Sector.RESEARCH, status=Status.LEFT), "has left"),
        ("P5.a", spanner(1, kind=Kind.SEAT), "has somebody taken it?"),
        ("P5.a", spanner(1, status=Status.LEFT), "has left"),
        ("P5.c", spanner(1, status=Status.APPROVED), "have they committed?"),
        ("P6.a", consumer_seat(1, status=Status.INVITED), "has somebody taken it?"),
        ("P6.a", consumer_seat(1, status=Status.LEFT), "has left"),
        (
            "P6.a",
            entry(1, category="victims", functions=frozenset({Function.ADVOCATE})),
            "do they speak for behavioral health consumers or families?",
        ),
    ],
)
def test_what_was_looked_at_and_not_counted_is_explained(criterion: str, looked_at: Stakeholder, why: str) -> None:
    found = finding(criterion, situation(looked_at))
    assert [each.why for each in found.not_counted] == [why]
    assert found.counted == ()


@pytest.mark.parametrize(
    ("criterion", "counts"),
    [
        ("P3.a", expert(1, Sector.JUSTICE, jurisdiction=True)),
        ("P3.e", expert(1, Sector.HEALTH, jurisdiction=True)),
        ("P3.g", expert(1, Sector.HEALTH)),
        ("P4.a", listed_group(1)),
        ("P4.b", listed_group(1, prior_sharing=PriorSharing.NO)),
        ("P4.e", entry(1, functions=ADVISER, sector=Sector.RESEARCH, shared_data=True)),
        ("P5.a", spanner(1)),
        ("P5.b", spanner(1)),
        ("P5.c", spanner(1, status=Status.COMMITTED)),
    ],
)
def test_what_counts_is_named_and_not_explained_away(criterion: str, counts: Stakeholder) -> None:
    found = finding(criterion, situation(counts))
    assert [each.split()[0] for each in found.counted] == ["S1"]
    assert found.not_counted == ()


def test_a_group_with_its_liaison_is_counted() -> None:
    found = finding("P4.c", situation(listed_group(1, sides=BOTH, liaison=2), listed_group(3), entry(2)))
    assert [each.split()[0] for each in found.counted] == ["S1"]
    assert [each.who.split()[0] for each in found.not_counted] == ["S3"]


@pytest.mark.parametrize("criterion", ["P3.a", "P4.a", "P4.e", "P5.a", "P6.a"])
def test_a_bystander_is_not_mentioned(criterion: str) -> None:
    assert finding(criterion, situation(entry(1), entry(2, sector=Sector.HEALTH))).not_counted == ()


@pytest.mark.parametrize(
    ("criterion", "register", "because"),
    [
        ("P3.a", [], "No legal or privacy expert is named yet."),
        ("P3.a", [expert(1, Sector.HEALTH)], KNOWS_NOT_RECORDED),
        ("P3.e", [], "No named legal or privacy expert speaks for the health side yet."),
        (
            "P3.e",
            [expert(1, Sector.HEALTH)],
            "Whether the health side's expert knows this jurisdiction's law is not recorded yet.",
        ),
        ("P4.a", [listed_group(1)], "An existing interagency group is listed."),
        ("P4.a", [listed_group(1), listed_group(2)], "2 existing groups are listed."),
        ("P4.b", [listed_group(1)], "1 listed group has not been asked about earlier data sharing yet."),
        (
            "P4.b",
            [listed_group(1), listed_group(2)],
            "2 listed groups have not been asked about earlier data sharing yet.",
        ),
        ("P5.a", [], "No boundary spanner is named yet."),
        ("P5.a", [spanner(1, why="")], "Someone is marked as a boundary spanner; a co-chair needs to say why."),
        ("P5.a", [spanner(1, kind=Kind.SEAT)], "No boundary spanner is named yet."),
        ("P5.b", [spanner(1)], "There are not two boundary spanners yet."),
        ("P5.b", [spanner(1), spanner(2)], "The boundary spanners are all of one sector so far."),
        ("P6.b", [], "No seat or organization of the consumer community takes part yet."),
        ("P6.b", [consumer_seat(1)], "Only one seat or organization of the consumer community so far."),
        ("P6.b", [consumer_seat(1), consumer_seat(2)], "2 seats or organizations of the consumer community take part."),
    ],
)
def test_the_reason_fits_the_register(criterion: str, register: list[Stakeholder], because: str) -> None:
    assert finding(criterion, situation(*register)).because == because


def test_laws_are_noted_by_setting_them_once_there_is_an_expert() -> None:
    step = finding("P3.d", situation(expert(1, Sector.JUSTICE, Law.CONSENT))).next_step
    assert "`/stakeholder set S1 | laws=+state-hiv,+justice-records`" in step


def test_a_seat_listed_under_legal_is_to_be_filled_and_a_court_administrator_is_no_lawyer() -> None:
    assert principle(3, situation(entry(1, category="legal", kind=Kind.SEAT))).next_step.startswith(
        "Who takes Office 1"
    )
    assert principle(3, situation(entry(1, category="justice_courts"))).next_step.startswith("Ask an agency's")


def test_an_organization_that_is_its_own_name_is_named_once() -> None:
    same = entry(1, name="NAMI", organization="NAMI", functions=ADVISER, sector=Sector.COMMUNITY, shared_data=True)
    assert finding("P4.e", situation(same)).counted == ("S1 NAMI",)
    assert finding("P4.e", situation(replace(same, organization=""))).counted == ("S1 NAMI",)


def test_findings_and_evidence_cannot_be_changed() -> None:
    found, evidence = principle(1, complete()), gather(complete(), NOW)
    verdict, unseen = RULES["P1.a"](evidence), finding("P4.b", situation(listed_group(1))).not_counted[0]
    for value in (found, found.criteria[0], evidence, verdict, unseen):
        with pytest.raises(FrozenInstanceError):
            setattr(value, fields(value)[0].name, None)


def test_an_attestation_of_something_unknown_is_ignored() -> None:
    assert holding(situation(attestations=(said("P9.z"), said("")))) == holding(situation())
