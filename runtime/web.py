"""The HTTP front: checks that a request is Slack's, hands it to Bolt, and says how the process is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from handlers.typed.values import whole_number

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


@dataclass(frozen=True, slots=True)
class Front:
    """What is reached over HTTP. Without a ``verifier`` (Socket Mode) nothing sent by HTTP is Slack's."""

    app: AsyncApp
    verifier: SignatureVerifier | None
    checks: Checks

    async def events(self, request: Request) -> Response:
        """413: too large, unread. 401: a wrong, stale or missing signature. 400: signed, and yet not to be read."""
        if not _small(request):
            return PlainTextResponse("too large", 413)
        body = await request.body()
        if not _signed(request, body, self.verifier):
            return PlainTextResponse("invalid request", 401)
        asked = _read(request, body)
        if asked is None:
            return PlainTextResponse("unreadable request", 400)
        return to_starlette_response(await self.app.async_dispatch(asked))

    async def healthz(self, _request: Request) -> Response:
        """The process is up."""
        return JSONResponse({"status": "up"})

    async def readyz(self, _request: Request) -> Response:
        """Whether each part works; 503 where one does not."""
        answers = dict(await self.checks())
        return JSONResponse(answers, 200 if all(answers.values()) else 503)


def routes(app: AsyncApp, signing_secret: str, checks: Checks) -> list[Route]:
    """The paths that Convener serves."""
    front = Front(app, SignatureVerifier(signing_secret) if signing_secret else None, checks)
    return [
        Route("/slack/events", front.events, methods=["POST"]),
        Route("/healthz", front.healthz),
        Route("/readyz", front.readyz),
    ]


def _small(request: Request) -> bool:
    """Whether the body is small enough to be read at all."""
    length = whole_number(request.headers.get("content-length", "0"), most_digits=20)
    return length is not None and length <= BODY_LIMIT


def _signed(request: Request, body: bytes, verifier: SignatureVerifier | None) -> bool:
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    if verifier is None or whole_number(timestamp, TIMESTAMP_DIGITS) is None:
        return False
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return signature.isascii() and verifier.is_valid(text, timestamp, signature)


def _read(request: Request, body: bytes) -> AsyncBoltRequest | None:
    """The request as Bolt takes it; None where the body is not what its kind says: a JSON object, or a form whose
    ``payload``, if any, is one."""
    try:
        asked = to_async_bolt_request(request, body)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return asked if isinstance(asked.body, dict) else None
