"""What a message may hold: text, blocks, attachments. The same rules hold for posts, acknowledgements and responses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.validator import Problem, check_message_blocks
from playground.validator.payload import MOST_CHARACTERS, characters
from playground.world.errors import ApiError

MOST_TEXT_POSTED = 40_000
MOST_TEXT = 4_000
MOST_ATTACHMENTS = 100
ADVISED_TEXT = "[WARNING] text should be at most 4000 characters [json-pointer:/text]"


def check_content(content: Mapping[str, Any], *, most_text: int = MOST_TEXT_POSTED) -> None:
    """Raise :class:`ApiError` by Slack's names where a message could not be shown."""
    blocks, text = content.get("blocks"), content.get("text")
    attachments, markdown = content.get("attachments"), content.get("markdown_text")
    if markdown and (blocks or text):
        raise ApiError("markdown_text_conflict")
    if text is not None and not isinstance(text, str):
        raise ApiError("invalid_arguments", problems=[Problem("must be a string", "/text", "type")])
    if not any((blocks, text, attachments, markdown)):
        raise ApiError("no_text")
    if len(text or "") > most_text or len(markdown or "") > 12_000:
        raise ApiError("msg_too_long")
    if blocks:
        check_blocks_of_message(blocks)
    if attachments:
        _check_attachments(attachments)


def check_blocks_of_message(blocks: object, pointer: str = "/blocks") -> None:
    """Raise ``invalid_blocks`` or ``msg_blocks_too_long``."""
    problems = check_message_blocks(blocks, pointer)
    if problems:
        raise ApiError("invalid_blocks", problems=problems)
    if characters(blocks) > MOST_CHARACTERS:
        raise ApiError("msg_blocks_too_long")


def _check_attachments(attachments: object) -> None:
    if not isinstance(attachments, list) or not all(isinstance(one, dict) for one in attachments):
        raise ApiError("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise ApiError("too_many_attachments")
    problems = [
        problem
        for index, one in enumerate(attachments)
        if one.get("blocks") is not None
        for problem in check_message_blocks(one["blocks"], f"/attachments/{index}/blocks")
    ]
    if problems:
        raise ApiError("invalid_attachments", problems=problems)
