"""The grammar of typed commands: a verb, segments between bars, ``key=value`` options, mentions.

Texts arrive as Slack delivers them with ``should_escape`` on: ``<…|…>`` is one token, ``&amp; &lt; &gt;`` stand for
their signs. Everything here is pure; whatever cannot be read is a Refusal that says what to type instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from bot.privacy import looks_private
from bot.refusals import Refusal

SHOWN_LIMIT = 40


class UnknownKey(Refusal):
    """I do not know {key}=.{nearest} The keys here are: {keys}."""


class RepeatedKey(Refusal):
    """{key}= is there twice. Please give it once; lists take commas, as in {key}=first,second."""


class NotAMention(Refusal):
    """I could not tell whom {typed} means. Please mention people with @ and their name, with a space between them."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed after the verb. ``positional`` are the segments between bars, trimmed, without the options.

    A segment left empty before a later one is an empty string, so that places keep their meaning: what follows the bar
    in ``exempt | reason`` is ``positional[1]``.
    """

    positional: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def place(self, index: int) -> str:
        """The segment at ``index``, counted from 0; empty where none was typed."""
        return self.positional[index] if index < len(self.positional) else ""

    def words_from(self, index: int) -> str:
        """The segments from ``index`` on as one text, such as a reason that holds a bar; empty ones are left out."""
        return " | ".join(words for words in self.positional[index:] if words)


_LAST_SPACE = 0x3000
_FOLDED = str.maketrans(
    {
        **{mark: " " for mark in map(chr, range(_LAST_SPACE + 1)) if mark.isspace()},
        **dict.fromkeys("“”„‟″＂«»", '"'),
        **dict.fromkeys("‘’‚‛′´`", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **{"＝": "=", "＋": "+", "：": ":", "；": ";", "，": ","},
    }
)
_SIGNS = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_PIECE = re.compile(r"<[^<>]*>|[^<]+|<")
_FIRST = re.compile(r"\s*(<[^<>]*>|[^\s|]+)(.*)", re.DOTALL)
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_STARTS_AS_KEY = re.compile(r"\s*([a-z][a-z-]{0,39}) ?=", re.IGNORECASE | re.ASCII)
_LIKE_A_KEY = re.compile(r"(?<=\s)([a-z][a-z-]{2,39})=", re.IGNORECASE | re.ASCII)
_HIDDEN = "\x00"


def parse(text: str, keys: frozenset[str] = frozenset()) -> Typed:
    """``text`` (what follows the verb) as segments and options; ``keys`` are the option names known here, lower case.

    A value runs to the next bar or the next known ``key=``. Without ``keys`` every segment is positional.
    Raises UnknownKey or RepeatedKey.
    """
    positional: list[str] = []
    options: dict[str, str] = {}
    for shown, mask in _segments(text):
        typed_keys = _keys_in(mask, keys)
        lead = shown[: typed_keys[0].start()] if typed_keys else shown
        if lead.strip() or not typed_keys:
            positional.append(_unquoted(lead))
        for key, value in _values(shown, typed_keys):
            if key in options:
                raise RepeatedKey(key=key)
            options[key] = value
    while positional and not positional[-1]:
        positional.pop()
    return Typed(tuple(positional), MappingProxyType(options))


def first_word(text: str) -> tuple[str, str]:
    """The verb in lower case with smart dashes folded, and the rest as delivered; both empty for a bare command."""
    parted = _FIRST.match(text)
    if not parted:
        return "", ""
    return plain(decoded(parted[1])).casefold(), parted[2].strip()


def mention(token: str) -> str | None:
    """The Slack user id in ``<@U123>`` or ``<@U123|name>``; None for anything else."""
    whole = _MENTION.fullmatch(token.strip())
    return whole[1] if whole else None


def mentions(text: str) -> tuple[str, ...]:
    """The user ids mentioned in ``text``, each once, in order. Raises NotAMention where other words are among them."""
    others = re.sub(r"(?:\band\b|[\s,;&])+", " ", _MENTION.sub(" ", text)).strip()
    user_ids = dict.fromkeys(_MENTION.findall(text))
    if others or not user_ids:
        raise NotAMention(typed=quoted(others or text))
    return tuple(user_ids)


def plain(text: str) -> str:
    """``text`` with smart quotes, dashes and every kind of space made plain, sign for sign, so that lengths agree."""
    return text.translate(_FOLDED)


def decoded(text: str) -> str:
    """``text`` with ``&amp; &lt; &gt;`` turned into their signs, once."""
    return re.sub("&(?:lt|gt|amp);", lambda sign: _SIGNS[sign.group()], text)


def squeezed(text: str) -> str:
    """``text`` made plain, in lower case, trimmed, with single spaces: how keywords are compared."""
    return " ".join(plain(text).casefold().split())


def quoted(text: str) -> str:
    """``text`` as a refusal repeats it: short, printable, in quotes. What looks private is not repeated."""
    if looks_private(text):
        return "what you typed"
    seen = " ".join("".join(mark if _visible(mark) else " " for mark in text).split())
    if not seen:
        return "an empty text"
    return f"“{seen}”" if len(seen) <= SHOWN_LIMIT else f"“{seen[: SHOWN_LIMIT - 1]}…”"


def nearest(typed: str, known: Iterable[str], count: int = 1, likeness: float = 0.6) -> list[str]:
    """Up to ``count`` of ``known`` that look most like ``typed``, best first."""
    return get_close_matches(squeezed(typed)[:60], list(known), count, likeness)


def _segments(text: str) -> list[tuple[str, str]]:
    """Each segment as shown and as a mask of the same length, in which tokens are hidden and the rest is made plain."""
    shown, mask = "", ""
    for piece in _PIECE.findall(text):
        token = piece.startswith("<") and piece.endswith(">")
        words = _token(piece) if token else decoded(piece)
        shown += words
        mask += _HIDDEN * len(words) if token else plain(words)
    ends = [place for place, mark in enumerate(mask) if mark == "|"] + [len(mask)]
    starts = [0] + [end + 1 for end in ends[:-1]]
    return [(shown[start:end], mask[start:end]) for start, end in zip(starts, ends, strict=True)]


def _token(token: str) -> str:
    """A token as its reader means it: an address, a link, or the token itself where it is a mention."""
    target, _, label = decoded(token[1:-1]).partition("|")
    scheme, colon, address = target.partition(":")
    if not colon or scheme.casefold() not in ("mailto", "tel", "http", "https"):
        return decoded(token)
    if scheme.casefold() in ("mailto", "tel"):
        return address
    typed_bare = scheme.casefold() == "http" and address.strip("/").casefold() == label.strip("/").casefold()
    return label if typed_bare else target


def _keys_in(mask: str, keys: frozenset[str]) -> list[re.Match[str]]:
    if not keys:
        return []
    start = _STARTS_AS_KEY.match(mask)
    for near_miss in ([start] if start else []) + list(_LIKE_A_KEY.finditer(mask)):
        word = near_miss[1].casefold()
        if word not in keys and (near_miss is start or nearest(word, keys, 1, 0.8)):
            raise _unknown(word, keys)
    names = "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True))
    return list(re.finditer(rf"(?:^|(?<= ))({names}) ?=", mask, re.IGNORECASE | re.ASCII))


def _unknown(word: str, keys: frozenset[str]) -> UnknownKey:
    near = nearest(word, sorted(keys))
    return UnknownKey(key=word, nearest=f" Did you mean {near[0]}=?" if near else "", keys=", ".join(sorted(keys)))


def _values(shown: str, typed_keys: list[re.Match[str]]) -> list[tuple[str, str]]:
    """Each key with its value, which runs to the next key."""
    ends = [*(key.start() for key in typed_keys[1:]), len(shown)][: len(typed_keys)]
    return [(key[1].casefold(), _unquoted(shown[key.end() : end])) for key, end in zip(typed_keys, ends, strict=True)]


def _unquoted(words: str) -> str:
    """``words`` trimmed, and without the double quotes that some people put around a whole value."""
    words = words.strip()
    bare = plain(words)
    wrapped = len(bare) > 1 and bare[0] == bare[-1] == '"' and bare.count('"') == 2
    return words[1:-1].strip() if wrapped else words


def _visible(mark: str) -> bool:
    return unicodedata.category(mark)[0] not in "CZ" and mark not in "`<>"
