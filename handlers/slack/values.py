"""What a button or a modal carries: a few numbers and words in one short text, packed the same way everywhere."""

from __future__ import annotations

import json
import re

from handlers.typed.values import whole_number

_BETWEEN = re.compile(r":| \| \w+=| ")
"""A colon. What stands in channels from before has a space, or a bar and a key: ``C0123 S4 | status=invited``."""


def pack(*parts: int | str) -> str:
    """``parts`` as one text, with colons between them."""
    return ":".join(map(str, parts))


def modal_metadata(channel_id: str, **carried: str) -> str:
    """What a modal is opened with: the channel it is opened from, and what it carries, its ``value`` above all."""
    return json.dumps({"channel": channel_id} | carried, ensure_ascii=False)


def word_in(value: str, place: int = 0) -> str:
    """The word at ``place`` (from 0); empty where there is none."""
    words = _BETWEEN.split(value)
    return words[place] if place < len(words) else ""


def number_in(value: str, place: int = 0) -> int:
    """The whole number at ``place`` (from 0); 0, which names nothing, where there is none."""
    return whole_number(word_in(value, place)) or 0
