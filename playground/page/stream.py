"""Live updates for the page: server-sent events, numbered, so that a broken connection goes on where it was."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from playground.page.shown import call_shown, clock_shown, message_shown, seen
from playground.people.acts import CannotAct
from playground.people.desk import Desk
from playground.world.feed import Change
from playground.world.workspace import Workspace

HEARTBEAT_SECONDS = 15.0


async def handle_stream(request: Request) -> Response:
    """What changes for ``user`` after change number ``after``, or after the number that a browser comes back with."""
    desk: Desk = request.app.state.desk
    asked = request.query_params
    try:
        user = desk.persons.user(asked.get("user", ""))
        after = int(request.headers.get("last-event-id") or asked.get("after") or desk.ws.feed.seq)
    except (CannotAct, ValueError) as error:
        return JSONResponse({"error": str(error)}, 400)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_told(desk.ws, user.id, after), media_type="text/event-stream", headers=headers)


async def _told(ws: Workspace, user: str, after: int) -> AsyncIterator[str]:
    yield "retry: 500\n\n"
    if not ws.feed.holds(after):
        yield _event(ws.feed.seq, "reset", {})
        after = ws.feed.seq
    async for batch in ws.feed.following(after, HEARTBEAT_SECONDS):
        yield "".join(_events(ws, user, batch)) or f"id: {batch[-1].seq}\n\n" if batch else ": still here\n\n"


def _events(ws: Workspace, user: str, batch: list[Change]) -> list[str]:
    told = [(change.seq, change.kind, _details(ws, user, change)) for change in batch]
    return [_event(seq, kind, details) for seq, kind, details in told if details is not None]


def _event(seq: int, kind: str, details: dict[str, Any]) -> str:
    return f"id: {seq}\nevent: {kind}\ndata: {json.dumps(details, ensure_ascii=False)}\n\n"


def _details(ws: Workspace, user: str, change: Change) -> dict[str, Any] | None:
    """What a person is told of a change; None where it is not theirs to see."""
    details = change.details
    if change.kind == "message":
        return _message(ws, user, details["channel"], details["ts"])
    if change.kind == "view":
        return {} if details["user"] == user else None
    if change.kind == "call":
        return call_shown(ws.log.calls[details["n"]])
    return clock_shown(ws) if change.kind == "clock" else details


def _message(ws: Workspace, user: str, channel: str, ts: str) -> dict[str, Any] | None:
    """A message as it now stands; ``message`` is None where it was taken away."""
    place = ws.world.channels.get(channel)
    message = ws.messages.find(channel, ts)
    if place is None or user not in place.members or (message is not None and not seen(message, user)):
        return None
    shown = message_shown(ws, message, user) if message is not None else None
    return {"channel": channel, "ts": ts, "message": shown}
