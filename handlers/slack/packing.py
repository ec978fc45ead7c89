"""Fitting lines and paragraphs into what Slack takes in one text or one section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from handlers.slack.blocks import TEXT_LIMIT

PART = 2800
"""Characters of one section or one message's text, with room to spare."""


def parts(pieces: Iterable[str], limit: int = PART, joint: str = "\n") -> Iterator[list[str]]:
    """``pieces`` in lots that have at most ``limit`` characters each, once joined; a longer piece stands alone."""
    lot: list[str] = []
    length = 0
    for piece in pieces:
        if lot and length + len(joint) + len(piece) > limit:
            yield lot
            lot, length = [], 0
        length += len(piece) + (len(joint) if lot else 0)
        lot.append(piece)
    if lot:
        yield lot


def fitted(
    pieces: Iterable[str], rest: str | Callable[[int], str] = "…", limit: int = TEXT_LIMIT, joint: str = "\n"
) -> str:
    """``pieces`` as one text within ``limit`` characters. Where some had to go, ``rest`` stands in their place; it may
    be made from how many they are."""
    whole = list(pieces)
    text = joint.join(whole)
    if len(text) <= limit:
        return text
    room = limit - len(_rest(rest, len(whole))) - len(joint)
    kept = next(parts(whole, room, joint))
    kept = kept if len(joint.join(kept)) <= room else []
    return joint.join([*kept, _rest(rest, len(whole) - len(kept))])


def within_text(paragraphs: Iterable[str], rest: str) -> str:
    """Paragraphs as one text within Slack's limit; where some had to go, ``rest`` says how to get them."""
    return fitted(paragraphs, rest, joint="\n\n")


def joined_lines(lines: Iterable[str], limit: int = TEXT_LIMIT, rest: str = "…") -> str:
    """Lines as one text within ``limit`` characters; where some had to go, ``rest`` stands in their place.

    The last line is kept, since it says what to do next.
    """
    *body, last = lines
    return "\n".join([*([fitted(body, rest, limit - len(last) - 1)] if body else []), last])


def _rest(rest: str | Callable[[int], str], left: int) -> str:
    return rest if isinstance(rest, str) else rest(left)
