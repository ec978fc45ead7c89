"""Plain English that is spoken in more than one place."""

from __future__ import annotations

import pytest

from bot.words import WHAT_REF, joined, what_ref


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_reads_as_people_say_it(words: list[str], sentence: str) -> None:
    assert joined(words) == sentence


def test_another_word_may_stand_before_the_last() -> None:
    assert joined(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("paragraphs", "hint"),
    [
        (("`/stakeholder set REF | title=x`",), [WHAT_REF]),
        (("nothing to type", "`laws=REF`"), [WHAT_REF]),
        (("PREFER, REFS and ref",), []),
        ((), []),
    ],
)
def test_what_a_ref_is_is_said_once_where_one_is_to_be_typed(paragraphs: tuple[str, ...], hint: list[str]) -> None:
    assert what_ref(*paragraphs) == hint
