"""What a person typed, as the rich text that Slack's message box makes of it."""

from __future__ import annotations

import html
import re
from typing import Any

Object = dict[str, Any]
Style = dict[str, bool]

_FENCE = re.compile(r"```\n?(.+?)\n?```\n?", re.S)
_TOKEN = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
_EMOJI = re.compile(r"(?<![\w:]):([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):")
_MARKS = {"bold": "*", "italic": "_", "strike": "~", "code": "`"}
_MARKED = {
    name: re.compile(
        rf"(?<![\w{re.escape(sign)}]){re.escape(sign)}(?!\s)([^\n{re.escape(sign)}]*[^\s{re.escape(sign)}])"
        rf"{re.escape(sign)}(?![\w{re.escape(sign)}])"
    )
    for name, sign in _MARKS.items()
}


def rich_text(text: str, block_id: str) -> Object:
    """One ``rich_text`` block for a message's text with its ``<…>`` tokens."""
    return {"type": "rich_text", "block_id": block_id, "elements": list(_parts(text))}


def _parts(text: str) -> list[Object]:
    parts: list[Object] = []
    for number, piece in enumerate(_FENCE.split(text)):
        if number % 2:
            parts.append({"type": "rich_text_preformatted", "elements": _pieces(piece, {}, marks=False), "border": 0})
        else:
            parts.extend(_quotes_and_lines(piece))
    return parts


def _quotes_and_lines(text: str) -> list[Object]:
    """Runs of lines, quoted and not, in order."""
    runs: list[tuple[bool, list[str]]] = []
    for line in text.split("\n") if text else []:
        quoted = line.startswith(("&gt;", ">"))
        words = re.sub(r"^(&gt;|>) ?", "", line) if quoted else line
        if not runs or runs[-1][0] is not quoted:
            runs.append((quoted, []))
        runs[-1][1].append(words)
    return [
        {"type": "rich_text_quote" if quoted else "rich_text_section", "elements": elements}
        for quoted, lines in runs
        if (elements := _pieces("\n".join(lines), {}))
    ]


def _pieces(text: str, style: Style, *, marks: bool = True) -> list[Object]:
    """The elements of a run of text; ``marks`` says whether signs such as ``*`` and emoji mean something."""
    first = _first(text, marks)
    if first is None:
        return _plain(text, style)
    name, match = first
    rest = _pieces(text[match.end() :], style, marks=marks)
    return [*_plain(text[: match.start()], style), *_of(name, match, style), *rest]


def _first(text: str, marks: bool) -> tuple[str, re.Match[str]] | None:
    patterns = {"token": _TOKEN} | ({"emoji": _EMOJI, **_MARKED} if marks else {})
    matches = [(name, match) for name, pattern in patterns.items() if (match := pattern.search(text))]
    return min(matches, key=lambda pair: pair[1].start(), default=None)


def _of(name: str, match: re.Match[str], style: Style) -> list[Object]:
    if name == "token":
        return [_token(*match.groups(default="")) | _styled(style)]
    if name == "emoji":
        return [{"type": "emoji", "name": match[1]} | _styled(style)]
    return _pieces(match[1], style | {name: True}, marks=name != "code")


def _token(sign: str, target: str, label: str) -> Object:
    if sign == "@":
        return {"type": "user", "user_id": target}
    if sign == "#":
        return {"type": "channel", "channel_id": target}
    if sign == "!" and target.startswith("subteam^"):
        return {"type": "usergroup", "usergroup_id": target.removeprefix("subteam^")}
    if sign == "!":
        return {"type": "broadcast", "range": target}
    link = {"type": "link", "url": html.unescape(target)}
    return link | ({"text": html.unescape(label)} if label else {})


def _plain(text: str, style: Style) -> list[Object]:
    return [{"type": "text", "text": html.unescape(text)} | _styled(style)] if text else []


def _styled(style: Style) -> Object:
    return {"style": style} if style else {}
