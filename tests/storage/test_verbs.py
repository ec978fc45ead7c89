"""What the functions of storage/ are called: each begins with a verb of a short list, which says what it does."""

from __future__ import annotations

import re
from importlib import import_module
from inspect import iscoroutinefunction, signature
from pathlib import Path
from pkgutil import iter_modules

import storage

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"
STATEMENTS = "database"
"""The module of statements that all others are made of; they are named in the words of SQL."""


def verbs_promised() -> set[str]:
    """The verbs of the table in CONTRIBUTING.md."""
    return set(re.findall(r"^\| `([a-z]+)_` \|", CONTRIBUTING.read_text(encoding="utf-8"), re.MULTILINE))


def queries() -> set[str]:
    """The public functions of storage/ that work in a session."""
    names = (module.name for module in iter_modules(storage.__path__) if module.name not in (STATEMENTS, "migrations"))
    return {
        name
        for module in map(import_module, (f"storage.{name}" for name in names))
        for name, function in vars(module).items()
        if iscoroutinefunction(function)
        and function.__module__ == module.__name__
        and "session" in signature(function).parameters
        and not name.startswith("_")
    }


def test_every_query_begins_with_a_verb_that_contributing_explains_and_none_is_explained_in_vain() -> None:
    assert {name.partition("_")[0] for name in queries()} == verbs_promised()


def test_the_queries_are_found() -> None:
    assert {"add_group", "lock_open_ballot", "list_due_groups"} <= queries()
