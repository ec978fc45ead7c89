"""Faults on purpose: switches that make the pretend Slack misbehave the way the real one sometimes does."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Countdown:
    """A fault that strikes the next ``times`` calls of ``method`` (of any method where that is ``*``)."""

    method: str
    times: int
    retry_after: int = 1


@dataclass(slots=True)
class Faults:
    """The switches, all off at first.

    ``delay_ms`` holds back every answer and delivery; ``lose_ack`` drops the next so many answers to deliveries after
    the app has done its work; ``tiers`` turns Slack's own rate limits on; ``expire_triggers`` makes each trigger id
    too old as soon as it is used; ``retry_seconds`` are the waits before an event is tried again, in seconds of
    pretend time.
    """

    rate_limits: list[Countdown] = field(default_factory=list)
    server_errors: list[Countdown] = field(default_factory=list)
    delay_ms: int = 0
    lose_ack: int = 0
    tiers: bool = False
    expire_triggers: bool = False
    revoke_token: bool = False
    retry_seconds: tuple[float, ...] = (0.0, 60.0, 300.0)

    def rate_limited(self, method: str) -> Countdown | None:
        """Count one call of ``method`` and answer the rate limit that it runs into, if any."""
        return _strike(self.rate_limits, method)

    def broken(self, method: str) -> bool:
        """Count one call of ``method`` and answer whether it meets a server error."""
        return _strike(self.server_errors, method) is not None

    def loses_ack(self) -> bool:
        """Count one delivery and answer whether its answer is lost."""
        if self.lose_ack <= 0:
            return False
        self.lose_ack -= 1
        return True


def _strike(countdowns: list[Countdown], method: str) -> Countdown | None:
    for one in countdowns:
        if one.times > 0 and one.method in (method, "*"):
            one.times -= 1
            return one
    return None
