"""Plain English that more than one rule speaks, and what is said beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable

WHAT_REF = "REF is the number in `/stakeholder list`, such as S12."

_REF = re.compile(r"\bREF\b")


def joined(words: Iterable[str], link: str = "and") -> str:
    """``words`` as a list in a sentence: "a", "a and b", "a, b and c"; ``link`` stands before the last."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    *most, last = listed
    return f"{', '.join(most)} {link} {last}"


def what_ref(*paragraphs: str) -> list[str]:
    """Where a REF is found, if ``paragraphs`` tell to type one; said once in a message."""
    return [WHAT_REF] if any(_REF.search(words) for words in paragraphs) else []
