"""Which scopes the app was granted, and which it needs for a kind of conversation."""

from __future__ import annotations

from playground.world.errors import ApiError
from playground.world.workspace import Workspace

SCOPE_OF = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


def need_one_of(ws: Workspace, *scopes: str) -> None:
    """Raise ``missing_scope`` unless the app may use one of ``scopes``."""
    if not ws.manifest.scopes & set(scopes):
        raise ApiError("missing_scope", needed=",".join(scopes), provided=",".join(sorted(ws.manifest.scopes)))
