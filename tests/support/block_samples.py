"""Valid samples of every block and element, and ways to spoil each."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def plain(text: str = "Words") -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Words") -> Json:
    """A mrkdwn text object."""
    return {"type": "mrkdwn", "text": text}


def option(value: str = "a") -> Json:
    """An option."""
    return {"text": plain(f"Option {value}"), "value": value}


def rich(text: str = "Words") -> Json:
    """A rich text block with one section."""
    part = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [part]}


CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain("Yes"), "deny": plain("No")}
IMAGE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A picture"}
BUTTON = {"type": "button", "text": plain("Press"), "action_id": "press"}
PIE = {"type": "pie", "segments": [{"label": "Met", "value": 4}, {"label": "Not yet", "value": 2}]}
POINTS = [{"label": "May", "value": 3}, {"label": "June", "value": -1}]
BAR: Json = {
    "type": "bar",
    "series": [{"name": "Votes", "data": POINTS}],
    "axis_config": {"categories": ["May", "June"]},
}
CARD = {"type": "card", "title": plain(), "body": mrkdwn(), "actions": [BUTTON]}
TASK = {"title": "Ask counsel", "task_id": "t1", "status": "complete"}

ELEMENTS: dict[str, Json] = {
    "button": BUTTON | {"value": "v", "style": "primary", "confirm": CONFIRM},
    "image": IMAGE,
    "plain_text": plain(),
    "mrkdwn": mrkdwn(),
    "overflow": {"type": "overflow", "options": [option("a"), option("b")]},
    "checkboxes": {"type": "checkboxes", "options": [option("a")], "initial_options": [option("a")]},
    "radio_buttons": {"type": "radio_buttons", "options": [option("a")], "initial_option": option("a")},
    "static_select": {"type": "static_select", "options": [option("a"), option("b")], "initial_option": option("b")},
    "multi_static_select": {
        "type": "multi_static_select",
        "option_groups": [{"label": plain(), "options": [option("a"), option("b")]}],
        "initial_options": [option("b")],
        "max_selected_items": 2,
    },
    "external_select": {"type": "external_select", "min_query_length": 0, "placeholder": plain()},
    "multi_external_select": {"type": "multi_external_select", "initial_options": [option("a")]},
    "users_select": {"type": "users_select", "initial_user": "U0DANA0001"},
    "multi_users_select": {"type": "multi_users_select", "initial_users": ["U0DANA0001"]},
    "channels_select": {"type": "channels_select", "initial_channel": "C0WORKING1", "response_url_enabled": True},
    "multi_channels_select": {"type": "multi_channels_select", "initial_channels": ["C0WORKING1"]},
    "conversations_select": {
        "type": "conversations_select",
        "default_to_current_conversation": True,
        "filter": {"include": ["public"], "exclude_bot_users": True},
    },
    "multi_conversations_select": {"type": "multi_conversations_select", "max_selected_items": 3},
    "datepicker": {"type": "datepicker", "initial_date": "2026-12-07"},
    "timepicker": {"type": "timepicker", "initial_time": "09:30", "timezone": "America/Chicago"},
    "datetimepicker": {"type": "datetimepicker", "initial_date_time": 1796659200},
    "plain_text_input": {"type": "plain_text_input", "multiline": True, "min_length": 1, "max_length": 500},
    "email_text_input": {"type": "email_text_input", "initial_value": "a@example.org"},
    "url_text_input": {"type": "url_text_input", "placeholder": plain()},
    "number_input": {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"},
    "rich_text_input": {"type": "rich_text_input", "initial_value": rich(), "min_lines": 2, "max_lines": 5},
    "file_input": {"type": "file_input", "filetypes": ["csv"], "max_files": 1},
    "workflow_button": {
        "type": "workflow_button",
        "text": plain(),
        "action_id": "w",
        "workflow": {"trigger": {"url": "https://example.org"}},
    },
    "feedback_buttons": {
        "type": "feedback_buttons",
        "positive_button": {"text": plain("Good"), "value": "good"},
        "negative_button": {"text": plain("Bad"), "value": "bad"},
    },
    "icon_button": {"type": "icon_button", "icon": "trash", "text": plain("Delete"), "value": "x"},
    "url": {"type": "url", "url": "https://example.org", "text": "A source"},
}

BLOCKS: dict[str, Json] = {
    "actions": {"type": "actions", "block_id": "b", "elements": [BUTTON]},
    "alert": {"type": "alert", "text": mrkdwn(), "level": "warning"},
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [CARD]},
    "container": {"type": "container", "title": plain(), "child_blocks": [{"type": "divider"}]},
    "context": {"type": "context", "elements": [mrkdwn(), IMAGE]},
    "context_actions": {"type": "context_actions", "elements": [ELEMENTS["feedback_buttons"]]},
    "data_table": {
        "type": "data_table",
        "caption": "Votes",
        "rows": [
            [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Votes"}],
            [{"type": "raw_text", "text": "Lena"}, {"type": "raw_number", "value": 3, "text": "3"}],
        ],
    },
    "data_visualization": {"type": "data_visualization", "title": "Principles", "chart": PIE},
    "divider": {"type": "divider"},
    "header": {"type": "header", "text": plain()},
    "image": IMAGE | {"title": plain()},
    "input": {"type": "input", "label": plain(), "element": ELEMENTS["plain_text_input"], "optional": True},
    "markdown": {"type": "markdown", "text": "**Words**"},
    "plan": {"type": "plan", "title": "Plan", "tasks": [TASK, TASK | {"task_id": "t2", "status": "pending"}]},
    "rich_text": rich(),
    "section": {"type": "section", "text": mrkdwn(), "fields": [plain()], "accessory": BUTTON},
    "table": {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, rich()]], "column_settings": [{}]},
    "task_card": {"type": "task_card", **TASK, "details": rich()},
    "video": {
        "type": "video",
        "alt_text": "A film",
        "thumbnail_url": "https://example.org/a.png",
        "title": plain(),
        "video_url": "https://example.org/a.mp4",
    },
}


def holder_of(kind: str, element: Json) -> Json:
    """A block that may hold an element of that kind."""
    if kind in ("plain_text", "mrkdwn"):
        return {"type": "context", "elements": [element]}
    if kind in ("feedback_buttons", "icon_button"):
        return {"type": "context_actions", "elements": [element]}
    if kind == "url":
        return {"type": "task_card", **TASK, "sources": [element]}
    if kind.endswith("_input"):
        return {"type": "input", "label": plain(), "element": element}
    if kind == "datetimepicker":
        return {"type": "actions", "elements": [element]}
    return {"type": "section", "text": mrkdwn(), "accessory": element}
