"""Interactive and other elements that stand inside blocks, and which block may hold which."""

from __future__ import annotations

from collections.abc import Iterator

from playground.validator.checks import (
    Check,
    Problem,
    Shape,
    anything,
    array,
    boolean,
    integer,
    matching,
    needs_one,
    not_both,
    one_of,
    string,
    url,
)
from playground.validator.composition import (
    CHOICE_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_CONFIG,
    MENU_OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SLACK_FILE,
    initial_among_options,
    plain,
    text,
)
from playground.validator.rich_text import RICH_TEXT

_KIND: dict[str, Check] = {"type": string()}
_ACTION: dict[str, Check] = {"action_id": string(255, 1), "confirm": CONFIRM}
_FOCUS: dict[str, Check] = {"focus_on_load": boolean}
_HINT: dict[str, Check] = {"placeholder": plain(150)}
_TYPED: dict[str, Check] = {"action_id": string(255, 1), "dispatch_action_config": DISPATCH_CONFIG, **_FOCUS, **_HINT}
_SELECT: dict[str, Check] = {**_ACTION, **_FOCUS, **_HINT}
_MULTI: dict[str, Check] = {**_SELECT, "max_selected_items": integer(1)}
_DATE = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "must be a valid date (YYYY-MM-DD)")
_TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "must be a valid time (HH:mm)")
_USER = matching(r"[UWB][A-Z0-9]{2,}", "must be a user id")
_SEEN_BY = array(_USER, 1, 10)
_CHANNEL = matching(r"[CG][A-Z0-9]{2,}", "must be a channel id")
_CONVERSATION = matching(r"[CGDUW][A-Z0-9]{2,}", "must be a conversation id")
_NUMBER = matching(r"-?\d+(\.\d+)?", "must be a number")


def _ordered(low: str, high: str) -> Check:
    """An object whose field ``low`` is no greater than its field ``high``."""

    def check(value: object, pointer: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            return
        try:
            wrong = float(value[low]) > float(value[high])
        except (KeyError, TypeError, ValueError):
            return
        if wrong:
            yield Problem(f"{low} must not be greater than {high}", f"{pointer}/{low}", "order")

    return check


def _not_too_many_chosen(value: object, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, dict) or not isinstance(value.get("max_selected_items"), int):
        return
    for name in ("initial_options", "initial_users", "initial_channels", "initial_conversations"):
        chosen = value.get(name)
        if isinstance(chosen, list) and len(chosen) > value["max_selected_items"]:
            yield Problem(f"{name} must not exceed max_selected_items", f"{pointer}/{name}", "max_selected_items")


def _initial_fits(value: object, pointer: str) -> Iterator[Problem]:
    """A plain text input's ``initial_value`` is no longer than its ``max_length``."""
    if not isinstance(value, dict):
        return
    start, most = value.get("initial_value"), value.get("max_length")
    if isinstance(start, str) and isinstance(most, int) and len(start) > most:
        yield Problem(f"must be less than {most + 1} characters", f"{pointer}/initial_value", "max_length", most)


_FEEDBACK = Shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75, 1)})
_OPTIONS = (needs_one("options", "option_groups"), not_both("options", "option_groups"))

IMAGE = Shape(
    _KIND | {"alt_text": string(2000)},
    {"image_url": url(), "slack_file": SLACK_FILE},
    (needs_one("image_url", "slack_file"), not_both("image_url", "slack_file")),
)
BUTTON = Shape(
    _KIND | {"text": plain(75)},
    _ACTION
    | {
        "url": url(),
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75, 1),
        "agent_prompt": string(4000, 1),
        "agent_prompt_display": string(minimum=1),
        "visible_to_user_ids": _SEEN_BY,
    },
)

ELEMENTS: dict[str, Check] = {
    "button": BUTTON,
    "image": IMAGE,
    "plain_text": text(3000, ("plain_text",)),
    "mrkdwn": text(3000, ("mrkdwn",)),
    "overflow": Shape(_KIND | {"options": array(OVERFLOW_OPTION, 1, 5)}, _ACTION),
    "checkboxes": Shape(
        _KIND | {"options": array(CHOICE_OPTION, 1, 10)},
        _ACTION | _FOCUS | {"initial_options": array(CHOICE_OPTION, 1, 10)},
        (initial_among_options,),
    ),
    "radio_buttons": Shape(
        _KIND | {"options": array(CHOICE_OPTION, 1, 10)},
        _ACTION | _FOCUS | {"initial_option": CHOICE_OPTION},
        (initial_among_options,),
    ),
    "static_select": Shape(
        _KIND,
        _SELECT
        | {
            "options": array(MENU_OPTION, 1, 100),
            "option_groups": array(OPTION_GROUP, 1, 100),
            "initial_option": MENU_OPTION,
        },
        (*_OPTIONS, initial_among_options),
    ),
    "multi_static_select": Shape(
        _KIND,
        _MULTI
        | {
            "options": array(MENU_OPTION, 1, 100),
            "option_groups": array(OPTION_GROUP, 1, 100),
            "initial_options": array(MENU_OPTION, 1, 100),
        },
        (*_OPTIONS, initial_among_options, _not_too_many_chosen),
    ),
    "external_select": Shape(_KIND, _SELECT | {"min_query_length": integer(0), "initial_option": MENU_OPTION}),
    "multi_external_select": Shape(
        _KIND,
        _MULTI | {"min_query_length": integer(0), "initial_options": array(MENU_OPTION, 1, 100)},
        (_not_too_many_chosen,),
    ),
    "users_select": Shape(_KIND, _SELECT | {"initial_user": _USER}),
    "multi_users_select": Shape(_KIND, _MULTI | {"initial_users": array(_USER, 1)}, (_not_too_many_chosen,)),
    "channels_select": Shape(_KIND, _SELECT | {"initial_channel": _CHANNEL, "response_url_enabled": boolean}),
    "multi_channels_select": Shape(_KIND, _MULTI | {"initial_channels": array(_CHANNEL, 1)}, (_not_too_many_chosen,)),
    "conversations_select": Shape(
        _KIND,
        _SELECT
        | {
            "initial_conversation": _CONVERSATION,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": CONVERSATION_FILTER,
        },
    ),
    "multi_conversations_select": Shape(
        _KIND,
        _MULTI
        | {
            "initial_conversations": array(_CONVERSATION, 1),
            "default_to_current_conversation": boolean,
            "filter": CONVERSATION_FILTER,
        },
        (_not_too_many_chosen,),
    ),
    "datepicker": Shape(_KIND, _SELECT | {"initial_date": _DATE}),
    "timepicker": Shape(_KIND, _SELECT | {"initial_time": _TIME, "timezone": string(minimum=1)}),
    "datetimepicker": Shape(_KIND, _ACTION | _FOCUS | {"initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
    "plain_text_input": Shape(
        _KIND,
        _TYPED
        | {
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        (_ordered("min_length", "max_length"), _initial_fits),
    ),
    "email_text_input": Shape(_KIND, _TYPED | {"initial_value": string(3000)}),
    "url_text_input": Shape(_KIND, _TYPED | {"initial_value": string(3000)}),
    "number_input": Shape(
        _KIND | {"is_decimal_allowed": boolean},
        _TYPED | {"initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        (_ordered("min_value", "max_value"), _ordered("min_value", "initial_value")),
    ),
    "rich_text_input": Shape(
        _KIND,
        _TYPED | {"initial_value": RICH_TEXT, "min_lines": integer(1, 100), "max_lines": integer(1, 100)},
        (_ordered("min_lines", "max_lines"),),
    ),
    "file_input": Shape(
        _KIND,
        {"action_id": string(255, 1), "filetypes": array(string(minimum=1), 1), "max_files": integer(1, 10)},
    ),
    "workflow_button": Shape(
        _KIND | {"text": plain(75), "workflow": anything},
        _ACTION | {"style": one_of("primary", "danger"), "accessibility_label": string(75, 1)},
    ),
    "feedback_buttons": Shape(
        _KIND | {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {"action_id": string(255, 1)}
    ),
    "icon_button": Shape(
        _KIND | {"icon": one_of("trash"), "text": plain(3000)},
        _ACTION
        | {
            "value": string(2000),
            "accessibility_label": string(75, 1),
            "visible_to_user_ids": _SEEN_BY,
        },
    ),
    "url": Shape(_KIND | {"url": url(), "text": string(minimum=1)}, {}),
}

_MENUS = ("static_select", "external_select", "users_select", "channels_select", "conversations_select")
_MULTI_MENUS = tuple(f"multi_{name}" for name in _MENUS)
_CHOICES = ("checkboxes", "radio_buttons", "datepicker", "timepicker")

IN_SECTION = ("button", "image", "overflow", "workflow_button", *_CHOICES, *_MENUS, *_MULTI_MENUS)
IN_ACTIONS = ("button", "overflow", "workflow_button", "datetimepicker", "rich_text_input", *_CHOICES, *_MENUS)
IN_INPUT = (
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
    "datetimepicker",
    *_CHOICES,
    *_MENUS,
    *_MULTI_MENUS,
)
IN_CONTEXT = ("image", "plain_text", "mrkdwn")
IN_CONTEXT_ACTIONS = ("feedback_buttons", "icon_button")
