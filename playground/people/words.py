"""What people read: the visible words of blocks, the labels of what can be pressed, what they type."""

from __future__ import annotations

import html
import re
from typing import Any

from playground.world.world import World

_TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_HIDDEN = frozenset(
    {"confirm", "placeholder", "options", "option_groups", "value", "action_id", "block_id", "url", "image_url"}
    | {"initial_option", "initial_options", "initial_value", "type", "style", "workflow"}
)
_SHOWN = frozenset({"text", "alt_text", "title", "caption", "name", "x_label", "y_label"})
_EMOJI = re.compile(r":[\w+'-]+:")


def words_of(value: Any) -> list[str]:
    """The visible texts in blocks, in reading order, as they were sent."""
    if isinstance(value, list):
        return [text for item in value for text in words_of(item)]
    if not isinstance(value, dict):
        return []
    texts: list[str] = []
    for name, inner in value.items():
        if name in _HIDDEN:
            continue
        if isinstance(inner, str):
            texts.extend([inner] if name in _SHOWN and inner else [])
        else:
            texts.extend(words_of(inner))
    return texts


def readable(text: str, world: World) -> str:
    """Text as a person reads it: mentions by name, links by their words, entities decoded."""

    def shown(match: re.Match[str]) -> str:
        sign, target, label = match.groups()
        if sign == "@":
            user = world.users.get(target)
            return f"@{user.real_name if user else label or target}"
        if sign == "#":
            channel = world.channels.get(target)
            return f"#{channel.name if channel else label or target}"
        if sign == "!":
            return label or f"@{target.partition('^')[0]}"
        return label or target

    return html.unescape(_TOKEN.sub(shown, text))


def label_of(element: dict[str, Any]) -> str:
    """The label on a button or option."""
    text = element.get("text")
    return str(text.get("text", "")) if isinstance(text, dict) else ""


def folded(label: str) -> str:
    """A label with case, spacing, emoji and marks such as ``*`` folded away, to compare labels by."""
    return " ".join(_EMOJI.sub(" ", label).replace("*", "").casefold().split())


_TYPED = re.compile(r"(https?://[^\s<>|]+)|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|([@#])")


def escaped(text: str, world: World, *, labels: bool) -> str:
    """What a person typed, as Slack sends it: mentions, channels and links as ``<…>`` tokens, ``& < >`` encoded.

    ``labels`` adds the name to a mention (``<@U1|dana>``), as slash commands with ``should_escape`` do.
    """
    out, rest = [], text
    while match := _TYPED.search(rest):
        out.append(html.escape(rest[: match.start()], quote=False))
        token, used = _token(match, rest, world, labels)
        out.append(token)
        rest = rest[match.start() + used :]
    return "".join(out) + html.escape(rest, quote=False)


def _token(match: re.Match[str], text: str, world: World, labels: bool) -> tuple[str, int]:
    """The token for what was found in ``text``, and how many characters of it that takes the place of."""
    link, email, sign = match.groups()
    if link:
        return f"<{html.escape(link, quote=False)}>", len(link)
    if email:
        return f"<mailto:{email}|{email}>", len(email)
    after = text[match.end() :]
    names = _user_names(world) if sign == "@" else _channel_names(world)
    for name, (target, label) in names:
        if after.casefold().startswith(name.casefold()) and not after[len(name) : len(name) + 1].isalnum():
            shown = f"|{label}" if labels or sign == "#" else ""
            return f"<{sign}{target}{shown}>", 1 + len(name)
    return sign, 1


def _user_names(world: World) -> list[tuple[str, tuple[str, str]]]:
    named = [(name, (one.id, one.name)) for one in world.users.values() for name in (one.real_name, one.name, one.id)]
    return sorted(named, key=lambda pair: -len(pair[0]))


def _channel_names(world: World) -> list[tuple[str, tuple[str, str]]]:
    named = [(name, (one.id, one.name)) for one in world.channels.values() if one.name for name in (one.name, one.id)]
    return sorted(named, key=lambda pair: -len(pair[0]))
