"""The control API makes trouble: the fault switches, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from playground.people.desk import Act, Asked, Desk
from playground.people.staging import set_archived
from playground.world.faults import Countdown, Faults
from playground.world.sockets import NOTICE_SECONDS


def _countdowns(asked: Any) -> list[Countdown]:
    wanted = [] if not asked else asked if isinstance(asked, list) else [asked]
    return [
        Countdown(one.get("method", "*"), int(one.get("times", 1)), int(one.get("retry_after", 1))) for one in wanted
    ]


_SET: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "rate_limit": ("rate_limits", _countdowns),
    "server_error": ("server_errors", _countdowns),
    "delay_ms": ("delay_ms", int),
    "lose_ack": ("lose_ack", int),
    "tiers": ("tiers", bool),
    "expire_triggers": ("expire_triggers", bool),
    "revoke_token": ("revoke_token", bool),
    "retry_seconds": ("retry_seconds", lambda waits: tuple(float(wait) for wait in waits)),
}


async def _faults(desk: Desk, asked: Asked) -> Any:
    """Set the switches that are named; ``{"clear": true}`` turns all of them off first."""
    if asked.get("clear"):
        desk.ws.faults = Faults()
    for name in _SET.keys() & asked.keys():
        field, converted = _SET[name]
        setattr(desk.ws.faults, field, converted(asked[name]))
    if "archive" in asked:
        await set_archived(desk, {"channel": asked["archive"]})
    notice = asked.get("refresh_sockets")
    if notice:
        desk.ws.sockets.refresh(NOTICE_SECONDS if notice is True else float(notice))
    return _standing(desk)


def _standing(desk: Desk) -> dict[str, Any]:
    """How the switches stand."""
    faults = asdict(desk.ws.faults)
    return {name: faults[field] for name, (field, _) in _SET.items()}


ACTS: dict[str, Act] = {"faults": _faults}
LOOKS: dict[str, Act] = {"faults": _faults}
