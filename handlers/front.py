"""The HTTP front: checks that a request is Slack's, hands it to Bolt, and says how the process is."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qs

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

BODY_LIMIT = 1_000_000
"""Bytes. Slack's largest payloads stay far below."""
TIMESTAMP_DIGITS = 12
"""Seconds since 1970 have ten; a longer number is nobody's clock."""


async def open_socket(app: AsyncApp, app_token: str, api_url: str) -> SocketModeClient:
    """Hear Slack over Socket Mode, where no address can be reached from outside. Close it at the end."""
    client = AsyncWebClient(token=app_token, base_url=api_url)
    handler = AsyncSocketModeHandler(app, app_token, web_client=client)
    await handler.client.connect()
    return handler.client


Checks = Callable[[], Awaitable[Mapping[str, bool]]]


def routes(app: AsyncApp, signing_secret: str, checks: Checks) -> list[Route]:
    """The paths that Convener serves. Without a signing secret (Socket Mode) nothing sent by HTTP is Slack's."""
    slack = AsyncSlackRequestHandler(app)
    verifier = SignatureVerifier(signing_secret) if signing_secret else None

    async def events(request: Request) -> Response:
        body = await request.body() if _small(request) else b""
        refused = _refused(request, body, verifier)
        return refused or await slack.handle(request)

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"status": "up"})

    async def readyz(_request: Request) -> Response:
        found = dict(await checks())
        return JSONResponse(found, 200 if all(found.values()) else 503)

    return [
        Route("/slack/events", events, methods=["POST"]),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
    ]


def _small(request: Request) -> bool:
    """Whether the body is small enough to be read at all."""
    length = request.headers.get("content-length", "0")
    return length.isascii() and length.isdigit() and int(length[:20]) <= BODY_LIMIT


def _refused(request: Request, body: bytes, verifier: SignatureVerifier | None) -> Response | None:
    """The answer to a request that is not Slack's, or None.

    413: too large, unread. 401: a wrong, stale or missing signature. 400: signed, and yet nothing that can be read.
    """
    if not _small(request):
        return PlainTextResponse("too large", 413)
    if not _signed(request, body, verifier):
        return PlainTextResponse("invalid request", 401)
    if not _readable(request, body):
        return PlainTextResponse("unreadable request", 400)
    return None


def _signed(request: Request, body: bytes, verifier: SignatureVerifier | None) -> bool:
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    if verifier is None or not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= TIMESTAMP_DIGITS):
        return False
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return signature.isascii() and verifier.is_valid(text, timestamp, signature)


def _readable(request: Request, body: bytes) -> bool:
    """Whether the body is what its kind says: a JSON object, or a form whose ``payload``, if any, is one."""
    text = body.decode("utf-8")
    if not request.headers.get("content-type", "").startswith("application/json"):
        payload = parse_qs(text).get("payload")
        if payload is None:
            return True
        text = payload[0]
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
