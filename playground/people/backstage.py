"""The control API behind the scenes: what was said between Slack and the app, and deliveries of one's own making."""

from __future__ import annotations

from typing import Any

from playground.deliveries.delivery import Reply
from playground.people.desk import Act, Asked, Desk


async def _calls(desk: Desk, asked: Asked) -> Any:
    return {"calls": [call.shown() for call in desk.ws.log.calls[int(asked.get("since", 0)) :]]}


async def _violations(desk: Desk, asked: Asked) -> Any:
    return {"violations": desk.ws.log.violations}


async def _warnings(desk: Desk, asked: Asked) -> Any:
    return {"warnings": desk.ws.log.warnings}


def _replied(reply: Reply) -> dict[str, Any]:
    return {
        "n": reply.call.n,
        "status": reply.status,
        "timed_out": reply.timed_out,
        "failure": reply.failure,
        "answer": reply.content,
    }


async def _again(desk: Desk, asked: Asked) -> Any:
    calls = desk.ws.log.calls
    n = int(asked["n"])
    if not 0 <= n < len(calls) or calls[n].direction != "out":
        raise ValueError(f"call {n} is no delivery")
    return _replied(await desk.courier.again(calls[n], _headers(asked)))


async def _deliver(desk: Desk, asked: Asked) -> Any:
    body = str(asked["body"]).encode()
    signed = bool(asked.get("signed", True))
    return _replied(await desk.courier.deliver_raw("raw", body, _headers(asked), signed=signed))


def _headers(asked: Asked) -> dict[str, str]:
    return {str(name): str(value) for name, value in asked.get("headers", {}).items()}


async def _event(desk: Desk, asked: Asked) -> Any:
    desk.ws.happened({"event_ts": desk.ws.clock.next_ts(), **asked["event"]})
    await desk.events.settle()
    return {"ok": True}


async def _events_url(desk: Desk, asked: Asked) -> Any:
    desk.ws.events_url = asked["url"] or ""
    return {"url": desk.ws.events_url}


ACTS: dict[str, Act] = {"again": _again, "deliver": _deliver, "event": _event, "events": _events_url}
LOOKS: dict[str, Act] = {"calls": _calls, "violations": _violations, "warnings": _warnings}
