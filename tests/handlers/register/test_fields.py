"""From what a person wrote to an entry: every key, its limits, and what follows a change of category."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.refusals import Refusal
from bot.register import Function, Kind, Law, Oversees, PriorSharing, Sector, Side, Stakeholder, Status
from handlers.register.fields import ADD_KEYS, PLACES, READERS, SET_KEYS, changed_entry, new_entry
from handlers.slack.answering import FieldRefusal, in_field
from tests.support.factories import consumer_seat, entry, listed_group

JANE = {"name": "Jane Doe", "organization": "County Jail", "category": "jails"}


def make(**more: str) -> Stakeholder:
    return new_entry(JANE | {key.replace("_", "-"): words for key, words in more.items()}, [entry(4), entry(5)])


def change(before: Stakeholder, **more: str) -> Stakeholder:
    return changed_entry({key.replace("_", "-"): words for key, words in more.items()}, before, [entry(4), before])


def test_a_new_entry_is_an_identified_person_of_the_category_s_sector() -> None:
    made = make()
    assert (made.name, made.organization, made.category) == ("Jane Doe", "County Jail", "justice_custody")
    assert (made.kind, made.sector, made.status) == (Kind.PERSON, Sector.JUSTICE, Status.IDENTIFIED)
    assert made.functions == frozenset()


@pytest.mark.parametrize(
    ("category", "kind", "sector"),
    [
        ("existing_groups", Kind.GROUP, Sector.GOVERNMENT),
        ("consumer", Kind.SEAT, Sector.COMMUNITY),
        ("Public health department", Kind.PERSON, Sector.HEALTH),
    ],
)
def test_kind_and_sector_are_the_category_s_own(category: str, kind: Kind, sector: Sector) -> None:
    made = make(category=category)
    assert (made.kind, made.sector) == (kind, sector)


@pytest.mark.parametrize(
    ("key", "words", "attribute", "value"),
    [
        ("sector", "Health", "sector", Sector.HEALTH),
        ("kind", "seat", "kind", Kind.SEAT),
        ("status", "Committed", "status", Status.COMMITTED),
        ("title", " Chief  of Staff ", "title", "Chief of Staff"),
        ("functions", "legal, Boundary Spanner", "functions", {Function.LEGAL, Function.BOUNDARY_SPANNER}),
        ("authority", "yes", "authority", True),
        ("laws", "hipaa,part2", "laws", {Law.HIPAA, Law.PART2}),
        ("jurisdiction", "yes", "jurisdiction", True),
        ("why", "runs the clinic in the jail", "why", "runs the clinic in the jail"),
        ("exchange", "on", "exchange", True),
        ("heads", "yes", "heads", True),
        ("shared-data", "yes", "shared_data", True),
        ("vacant", "yes", "vacant", True),
        ("vacant", "no", "vacant", False),
        ("vacant", "", "vacant", None),
        ("oversees", "Health", "oversees", Oversees.HEALTH),
        ("oversees", "neither", "oversees", Oversees.NEITHER),
        ("oversees", "", "oversees", None),
        ("functions", "data exchange", "functions", {Function.DATA_EXCHANGE}),
        ("email", "jane@jail.example", "email", "jane@jail.example"),
        ("slack", "<@U0JANE>", "slack_user", "U0JANE"),
        ("slack", "<@U0JANE|jane>", "slack_user", "U0JANE"),
    ],
)
def test_each_key_of_a_person_is_read(key: str, words: str, attribute: str, value: object) -> None:
    assert getattr(make(**{key: words}), attribute) == value


@pytest.mark.parametrize(
    ("key", "words", "attribute", "value"),
    [
        ("prior_sharing", "unknown", "prior_sharing", PriorSharing.UNKNOWN),
        ("prior_sharing", "", "prior_sharing", None),
        ("sides", "justice,health", "sides", set(Side)),
        ("liaison", "S4", "liaison", 4),
        ("liaison", "Office 5", "liaison", 5),
        ("liaison", "none", "liaison", None),
    ],
)
def test_each_key_of_a_group_is_read(key: str, words: str, attribute: str, value: object) -> None:
    assert getattr(make(category="existing_groups", **{key: words}), attribute) == value


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "The name is empty"),
        ({"name": "x" * 121}, "121 characters long and the limit is 120"),
        ({"organization": "x" * 161}, "161 characters long and the limit is 160"),
        ({"title": "x" * 121}, "The title is 121"),
        ({"why": "x" * 501}, "The why is 501"),
        ({"why": "x" * 3001}, "The why is 3,001"),
        ({"name": "Jane\x00Doe"}, "cannot be seen"),
        ({"name": "<!channel>"}, "formatting (an angle bracket)"),
        ({"title": "born 3 May 1970"}, "a date of birth"),
        ({"name": "123-45-6789"}, "a Social Security number"),
        ({"category": "x" * 400}, "The category is 400"),
        ({"category": "<!here>"}, "The category holds formatting"),
        ({"category": "wizard"}, "There is no category called “wizard”"),
        ({"category": "legal"}, "whose authority they speak for, not their profession: sector=justice, sector=health"),
        ({"sector": ""}, "The sector cannot be empty"),
        ({"sector": "medical"}, "I do not know the sector “medical”"),
        ({"kind": "persn"}, "Did you mean person?"),
        ({"status": "agreed"}, "I do not know the status “agreed”"),
        ({"functions": "lawyer"}, "I do not know the function “lawyer”"),
        ({"functions": "+legal,privacy"}, "mixes two ways"),
        ({"laws": "hippa"}, "Did you mean hipaa?"),
        ({"authority": "perhaps"}, "as yes or no"),
        ({"authority": ""}, "The authority cannot be empty"),
        ({"email": "jane at jail"}, "does not look like an e-mail address"),
        ({"email": "jane@jail"}, "does not look like an e-mail address"),
        ({"slack": "@jane"}, "I could not tell whom slack=“@jane” means"),
        ({"category": "existing_groups", "liaison": "S9"}, "I found nobody here for “S9”"),
        ({"category": "existing_groups", "prior_sharing": "maybe"}, "I do not know the prior-sharing “maybe”"),
        ({"category": "consumer", "email": "a@b.example"}, "A seat of the consumer community takes no email"),
        ({"category": "consumer", "kind": "person"}, "the seat is enough"),
        ({"kind": "group"}, "Only an existing interagency group"),
        ({"functions": "consumer"}, "belong to seats"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(fields: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refusal) as refusal:
        make(**fields)
    assert sentence in refusal.value.sentence


def test_a_given_sector_answers_where_the_category_asks() -> None:
    made = make(category="Correctional health provider", sector="justice")
    assert (made.category, made.sector) == ("health_correctional", Sector.JUSTICE)


def test_a_list_replaces_or_changes() -> None:
    before = entry(1, functions=frozenset({Function.LEGAL}), laws=frozenset({Law.HIPAA}))
    assert change(before, functions="+privacy").functions == {Function.LEGAL, Function.PRIVACY}
    assert change(before, functions="-legal").functions == frozenset()
    assert change(before, functions="staff").functions == {Function.STAFF}
    assert change(before, laws="").laws == frozenset()


def test_what_is_not_named_stays() -> None:
    before = entry(1, title="Chief", functions=frozenset({Function.LEGAL}))
    assert change(before, status="invited") == entry(
        1, title="Chief", functions=frozenset({Function.LEGAL}), status=Status.INVITED
    )


@pytest.mark.parametrize("key", ["title", "email", "slack", "why"])
def test_what_may_be_empty_can_be_emptied(key: str) -> None:
    before = entry(1, title="Chief", email="a@b.example", slack_user="U1", why="knows both")
    attribute = {"slack": "slack_user"}.get(key, key)
    assert getattr(change(before, **{key: ""}), attribute) == ""


def test_sector_and_kind_follow_the_category_where_they_were_its_own() -> None:
    assert change(entry(1), category="public health").sector is Sector.HEALTH
    assert change(entry(1), category="existing_groups").kind is Kind.GROUP


def test_a_sector_that_was_chosen_stays_when_the_category_changes() -> None:
    assert change(entry(1, sector=Sector.RESEARCH), category="public health").sector is Sector.RESEARCH


def test_a_category_that_asks_for_the_sector_asks_when_it_is_set_too() -> None:
    with pytest.raises(Refusal, match="whose authority"):
        change(entry(1), category="legal")
    assert change(entry(1), category="legal", sector="health").sector is Sector.HEALTH


def test_a_person_s_name_does_not_slip_into_a_consumer_seat() -> None:
    with pytest.raises(Refusal, match="the seat is enough"):
        change(entry(1), category="consumer")
    assert change(entry(1), category="consumer", name="Consumer seat 1").kind is Kind.SEAT
    assert change(consumer_seat(1), name="Family seat").name == "Family seat"


def test_a_group_is_not_its_own_liaison() -> None:
    with pytest.raises(Refusal, match="cannot be its own liaison"):
        change(listed_group(1), liaison="S1")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"category": "legal"}, "sector"),
        ({"category": "consumer", "kind": "person"}, "kind"),
        ({"functions": "family"}, "functions"),
        ({"category": "consumer", "kind": "seat", "why": "x"}, "why"),
        ({"title": "<b>"}, "title"),
    ],
)
def test_in_a_form_a_refusal_stands_under_its_field(fields: dict[str, str], field: str) -> None:
    with pytest.raises(FieldRefusal) as refusal:
        new_entry(JANE | fields, [], in_field)
    assert refusal.value.block_id == field


def test_add_takes_by_key_what_it_does_not_take_by_place() -> None:
    assert set(PLACES) == SET_KEYS - ADD_KEYS
    assert {"anyway"} == ADD_KEYS - SET_KEYS
    readers: dict[str, Callable[..., Any]] = dict(READERS)
    assert set(readers) == SET_KEYS
