"""What may be kept and what is refused, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.privacy import (
    FREE_TEXT_LIMIT,
    NAME_LIMIT,
    EmptyText,
    HiddenCharacters,
    Markup,
    TooLong,
    TooPrivate,
    clean_text,
    looks_private,
    tidy_name,
)
from bot.refusals import Refusal

NEVER_KEPT = {
    "a Social Security number": (
        "123-45-6789",
        "123 45 6789",
        "123–45–6789",
        "123 - 45 - 6789",
        "123.45.6789",
        "123-456789",
        "12345 6789",
        "call about 123456789 please",
        "SSN 6789",
        "ssn: 123456789",
        "S.S.N. is 123-45-6789",
        "social security number 6789",
        "Social Security # 123456789",
        "XXX-XX-6789",
        "***-**-6789",
        "１２３-４５-６７８９",
        "900-12-3456",
    ),
    "a date of birth": (
        "DOB 1/2/1980",
        "dob: 1980-01-02",
        "D.O.B. 01.02.80",
        "DOB is May 3 1980",
        "date of birth 3/4/1975",
        "Date of birth: May 3, 1980",
        "birthdate 1980-05-03",
        "birthday is 5/3",
        "born 3 May 1980",
        "born on May 3, 1980",
        "born May 3rd 1980",
        "Born the 3rd of May",
        "born 5/3/1980",
        "born in May 1980",
        "fecha de nacimiento: 3/5/1980",
    ),
    "a medical-record number": (
        "MRN 123456",
        "mrn: A-123456",
        "MRN#123456",
        "MRN123456",
        "medical record number 99887",
        "medical-record no. 99887",
        "patient ID 4421",
        "patient # 4421",
        "client number 4421",
        "Medicaid ID AB123456",
        "chart no 77",
    ),
    "a case, docket, booking or inmate number": (
        "case no. 23-CR-1234",
        "Case number 1234567",
        "case #4411",
        "case 23-1234",
        "Case No 2023CF001234",
        "23-CR-1234",
        "2023CF001234",
        "docket no. 14-332",
        "docket 23-1234",
        "docket number: MH-2024-11",
        "booking no. 556677",
        "booking 556677",
        "booking # 12",
        "inmate ID 90210",
        "inmate 90210",
        "inmate number A1234",
        "DOC# 123456",
        "cause no. 12",
    ),
}

KEPT = (
    "42 CFR Part 2",
    "2026-10-02",
    "October 2, 2026",
    "10/02/2026",
    "we meet 3 May 2026 at 9:00",
    "EIN 12-3456789",
    "EIN: 123456789",
    "Our tax ID is 123456789",
    "Resolution 2026-14",
    "Resolution No. 2026-14",
    "Resolution 14-2026, adopted 10/2/2026",
    "Ordinance 2019-0455",
    "Grant 2019-MO-BX-0012",
    "Award 15PBJA-21-GG-04058-MENT",
    "45 CFR 164.512(e)",
    "ZIP 60601-1234",
    "Director, Behavioral Health Division",
    "Social Security Administration liaison",
    "Judge of the mental health docket",
    "Presiding judge, docket 2",
    "Use case #3 is the first pilot",
    "In this case 24-hour access matters",
    "in case 10-15 people come",
    "the 2026-2027 budget",
    "Case manager, Jail in-reach",
    "Inmate Services Bureau",
    "Booking data feed, 24/7",
    "inmate numbers fell by 200",
    "we never share a date of birth",
    "Health Information Exchange, est. 1998",
    "The council was born of need in 2019",
    "P.L. 115-271",
    "HB 2043 and SB 1160",
    "555-123-4567",
    "Medical records director",
    "Medicaid Director, State of Ohio",
    "Patient Advocate 2 (grade 14)",
    "1,200 beds in 3 jails",
)


@pytest.mark.parametrize(("label", "text"), [(label, text) for label, texts in NEVER_KEPT.items() for text in texts])
def test_text_that_looks_like_an_identifier_is_refused_and_the_sentence_says_what_it_looked_like(
    label: str, text: str
) -> None:
    with pytest.raises(TooPrivate) as refusal:
        clean_text(f"They said {text}, thanks", "reason")
    assert label in refusal.value.sentence
    assert "leave it out" in refusal.value.sentence
    assert text not in refusal.value.sentence


@pytest.mark.parametrize("text", KEPT)
def test_ordinary_offices_dates_and_references_are_kept_as_typed(text: str) -> None:
    assert clean_text(text, "reason") == text


@pytest.mark.parametrize("text", ["", "   ", "\n\t", " \u3000"])
def test_blank_text_is_refused(text: str) -> None:
    with pytest.raises(EmptyText, match=r"The name is empty\."):
        clean_text(text, "name", NAME_LIMIT)


def test_the_limit_itself_is_allowed_and_one_more_is_not() -> None:
    assert clean_text("a" * NAME_LIMIT, "name", NAME_LIMIT) == "a" * NAME_LIMIT
    with pytest.raises(TooLong, match=r"The name is 121 characters long and the limit is 120\."):
        clean_text("a" * 121, "name", NAME_LIMIT)


def test_a_very_long_text_is_told_its_length_and_the_limit() -> None:
    with pytest.raises(TooLong, match=r"3,001 characters long and the limit is 500"):
        clean_text("word " * 600 + "x", "reason", FREE_TEXT_LIMIT)


@pytest.mark.parametrize(
    "mark",
    [
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x9f",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200d",
        "\u200f",
        "\ufeff",
        "\ue000",
        "\ufffe",
        "\U0001ffff",
    ],
)
def test_control_and_invisible_characters_are_refused(mark: str) -> None:
    with pytest.raises(HiddenCharacters, match="cannot be seen"):
        clean_text(f"Kim{mark}Lee", "name", NAME_LIMIT)


def test_a_lone_surrogate_is_refused_since_no_database_could_keep_it() -> None:
    with pytest.raises(HiddenCharacters):
        clean_text("Kim \ud83d Lee", "name", NAME_LIMIT)


@pytest.mark.parametrize(
    "text",
    [
        "<b>Kim</b>",
        "<!channel>",
        "<@U123>",
        "a > b",
        "`code`",
        "*bold*",
        "say *two words* here",
        "_italic_",
        "~strike~",
        "(*x*)",
        "_a b_.",
    ],
)
def test_markup_is_refused(text: str) -> None:
    with pytest.raises(Markup, match="Please use plain words"):
        clean_text(text, "reason")


@pytest.mark.parametrize(
    "text",
    ["5 * 3 * 2", "kim_a_lee@example.gov", "about ~5 or ~6", "snake_case_name", "see note *", "AT&T", "a*b*c", "_ _"],
)
def test_lone_signs_are_not_markup(text: str) -> None:
    assert clean_text(text, "reason") == text


def test_spaces_and_line_breaks_become_one_space_in_a_single_line() -> None:
    assert clean_text("  Kim\t\r\nLee \u00a0 Park\u2028", "name", NAME_LIMIT) == "Kim Lee Park"


def test_line_breaks_stay_where_lines_are_allowed() -> None:
    assert clean_text("one  thing\r\n\r\nanother ", "reason", lines=True) == "one thing\n\nanother"


def test_typographic_apostrophes_stay_and_accents_are_composed() -> None:
    assert clean_text("Jose\u0301 O’Hara “Pepe”", "name", NAME_LIMIT) == "José O’Hara “Pepe”"


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        (" Lena\tOrtiz\n", "Lena Ortiz"),
        ("Le\x00na \u202eOrtiz\u200b", "Lena Ortiz"),
        ("x" * 200, "x" * NAME_LIMIT),
        ("<Lena> & co", "<Lena> & co"),
        ("\u200b\x07 ", ""),
    ],
)
def test_a_name_from_elsewhere_is_kept_as_what_can_be_seen_of_it(given_name: str, kept: str) -> None:
    assert tidy_name(given_name) == kept


@settings(deadline=None)
@given(st.text(max_size=700), st.booleans())
def test_any_text_is_either_refused_in_words_or_kept_in_a_form_that_is_kept_again(text: str, lines: bool) -> None:
    kept, sentence = cleaned_or_refused(text, lines)
    if kept is None:
        assert "{" not in sentence
        assert "The reason" in sentence
    else:
        assert clean_text(kept, "reason", lines=lines) == kept
        assert 0 < len(kept) <= FREE_TEXT_LIMIT
        assert looks_private(kept) is None


def cleaned_or_refused(text: str, lines: bool) -> tuple[str | None, str]:
    try:
        return clean_text(text, "reason", lines=lines), ""
    except Refusal as refusal:
        return None, refusal.sentence
