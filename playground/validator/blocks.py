"""The blocks and the surfaces that they may stand on."""

from __future__ import annotations

from collections.abc import Iterator

from playground.validator.checks import (
    Check,
    Problem,
    Shape,
    array,
    boolean,
    by_type,
    needs_one,
    not_both,
    one_of,
    string,
    unique,
    url,
)
from playground.validator.composition import SLACK_FILE, plain, text
from playground.validator.data import DATA_TABLE, DATA_VISUALIZATION, TABLE
from playground.validator.elements import (
    BUTTON,
    ELEMENTS,
    IMAGE,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from playground.validator.rich_text import RICH_TEXT

BLOCK: dict[str, Check] = {"block_id": string(255, 1)}
KIND: dict[str, Check] = {"type": string()}


def _file_inputs_do_not_dispatch(value: object, pointer: str) -> Iterator[Problem]:
    element = value.get("element") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(element, dict):
        return
    if element.get("type") == "file_input" and value.get("dispatch_action"):
        yield Problem("file_input does not support dispatch_action", f"{pointer}/dispatch_action", "dispatch_action")


def _tasks_differ(value: object, pointer: str) -> Iterator[Problem]:
    tasks = value.get("tasks") if isinstance(value, dict) else None
    names = [task.get("task_id") for task in tasks if isinstance(task, dict)] if isinstance(tasks, list) else []
    yield from unique("task_id must be unique")(names, f"{pointer}/tasks")


def _container_switches(value: object, pointer: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        return
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        yield Problem("default_collapsed needs is_collapsible", pointer, "default_collapsed")
    if value.get("has_header_divider") and value.get("is_collapsible"):
        yield Problem("has_header_divider is for containers that do not collapse", pointer, "has_header_divider")


_ICON = Shape({"type": one_of("icon"), "name": string(minimum=1)}, {})
_TASK: dict[str, Check] = {
    "title": string(minimum=1),
    "task_id": string(minimum=1),
    "status": one_of("pending", "in_progress", "complete", "error"),
}
_TASK_MORE: dict[str, Check] = {
    "details": RICH_TEXT,
    "output": RICH_TEXT,
    "sources": array(by_type(ELEMENTS, ("url",))),
}
_CARD = Shape(
    KIND,
    BLOCK
    | {
        "hero_image": IMAGE,
        "icon": IMAGE,
        "slack_icon": _ICON,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": array(BUTTON, 1, 3),
    },
    (needs_one("hero_image", "title", "actions", "body"), not_both("icon", "slack_icon")),
)
_FIELDS = array(text(2000), 1, 10)

BLOCKS: dict[str, Check] = {
    "actions": Shape(KIND | {"elements": array(by_type(ELEMENTS, IN_ACTIONS), 1, 25)}, BLOCK),
    "alert": Shape(
        KIND | {"text": text(200)}, BLOCK | {"level": one_of("default", "info", "warning", "error", "success")}
    ),
    "card": _CARD,
    "carousel": Shape(KIND | {"elements": array(by_type({"card": _CARD}), 1, 10)}, BLOCK),
    "context": Shape(KIND | {"elements": array(by_type(ELEMENTS, IN_CONTEXT), 1, 10)}, BLOCK),
    "context_actions": Shape(KIND | {"elements": array(by_type(ELEMENTS, IN_CONTEXT_ACTIONS), 1, 5)}, BLOCK),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "divider": Shape(KIND, BLOCK),
    "header": Shape(KIND | {"text": plain(150)}, BLOCK),
    "image": Shape(
        KIND | {"alt_text": string(2000, 1)},
        BLOCK | {"image_url": url(), "slack_file": SLACK_FILE, "title": plain(2000)},
        (needs_one("image_url", "slack_file"), not_both("image_url", "slack_file")),
    ),
    "input": Shape(
        KIND | {"label": plain(2000), "element": by_type(ELEMENTS, IN_INPUT)},
        BLOCK | {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        (_file_inputs_do_not_dispatch,),
    ),
    "markdown": Shape(KIND | {"text": string(12_000, 1)}, BLOCK),
    "plan": Shape(
        KIND | {"title": string(minimum=1)}, BLOCK | {"tasks": array(Shape(_TASK, _TASK_MORE), 0, 50)}, (_tasks_differ,)
    ),
    "rich_text": RICH_TEXT,
    "section": Shape(
        KIND,
        BLOCK | {"text": text(3000), "fields": _FIELDS, "accessory": by_type(ELEMENTS, IN_SECTION), "expand": boolean},
        (needs_one("text", "fields"),),
    ),
    "table": TABLE,
    "task_card": Shape(
        KIND | _TASK | {"status": one_of("in_progress", "complete", "error")},
        BLOCK | _TASK_MORE,
    ),
    "video": Shape(
        KIND | {"alt_text": string(2000), "thumbnail_url": url(), "title": plain(200), "video_url": url()},
        BLOCK
        | {
            "author_name": string(50),
            "description": plain(200),
            "provider_icon_url": url(2000),
            "provider_name": string(50),
            "title_url": url(2000),
        },
    ),
}

_IN_CONTAINER = ("actions", "context", "divider", "header", "image", "input", "rich_text", "section", "table", "video")
BLOCKS["container"] = Shape(
    KIND | {"child_blocks": array(by_type(BLOCKS, _IN_CONTAINER), 1, 10)},
    BLOCK
    | {
        "title": plain(150),
        "rich_text_title": RICH_TEXT,
        "subtitle": text(150),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": IMAGE,
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    (needs_one("title", "rich_text_title"), _container_switches),
)
