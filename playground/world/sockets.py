"""Socket Mode: WebSocket connections that carry envelopes to the app, each acknowledged by its ``envelope_id``."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
import time
import uuid
from typing import Any

from aiohttp import WSMsgType, web

TICKET_SECONDS = 30.0
APPROXIMATE_LIFE_SECONDS = 3600
MOST_CONNECTIONS = 10


class Sockets:
    """The connections of Socket Mode. Each ticket opens one connection, within thirty seconds."""

    def __init__(self) -> None:
        self.address = ""
        self._tickets: dict[str, float] = {}
        self._open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._turn = itertools.count()

    @property
    def connected(self) -> bool:
        """Whether the app listens on a connection."""
        return bool(self._open)

    def fresh_url(self) -> str:
        """An address with a ticket in it."""
        ticket = secrets.token_urlsafe(18)
        self._tickets[ticket] = time.monotonic()
        return f"{self.address}link/?ticket={ticket}"

    async def send(self, kind: str, payload: dict[str, Any], retry: dict[str, Any]) -> Any:
        """Send one envelope on one of the connections and wait for its answer; None for a bare acknowledgement.

        The caller sets how long to wait. Raises ``ConnectionError`` without a connection.
        """
        if not self._open:
            raise ConnectionError("no Socket Mode connection")
        socket = self._open[next(self._turn) % len(self._open)]
        envelope_id = str(uuid.uuid4())
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = waiting
        envelope = {"envelope_id": envelope_id, "type": kind, "payload": payload, **retry}
        envelope["accepts_response_payload"] = kind != "events_api"
        try:
            await socket.send_str(json.dumps(envelope))
            return await waiting
        finally:
            self._waiting.pop(envelope_id, None)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to come again, and close it, as Slack does from time to time."""
        for socket in list(self._open):
            await socket.send_str(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {}}))
            await socket.close()

    async def handle_connection(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it closes."""
        issued = self._tickets.pop(request.query.get("ticket", ""), None)
        if issued is None or time.monotonic() - issued > TICKET_SECONDS:
            return web.Response(status=401, text="the ticket is unknown, used or too old")
        socket = web.WebSocketResponse(heartbeat=10)
        await socket.prepare(request)
        if len(self._open) >= MOST_CONNECTIONS:
            await socket.send_str(json.dumps({"type": "disconnect", "reason": "too_many_websockets"}))
            await socket.close()
            return socket
        self._open.append(socket)
        await socket.send_str(json.dumps(self._hello()))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._heard(message.data)
        finally:
            with contextlib.suppress(ValueError):
                self._open.remove(socket)
        return socket

    def _hello(self) -> dict[str, Any]:
        debug = {"host": "playground", "approximate_connection_time": APPROXIMATE_LIFE_SECONDS}
        return {"type": "hello", "num_connections": len(self._open), "debug_info": debug}

    def _heard(self, text: str) -> None:
        try:
            answered = json.loads(text)
        except json.JSONDecodeError:
            return
        waiting = self._waiting.get(answered.get("envelope_id", "")) if isinstance(answered, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(answered.get("payload"))

    async def serve(self, port: int = 0) -> web.AppRunner:
        """Listen on a loopback port of its own (a free one for 0); clean up the runner at the end."""
        app = web.Application()
        app.router.add_get("/link/", self.handle_connection)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port, shutdown_timeout=0.5)
        await site.start()
        self.address = f"ws://127.0.0.1:{runner.addresses[0][1]}/"
        return runner
