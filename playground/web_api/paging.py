"""Cursor paging."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from playground.world.errors import ApiError


def paged(
    items: list[Any], args: dict[str, Any], *, default: int, most: int = 1000
) -> tuple[list[Any], dict[str, str]]:
    """One page of ``items`` and its ``response_metadata``. Raises ``invalid_cursor`` or ``invalid_limit``."""
    limit = args.get("limit", default) or default
    if not 0 < limit <= most:
        raise ApiError("invalid_limit")
    start = _start(args.get("cursor") or "")
    if start > len(items):
        raise ApiError("invalid_cursor")
    rest = start + limit
    return items[start:rest], {"next_cursor": _cursor(rest) if rest < len(items) else ""}


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(f"next:{offset}".encode()).decode()


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        kind, _, offset = base64.urlsafe_b64decode(cursor).decode().partition(":")
        if kind != "next":
            raise ValueError(kind)
        return int(offset)
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise ApiError("invalid_cursor") from error
