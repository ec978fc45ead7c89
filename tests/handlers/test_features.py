"""The features' tables: complete in themselves, and true of what the program shows and notes."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch

import pytest

from bot.joint import JointKind
from handlers.ballots.feature import FEATURE as BALLOTS
from handlers.groups.agreeing import CHANGES
from handlers.groups.feature import FEATURE as GROUPS
from handlers.groups.history import DONE, RETIRED
from handlers.nudges.feature import FEATURE as NUDGES
from handlers.posts.feature import FEATURE as POSTS
from handlers.principles.feature import FEATURE as PRINCIPLES
from handlers.principles.text import SHOW_BUTTONS
from handlers.register.feature import FEATURE as REGISTER
from handlers.slack.features import Features
from runtime.convener import FEATURES
from tests.support.county import ROOT
from tests.support.source import sources

TABLES = {
    "ballots": BALLOTS,
    "groups": GROUPS,
    "nudges": NUDGES,
    "posts": POSTS,
    "principles": PRINCIPLES,
    "register": REGISTER,
}
VERBS = [(name, verb) for name, table in TABLES.items() for verb in table.verbs]
PRESSED = {pressed for table in TABLES.values() for verb in table.verbs.values() for pressed in verb.pressed}
TYPED_AFTER = {"nudges": "/workgroup nudge"}
"""What the verbs of a table without a command of its own are typed after."""

STORED = ROOT / "storage" / "audit.py"
"""Where rows become values again: it notes nothing."""


def answered() -> set[str]:
    """The ids that the program answers to."""
    return {*FEATURES.actions, *FEATURES.views}


def shown() -> set[str]:
    """The ids of all buttons and modals that the program may show; ``*`` stands for what is known only then."""
    calls = [("button", 1, "action_id"), ("modal", 2, "callback_id")]
    return {
        text
        for source in sources("handlers")
        for name, place, argument in calls
        for call in source.calls(name)
        for text in call.argument(place, argument)
    }


def noted() -> set[str]:
    """The actions that the program may note for the audit."""
    calls = [("note", 0), ("Change", 2)]
    return {
        text
        for source in sources("handlers", "storage")
        if source.path != STORED
        for name, place in calls
        for call in source.calls(name)
        for text in call.argument(place, "action")
    }


def is_named(verb: str, typed_after: str, words: str) -> bool:
    """Whether a help's words name a verb: behind its command, or where something to type begins."""
    if not verb:
        return typed_after in words
    return bool(re.search(rf"(?:{typed_after} |`|then |or ){re.escape(verb)}\b", words))


def test_the_program_answers_by_every_features_table() -> None:
    assert {path.parent.name for path in (ROOT / "handlers").glob("*/feature.py")} == set(TABLES)
    assert Features.of(*TABLES.values()) == FEATURES


def test_the_manifest_lists_the_commands_of_the_tables() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text("utf-8"))
    listed = {command["command"] for command in manifest["features"]["slash_commands"]}
    assert listed == set(FEATURES.commands)


@pytest.mark.parametrize(("name", "verb"), [(name, verb) for name, verb in VERBS if verb != "help"])
def test_the_help_names_every_verb_or_another_word_for_it(name: str, verb: str) -> None:
    table = TABLES[name]
    same = [word for word, entry in table.verbs.items() if entry.run is table.verbs[verb].run]
    assert any(is_named(word, TYPED_AFTER.get(name, table.command), table.help) for word in same)


@pytest.mark.parametrize(("name", "verb"), VERBS)
def test_what_can_be_typed_can_be_pressed_or_there_is_a_reason(name: str, verb: str) -> None:
    entry = TABLES[name].verbs[verb]
    assert bool(entry.pressed) is not bool(entry.typed_only)
    assert set(entry.pressed) <= answered()


@pytest.mark.parametrize("name", TABLES)
def test_what_can_be_pressed_can_be_typed(name: str) -> None:
    table = TABLES[name]
    without_a_verb = {*SHOW_BUTTONS}  # as in /principle 3
    assert {*table.actions, *table.views} <= PRESSED | without_a_verb


def test_whatever_is_shown_is_answered() -> None:
    unanswered = [pressed for pressed in shown() if not any(fnmatch(one, pressed) for one in answered())]
    assert unanswered == []


def test_whatever_takes_both_co_chairs_can_be_applied() -> None:
    assert set(CHANGES) == set(JointKind)


def test_the_history_has_words_for_every_action_that_is_noted_and_for_no_other() -> None:
    assert set(DONE) == noted() | set(RETIRED)
    assert noted().isdisjoint(RETIRED)
