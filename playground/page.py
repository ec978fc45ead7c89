"""What a browser gets at ``/``: plain words on what this is and how to reach it."""

from __future__ import annotations

import html

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from playground.workspace import Workspace


async def handle_page(request: Request) -> Response:
    """One plain page."""
    ws: Workspace = request.app.state.workspace
    name = html.escape(ws.manifest.name)
    return HTMLResponse(
        "<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>Playground</title>"
        f"<h1>Playground for {name}</h1><p>This is a development tool. It is not Slack. "
        "The Web API is at <code>/api/</code>, the control API at <code>/control/</code>.</p></html>"
    )


ROUTES: list[BaseRoute] = [Route("/", handle_page)]
