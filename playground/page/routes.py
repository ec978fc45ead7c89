"""The page at ``/``: a small workspace in the browser, for people to try an app in. It is not Slack."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from playground.page import acts as page_acts
from playground.page import looks as page_looks
from playground.page import stream as page_stream
from playground.world.workspace import Workspace

STATIC = Path(__file__).parent / "static"
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
SAFETY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data: https: http://127.0.0.1:* http://localhost:*; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
"""Nothing that an app or a person wrote can run: scripts and styles come from files here alone."""


async def handle_page(request: Request) -> Response:
    """The page itself."""
    return _file("index.html")


async def handle_static(request: Request) -> Response:
    """A script or style sheet of the page."""
    return _file(request.path_params["path"])


async def handle_attached(request: Request) -> Response:
    """A file of the pretend workspace, for whoever has the page open. It is never shown as a page of its own."""
    ws: Workspace = request.app.state.workspace
    file = ws.files.get(request.path_params["file_id"])
    if file is None or not file.complete:
        return PlainTextResponse("There is no such file.", 404)
    kind = str(file.shown(ws.base_url)["mimetype"])
    picture = kind in ("image/png", "image/jpeg", "image/gif", "image/webp")
    headers = SAFETY | ({} if picture else {"Content-Disposition": "attachment"})
    return Response(file.content, media_type=kind if picture else "application/octet-stream", headers=headers)


def _file(name: str) -> Response:
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC) or not path.is_file() or path.suffix not in KINDS:
        return PlainTextResponse("There is no such page.", 404)
    return FileResponse(path, media_type=KINDS[path.suffix], headers=SAFETY)


ROUTES: list[BaseRoute] = [
    Route("/", handle_page),
    Route("/static/{path:path}", handle_static),
    Route("/page/file/{file_id}", handle_attached),
    Route("/page/stream", page_stream.handle_stream),
    *page_looks.ROUTES,
    *page_acts.ROUTES,
]
