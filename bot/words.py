"""Plain English that more than one rule speaks."""

from __future__ import annotations

from collections.abc import Iterable


def joined(words: Iterable[str], link: str = "and") -> str:
    """``words`` as a list in a sentence: "a", "a and b", "a, b and c"; ``link`` stands before the last."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    *most, last = listed
    return f"{', '.join(most)} {link} {last}"
