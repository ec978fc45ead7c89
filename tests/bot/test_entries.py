"""What an entry may hold, which entries are alike, and what an entry still lacks."""

from __future__ import annotations

from typing import Any

import pytest

from bot.entries import UnfitEntry, alike, check_entry, principles_of, reminders
from bot.register import Function, Kind, Law, Oversees, PriorSharing, Sector, Side, Status
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
        SEAT | {"email": "a@b.example", "slack_user": "U1", "why": "knows both", "vacant": False},
        {"category": "justice_planning", "prior_sharing": PriorSharing.YES, "sides": frozenset(Side)},
        {"organization": "Reentry Council", "prior_sharing": PriorSharing.YES},
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
        (CONSUMER | SEAT | {"email": "a@b.example"}, "A seat of the consumer community takes no email", "kind"),
        (CONSUMER | SEAT | {"slack_user": "U1"}, "A seat of the consumer community takes no slack", "kind"),
        (CONSUMER | SEAT | {"why": "knows both"}, "Leave Why empty", "why"),
        (SEAT | {"functions": frozenset({Function.FAMILY}), "email": "a@b.example"}, "takes no email", "kind"),
        (GROUP | {"vacant": True}, "vacant= is about a person or a seat, and this is a group", "kind"),
        (GROUP | {"heads": True}, "heads= is about a person or a seat", "kind"),
        (GROUP | {"shared_data": True}, "shared-data= is about a person or a seat", "kind"),
        (GROUP | {"oversees": Oversees.HEALTH}, "oversees= is about a person or a seat", "kind"),
        ({"functions": frozenset({Function.CONSUMER})}, "belong to seats", "functions"),
        (GROUP | {"functions": frozenset({Function.FAMILY})}, "belong to seats", "functions"),
        (
            {"prior_sharing": PriorSharing.NO},
            "prior-sharing= is asked of existing groups, and of whoever speaks for one",
            "kind",
        ),
        (SEAT | {"sides": frozenset(Side)}, "this is another seat", "kind"),
        ({"liaison": 3}, "this is another person", "kind"),
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
        (entry(3), "What is their role? A category alone doesn't count:"),
        (executive(3, Sector.HEALTH, authority=False), "Can they approve policy?"),
        (executive(3, Sector.HEALTH, status=Status.INVITED), "an executive counts once they commit"),
        (entry(3, authority=True), "functions=+executive"),
        (spanner(3, why=""), "waits for one line that says why"),
        (spanner(3, why_confirmed=False), "waits for a co-chair to confirm the line"),
        (entry(3, why="knows both"), "functions=+boundary-spanner"),
        (expert(3, Sector.HEALTH, Law.HIPAA), "Do they know this jurisdiction's law?"),
        (entry(3, laws=frozenset({Law.HIPAA})), "functions=+legal"),
        (entry(3, kind=Kind.SEAT, functions=frozenset({Function.LEGAL})), "The seat counts once somebody holds it"),
        (
            entry(3, kind=Kind.SEAT, functions=frozenset({Function.BOUNDARY_SPANNER}), why="x", why_confirmed=True),
            "`/stakeholder set S3 | vacant=no`",
        ),
        (listed_group(3, functions=frozenset({Function.LEGAL}), prior_sharing=PriorSharing.NO), "is a group"),
        (executive(3, Sector.GOVERNMENT), "Does a justice or a health agency answer to them?"),
        (entry(3, vacant=True), "A vacant seat does not count."),
        (consumer_seat(3, name="TBD"), "Once somebody holds it: `/stakeholder set S3 | vacant=no`"),
        (listed_group(3), "Has this group shared data before?"),
        (consumer_seat(3, status=Status.IDENTIFIED), "a seat counts once it is taken"),
        (entry(3, status=Status.NOMINATED), "/stakeholder accept S3"),
        (entry(3, status=Status.DECLINED), "As declined, S3 does not count."),
        (entry(3, status=Status.LEFT), "As left, S3 does not count."),
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
