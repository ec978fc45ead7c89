"""The codes that an installation hands to the app, each good once and for ten minutes of real time."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

LIFE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person granted: who they are, the scopes asked for, and where the app wanted them sent back."""

    user: str
    scopes: tuple[str, ...]
    redirect_uri: str
    issued: float


class Codes:
    """All codes that are not used yet."""

    def __init__(self) -> None:
        self._known: dict[str, Grant] = {}

    def issue(self, user: str, scopes: tuple[str, ...], redirect_uri: str) -> str:
        """A fresh code for a grant."""
        code = f"{secrets.token_hex(6)}.{secrets.token_hex(6)}.{secrets.token_hex(24)}"
        self._known[code] = Grant(user, scopes, redirect_uri, time.monotonic())
        return code

    def exchange(self, code: str) -> Grant | None:
        """The grant behind a code, which is then used up; None where it is unknown or too old."""
        grant = self._known.pop(code, None)
        return grant if grant is not None and time.monotonic() - grant.issued <= LIFE_SECONDS else None
