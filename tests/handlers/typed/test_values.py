"""Words typed as values: choices and lists."""

from __future__ import annotations

import pytest

from handlers.typed.values import (
    AmbiguousChoice,
    MixedList,
    NeitherYesNorNo,
    UnknownChoice,
    parse_choice,
    parse_list,
    parse_list_change,
    parse_yes_no,
)

RULES = ("majority", "two-thirds", "consensus", "both-sides")
FUNCTIONS = ("executive", "legal", "privacy", "boundary-spanner", "advocate", "adviser")


@pytest.mark.parametrize(("text", "answer"), [("Yes", True), ("y", True), ("on", True), ("NO", False), ("off", False)])
def test_yes_and_no_are_read(text: str, answer: bool) -> None:
    assert parse_yes_no(text) is answer


@pytest.mark.parametrize("text", ["", "maybe", "yesno"])
def test_neither_yes_nor_no_is_refused(text: str) -> None:
    with pytest.raises(NeitherYesNorNo, match="Please type yes or no"):
        parse_yes_no(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("majority", "majority"),
        ("MAJ", "majority"),
        ("two thirds", "two-thirds"),
        ("two–thirds", "two-thirds"),
        ("TwoThirds", "two-thirds"),
        ("both_sides", "both-sides"),
    ],
)
def test_a_choice_is_read_in_any_spelling_of_its_hyphens_and_by_its_first_letters(text: str, rule: str) -> None:
    assert parse_choice(text, RULES, "rule") == rule


def test_a_wrong_choice_is_refused_with_the_nearest_and_the_list() -> None:
    with pytest.raises(UnknownChoice) as refusal:
        parse_choice("consent", RULES, "rule")
    assert refusal.value.sentence == (
        "I do not know the rule “consent”. Did you mean consensus?"
        " Please type one of: majority, two-thirds, consensus, both-sides."
    )


def test_two_letters_are_too_few_and_an_ambiguous_start_is_refused() -> None:
    with pytest.raises(UnknownChoice):
        parse_choice("ma", RULES, "rule")
    with pytest.raises(AmbiguousChoice, match="could be several: state-hiv, state-juvenile"):
        parse_choice("state", ("hipaa", "state-hiv", "state-juvenile"), "law")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("legal,privacy", {"legal", "privacy"}),
        ("privacy", {"privacy"}),
        ("+legal", {"executive", "adviser", "legal"}),
        ("-adviser", {"executive"}),
        ("−adviser, +Boundary–Spanner", {"executive", "boundary-spanner"}),
        ("+legal -executive", {"adviser", "legal"}),
        ("+legal and -executive", {"adviser", "legal"}),
        ("-legal", {"executive", "adviser"}),
        ("", set()),
        ("none", set()),
        ("legal and privacy", {"legal", "privacy"}),
        ("boundary spanner; legal", {"boundary-spanner", "legal"}),
    ],
)
def test_lists_replace_and_signs_add_and_take_away(text: str, result: set[str]) -> None:
    assert parse_list_change(text, ("executive", "adviser"), FUNCTIONS, "functions") == result


def test_a_list_that_mixes_both_ways_is_refused() -> None:
    with pytest.raises(MixedList, match=r"\+one,-two"):
        parse_list_change("legal,+privacy", (), FUNCTIONS, "functions")


def test_one_wrong_item_refuses_the_whole_list() -> None:
    with pytest.raises(UnknownChoice, match="Did you mean privacy"):
        parse_list("legal, privcy", FUNCTIONS, "function")


def test_a_list_keeps_its_order_and_drops_repeats() -> None:
    assert parse_list("privacy, legal, PRIVACY", FUNCTIONS, "function") == ("privacy", "legal")
