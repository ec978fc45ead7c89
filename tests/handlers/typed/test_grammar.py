"""The grammar of typed commands: verbs, segments, options, mentions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.refusals import Refusal
from handlers.typed.grammar import (
    NotAMention,
    RepeatedKey,
    UnknownKey,
    decoded,
    first_word,
    mention,
    mentions,
    parse,
    plain,
    quoted,
)
from handlers.typed.refs import find_stakeholder, refs
from handlers.typed.times import parse_date, parse_nudge, parse_time, parse_weekday, parse_when, parse_zone
from handlers.typed.values import parse_choice, parse_list_change, parse_yes_no

KEYS = frozenset(
    {"kind", "title", "functions", "authority", "laws", "why", "email", "slack", "prior-sharing", "status"}
)


def refused(call: Callable[[], object]) -> str:
    """The sentence with which ``call`` refuses."""
    with pytest.raises(Refusal) as refusal:
        call()
    return refusal.value.sentence


def test_bars_part_segments_and_spaces_around_them_do_not_matter() -> None:
    typed = parse("Kim Lee|County Sheriff  |   jails", KEYS)
    assert typed.positional == ("Kim Lee", "County Sheriff", "jails")
    assert dict(typed.options) == {}


def test_a_value_runs_to_the_next_bar_or_the_next_known_key() -> None:
    typed = parse(
        "Kim Lee | Sheriff | jails | kind=person title=Chief of Staff functions=executive,legal | why=both", KEYS
    )
    assert typed.positional == ("Kim Lee", "Sheriff", "jails")
    assert dict(typed.options) == {
        "kind": "person",
        "title": "Chief of Staff",
        "functions": "executive,legal",
        "why": "both",
    }


def test_a_key_in_the_same_segment_as_a_place_ends_the_place() -> None:
    typed = parse("S12 status=committed", KEYS)
    assert typed.positional == ("S12",)
    assert dict(typed.options) == {"status": "committed"}


@pytest.mark.parametrize(
    "text",
    ["Title = Chief", "TITLE=Chief", "title= Chief", " title=“Chief”", 'title="Chief"', "title\u00a0=\u00a0Chief"],
)
def test_case_spaces_and_whole_quotes_around_a_value_do_not_matter(text: str) -> None:
    assert dict(parse(text, KEYS).options) == {"title": "Chief"}


@pytest.mark.parametrize("dash", "-–—−‑")
def test_smart_dashes_in_a_key_are_read_as_hyphens(dash: str) -> None:
    assert dict(parse(f"prior{dash}sharing=yes", KEYS).options) == {"prior-sharing": "yes"}


def test_smart_signs_inside_a_value_stay_as_typed() -> None:
    assert (
        parse("title=Sheriff’s deputy – “acting” chief", KEYS).options["title"] == "Sheriff’s deputy – “acting” chief"
    )


def test_an_empty_value_is_an_empty_text() -> None:
    assert dict(parse("S12 | title=", KEYS).options) == {"title": ""}


def test_an_empty_segment_keeps_the_places_after_it_and_trailing_bars_are_dropped() -> None:
    assert parse("| a reason").positional == ("", "a reason")
    assert parse("Kim | | jails | |").positional == ("Kim", "", "jails")
    assert parse("").positional == ()
    assert parse("| a reason").place(5) == ""
    assert parse("| a reason").place(1) == "a reason"


def test_an_unknown_key_is_refused_with_the_nearest_and_all_that_are_known() -> None:
    sentence = refused(lambda: parse("Kim | Org | jails | tittle=Chief", KEYS))
    assert "I do not know tittle=. Did you mean title=?" in sentence
    assert all(key in sentence for key in KEYS)
    assert refused(lambda: parse("color=red", KEYS)).startswith("I do not know color=. The keys here are:")


def test_a_misspelt_key_after_another_value_is_refused_too() -> None:
    with pytest.raises(UnknownKey, match="function="):
        parse("kind=person function=legal", KEYS)


def test_an_equals_sign_in_plain_words_is_no_key() -> None:
    assert parse("why=she says trust=data every time", KEYS).options["why"] == "she says trust=data every time"


def test_a_repeated_key_is_refused() -> None:
    with pytest.raises(RepeatedKey, match="title= is there twice"):
        parse("title=a | Title=b", KEYS)


def test_without_keys_every_segment_is_a_place() -> None:
    assert parse("P6.a | budget=settled").positional == ("P6.a", "budget=settled")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("email=<mailto:kim@example.gov|kim@example.gov>", "kim@example.gov"),
        ("email=<mailto:kim@example.gov>", "kim@example.gov"),
        ("email=<mailto:kim+title=x@example.gov|kim>", "kim+title=x@example.gov"),
        ("email=<https://example.gov/?a=b&amp;title=c|see | this>", "https://example.gov/?a=b&title=c"),
        ("email=<http://example.gov|Example.gov>", "Example.gov"),
        ("email=<tel:+15551234567|555-123-4567>", "+15551234567"),
        ("email=<@U123|kim>", "<@U123|kim>"),
        ("email=<#C123|general>", "<#C123|general>"),
        ("email=<!channel>", "<!channel>"),
        ("email=A&amp;B &lt;x&gt; &amp;lt;", "A&B <x> &lt;"),
        ("email=https://example.gov/?title=c", "https://example.gov/?title=c"),
    ],
)
def test_tokens_are_one_piece_and_escapes_are_decoded_once(text: str, value: str) -> None:
    assert dict(parse(text, KEYS).options) == {"email": value}


def test_an_address_or_link_alone_in_a_segment_is_no_key() -> None:
    text = "<mailto:a=b@example.gov|a=b@example.gov> | <https://example.gov/?kind=seat>"
    assert parse(text, KEYS).positional == ("a=b@example.gov", "https://example.gov/?kind=seat")


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        ("setup Name | Place", "setup", "Name | Place"),
        ("  SETUP  ", "setup", ""),
        ("", "", ""),
        ("   ", "", ""),
        ("set–aside 2 | reason", "set-aside", "2 | reason"),
        ("exempt | reason", "exempt", "| reason"),
        ("close|reason", "close", "|reason"),
        ("<@U1|kim> | health", "<@u1|kim>", "| health"),
        ("3", "3", ""),
        ("vote\u00a0all | support", "vote", "all | support"),
    ],
)
def test_the_first_word_is_the_verb(text: str, word: str, rest: str) -> None:
    assert first_word(text) == (word, rest)


@pytest.mark.parametrize(
    ("token", "user_id"),
    [
        ("<@U123>", "U123"),
        (" <@U123|kim> ", "U123"),
        ("<@W9AB>", "W9AB"),
        ("@kim", None),
        ("<#C1|x>", None),
        ("<@U123> and more", None),
        ("<!channel>", None),
        ("", None),
    ],
)
def test_a_mention_gives_the_user_id(token: str, user_id: str | None) -> None:
    assert mention(token) == user_id


def test_several_mentions_are_read_in_order_each_once() -> None:
    assert mentions("<@U2|a> <@U1>, <@U2> and <@W3|c>") == ("U2", "U1", "W3")


@pytest.mark.parametrize("text", ["", "Kim", "<@U1> Kim", "<#C1|x>"])
def test_words_among_mentions_are_refused(text: str) -> None:
    with pytest.raises(NotAMention, match="mention people with @"):
        mentions(text)


@pytest.mark.parametrize("text", ["123-45-6789", "DOB 1/2/1980"])
def test_a_refusal_never_repeats_what_looks_private(text: str) -> None:
    assert text not in refused(lambda: parse_date(text))


def test_a_refusal_repeats_at_most_forty_characters_without_control_characters() -> None:
    assert quoted("a\x00b\u202ec") == "“a b c”"
    assert quoted("x" * 41) == "“" + "x" * 39 + "…”"
    assert quoted(" ") == "an empty text"


READERS: tuple[Callable[[str], object], ...] = (
    lambda text: parse(text, KEYS),
    parse,
    first_word,
    mention,
    mentions,
    parse_weekday,
    parse_time,
    parse_date,
    parse_zone,
    parse_nudge,
    parse_yes_no,
    refs,
    lambda text: parse_when(text, "Africa/Casablanca"),
    lambda text: parse_choice(text, ("majority", "two-thirds"), "rule"),
    lambda text: parse_list_change(text, ("legal",), ("legal", "privacy"), "functions"),
    lambda text: find_stakeholder(text, ()),
)
WORDS = "| = title= kind= <@U1|x> < > &lt; &amp; “ – S12 9:00 am 2026-10-02 mon + - , ; legal T ı= ſtatus= Pacific ٣"
PIECES = st.sampled_from([*WORDS.split(), " ", " =", "\x00", "\ud800", "\u212aind="])


@pytest.mark.parametrize("reader", READERS)
@settings(deadline=None)
@given(text=st.text(max_size=60) | st.lists(PIECES, max_size=12).map("".join))
@example(text="9999-99-99 99:99")
@example(text="0001-01-01 00:00")
@example(text="S999999999999999999999999")
def test_any_text_is_read_or_refused_in_words(reader: Callable[[str], object], text: str) -> None:
    try:
        reader(text)
    except Refusal as refusal:
        sentence = refusal.sentence
    else:
        sentence = "It was read."
    assert sentence.endswith(".")
    assert "{" in text or "{" not in sentence


@settings(deadline=None)
@given(st.text(max_size=80))
def test_making_plain_never_changes_the_length(text: str) -> None:
    assert len(plain(text)) == len(text)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_what_slack_escapes_is_decoded_to_what_was_typed(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert decoded(escaped) == text


@settings(deadline=None)
@given(st.lists(st.text("abc <>&é’=", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=5))
def test_segments_come_back_as_they_were_typed(segments: list[str]) -> None:
    text = " | ".join(segments).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse(text).positional == tuple(segments)
