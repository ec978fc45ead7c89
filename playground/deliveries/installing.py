"""``/oauth/v2/authorize``: a person allows the app, and is sent back to it with a code and the state it gave."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from playground.world.workspace import Workspace


async def handle_authorize(request: Request) -> Response:
    """Allow the installation at once and send the browser back; ``?deny=1`` denies it instead."""
    ws: Workspace = request.app.state.workspace
    asked = request.query_params
    if asked.get("client_id") != ws.credentials.client_id:
        return PlainTextResponse("invalid_client_id", 400)
    target = asked.get("redirect_uri") or next(iter(ws.manifest.redirect_urls), "")
    if not _allowed(ws, target):
        return PlainTextResponse("bad_redirect_uri", 400)
    scopes = tuple(filter(None, asked.get("scope", "").split(",")))
    if not set(scopes) <= ws.manifest.scopes:
        return PlainTextResponse("invalid_scope", 400)
    admin = next((one.id for one in ws.world.users.values() if one.is_admin), next(iter(ws.world.users)))
    back = {"state": asked.get("state", "")}
    back |= {"error": "access_denied"} if asked.get("deny") else {"code": ws.codes.issue(admin, scopes, target)}
    return RedirectResponse(f"{target}{'&' if '?' in target else '?'}{urlencode(back)}", 302)


def _allowed(ws: Workspace, target: str) -> bool:
    """A redirect must begin with one that the manifest names; where it names none, it must lead to this machine."""
    if ws.manifest.redirect_urls:
        return any(target.startswith(known) for known in ws.manifest.redirect_urls)
    return target.startswith(("http://127.0.0.1:", "http://localhost:"))
