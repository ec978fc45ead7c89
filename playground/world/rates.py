"""Slack's rate tiers, counted over the last minute of real time. Off until the fault switch ``tiers`` is on."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque

from playground.world.methods import METHODS
from playground.world.methods.kinds import Tier

MINUTE = 60.0
PER_CHANNEL_SECONDS = 1.0


class Rates:
    """The calls of the last minute, by method, and posts by channel."""

    def __init__(self) -> None:
        self._calls: dict[str, deque[float]] = defaultdict(deque)
        self._last_post: dict[str, float] = {}

    def wait(self, method: str, channel: str = "") -> int:
        """Count one call; answer the whole seconds to wait where it comes too soon, else 0."""
        now = time.monotonic()
        if method == "chat.postMessage":
            return self._wait_for_channel(channel, now)
        tier = METHODS[method].tier
        if tier is Tier.T5:
            return 0
        calls = self._calls[method]
        while calls and now - calls[0] >= MINUTE:
            calls.popleft()
        if len(calls) >= tier.value:
            return math.ceil(MINUTE - (now - calls[0]))
        calls.append(now)
        return 0

    def _wait_for_channel(self, channel: str, now: float) -> int:
        last = self._last_post.get(channel)
        if last is not None and now - last < PER_CHANNEL_SECONDS:
            return math.ceil(PER_CHANNEL_SECONDS - (now - last))
        self._last_post[channel] = now
        return 0
