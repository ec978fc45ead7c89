"""What every message that we render has to keep to, by the validator of the pretend Slack."""

from __future__ import annotations

from typing import Any

from handlers.slack.blocks import TEXT_LIMIT
from playground.validator.payload import check_message_blocks


def assert_sound(text: str, blocks: list[dict[str, Any]] | None) -> None:
    """The text stands alone and is short enough; the blocks are what Slack takes."""
    assert text.strip()
    assert len(text) <= TEXT_LIMIT
    assert check_message_blocks(blocks or []) == []
