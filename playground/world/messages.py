"""The channel log: every message, who sees it, and how it changes in place."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from playground.validator.payload import elements_of, nested


@dataclass(slots=True)
class Message:
    """One message. ``only_for`` is the user who alone sees it, or empty; ``revision`` counts its changes.

    ``author`` is a user id. ``by_app`` says that the app under test wrote it and may change it.
    """

    channel: str
    ts: str
    author: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    only_for: str = ""
    by_app: bool = False
    thread_ts: str = ""
    edited_ts: str = ""
    revision: int = 0
    metadata: dict[str, Any] | None = None
    files: list[str] = field(default_factory=list)
    username: str = ""

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread rather than in the channel."""
        return bool(self.thread_ts) and self.thread_ts != self.ts

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells this state of this message from any other."""
        return (self.channel, self.ts, self.revision)


class ChannelLog:
    """The messages of all channels, in order."""

    def __init__(self) -> None:
        self._by_channel: dict[str, list[Message]] = {}
        self._by_ts: dict[tuple[str, str], Message] = {}
        self._changed: list[Message] = []
        self._replies: Counter[tuple[str, str]] = Counter()

    @property
    def changes(self) -> int:
        """How many times a message was added or changed so far."""
        return len(self._changed)

    def changed_since(self, changes: int) -> list[Message]:
        """The messages that were added or changed after the first ``changes`` times and still stand, oldest first."""
        fresh = {id(one): one for one in self._changed[changes:] if (one.channel, one.ts) in self._by_ts}
        return sorted(fresh.values(), key=lambda one: float(one.ts))

    def add(self, message: Message) -> Message:
        """Append a message to its channel."""
        self._by_channel.setdefault(message.channel, []).append(message)
        self._by_ts[(message.channel, message.ts)] = message
        self._changed.append(message)
        self._count(message, 1)
        return message

    def _count(self, message: Message, by: int) -> None:
        if message.is_reply and not message.only_for:
            self._replies[(message.channel, message.thread_ts)] += by

    def replies(self, message: Message) -> int:
        """How many replies that everybody sees stand under a message."""
        return self._replies[(message.channel, message.ts)]

    def touch(self, message: Message) -> None:
        """Note that a message was changed in place."""
        message.revision += 1
        self._changed.append(message)

    def in_channel(self, channel: str) -> list[Message]:
        """The messages of a channel, oldest first."""
        return list(self._by_channel.get(channel, []))

    def find(self, channel: str, ts: str) -> Message | None:
        """The message of a channel with that timestamp."""
        return self._by_ts.get((channel, ts))

    def remove(self, message: Message) -> None:
        """Take a message out of its channel."""
        self._by_channel[message.channel].remove(message)
        self._by_ts.pop((message.channel, message.ts), None)
        self._count(message, -1)

    def seen_by(self, user: str, channels: list[str]) -> list[Message]:
        """What a user sees in ``channels``, oldest first."""
        seen = [
            one
            for channel in channels
            for one in self._by_channel.get(channel, [])
            if not one.only_for or one.only_for == user
        ]
        return seen if len(channels) == 1 else sorted(seen, key=lambda one: float(one.ts))


_INTERACTIVE = frozenset(
    {"button", "overflow", "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker", "file_input"}
    | {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}
    | {"feedback_buttons", "icon_button", "workflow_button"}
)


def is_interactive(element: dict[str, Any]) -> bool:
    """Whether an element acts or holds a value, so that it carries an ``action_id``."""
    kind = str(element.get("type"))
    return kind in _INTERACTIVE or kind.endswith("_select")


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same blocks with a ``block_id`` on each and an ``action_id`` on each interactive element, as Slack adds."""
    for block in blocks:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements_of(block):
            if is_interactive(element):
                element.setdefault("action_id", secrets.token_urlsafe(4))
        with_ids([inner for inner in nested(block) if isinstance(inner, dict)])
    return blocks
