"""The validator on elements: each kind accepted as Slack accepts it, and refused where and as Slack refuses it."""

from __future__ import annotations

from typing import Any

import pytest

from playground.validator import Surface, check_blocks
from playground.validator.elements import ELEMENTS as KNOWN
from tests.support.block_samples import CONFIRM, ELEMENTS, Json, holder_of, mrkdwn, option, plain

LONG = "x" * 5000


def surface_of(kind: str) -> Surface:
    return Surface.MODAL if kind == "file_input" else Surface.MESSAGE


def problems_of(element: Json) -> list[str]:
    kind = element["type"]
    return [one.message for one in check_blocks([holder_of(kind, element)], surface_of(kind))]


@pytest.mark.parametrize("kind", KNOWN)
def test_every_known_element_is_accepted_in_a_block_that_may_hold_it(kind: str) -> None:
    """The samples cover every element that the validator knows."""
    assert problems_of(ELEMENTS[kind]) == []


@pytest.mark.parametrize("kind", KNOWN)
def test_every_known_element_is_refused_with_a_field_that_slack_does_not_know(kind: str) -> None:
    """Slack names the superfluous field."""
    assert problems_of(ELEMENTS[kind] | {"colour": "red"}) == ["invalid additional property: colour"]


REQUIRED = [
    ("button", "text"),
    ("image", "alt_text"),
    ("overflow", "options"),
    ("checkboxes", "options"),
    ("radio_buttons", "options"),
    ("number_input", "is_decimal_allowed"),
    ("workflow_button", "workflow"),
    ("feedback_buttons", "positive_button"),
    ("icon_button", "icon"),
    ("url", "url"),
    ("plain_text", "text"),
    ("mrkdwn", "text"),
]


@pytest.mark.parametrize(("kind", "field"), REQUIRED)
def test_a_missing_field_is_named(kind: str, field: str) -> None:
    """Slack says which required field is missing."""
    element = {name: value for name, value in ELEMENTS[kind].items() if name != field}
    assert f"missing required field: {field}" in problems_of(element)


SPOILED: list[tuple[str, Json, str]] = [
    ("button", {"text": plain("x" * 76)}, "must be less than 76 characters"),
    ("button", {"text": mrkdwn()}, "must be a valid enum value"),
    ("button", {"text": plain("")}, "must be more than 0 characters"),
    ("button", {"value": "x" * 2001}, "must be less than 2001 characters"),
    ("button", {"url": "not an address"}, "must be a valid URL"),
    ("button", {"url": "https://e.org/" + LONG}, "must be less than 3001 characters"),
    ("button", {"style": "secondary"}, "must be a valid enum value"),
    ("button", {"action_id": "x" * 256}, "must be less than 256 characters"),
    ("button", {"action_id": 7}, "must be a string"),
    ("button", {"accessibility_label": "x" * 76}, "must be less than 76 characters"),
    ("button", {"confirm": CONFIRM | {"title": plain("x" * 101)}}, "must be less than 101 characters"),
    ("button", {"confirm": CONFIRM | {"text": mrkdwn("x" * 301)}}, "must be less than 301 characters"),
    ("button", {"confirm": CONFIRM | {"deny": plain("x" * 31)}}, "must be less than 31 characters"),
    ("button", {"confirm": {"title": plain()}}, "missing required field: text"),
    ("image", {"image_url": None}, "must define either `image_url` or `slack_file`"),
    ("image", {"slack_file": {"id": "F012345678"}}, "can only define one of `image_url` or `slack_file`"),
    ("image", {"alt_text": "x" * 2001}, "must be less than 2001 characters"),
    ("plain_text", {"verbatim": True}, "invalid additional property: verbatim"),
    ("mrkdwn", {"emoji": True}, "invalid additional property: emoji"),
    ("mrkdwn", {"text": "x" * 3001}, "must be less than 3001 characters"),
    ("overflow", {"options": [option(str(n)) for n in range(6)]}, "no more than 5 items allowed"),
    ("overflow", {"options": []}, "no less than 1 items allowed"),
    ("checkboxes", {"options": [option(str(n)) for n in range(11)]}, "no more than 10 items allowed"),
    ("checkboxes", {"initial_options": [option("z")]}, "initial_options must match options"),
    ("radio_buttons", {"options": [option(str(n)) for n in range(11)]}, "no more than 10 items allowed"),
    ("radio_buttons", {"initial_option": option("z")}, "initial_option must match one of the options"),
    ("static_select", {"options": [option(str(n)) for n in range(101)]}, "no more than 100 items allowed"),
    ("static_select", {"options": []}, "no less than 1 items allowed"),
    ("static_select", {"options": None}, "must define either `options` or `option_groups`"),
    (
        "static_select",
        {"option_groups": [{"label": plain(), "options": [option()]}]},
        "can only define one of `options` or `option_groups`",
    ),
    ("static_select", {"initial_option": option("z")}, "initial_option must match one of the options"),
    ("static_select", {"options": [{"text": mrkdwn(), "value": "b"}]}, "must be a valid enum value"),
    ("static_select", {"options": [{"text": plain("x" * 76), "value": "b"}]}, "must be less than 76 characters"),
    ("static_select", {"options": [{"text": plain(), "value": "x" * 151}]}, "must be less than 151 characters"),
    ("static_select", {"options": [option() | {"description": plain("x" * 76)}]}, "must be less than 76 characters"),
    ("static_select", {"options": [{"text": plain()}]}, "missing required field: value"),
    ("static_select", {"placeholder": plain("x" * 151)}, "must be less than 151 characters"),
    ("multi_static_select", {"max_selected_items": 0}, "must be greater than or equal to 1"),
    (
        "multi_static_select",
        {"initial_options": [option("a"), option("b")], "max_selected_items": 1},
        "initial_options must not exceed max_selected_items",
    ),
    ("external_select", {"options": [option()]}, "invalid additional property: options"),
    ("external_select", {"min_query_length": -1}, "must be greater than or equal to 0"),
    ("multi_external_select", {"initial_options": "a"}, "must be an array"),
    ("users_select", {"initial_user": "dana"}, "must be a user id"),
    ("multi_users_select", {"initial_users": ["dana"]}, "must be a user id"),
    ("channels_select", {"initial_channel": "#general"}, "must be a channel id"),
    ("multi_channels_select", {"initial_channels": ["U0DANA0001"]}, "must be a channel id"),
    (
        "conversations_select",
        {"filter": {}},
        "must define either `include` or `exclude_external_shared_channels` or `exclude_bot_users`",
    ),
    ("conversations_select", {"filter": {"include": ["secret"]}}, "must be a valid enum value"),
    ("multi_conversations_select", {"initial_conversations": ["general"]}, "must be a conversation id"),
    ("datepicker", {"initial_date": "7 December"}, "must be a valid date (YYYY-MM-DD)"),
    ("timepicker", {"initial_time": "9:30"}, "must be a valid time (HH:mm)"),
    ("datetimepicker", {"initial_date_time": 12}, "must be greater than or equal to 1000000000"),
    ("plain_text_input", {"max_length": 3001}, "must be less than or equal to 3000"),
    ("plain_text_input", {"min_length": 9, "max_length": 5}, "min_length must not be greater than max_length"),
    ("plain_text_input", {"initial_value": "x" * 501}, "must be less than 501 characters"),
    ("plain_text_input", {"multiline": "yes"}, "must be a boolean"),
    ("email_text_input", {"placeholder": plain("x" * 151)}, "must be less than 151 characters"),
    ("url_text_input", {"initial_value": 7}, "must be a string"),
    ("number_input", {"min_value": 1}, "must be a string"),
    ("number_input", {"min_value": "10"}, "min_value must not be greater than max_value"),
    ("rich_text_input", {"initial_value": plain()}, "must be a valid enum value"),
    ("rich_text_input", {"min_lines": 6}, "min_lines must not be greater than max_lines"),
    ("file_input", {"max_files": 11}, "must be less than or equal to 10"),
    ("file_input", {"filetypes": []}, "no less than 1 items allowed"),
    ("workflow_button", {"text": plain("x" * 76)}, "must be less than 76 characters"),
    ("feedback_buttons", {"negative_button": {"text": plain()}}, "missing required field: value"),
    ("icon_button", {"icon": "star"}, "must be a valid enum value"),
    ("icon_button", {"visible_to_user_ids": [f"U{n:09d}" for n in range(11)]}, "no more than 10 items allowed"),
    ("url", {"url": "nowhere"}, "must be a valid URL"),
]


@pytest.mark.parametrize(("kind", "change", "words"), SPOILED)
def test_a_spoiled_element_is_refused_in_slacks_words(kind: str, change: Json, words: str) -> None:
    """One change to a valid sample, one complaint."""
    assert words in problems_of(ELEMENTS[kind] | change)


def test_every_known_element_has_a_spoiled_sample() -> None:
    """No element goes untested."""
    assert {kind for kind, _, _ in SPOILED} == set(KNOWN)


WRONG_PLACES: list[tuple[Json, str]] = [
    ({"type": "section", "text": mrkdwn(), "accessory": ELEMENTS["plain_text_input"]}, "/blocks/0/accessory/type"),
    ({"type": "actions", "elements": [ELEMENTS["multi_users_select"]]}, "/blocks/0/elements/0/type"),
    ({"type": "actions", "elements": [ELEMENTS["plain_text_input"]]}, "/blocks/0/elements/0/type"),
    ({"type": "context", "elements": [ELEMENTS["button"]]}, "/blocks/0/elements/0/type"),
    ({"type": "input", "label": plain(), "element": ELEMENTS["button"]}, "/blocks/0/element/type"),
    ({"type": "input", "label": plain(), "element": ELEMENTS["overflow"]}, "/blocks/0/element/type"),
    ({"type": "input", "label": plain(), "element": ELEMENTS["file_input"]}, "/blocks/0/element/type"),
    ({"type": "context_actions", "elements": [ELEMENTS["button"]]}, "/blocks/0/elements/0/type"),
]


@pytest.mark.parametrize(("block", "pointer"), WRONG_PLACES)
def test_an_element_in_a_block_that_cannot_hold_it_is_pointed_at(block: Json, pointer: str) -> None:
    """In a message, where file inputs cannot stand either."""
    problems: list[Any] = check_blocks([block], Surface.MESSAGE)
    assert [(one.pointer, one.message.partition(":")[0]) for one in problems] == [(pointer, "unsupported type")]
