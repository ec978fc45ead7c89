"""What every listener may use, built once in ``runtime/convener.py`` and handed over in Bolt's context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from handlers.slack.directory import Directory
from handlers.slack.sender import Sender
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """The database, the clock (an aware instant, in UTC), the sender of messages, and what Slack says of people."""

    database: Database
    now: Callable[[], datetime]
    sender: Sender
    directory: Directory
