"""The HTTP front: checks that a request is Slack's, hands it to Bolt, and says how the process is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

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
        refused = await _refused(request, verifier)
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


async def _refused(request: Request, verifier: SignatureVerifier | None) -> Response | None:
    """The answer to a request that is not Slack's: 401 for a wrong, stale or missing signature, 413 for a huge body."""
    if int(request.headers.get("content-length") or 0) > BODY_LIMIT:
        return PlainTextResponse("too large", 413)
    body = await request.body()
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and signature.isascii()):
        return PlainTextResponse("invalid request", 401)
    if verifier is None or not verifier.is_valid(body, timestamp, signature):
        return PlainTextResponse("invalid request", 401)
    return None
