"""What may be written down: short plain words, and nothing that identifies a patient, client, defendant or case.

The patterns catch the usual slips (rule 7 of the design, "Never store" in the guiding principles). They are a reminder
to the writer, not a safeguard: text that passes may still be too much.
"""

from __future__ import annotations

import re
import unicodedata

from bot.refusals import Refusal

FREE_TEXT_LIMIT = 500
NAME_LIMIT = 120
ORGANIZATION_LIMIT = 160


class EmptyText(Refusal):
    """The {what} is empty. Please type it in a few plain words."""


class TooLong(Refusal):
    """The {what} is {length} characters long and the limit is {limit}. Please shorten it."""


class HiddenCharacters(Refusal):
    """The {what} holds characters that cannot be seen. Please type it again by hand, in plain words."""


class Markup(Refusal):
    """The {what} holds formatting ({found}). Please use plain words, without angle brackets, backticks, bold, italics,
    strikethrough or mentions."""


class TooPrivate(Refusal):
    """The {what} holds what looks like {looks_like}. Please leave it out: nothing about a patient, a client, a
    defendant or a case is kept here."""


class MixedScripts(Refusal):
    """The {what} mixes letters of different alphabets that look alike. Please type it again by hand."""


_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_NUMBER = r"(?:\s*(?:nos?|nrs?|num|numbers?|ids?|file)\b|\s*\#)[\s.:#=-]*(?:(?:is|was)\s+)?(?:[a-z]{1,4}-?)?\d"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}|{_MONTH}\.?,?\s+\d|\d{{1,4}}\s?[-/.]\s?\d{{1,2}})"
_BARE = r"\s+(?!20\d\d-20\d\d|\d{4}-\d\d-\d\d)(?:\d{5,}|\d{2,4}-(?:[a-z]{1,3}-?)?\d{3,})"
_COURT = r"cr|crb|cra|crs|cf|cm|cv|jv|ju|jd|mh|mi|tr|dv|md|fa"

_NEVER = tuple(
    (label, re.compile(pattern, re.IGNORECASE))
    for label, pattern in (
        (
            "a Social Security number",
            r"(?<!\d)\d{3}\s?[-\s._/]\s?\d{2}(?:\s?[-\s._/]\s?)?\d{4}(?!\d)"
            r"|(?<!\d)\d{5}(?:\s|[._/])\d{4}(?!\d)"
            r"|(?<!\w)[x*#]{3}[-\s]?[x*#]{2}[-\s]?\d{4}(?!\d)"
            r"|\bs\.?s\.?n\b\W*(?:(?:is|no|number)\b\W*)?[\dx*]"
            r"|\bsocial\s+security\s*(?:no\b|num|\#|is\b)?\w*\W*(?:is\b\W*)?\d",
        ),
        (
            "a date of birth",
            r"\bd\.?\s?o\.?\s?b\b\W*(?:is\W+)?(?:\d|" + _MONTH + r")"
            r"|\b(?:date\s+of\s+birth|birth\s?date|birthday|fecha\s+de\s+nacimiento)\W*(?:(?:is|on|was)\W+)?"
            r"(?:\d|" + _MONTH + r"\W+\d)"
            r"|\b(?:born|nacid[oa]\s+el)\W+(?:(?:on|in)\W+)?(?:the\s+)?" + _DAY,
        ),
        (
            "a medical-record number",
            r"\bmrn\b\W*(?:(?:is|no|number)\b\W*)?(?:[a-z]{1,3}-?)?\d|\bmrn\d"
            r"|\b(?:medical[\s-]records?|patient|client|chart|medicaid|medicare)" + _NUMBER +
            r"|\bmedical[\s-]records?\W*\d{3,}|\bpatient\s+\d{4,}",
        ),
        (
            "a case, docket, booking or inmate number",
            r"(?<!use )(?<!use-)\b(?:case|cause|docket|booking|inmate|offender|arrest|prisoner|warrant)" + _NUMBER +
            r"|\b(?:case|cause|docket|booking|inmate|offender|prisoner|warrant)" + _BARE +
            r"|\bdoc\s?\#\s?\d"
            rf"|(?<![\w-])\d{{2,4}}[\s-]?(?:{_COURT})[\s-]?\d{{3,}}(?!\d)",
        ),
    )
)  # fmt: skip
_NINE_DIGITS = re.compile(r"(?<![\w-])\d{9}(?![\w-])")
_OFFICE_NUMBER = re.compile(r"\b(?:f?ein|tax|duns|grant|award|license|contract)\b[\w\s.:#-]{0,14}$", re.IGNORECASE)
_MARKUP = re.compile(
    r"[<>`]|(?<!\w)\*(?:[^\s*]|[^\s*][^*]*[^\s*])\*(?!\w)"
    r"|(?<!\w)_(?:[^\s_]|[^\s_][^_]*[^\s_])_(?!\w)|(?<!\w)~(?:[^\s~]|[^\s~][^~]*[^\s~])~(?!\w)"
)
_SEPARATORS = re.compile(r"[\s\u0085\u2028\u2029]")


def clean_text(value: str, what: str, limit: int = FREE_TEXT_LIMIT, *, lines: bool = False) -> str:
    """``value`` ready to be kept: composed, trimmed, single-spaced; refused where it should not be kept.

    ``what`` names the field in the refusal, without an article ("reason"). ``limit`` counts characters after cleaning.
    With ``lines`` line breaks stay; otherwise they become spaces. Quotes and apostrophes stay as typed.
    Raises EmptyText, HiddenCharacters, TooPrivate, Markup or TooLong.
    """
    tidy = _tidied(value, lines)
    if not tidy:
        raise EmptyText(what=what)
    if any(_is_hidden(mark) for mark in tidy.replace("\n", "")):
        raise HiddenCharacters(what=what)
    refuse_private(tidy, what)
    if found := _MARKUP.search(tidy):
        raise Markup(what=what, found=_sample(found.group()))
    if len(tidy) > limit:
        raise TooLong(what=what, length=f"{len(tidy):,}", limit=limit)
    return tidy


def clean_name(value: str, what: str = "name") -> str:
    """A name as it can be kept. Raises what ``clean_text`` does, and MixedScripts where two names could look the same
    and be different."""
    name = clean_text(value, what, NAME_LIMIT)
    if not any(mark.isalnum() for mark in name):
        raise EmptyText(what=what)
    if any(len(_scripts(word)) > 1 for word in name.split()):
        raise MixedScripts(what=what)
    return name


def _scripts(word: str) -> set[str]:
    """The alphabets of a word, of those whose letters look alike."""
    letters = (unicodedata.name(mark, "").split(" ", 1)[0] for mark in word if mark.isalpha())
    return {script for script in letters if script in ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")}


def tidy_name(value: str) -> str:
    """A name from elsewhere as it can be kept: single-spaced, without what cannot be seen, within the limit."""
    seen = "".join(mark for mark in _tidied(value, lines=False) if not _is_hidden(mark))
    return " ".join(seen.split())[:NAME_LIMIT].rstrip()


def refuse_private(text: str, what: str) -> None:
    """Raise TooPrivate, naming the field ``what``, where ``text`` looks like one of the things never to be stored."""
    if looks_like := looks_private(text):
        raise TooPrivate(what=what, looks_like=looks_like)


def looks_private(text: str) -> str | None:
    """What never-store identifier ``text`` seems to hold ("a date of birth"), or None."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    for label, pattern in _NEVER:
        if pattern.search(plain):
            return label
    for digits in _NINE_DIGITS.finditer(plain):
        if not _OFFICE_NUMBER.search(plain[max(0, digits.start() - 40) : digits.start()]):
            return "a Social Security number"
    return None


def _tidied(value: str, lines: bool) -> str:
    composed = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if not lines:
        return " ".join(_SEPARATORS.sub(" ", composed).split())
    return "\n".join(" ".join(line.split()) for line in composed.split("\n")).strip()


def _is_hidden(mark: str) -> bool:
    """Whether nobody can see ``mark``, or it is no character at all (U+FFFE, U+FFFF and their like): documents refuse
    those."""
    return unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Co") or ord(mark) & 0xFFFE == 0xFFFE


def _sample(found: str) -> str:
    named = {"<": "an angle bracket", ">": "an angle bracket", "`": "a backtick"}
    return named.get(found, {"*": "bold", "_": "italics", "~": "strikethrough"}.get(found[0], found))
