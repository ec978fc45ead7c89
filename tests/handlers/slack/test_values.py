"""What buttons and modals carry: packed and read in one way, and read as it was packed before."""

from __future__ import annotations

import json

import pytest

from handlers.slack.values import modal_metadata, number_in, pack, word_in


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (pack(12, "S4"), ["12", "S4", ""]),
        (pack("C0123", "S4", "invited"), ["C0123", "S4", "invited"]),
        ("C0123 S4", ["C0123", "S4", ""]),
        ("C0123 S4 | status=invited", ["C0123", "S4", "invited"]),
        ("P3.a", ["P3.a", "", ""]),
        ("", ["", "", ""]),
    ],
)
def test_words_are_read_by_their_place_whether_packed_now_or_before(value: str, words: list[str]) -> None:
    assert [word_in(value, place) for place in range(3)] == words


@pytest.mark.parametrize(
    ("value", "number"),
    [(pack(7), 7), (pack(0), 0), ("", 0), ("seven", 0), ("-7", 0), ("٧", 0), ("1" * 10, 0)],
)
def test_what_is_no_number_names_nothing(value: str, number: int) -> None:
    assert number_in(value) == number


def test_a_modal_knows_its_channel_and_what_it_carries() -> None:
    assert json.loads(modal_metadata("C0123")) == {"channel": "C0123"}
    assert json.loads(modal_metadata("C0123", value="Zoë")) == {"channel": "C0123", "value": "Zoë"}
