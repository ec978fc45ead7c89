"""``/response/…``: the app answers an act later, by the address it was given."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from playground.deliveries.acks import answer_message, warn_of_unknown_fields
from playground.web_api.chat import replace_content
from playground.web_api.content import check_content
from playground.world.errors import ApiError
from playground.world.response_urls import ResponseUrl
from playground.world.workspace import Workspace


async def handle_response(request: Request) -> Response:
    """Take one answer on a response_url."""
    ws: Workspace = request.app.state.workspace
    call = ws.log.begin("in", "response_url", None)
    try:
        content = _content(await request.body())
        call.request = content
        warn_of_unknown_fields(ws, call, content)
        known = ws.response_urls.use(request.path_params["name"])
        if isinstance(known, str):
            raise ApiError(known, status=404)
        _answer(ws, known, content)
        answer, status = "ok", 200
    except ApiError as error:
        answer, status = error.name, error.status if error.status != 200 else 400
        call.errors.extend(error.lines)
        if error.invalid:
            ws.log.violate(call, error.lines)
    ws.log.finish(call, status, answer)
    ws.feed.publish("call", n=call.n)
    return PlainTextResponse(answer) if status == 200 else JSONResponse({"ok": False, "error": answer}, status)


def _content(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except ValueError as error:
        raise ApiError("invalid_payload") from error
    if not isinstance(content, dict):
        raise ApiError("invalid_payload")
    return content


def _answer(ws: Workspace, known: ResponseUrl, content: dict[str, Any]) -> None:
    original = ws.messages.find(known.channel, known.message_ts) if known.message_ts else None
    if content.get("delete_original"):
        if original is not None:
            ws.messages.remove(original)
            ws.feed.publish("message", channel=known.channel, ts=original.ts)
    elif content.get("replace_original") and original is not None:
        check_content(content)
        replace_content(ws, original, {"text": "", "blocks": [], "attachments": []} | content)
    else:
        answer_message(ws, content, known.user, known.channel)
