"""References to stakeholders: S12, or a name."""

from __future__ import annotations

import pytest

from bot.register import Kind, Sector, Stakeholder
from handlers.typed.refs import AmbiguousName, UnknownRef, find_stakeholder, refs


def entry(number: int, name: str, organization: str) -> Stakeholder:
    return Stakeholder(number, name, organization, "jails", Kind.PERSON, Sector.JUSTICE)


REGISTER = (
    entry(1, "José O’Hara", "County Sheriff"),
    entry(2, "Kim Lee", "County Sheriff"),
    entry(3, "Kim Lee", "Public Health"),
    entry(12, "Public Defender", "County Defender"),
    entry(13, "Deputy Public Defender", "County Defender"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S1; s2 ;S3", ("S1", "S2", "S3")),
        ("S1, S2,S3", ("S1", "S2", "S3")),
        ("S1 S2", ("S1", "S2")),
        ("12", ("S12",)),
        ("#12; s 012", ("S12",)),
        ("Kim Lee, PhD; S3", ("Kim Lee, PhD", "S3")),
        ("José O’Hara", ("José O’Hara",)),
        ("S1; S1; Kim; ", ("S1", "Kim")),
        ("S5; “S6”; 'S7'; \"Kim Lee\"; «José O’Hara»", ("S5", "S6", "S7", "Kim Lee", "José O’Hara")),
        ("“S6; S7”", ("S6", "S7")),
        ("“S6”, “S7”", ("S6", "S7")),
        ("", ()),
        (" ; ", ()),
    ],
)
def test_references_are_parted_by_semicolons_and_by_commas_where_all_are_numbers(
    text: str, expected: tuple[str, ...]
) -> None:
    assert refs(text) == expected


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("S12", 12),
        ("s12", 12),
        ("12", 12),
        ("S-12", 12),
        ("jose o'hara", 1),
        ("JOSÉ O’HARA", 1),
        ("hara", 1),
        ("public defender", 12),
        ("deputy", 13),
        ("Kim Lee (Public Health)", 3),
        ("kim lee, county sheriff", 2),
        ("S2 Kim Lee", 2),
        ("“S12”", 12),
        ("‘deputy’", 13),
    ],
)
def test_an_entry_is_found_by_ref_by_whole_name_or_by_a_part_that_only_it_has(typed: str, number: int) -> None:
    assert find_stakeholder(typed, REGISTER).number == number


@pytest.mark.parametrize("typed", ["kim lee", "Kim", "LEE"])
def test_an_ambiguous_name_answers_with_the_refs(typed: str) -> None:
    with pytest.raises(AmbiguousName, match=r"S2 Kim Lee \(County Sheriff\); S3 Kim Lee \(Public Health\)"):
        find_stakeholder(typed, REGISTER)


def test_an_unknown_name_answers_with_the_nearest() -> None:
    with pytest.raises(UnknownRef, match=r"“Kin Lea”\. Nearest: S3 Kim Lee\."):
        find_stakeholder("Kin Lea", REGISTER)


@pytest.mark.parametrize("typed", ["S99", "99", "ki", "", "S0", "<@U1>"])
def test_what_nobody_is_called_is_refused(typed: str) -> None:
    with pytest.raises(UnknownRef, match="/stakeholder list"):
        find_stakeholder(typed, REGISTER)


def test_a_part_that_many_share_names_five_of_them_and_how_many_more() -> None:
    many = [entry(number, f"Member {number}", "Council") for number in range(1, 9)]
    with pytest.raises(AmbiguousName, match=r"S5 .* and 3 more"):
        find_stakeholder("member", many)
