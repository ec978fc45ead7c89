"""Putting a person's words into an input: options by what they read, people by name, dates and times as typed."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from playground.people.words import folded, label_of
from playground.validator.composition import options_of
from playground.world.values import field_of, initial_value, is_empty, is_list
from playground.world.workspace import Workspace


class CannotFill(Exception):
    """The value does not fit the input; the message says what would."""


def filled(ws: Workspace, user: str, element: dict[str, Any], value: Any, offered: list[Any]) -> dict[str, Any]:
    """The state of ``element`` holding ``value``; ``offered`` are the options of an external select.

    Raises :class:`CannotFill` where an option, person, channel, date or time is not one that can be chosen.
    """
    state = initial_value(element)
    name = field_of(element)
    if value in (None, "", []):
        state[name] = [] if is_list(element) else None
        return state
    convert = _converter(ws, user, element, offered)
    if is_list(element):
        state[name] = [convert(one) for one in (value if isinstance(value, list) else [value])]
    else:
        state[name] = convert(value)
    return state


def _converter(ws: Workspace, user: str, element: dict[str, Any], offered: list[Any]) -> Callable[[Any], Any]:
    held = field_of(element)
    if held.startswith("selected_option"):
        options = offered or options_of(element)
        return lambda wanted: _option(options, wanted)
    if held.startswith("selected_user"):
        return lambda wanted: _person(ws, wanted)
    if held.startswith(("selected_channel", "selected_conversation")):
        return lambda wanted: _channel(ws, wanted)
    special: dict[str, Callable[[Any], Any]] = {
        "selected_date": _date,
        "selected_time": _time,
        "selected_date_time": _date_time,
        "rich_text_value": _rich_text,
        "files": lambda wanted: _file(ws, user, wanted),
    }
    return special.get(held, str)


def _option(options: list[Any], wanted: Any) -> dict[str, Any]:
    for option in options:
        if option.get("value") == wanted or folded(label_of(option)) == folded(str(wanted)):
            return dict(option)
    raise CannotFill(f"there is no option {wanted!r}; there are: {', '.join(label_of(one) for one in options)}")


def _person(ws: Workspace, wanted: Any) -> str:
    user = ws.world.person(str(wanted))
    if user is None:
        raise CannotFill(f"there is nobody called {wanted!r}")
    return user.id


def _channel(ws: Workspace, wanted: Any) -> str:
    channel = ws.world.channel(str(wanted))
    if channel is None:
        raise CannotFill(f"there is no channel {wanted!r}")
    return channel.id


def _date(wanted: Any) -> str:
    try:
        return datetime.strptime(str(wanted), "%Y-%m-%d").date().isoformat()  # noqa: DTZ007  a date has no zone
    except ValueError:
        raise CannotFill(f"{wanted!r} is not a date such as 2026-12-07") from None


def _time(wanted: Any) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(wanted)):
        raise CannotFill(f"{wanted!r} is not a time such as 09:00")
    return str(wanted)


def _date_time(wanted: Any) -> int:
    if isinstance(wanted, int):
        return wanted
    at = datetime.fromisoformat(str(wanted))
    if at.tzinfo is None:
        raise CannotFill(f"{wanted!r} has no time zone")
    return int(at.timestamp())


def _rich_text(wanted: Any) -> dict[str, Any]:
    if isinstance(wanted, dict):
        return wanted
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(wanted)}]}
    return {"type": "rich_text", "elements": [section]}


def _file(ws: Workspace, user: str, wanted: Any) -> dict[str, Any]:
    """A file that a person attaches: ``{"name", "content"}`` with text, or ``content_base64``."""
    if not isinstance(wanted, dict) or "name" not in wanted:
        raise CannotFill("a file is given as an object with name and content (or content_base64)")
    encoded = wanted.get("content_base64")
    content = base64.b64decode(encoded) if encoded is not None else str(wanted.get("content", "")).encode()
    return ws.files.attach(str(wanted["name"]), content, user, ws.seconds()).shown(ws.base_url)


def complaint(block: dict[str, Any], element: dict[str, Any], state: dict[str, Any]) -> str:
    """What Slack's own window says of an input before it lets the modal be submitted; empty when all is well."""
    if is_empty(element, state):
        return "" if block.get("optional") else "Please complete this required field."
    value = state.get(field_of(element))
    if isinstance(value, str):
        return _complaint_about_text(element, value)
    if isinstance(value, list):
        most = element.get("max_selected_items") or element.get("max_files")
        return f"Please choose no more than {most}." if most is not None and len(value) > int(most) else ""
    return ""


def _complaint_about_text(element: dict[str, Any], value: str) -> str:
    kind = element.get("type")
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if kind == "plain_text_input" and len(value) < least:
        return f"Please enter at least {least} characters."
    if kind == "plain_text_input" and len(value) > most:
        return f"Please enter no more than {most} characters."
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not re.match(r"https?://\S+$", value):
        return "Please enter a valid URL."
    return _complaint_about_number(element, value) if kind == "number_input" else ""


def _complaint_about_number(element: dict[str, Any], value: str) -> str:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a number." if element.get("is_decimal_allowed") else "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(value) < float(least):
        return f"Please enter {least} or more."
    if most is not None and float(value) > float(most):
        return f"Please enter {most} or less."
    return ""
