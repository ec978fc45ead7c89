"""Blocks and attachments as Slack keeps them: with ids where the app gave none, and with its defaults filled in."""

from __future__ import annotations

import secrets
from typing import Any

from playground.validator.payload import elements_of, nested
from playground.world.values import is_interactive

Object = dict[str, Any]

_DEFAULTS: dict[str, Object] = {
    "plain_text": {"emoji": True},
    "mrkdwn": {"verbatim": False},
    "input": {"optional": False, "dispatch_action": False},
    "plain_text_input": {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}},
}
_LEFT_ALONE = ("rich_text", "workflow")
NO_PREVIEW = "[no preview available]"


def kept_blocks(blocks: list[Object]) -> list[Object]:
    """The same blocks, not those very ones: each with a ``block_id``, all that acts with an ``action_id``."""
    return _with_ids([_filled_in(block) for block in blocks])


def kept_view(view: Object) -> Object:
    """A view with its blocks, its title and the words on its buttons as Slack keeps them."""
    return {name: _filled_in(part) for name, part in view.items()} | {"blocks": kept_blocks(view["blocks"])}


def kept_attachments(attachments: list[Object]) -> list[Object]:
    """Attachments, numbered from one; those of blocks get the words that stand in for them where none is shown."""
    return [_attachment(number, given) for number, given in enumerate(attachments, 1)]


def blocks_of(attachments: list[Object]) -> list[Object]:
    """The blocks that stand in attachments, in order."""
    return [block for attachment in attachments for block in attachment.get("blocks") or []]


def _attachment(number: int, given: Object) -> Object:
    held = {name: part for name, part in given.items() if part is not None}
    if "blocks" in held:
        held = {"fallback": NO_PREVIEW} | held | {"blocks": kept_blocks(held["blocks"])}
    if "color" in held:
        held["color"] = str(held["color"]).removeprefix("#")
    return {"id": number} | held


def _filled_in(part: Any) -> Any:
    if isinstance(part, list):
        return [_filled_in(inner) for inner in part]
    if not isinstance(part, dict) or part.get("type") in _LEFT_ALONE:
        return part
    held = {
        name: inner if name in _LEFT_ALONE else _filled_in(inner) for name, inner in part.items() if inner is not None
    }
    return _DEFAULTS.get(str(part.get("type")), {}) | held


def _with_ids(blocks: list[Object]) -> list[Object]:
    for block in blocks:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements_of(block):
            if is_interactive(element):
                element.setdefault("action_id", secrets.token_urlsafe(4))
        _with_ids([inner for inner in nested(block) if isinstance(inner, dict)])
    return blocks
