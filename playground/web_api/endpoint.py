"""The Web API at ``/api/METHOD``: who asks, may they, what do they ask, and what came of it."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playground.web_api import (
    apps,
    assistance,
    bookmarks,
    channels,
    chat,
    conversations,
    files,
    reactions,
    scheduling,
    users,
    views,
)
from playground.web_api.arguments import checked, read_arguments
from playground.web_api.content import ADVISED_TEXT, MOST_TEXT
from playground.web_api.granted import need_one_of
from playground.world.errors import ApiError
from playground.world.methods import METHODS, slack_knows
from playground.world.methods.kinds import Method
from playground.world.workspace import Workspace

Handler = Callable[[Workspace, dict[str, Any]], dict[str, Any]]
HANDLERS: dict[str, Handler] = {
    **apps.HANDLERS,
    **assistance.HANDLERS,
    **bookmarks.HANDLERS,
    **channels.HANDLERS,
    **chat.HANDLERS,
    **conversations.HANDLERS,
    **files.HANDLERS,
    **reactions.HANDLERS,
    **scheduling.HANDLERS,
    **users.HANDLERS,
    **views.HANDLERS,
}
_NO_TOKEN = frozenset({"oauth.v2.access", "api.test", "blocks.validate"})
_APP_TOKEN = frozenset({"apps.connections.open"})


async def handle_api(request: Request) -> Response:
    """Answer one Web API call."""
    ws: Workspace = request.app.state.workspace
    name = request.path_params["method"]
    body = await request.body()
    call = ws.log.begin("in", name, None)
    try:
        given = read_arguments(request.url.query, request.headers.get("content-type", ""), body)
        call.request = {key: value for key, value in given.items() if key != "token"}
        await asyncio.sleep(ws.faults.delay_ms / 1000)
        answer = {"ok": True, **_answered(ws, name, given, request.headers.get("authorization", ""), call)}
        status, headers = 200, {}
    except ApiError as error:
        answer, status = error.body(), error.status
        headers = {"Retry-After": str(error.extra["retry_after"])} if "retry_after" in error.extra else {}
        call.errors.extend(error.lines)
        if error.name == "unknown_method" and name in slack_knows():
            ws.log.warn(call, [f"[WARNING] the playground does not know {name}"])
        elif error.invalid:
            ws.log.violate(call, error.lines)
    ws.log.finish(call, status, answer)
    ws.feed.publish("call", n=call.n)
    headers["X-OAuth-Scopes"] = ",".join(sorted(ws.manifest.scopes))
    return JSONResponse(answer, status, headers)


def _answered(ws: Workspace, name: str, given: dict[str, Any], authorization: str, call: Any) -> dict[str, Any]:
    _meet_faults(ws, name)
    method = METHODS.get(name)
    if method is None:
        raise ApiError("unknown_method", req_method=name)
    _credentials_from_header(name, given, authorization)
    if name not in _NO_TOKEN:
        _authenticate(ws, name, given.get("token") or authorization.removeprefix("Bearer ").strip())
        _need_scope(ws, method)
    arguments, unknown = checked(method, given)
    _note_doubts(ws, call, arguments, unknown)
    _keep_rate(ws, name, arguments)
    return HANDLERS[name](ws, arguments)


def _meet_faults(ws: Workspace, name: str) -> None:
    if ws.faults.broken(name):
        raise ApiError("internal_error", status=503)
    limited = ws.faults.rate_limited(name)
    if limited is not None:
        raise ApiError("ratelimited", status=429, retry_after=limited.retry_after)


def _keep_rate(ws: Workspace, name: str, arguments: dict[str, Any]) -> None:
    wait = ws.rates.wait(name, str(arguments.get("channel", ""))) if ws.faults.tiers else 0
    if wait:
        raise ApiError("ratelimited", status=429, retry_after=wait)


def _credentials_from_header(name: str, given: dict[str, Any], authorization: str) -> None:
    """The client id and secret of an installation may come by HTTP Basic authentication."""
    if name != "oauth.v2.access" or not authorization.startswith("Basic "):
        return
    try:
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode("utf-8")
    except ValueError:
        return
    given["client_id"], _, given["client_secret"] = pair.partition(":")


def _authenticate(ws: Workspace, name: str, token: str) -> None:
    if not token:
        raise ApiError("not_authed")
    is_app_token = token == ws.credentials.app_token
    if not is_app_token and token not in ws.tokens:
        raise ApiError("invalid_auth")
    if is_app_token != (name in _APP_TOKEN):
        raise ApiError("not_allowed_token_type")
    if not is_app_token and (ws.faults.revoke_token or token in ws.revoked):
        raise ApiError("token_revoked")


def _need_scope(ws: Workspace, method: Method) -> None:
    if method.scopes:
        need_one_of(ws, *method.scopes)


def _note_doubts(ws: Workspace, call: Any, arguments: dict[str, Any], unknown: list[str]) -> None:
    """Record what Slack lets pass but does not document: unknown arguments, and text beyond the advised length."""
    doubts = [f"[WARNING] unknown argument: {name}" for name in unknown]
    if len(arguments.get("text") or "") > MOST_TEXT:
        doubts.append(ADVISED_TEXT)
    if doubts:
        ws.log.warn(call, doubts)
