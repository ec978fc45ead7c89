"""Deliveries to the app under test: signed HTTP requests or Socket Mode envelopes, answered within three seconds."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp

from playground.deliveries.addresses import address_for
from playground.world.calls import Call
from playground.world.workspace import Workspace

ACK_SECONDS = 3.0
NOBODY = "dispatch_unknown_error"
"""Nobody listens. That is no fault in what an app says."""

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something to tell the app: ``kind`` is slash_commands, interactive or events_api; ``label`` is for the log."""

    kind: str
    label: str
    payload: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def content_type(self) -> str:
        """The content type over HTTP."""
        return JSON if self.kind == "events_api" else FORM

    @property
    def body(self) -> bytes:
        """The raw body over HTTP."""
        if self.kind == "slash_commands":
            return urlencode(self.payload).encode()
        written = json.dumps(self.payload, ensure_ascii=False)
        return written.encode() if self.kind == "events_api" else urlencode({"payload": written}).encode()


@dataclass(slots=True)
class Reply:
    """What came back. ``status`` is None where nothing did; ``failure`` names why, in Slack's words."""

    call: Call
    status: int | None = None
    body: bytes = b""
    content_type: str = ""
    failure: str = ""
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged in time."""
        return not self.failure

    @property
    def timed_out(self) -> bool:
        """Whether the acknowledgement came too late or never."""
        return self.failure == "operation_timeout"

    @property
    def content(self) -> Any:
        """The answer: a JSON value, a text, or None where it is empty."""
        if not self.body.strip():
            return None
        try:
            return json.loads(self.body)
        except ValueError:
            return self.body.decode("utf-8", "replace")


def signed_headers(secret: str, body: bytes, at: int) -> dict[str, str]:
    """Slack's signature headers over a raw body; ``at`` is real time in whole seconds since 1970."""
    digest = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={digest}"}


def _accepted(status: int, content_type: str) -> bool:
    """Whether a status acknowledges: any of 200 to 299 does for an event, for all else 200 alone."""
    return 200 <= status < 300 if content_type == JSON else status == 200


class Courier:
    """Brings deliveries to the app and its answers back."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Let go of connections."""
        if self._session is not None:
            await self._session.close()

    async def deliver(self, delivery: Delivery) -> Reply:
        """Deliver once and wait for the acknowledgement."""
        call = self._ws.log.begin("out", delivery.label, delivery.payload)
        call.raw, call.content_type = delivery.body, delivery.content_type
        call.kind, call.url = delivery.kind, self._address(delivery.kind, delivery.label)
        if self._ws.sockets.connected and (self._ws.manifest.socket_mode or not call.url):
            reply = await self._by_socket(delivery, call)
        else:
            reply = await self._by_http(call, self._signed(delivery.body) | delivery.headers)
        return self._noted(reply)

    async def deliver_raw(self, label: str, body: bytes, headers: dict[str, str], *, signed: bool = True) -> Reply:
        """Deliver a raw body over HTTP; ``headers`` win over the signature and content type put on it."""
        call = self._ws.log.begin("out", label, body.decode("utf-8", "replace"))
        call.raw, call.content_type, call.url = body, headers.get("Content-Type", FORM), self._ws.events_url
        signature = self._signed(body) if signed else {}
        return self._noted(await self._by_http(call, signature | headers), judged=False)

    async def again(self, earlier: Call, headers: dict[str, str]) -> Reply:
        """Deliver the very body of an earlier delivery again, freshly signed."""
        call = self._ws.log.begin("out", earlier.method, earlier.request)
        call.raw, call.content_type = earlier.raw, earlier.content_type
        call.kind, call.url = earlier.kind, self._address(earlier.kind, earlier.method)
        return self._noted(await self._by_http(call, self._signed(earlier.raw) | headers))

    def _address(self, kind: str, label: str) -> str:
        return address_for(self._ws.manifest, self._ws.events_url, kind, label)

    def _signed(self, body: bytes) -> dict[str, str]:
        return signed_headers(self._ws.credentials.signing_secret, body, int(time.time()))

    def _noted(self, reply: Reply, *, judged: bool = True) -> Reply:
        lost = reply.ok and self._ws.faults.loses_ack()
        if lost:
            reply.failure = "operation_timeout"
        self._ws.log.finish(reply.call, reply.status, reply.content, [reply.failure] if reply.failure else [])
        if judged and reply.failure and not lost:
            self._judge(reply)
        self._ws.feed.publish("call", n=reply.call.n)
        return reply

    def _judge(self, reply: Reply) -> None:
        """Note what is wrong with a failed delivery: nothing where nobody listens, little where it has no listener."""
        unheard = reply.status == 404 or (not reply.call.signed and reply.timed_out)
        if unheard and reply.call.kind == "events_api":
            self._ws.log.warn(reply.call, ["[WARNING] the app has no listener for this event, or not at this address"])
        elif reply.failure != NOBODY:
            self._ws.log.violate(reply.call, [reply.failure])

    async def _by_http(self, call: Call, headers: dict[str, str]) -> Reply:
        reply = Reply(call)
        call.signed = "X-Slack-Signature" in headers
        if not call.url:
            reply.failure = NOBODY
            return reply
        if self._session is None:
            self._session = aiohttp.ClientSession(auto_decompress=True)
        await asyncio.sleep(self._ws.faults.delay_ms / 1000)
        sent = {"Content-Type": call.content_type, "User-Agent": "Slackbot 1.0 (playground)"} | headers
        timeout = aiohttp.ClientTimeout(total=ACK_SECONDS)
        try:
            async with self._session.post(call.url, data=call.raw, headers=sent, timeout=timeout) as answer:
                reply.status, reply.content_type = answer.status, answer.content_type
                reply.body = await answer.read()
                reply.no_retry = answer.headers.get("X-Slack-No-Retry") == "1"
        except TimeoutError:
            reply.failure = "operation_timeout"
        except aiohttp.ClientError:
            reply.failure = NOBODY
        if reply.status is not None and not _accepted(reply.status, call.content_type):
            reply.failure = reply.failure or "dispatch_failed"
        return reply

    async def _by_socket(self, delivery: Delivery, call: Call) -> Reply:
        reply = Reply(call)
        retry = {
            "retry_attempt": int(delivery.headers.get("X-Slack-Retry-Num", 0)),
            "retry_reason": delivery.headers.get("X-Slack-Retry-Reason", ""),
        }
        await asyncio.sleep(self._ws.faults.delay_ms / 1000)
        try:
            async with asyncio.timeout(ACK_SECONDS):
                answer = await self._ws.sockets.send(delivery.kind, delivery.payload, retry)
        except TimeoutError:
            reply.failure = "operation_timeout"
        except ConnectionError:
            reply.failure = NOBODY
        else:
            reply.status, reply.content_type = 200, JSON
            reply.body = json.dumps(answer).encode() if answer not in (None, "", {}) else b""
        return reply
