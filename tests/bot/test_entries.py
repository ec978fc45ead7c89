"""What an entry may hold, which entries are alike, and what an entry still lacks."""

from __future__ import annotations

from typing import Any

import pytest

from bot.entries import UnfitEntry, alike, check_entry, principles_of, reminders
from bot.register import Function, Kind, Law, PriorSharing, Sector, Side, Status
from tests.support.factories import consumer_seat, entry, executive, expert, listed_group, spanner

SEAT: dict[str, Any] = {"kind": Kind.SEAT}
CONSUMER: dict[str, Any] = {"category": "consumer", "sector": Sector.COMMUNITY}
GROUP: dict[str, Any] = {"kind": Kind.GROUP, "category": "existing_groups"}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        SEAT,
        GROUP,
        GROUP | {"prior_sharing": PriorSharing.NO, "sides": frozenset(Side), "liaison": 4},
        CONSUMER | SEAT | {"functions": frozenset({Function.CONSUMER})},
        CONSUMER | {"kind": Kind.GROUP, "functions": frozenset({Function.ADVOCATE})},
        {"functions": frozenset({Function.ADVOCATE}), "email": "a@b.example", "why": "x"},
    ],
)
def test_what_fits_together_is_let_through(fields: dict[str, Any]) -> None:
    check_entry(entry(1, **fields))


@pytest.mark.parametrize(
    ("fields", "sentence", "key"),
    [
        (CONSUMER, "the seat is enough: no person's name, no account", "kind"),
        ({"category": "existing_groups"}, "recorded as a group", "kind"),
        ({"category": "existing_groups", **SEAT}, "recorded as a group", "kind"),
        ({"kind": Kind.GROUP}, "Only an existing interagency group or an advocate organization", "kind"),
        (SEAT | {"email": "a@b.example"}, "A seat takes no email", "kind"),
        (SEAT | {"slack_user": "U1"}, "A seat takes no slack", "kind"),
        (SEAT | {"why": "knows both"}, "A seat takes no why", "why"),
        ({"functions": frozenset({Function.CONSUMER})}, "belong to seats", "functions"),
        (GROUP | {"functions": frozenset({Function.FAMILY})}, "belong to seats", "functions"),
        ({"prior_sharing": PriorSharing.NO}, "prior-sharing= is asked of existing groups only", "kind"),
        (SEAT | {"sides": frozenset(Side)}, "sides= is asked of existing groups only, and this is a seat", "kind"),
        ({"liaison": 3}, "liaison= is asked of existing groups only, and this is a person", "kind"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_what_would(fields: dict[str, Any], sentence: str, key: str) -> None:
    with pytest.raises(UnfitEntry) as refusal:
        check_entry(entry(1, **fields))
    assert sentence in refusal.value.sentence
    assert refusal.value.key == key


def test_entries_are_alike_by_name_and_organization_whatever_the_case_accents_and_status() -> None:
    first = entry(1, name="José Ruiz", organization="Peer Center", status=Status.LEFT)
    second = entry(2, name="José Ruiz", organization="Another Center")
    assert alike(entry(0, name="jose  ruiz", organization="PEER CENTER"), [first, second]) == (first,)
    assert alike(first, [first, second]) == ()


@pytest.mark.parametrize(
    ("fields", "numbers"),
    [
        ({}, set()),
        ({"functions": frozenset({Function.EXECUTIVE, Function.LEGAL})}, {1, 3}),
        ({"functions": frozenset({Function.BOUNDARY_SPANNER, Function.ADVISER})}, {4, 5}),
        ({"functions": frozenset({Function.STAFF})}, set()),
        (CONSUMER | SEAT, {6}),
        (GROUP, {4}),
    ],
)
def test_what_was_said_of_an_entry_tells_which_principles_it_is_about(
    fields: dict[str, Any], numbers: set[int]
) -> None:
    assert principles_of(entry(1, **fields)) == numbers


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (entry(3), "What S3 brings is not said yet"),
        (executive(3, Sector.HEALTH, authority=False), "Can they approve policy?"),
        (executive(3, Sector.HEALTH, status=Status.INVITED), "an executive counts once they commit"),
        (entry(3, authority=True), "functions=+executive"),
        (spanner(3, why=""), "waits for one line that says why"),
        (spanner(3, why_confirmed=False), "waits for a co-chair to confirm the line"),
        (entry(3, why="knows both"), "functions=+boundary-spanner"),
        (expert(3, Sector.HEALTH, Law.HIPAA), "Do they know this jurisdiction's law?"),
        (entry(3, laws=frozenset({Law.HIPAA})), "functions=+legal"),
        (entry(3, kind=Kind.SEAT, functions=frozenset({Function.LEGAL})), "Law is counted for a person only"),
        (entry(3, kind=Kind.SEAT, functions=frozenset({Function.EXECUTIVE})), "counted as persons only"),
        (listed_group(3), "Has this group shared data before?"),
        (consumer_seat(3, status=Status.IDENTIFIED), "a place counts once it is taken"),
        (entry(3, status=Status.NOMINATED), "/stakeholder accept S3"),
        (entry(3, status=Status.DECLINED), "As declined, S3 counts for nothing."),
        (entry(3, status=Status.LEFT), "As left, S3 counts for nothing."),
    ],
)
def test_an_entry_that_lacks_something_is_told_what(made: Any, sentence: str) -> None:
    (words,) = reminders(made)
    assert sentence in words


@pytest.mark.parametrize(
    "made",
    [
        executive(1, Sector.JUSTICE),
        spanner(1),
        expert(1, Sector.HEALTH, Law.STATE_HIV),
        listed_group(1, prior_sharing=PriorSharing.UNKNOWN),
        consumer_seat(1),
        entry(1, functions=frozenset({Function.STAFF})),
        entry(1, kind=Kind.SEAT),
    ],
)
def test_an_entry_that_lacks_nothing_is_left_in_peace(made: Any) -> None:
    assert reminders(made) == ()
