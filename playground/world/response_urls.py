"""``response_url``: an address on which the app may answer an act, five times in thirty minutes of pretend time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.world.clock import PretendClock

MOST_USES = 5
LIFE = timedelta(minutes=30)


@dataclass(slots=True)
class ResponseUrl:
    """What an address stands for: who acted, where, and on which message, if any."""

    user: str
    channel: str
    message_ts: str
    issued: datetime
    uses: int = 0


class ResponseUrls:
    """All addresses given out."""

    def __init__(self, clock: PretendClock) -> None:
        self._clock = clock
        self._known: dict[str, ResponseUrl] = {}

    def issue(self, user: str, channel: str, message_ts: str = "") -> str:
        """A fresh address, as the path after ``/response/``."""
        name = f"{secrets.token_hex(6)}/{secrets.token_urlsafe(18)}"
        self._known[name] = ResponseUrl(user, channel, message_ts, self._clock.now())
        return name

    def use(self, name: str) -> ResponseUrl | str:
        """Count one use; answers Slack's error name where the address is unknown, used up, or too old."""
        known = self._known.get(name)
        if known is None:
            return "invalid_url"
        if self._clock.now() - known.issued > LIFE:
            return "expired_url"
        if known.uses >= MOST_USES:
            return "used_url"
        known.uses += 1
        return known
