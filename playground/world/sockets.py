"""Socket Mode: WebSocket connections that carry envelopes to the app, each acknowledged by its ``envelope_id``."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

HOST = "playground"
TICKET_SECONDS = 30.0
APPROXIMATE_LIFE_SECONDS = 3600
MOST_CONNECTIONS = 10
NOTICE_SECONDS = 10.0
"""How long before it is closed a connection is warned."""
PARTING_SECONDS = 1.0
"""How long a connection that was asked to come again stays open for what is under way."""
LEAVING_SECONDS = 0.7
"""How long after the warning nothing is sent on a connection: most apps leave it at once, and read it no more."""
RETURN_SECONDS = 3.0
"""How long an app that was asked to come again is waited for."""


@dataclass(frozen=True, slots=True)
class Parting:
    """A connection that was asked to come again: when, by the machine's own clock, and whether it is gone."""

    warned: float
    gone: asyncio.Event = field(default_factory=asyncio.Event)


class Sockets:
    """The connections of Socket Mode. Each ticket opens one connection, within thirty seconds."""

    def __init__(self, app_id: str) -> None:
        self.address = ""
        self._app_id = app_id
        self._tickets: dict[str, float] = {}
        self._open: list[web.WebSocketResponse] = []
        self._leaving: dict[web.WebSocketResponse, Parting] = {}
        self._partings: set[asyncio.Task[None]] = set()
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._under_way: dict[web.WebSocketResponse, set[asyncio.Future[Any]]] = {}
        self._turn = itertools.count()
        self._expected_until = 0.0
        self._moved = asyncio.Event()

    @property
    def connected(self) -> bool:
        """Whether the app listens on a connection, or was asked to come again and is about to."""
        return bool(self._open) or time.monotonic() < self._expected_until

    def fresh_url(self) -> str:
        """An address with a ticket in it."""
        ticket = secrets.token_urlsafe(18)
        self._tickets[ticket] = time.monotonic()
        return f"{self.address}link/?ticket={ticket}"

    async def send(self, kind: str, payload: dict[str, Any], retry: dict[str, Any]) -> Any:
        """Send one envelope on one of the connections and wait for its answer; None for a bare acknowledgement.

        The caller sets how long to wait. What a connection that was asked to come again leaves unanswered is sent on
        the next one. Raises ``ConnectionError`` without a connection.
        """
        envelope = {"envelope_id": str(uuid.uuid4()), "type": kind, "payload": payload, **retry}
        envelope["accepts_response_payload"] = kind != "events_api"
        while True:
            socket = await self._chosen()
            try:
                return await self._answer_on(socket, envelope)
            except ConnectionError:
                if socket in self._open and socket not in self._leaving:
                    raise
                await asyncio.sleep(0.01)

    async def _answer_on(self, socket: web.WebSocketResponse, envelope: dict[str, Any]) -> Any:
        """Send an envelope on this connection. Raises ``ConnectionError`` where it parts before it has answered."""
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = waiting
        self._under_way.setdefault(socket, set()).add(waiting)
        try:
            await socket.send_str(json.dumps(envelope))
            return await waiting
        finally:
            self._waiting.pop(envelope["envelope_id"], None)
            self._under_way.get(socket, set()).discard(waiting)

    async def _chosen(self) -> web.WebSocketResponse:
        """The connection whose turn it is; one that is about to be closed only where there is no other."""
        while not (staying := self._staying()) and (patience := self._patience()) > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), patience)
        usable = staying or self._open
        if not usable:
            raise ConnectionError("no Socket Mode connection")
        return usable[next(self._turn) % len(usable)]

    def _staying(self) -> list[web.WebSocketResponse]:
        return [socket for socket in self._open if socket not in self._leaving]

    def _patience(self) -> float:
        """How many seconds more a connection that stays is waited for."""
        if not self._open:
            return self._expected_until - time.monotonic()
        warned = max((parting.warned for parting in self._leaving.values()), default=0.0)
        return warned + LEAVING_SECONDS - time.monotonic()

    def _move(self) -> None:
        """Wake who waits for connections to come or go."""
        self._moved.set()
        self._moved = asyncio.Event()

    def refresh(self, notice: float = NOTICE_SECONDS) -> None:
        """Have every connection come again, as Slack does from time to time: warned, asked, and closed in the end."""
        for socket in self._staying():
            self._leaving[socket] = Parting(time.monotonic())
            task = asyncio.create_task(self._part(socket, notice))
            self._partings.add(task)
            task.add_done_callback(self._partings.discard)

    async def _part(self, socket: web.WebSocketResponse, notice: float) -> None:
        gone = self._leaving[socket].gone
        for reason, seconds in (("warning", notice), ("refresh_requested", PARTING_SECONDS)):
            debug = {"host": HOST}
            with contextlib.suppress(ConnectionError):
                await socket.send_str(json.dumps({"type": "disconnect", "reason": reason, "debug_info": debug}))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(gone.wait(), seconds)
                return
        await socket.close()

    async def close(self) -> None:
        """Give up what is still to be parted from."""
        for parting in list(self._partings):
            parting.cancel()
        await asyncio.gather(*self._partings, return_exceptions=True)

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
        self._move()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._heard(message.data)
        finally:
            self._gone(socket)
        return socket

    def _gone(self, socket: web.WebSocketResponse) -> None:
        self._open.remove(socket)
        parting, under_way = self._leaving.pop(socket, None), self._under_way.pop(socket, set())
        if parting is not None:
            parting.gone.set()
            for waiting in [waiting for waiting in under_way if not waiting.done()]:
                waiting.set_exception(ConnectionError("asked to come again, the app left before it answered"))
        if not self._open:
            self._expected_until = time.monotonic() + RETURN_SECONDS if parting is not None else 0.0
        self._move()

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": {"host": HOST, "approximate_connection_time": APPROXIMATE_LIFE_SECONDS},
            "connection_info": {"app_id": self._app_id},
        }

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
