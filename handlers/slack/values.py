"""What a button or a modal carries: a few numbers and words in one short text, packed the same way everywhere."""

from __future__ import annotations

from handlers.typed.values import whole_number


def pack(*parts: int | str) -> str:
    """``parts`` as one text, with colons between them."""
    return ":".join(map(str, parts))


def word_in(value: str, place: int = 0) -> str:
    """The word at ``place`` (from 0); empty where there is none."""
    words = value.split(":")
    return words[place] if place < len(words) else ""


def number_in(value: str, place: int = 0) -> int:
    """The whole number at ``place`` (from 0); 0, which names nothing, where there is none."""
    return whole_number(word_in(value, place)) or 0
