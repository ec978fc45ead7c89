"""The record of everything said between the pretend Slack and the app under test, and of what was invalid in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

_SECRET = re.compile(r"(xox[a-z]-|xapp-)[\w-]+")


def masked(value: Any) -> Any:
    """``value`` with every token in it cut down to its kind."""
    if isinstance(value, str):
        return _SECRET.sub(r"\1…", value)
    if isinstance(value, dict):
        return {
            key: "…" if key in ("client_secret", "token") and inner else masked(inner) for key, inner in value.items()
        }
    return [masked(item) for item in value] if isinstance(value, list) else value


@dataclass(slots=True)
class Call:
    """One request and its answer. ``direction`` is ``in`` from the app, ``out`` to it; ``at`` is real time.

    ``kind`` and ``url`` say of a delivery what it is, and where it went over HTTP.
    """

    n: int
    direction: str
    method: str
    request: Any
    at: datetime
    status: int | None = None
    ms: float = 0.0
    answer: Any = None
    errors: list[str] = field(default_factory=list)
    valid: bool = True
    raw: bytes = b""
    content_type: str = ""
    signed: bool | None = None
    kind: str = ""
    url: str = ""

    def note(self, errors: list[str]) -> None:
        """Add what is not noted yet."""
        self.errors.extend(error for error in errors if error not in self.errors)

    def shown(self) -> dict[str, Any]:
        """The record for people to read, with secrets masked."""
        return {
            "n": self.n,
            "direction": self.direction,
            "method": self.method,
            "at": self.at.isoformat(),
            "status": self.status,
            "ms": round(self.ms, 2),
            "valid": self.valid,
            "errors": self.errors,
            "signed": self.signed,
            "request": masked(self.request),
            "answer": masked(self.answer),
        }


class CallLog:
    """All calls in order, and what was wrong in them: ``violations`` Slack refuses, ``warnings`` it lets pass."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.violations: list[dict[str, Any]] = []
        self.warnings: list[dict[str, Any]] = []

    def begin(self, direction: str, method: str, request: Any) -> Call:
        """Note that a request is under way."""
        call = Call(len(self.calls), direction, method, request, datetime.now(UTC))
        self.calls.append(call)
        return call

    def finish(self, call: Call, status: int | None, answer: Any, errors: list[str] | None = None) -> None:
        """Note the answer to a request; ``status`` is None where none came."""
        call.ms = (datetime.now(UTC) - call.at).total_seconds() * 1000
        call.status, call.answer = status, answer
        call.errors.extend(errors or [])

    def violate(self, call: Call, errors: list[str]) -> None:
        """Note that what the app sent or answered in ``call`` is not what Slack accepts."""
        call.valid = False
        call.note(errors)
        self.violations.append({"n": call.n, "where": call.method, "errors": errors})

    def warn(self, call: Call, errors: list[str]) -> None:
        """Note what Slack lets pass in ``call``, though the app cannot have meant it."""
        call.note(errors)
        self.warnings.append({"n": call.n, "where": call.method, "errors": errors})
