"""The links that are kept at the top of a channel."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field


@dataclass(slots=True)
class Bookmark:
    """One link. ``created`` and ``updated`` are whole seconds since 1970; ``updated`` is 0 where it never was."""

    id: str
    channel: str
    title: str
    link: str
    emoji: str
    created: int
    updated: int = 0


@dataclass(slots=True)
class Bookmarks:
    """The bookmarks of all channels, in the order in which they came."""

    _known: dict[str, Bookmark] = field(default_factory=dict)

    def add(self, channel: str, title: str, link: str, emoji: str, created: int) -> Bookmark:
        """Keep a link."""
        bookmark = Bookmark(f"Bk{secrets.token_hex(5).upper()}", channel, title, link, emoji, created)
        self._known[bookmark.id] = bookmark
        return bookmark

    def of_channel(self, channel: str) -> list[Bookmark]:
        """The links of a channel."""
        return [bookmark for bookmark in self._known.values() if bookmark.channel == channel]

    def find(self, channel: str, bookmark_id: str) -> Bookmark | None:
        """The bookmark of that id, where it belongs to that channel."""
        bookmark = self._known.get(bookmark_id)
        return bookmark if bookmark is not None and bookmark.channel == channel else None

    def remove(self, bookmark: Bookmark) -> None:
        """Keep it no longer."""
        self._known.pop(bookmark.id, None)
