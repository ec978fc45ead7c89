"""The channel log: every message, who sees it, and how it changes in place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from playground.world.kept import blocks_of


@dataclass(slots=True)
class Message:
    """One message. ``only_for`` is the user who alone sees it, or empty; ``revision`` counts its changes.

    ``author`` is a user id. ``by_app`` says that the app under test wrote it and may change it. ``reactions`` are user
    ids by the name of the emoji; ``pinned_by`` is the user who pinned it, or empty. ``streaming`` says
    that the app is still writing it.
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
    subtype: str = ""
    reactions: dict[str, list[str]] = field(default_factory=dict)
    pinned_by: str = ""
    pinned_at: int = 0
    streaming: bool = False

    @property
    def all_blocks(self) -> list[dict[str, Any]]:
        """Its blocks, those of its attachments too."""
        return self.blocks + blocks_of(self.attachments)

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
        self._replies: dict[tuple[str, str], list[Message]] = {}

    @property
    def changes(self) -> int:
        """How many times a message was added or changed so far."""
        return len(self._changed)

    def changed_since(self, changes: int) -> list[Message]:
        """The messages that were added or changed after the first ``changes`` times and still stand, oldest first."""
        fresh = {id(one): one for one in self._changed[changes:] if (one.channel, one.ts) in self._by_ts}
        return sorted(fresh.values(), key=lambda one: float(one.ts))

    def fresh_for(self, user: str, channels: Collection[str], changes: int) -> list[Message]:
        """Of what a user sees in ``channels``, what was added or changed after the first ``changes`` times."""
        return [one for one in self.changed_since(changes) if one.channel in channels and one.only_for in ("", user)]

    def add(self, message: Message) -> Message:
        """Append a message to its channel."""
        self._by_channel.setdefault(message.channel, []).append(message)
        self._by_ts[(message.channel, message.ts)] = message
        self._changed.append(message)
        if message.is_reply and not message.only_for:
            self._replies.setdefault((message.channel, message.thread_ts), []).append(message)
        return message

    def replies(self, message: Message) -> list[Message]:
        """The replies that everybody sees under a message, oldest first."""
        return self._replies.get((message.channel, message.ts), [])

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
        if message.is_reply and not message.only_for:
            self._replies[(message.channel, message.thread_ts)].remove(message)

    def seen_by(self, user: str, channels: list[str]) -> list[Message]:
        """What a user sees in ``channels``, oldest first."""
        seen = [
            one
            for channel in channels
            for one in self._by_channel.get(channel, [])
            if not one.only_for or one.only_for == user
        ]
        return seen if len(channels) == 1 else sorted(seen, key=lambda one: float(one.ts))
