"""How the app helps in a thread: what it calls it, what it says that it is doing, what it offers to be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Help:
    """What an app has said of one thread. ``prompts`` have a ``title`` and the ``message`` that one of them types."""

    title: str = ""
    status: str = ""
    prompts_title: str = ""
    prompts: list[dict[str, Any]] = field(default_factory=list)


class Assistant:
    """The threads that the app helps in, by conversation and the thread's first message."""

    def __init__(self) -> None:
        self._threads: dict[tuple[str, str], Help] = {}

    def in_thread(self, channel: str, thread_ts: str) -> Help:
        """The help in a thread, begun where there was none."""
        return self._threads.setdefault((channel, thread_ts), Help())

    def known(self, channel: str, thread_ts: str) -> Help | None:
        """The help in a thread, where there is some."""
        return self._threads.get((channel, thread_ts))

    def answered(self, channel: str, thread_ts: str) -> bool:
        """The app has answered: it is busy no longer. Whether it had said that it was."""
        helping = self._threads.get((channel, thread_ts))
        if helping is None or not helping.status:
            return False
        helping.status = ""
        return True
