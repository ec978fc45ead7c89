"""The arguments of a Web API call: read from query, form or JSON, and brought to the kinds that the method asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from playground.validator import Problem
from playground.web_api.multipart import is_multipart, parts
from playground.world.errors import ApiError
from playground.world.methods.kinds import Argument, Method

SDK_SENDS_ALWAYS = frozenset({"token", "team_id"})  # Bolt's per-request client adds team_id to every call


def read_arguments(query: str, content_type: str, body: bytes) -> dict[str, Any]:
    """All arguments of a request. Raises ``invalid_json``, ``json_not_object`` or ``invalid_form_data``."""
    arguments: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        return arguments | _from_json(body)
    if is_multipart(content_type):
        return arguments | {part.name: part.content.decode("utf-8", "replace") for part in parts(content_type, body)}
    try:
        return arguments | dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True))
    except UnicodeDecodeError as error:
        raise ApiError("invalid_form_data") from error


def checked(method: Method, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The arguments in their kinds, and the names that the method does not know.

    Raises ``invalid_arguments`` where one is missing or of another kind, ``invalid_blocks_format`` where blocks are
    not a list.
    """
    known = method.arguments
    problems = [
        Problem(f"missing required field: {argument.name}", "", "required")
        for argument in known.values()
        if argument.required and given.get(argument.name) in (None, "")
    ]
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name in known and value is not None:
            values[name] = _converted(known[name], value, problems)
    if problems:
        raise ApiError("invalid_arguments", problems=problems)
    return values, sorted(set(given) - set(known) - SDK_SENDS_ALWAYS)


def _converted(argument: Argument, value: Any, problems: list[Problem]) -> Any:
    converters = {"boolean": _boolean, "number": _number, "array": _structure, "object": _structure, "string": _string}
    try:
        return converters[argument.kind](value, argument)
    except ValueError as error:
        if argument.name == "blocks":
            raise ApiError("invalid_blocks_format") from error
        problems.append(Problem(str(error), f"/{argument.name}", "type", argument.kind))
        return None


def _boolean(value: Any, _: Argument) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in ("1", "true"):
        return True
    if str(value).lower() in ("0", "false", ""):
        return False
    raise ValueError("must be a boolean")


def _number(value: Any, _: Argument) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise ValueError("must be an integer") from None


def _string(value: Any, _: Argument) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise ValueError("must be a string")


def _structure(value: Any, argument: Argument) -> Any:
    wanted = list if argument.kind == "array" else dict
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except json.JSONDecodeError:
            raise ValueError(f"must be a valid JSON {argument.kind}") from None
    if not isinstance(value, wanted):
        raise ValueError(f"must be an {argument.kind}")
    return value


def _from_json(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ApiError("invalid_json") from error
    if not isinstance(value, dict):
        raise ApiError("json_not_object")
    return value
