"""Small checks from which the shapes of Block Kit are put together.

A check takes a JSON value and its JSON pointer and yields the problems it finds. The words are Slack's own, such as
``must be less than 3001 characters``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a payload: Slack's words, the JSON pointer, and the kind of constraint that failed."""

    message: str
    pointer: str
    constraint: str = "schema"
    expected: object = None

    @property
    def line(self) -> str:
        """The line as it stands in ``response_metadata.messages``."""
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


Check = Callable[[object, str], Iterator[Problem]]


def all_of(*checks: Check) -> Check:
    """A check that applies each of ``checks`` in turn."""

    def check(value: object, pointer: str) -> Iterator[Problem]:
        for one in checks:
            yield from one(value, pointer)

    return check


def string(maximum: int | None = None, minimum: int = 0) -> Check:
    """A string of ``minimum`` to ``maximum`` characters."""

    def check(value: object, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem("must be a string", pointer, "type", "string")
            return
        if len(value) < minimum:
            yield Problem(f"must be more than {minimum - 1} characters", pointer, "min_length", minimum)
        if maximum is not None and len(value) > maximum:
            yield Problem(f"must be less than {maximum + 1} characters", pointer, "max_length", maximum)

    return check


def matching(pattern: str, words: str) -> Check:
    """A string that the regular expression ``pattern`` matches whole; ``words`` say so otherwise."""
    compiled = re.compile(pattern)

    def check(value: object, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem("must be a string", pointer, "type", "string")
        elif not compiled.fullmatch(value):
            yield Problem(words, pointer, "pattern", pattern)

    return check


def url(maximum: int = 3000) -> Check:
    """A web address of at most ``maximum`` characters."""
    return all_of(string(maximum, 1), matching(r"(?:https?|mailto|slack|tel|sms):\S*|", "must be a valid URL"))


def one_of(*values: str) -> Check:
    """One of the given strings."""

    def check(value: object, pointer: str) -> Iterator[Problem]:
        if value not in values:
            yield Problem("must be a valid enum value", pointer, "enum", list(values))

    return check


def boolean(value: object, pointer: str) -> Iterator[Problem]:
    """True or false."""
    if not isinstance(value, bool):
        yield Problem("must be a boolean", pointer, "type", "boolean")


def nullable(check: Check) -> Check:
    """Null, or what ``check`` takes."""

    def or_null(value: object, pointer: str) -> Iterator[Problem]:
        if value is not None:
            yield from check(value, pointer)

    return or_null


def anything(value: object, pointer: str) -> Iterator[Problem]:
    """Any value at all."""
    yield from ()


def number(minimum: float | None = None, maximum: float | None = None, *, above: float | None = None) -> Check:
    """A number from ``minimum`` to ``maximum``, or greater than ``above``."""

    def check(value: object, pointer: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Problem("must be a number", pointer, "type", "number")
            return
        if minimum is not None and value < minimum:
            yield Problem(f"must be greater than or equal to {minimum}", pointer, "minimum", minimum)
        if above is not None and value <= above:
            yield Problem(f"must be greater than {above}", pointer, "exclusive_minimum", above)
        if maximum is not None and value > maximum:
            yield Problem(f"must be less than or equal to {maximum}", pointer, "maximum", maximum)

    return check


def integer(minimum: int | None = None, maximum: int | None = None) -> Check:
    """A whole number from ``minimum`` to ``maximum``."""
    bounds = number(minimum, maximum)

    def check(value: object, pointer: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem("must be an integer", pointer, "type", "integer")
        else:
            yield from bounds(value, pointer)

    return check


def array(item: Check, minimum: int = 0, maximum: int | None = None) -> Check:
    """A list of ``minimum`` to ``maximum`` items, each checked by ``item``."""

    def check(value: object, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem("must be an array", pointer, "type", "array")
            return
        if len(value) < minimum:
            yield Problem(f"no less than {minimum} items allowed", pointer, "min_items", minimum)
        if maximum is not None and len(value) > maximum:
            yield Problem(f"no more than {maximum} items allowed", pointer, "max_items", maximum)
        for index, one in enumerate(value):
            yield from item(one, f"{pointer}/{index}")

    return check


def unique(words: str) -> Check:
    """A list without repeats."""

    def check(value: object, pointer: str) -> Iterator[Problem]:
        if isinstance(value, list) and len({repr(item) for item in value}) != len(value):
            yield Problem(words, pointer, "unique")

    return check


@dataclass(frozen=True)
class Shape:
    """An object with required and optional fields; ``rules`` look at the object as a whole."""

    required: Mapping[str, Check]
    optional: Mapping[str, Check]
    rules: tuple[Check, ...] = ()

    def __call__(self, value: object, pointer: str) -> Iterator[Problem]:
        """The problems of ``value``: not an object, missing or unknown fields, bad values, broken rules."""
        if not isinstance(value, dict):
            yield Problem("must be an object", pointer, "type", "object")
            return
        for name in self.required:
            if value.get(name) is None:
                yield Problem(f"missing required field: {name}", pointer, "required", name)
        yield from self._fields(value, pointer)
        for rule in self.rules:
            yield from rule(value, pointer)

    def _fields(self, value: Mapping[str, object], pointer: str) -> Iterator[Problem]:
        for name, inner in value.items():
            check = self.required.get(name) or self.optional.get(name)
            if check is None:
                yield Problem(f"invalid additional property: {name}", pointer, "additional_properties", name)
            elif inner is not None:
                yield from check(inner, f"{pointer}/{name}")


def by_type(shapes: Mapping[str, Check], allowed: Iterable[str] | None = None) -> Check:
    """An object whose ``type`` names one of ``shapes``, and one of ``allowed`` where that is given."""
    known = frozenset(shapes if allowed is None else allowed)

    def check(value: object, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem("must be an object", pointer, "type", "object")
            return
        kind = value.get("type")
        if kind is None:
            yield Problem("missing required field: type", pointer, "required", "type")
        elif not isinstance(kind, str) or kind not in known or kind not in shapes:
            yield Problem(f"unsupported type: {kind}", f"{pointer}/type", "enum", sorted(known))
        else:
            yield from shapes[kind](value, pointer)

    return check


def needs_one(*names: str) -> Check:
    """An object that has at least one of the fields ``names``."""

    def check(value: object, pointer: str) -> Iterator[Problem]:
        if isinstance(value, dict) and not any(value.get(name) for name in names):
            yield Problem(f"must define either {' or '.join(f'`{name}`' for name in names)}", pointer, "required")

    return check


def not_both(first: str, second: str) -> Check:
    """An object that has at most one of two fields."""

    def check(value: object, pointer: str) -> Iterator[Problem]:
        if isinstance(value, dict) and value.get(first) is not None and value.get(second) is not None:
            yield Problem(f"can only define one of `{first}` or `{second}`", pointer, "exclusive")

    return check
