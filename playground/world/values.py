"""What an input holds, in the form that ``state.values`` carries."""

from __future__ import annotations

from typing import Any

from playground.validator.payload import elements_of, nested

_HOLDS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "radio_buttons": ("selected_option", "initial_option"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
_INTERACTIVE = frozenset(
    {"button", "overflow", "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker", "file_input"}
    | {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}
    | {"feedback_buttons", "icon_button", "workflow_button"}
)


def is_interactive(element: dict[str, Any]) -> bool:
    """Whether an element acts or holds a value, so that it carries an ``action_id``."""
    kind = str(element.get("type"))
    return kind in _INTERACTIVE or kind.endswith("_select")


def holds_value(element: dict[str, Any]) -> bool:
    """Whether an element keeps a value until it is changed."""
    return element.get("type") in _HOLDS


def field_of(element: dict[str, Any]) -> str:
    """The field of the state in which an element's value stands, such as ``selected_option``."""
    return _HOLDS[str(element["type"])][0]


def is_list(element: dict[str, Any]) -> bool:
    """Whether an element holds several values."""
    return field_of(element) in ("files",) or field_of(element).endswith("s")


def initial_value(element: dict[str, Any], conversation: str = "") -> dict[str, Any]:
    """The state of an element that nobody has touched, before somebody who has ``conversation`` open."""
    name, start = _HOLDS[str(element["type"])]
    held = element.get(start)
    if held is None and element.get("default_to_current_conversation") and conversation:
        held = [conversation] if is_list(element) else conversation
    if held is None and is_list(element):
        held = []
    state = {"type": element["type"], name: held}
    if element["type"] == "timepicker" and element.get("timezone"):
        state["timezone"] = element["timezone"]
    return state


def initial_values(blocks: list[dict[str, Any]], conversation: str = "") -> dict[str, dict[str, Any]]:
    """The state of all blocks that nobody has touched, by block id and action id."""
    values: dict[str, dict[str, Any]] = {}
    for block in blocks:
        held = {
            str(one["action_id"]): initial_value(one, conversation) for one in elements_of(block) if holds_value(one)
        }
        if held:
            values[str(block["block_id"])] = held
        values.update(initial_values([inner for inner in nested(block) if isinstance(inner, dict)], conversation))
    return values


def is_empty(element: dict[str, Any], state: dict[str, Any]) -> bool:
    """Whether an element holds nothing."""
    return state.get(field_of(element)) in (None, "", [])
