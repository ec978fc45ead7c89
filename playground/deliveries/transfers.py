"""Files over HTTP: the upload address takes bytes; a download asks for the app's token."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from playground.web_api.multipart import is_multipart, parts
from playground.world.workspace import Workspace


async def handle_upload(request: Request) -> Response:
    """Step two of an upload: the bytes, raw or as a form with the file in it."""
    ws: Workspace = request.app.state.workspace
    call = ws.log.begin("in", "upload", None)
    file = ws.files.by_upload(request.path_params["upload"])
    content = _file_in(request.headers.get("content-type", ""), await request.body())
    if file is None:
        ws.log.finish(call, 404, "not found")
        return PlainTextResponse("not found", 404)
    if len(content) != file.length:
        ws.log.violate(call, [f"[ERROR] {file.length} bytes were announced, {len(content)} came"])
        ws.log.finish(call, 400, "length")
        return PlainTextResponse("the length is not the one announced", 400)
    file.content = content
    ws.log.finish(call, 200, f"OK - {len(content)}")
    return PlainTextResponse(f"OK - {len(content)}")


def _file_in(content_type: str, body: bytes) -> bytes:
    """The file in a body: the first part of a form that has a file name, else its first part."""
    if not is_multipart(content_type):
        return body
    form = parts(content_type, body)
    return next((part.content for part in [*(part for part in form if part.filename), *form]), b"")


async def handle_download(request: Request) -> Response:
    """A private file, for the app's token only. Without one Slack shows its sign-in page instead."""
    ws: Workspace = request.app.state.workspace
    token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    file = ws.files.get(request.path_params["file_id"])
    if token not in ws.tokens or ws.faults.revoke_token or "files:read" not in ws.manifest.scopes:
        return Response("<!DOCTYPE html><title>Sign in</title>", 200, media_type="text/html")
    if file is None or not file.complete:
        return PlainTextResponse("not found", 404)
    return Response(file.content, media_type=file.shown(ws.base_url)["mimetype"])
