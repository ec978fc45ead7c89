"""Words typed as values: whole numbers, yes or no, one of a few choices, lists that replace or change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.refusals import Refusal
from handlers.typed.grammar import nearest, plain, quoted, squeezed

SHORTEST_PART = 3
"""Letters or signs from which on a part of a name or of an option may stand for the whole."""

_YES = frozenset({"yes", "y", "true", "on", "1"})
_NO = frozenset({"no", "n", "false", "off", "0"})


class UnknownChoice(Refusal):
    """I do not know the {what} {typed}.{nearest} Please type one of: {choices}."""


class AmbiguousChoice(Refusal):
    """The {what} {typed} could be several: {choices}. Please type one of them."""


class NeitherYesNorNo(Refusal):
    """I could not read {typed} as yes or no. Please type yes or no."""


class MixedList(Refusal):
    """The list of {what} mixes two ways. Please either list all of them, as in one,two, or only changes, as in
    +one,-two."""


def whole_number(words: str, most_digits: int = 9) -> int | None:
    """``words`` as a whole number in plain digits, such as ``12``; None for anything else, and for longer ones."""
    return int(words) if words.isascii() and words.isdigit() and len(words) <= most_digits else None


def parse_yes_no(text: str) -> bool:
    """``text`` as yes or no; on, off, true and false are understood too. Raises NeitherYesNorNo."""
    word = squeezed(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise NeitherYesNorNo(typed=quoted(text))


def parse_choice(text: str, options: Iterable[str], what: str) -> str:
    """The one of ``options`` that ``text`` names, in any case, with or without its hyphens, or by its first letters.

    At least three letters are needed, and no other option may begin with them. ``what`` names the options ("rule").
    Raises UnknownChoice or AmbiguousChoice.
    """
    choices = {_bare(option): option for option in options}
    word = _bare(text)
    if word in choices:
        return choices[word]
    begun = [option for bare, option in choices.items() if len(word) >= SHORTEST_PART and bare.startswith(word)]
    return _only(text, begun, choices, what)


def parse_labelled(text: str, labels: Mapping[str, str], what: str) -> str:
    """The key of ``labels`` that ``text`` names by key, by label, or by a part that no other label holds.

    Raises UnknownChoice with the nearest labels, or AmbiguousChoice with those that hold the part.
    """
    word = _bare(text)
    for key, label in labels.items():
        if word in (_bare(key), _bare(label)):
            return key
    shown = {key: f"{label} ({key})" for key, label in labels.items()}
    holding = [key for key in labels if len(word) >= SHORTEST_PART and word in _bare(key) + " " + _bare(labels[key])]
    if len(holding) == 1:
        return holding[0]
    if holding:
        raise AmbiguousChoice(what=what, typed=quoted(text), choices="; ".join(shown[key] for key in holding))
    by_words = {squeezed(words): key for key, label in labels.items() for words in (key, label)}
    near = dict.fromkeys(by_words[words] for words in nearest(text, by_words, 3, 0.4)) or dict.fromkeys(labels)
    raise UnknownChoice(what=what, typed=quoted(text), nearest="", choices="; ".join(shown[key] for key in near))


def parse_list(text: str, options: Iterable[str], what: str) -> tuple[str, ...]:
    """The options named in ``text``, separated by commas, each once; none for an empty text or "none"."""
    known = tuple(options)
    if squeezed(text) in ("", "none"):
        return ()
    return tuple(dict.fromkeys(parse_choice(item, known, what) for item in _items(text)))


def parse_list_change(text: str, current: Iterable[str], options: Iterable[str], what: str) -> frozenset[str]:
    """``current`` after ``text``: a list replaces it ("legal,privacy"), signs change it ("+legal,-privacy").

    An empty text or "none" empties it. Raises MixedList, UnknownChoice or AmbiguousChoice.
    """
    known = tuple(options)
    items = _items(text)
    signed = [item for item in items if item[0] in "+-"]
    if not signed:
        return frozenset(parse_list(text, known, what))
    if len(signed) < len(items):
        raise MixedList(what=what)
    result = set(current)
    for item in items:
        change = result.add if item[0] == "+" else result.discard
        change(parse_choice(item[1:], known, what))
    return frozenset(result)


def _items(text: str) -> list[str]:
    """``text`` cut at commas, semicolons, "and", and before each sign that follows a space."""
    parts = re.split(r"\s*[,;]\s*|\s+and\s+|\s+(?=[+-])", squeezed(text))
    return [part for part in parts if part]


def _bare(text: str) -> str:
    return re.sub(r"[\s_\-'\".]", "", plain(text).casefold())


def _only(text: str, begun: list[str], choices: dict[str, str], what: str) -> str:
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise AmbiguousChoice(what=what, typed=quoted(text), choices=", ".join(begun))
    near = [choices[bare] for bare in nearest(_bare(text), choices)]
    hint = f" Did you mean {near[0]}?" if near else ""
    raise UnknownChoice(what=what, typed=quoted(text), nearest=hint, choices=", ".join(choices.values()))
