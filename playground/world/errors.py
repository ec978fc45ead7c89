"""Errors by Slack's names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from playground.validator import Problem

INVALID = frozenset(
    {
        "invalid_arguments",
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "invalid_payload",
        "markdown_text_conflict",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "too_many_attachments",
        "unknown_method",
        "view_too_large",
    }
)


class ApiError(Exception):
    """Slack would answer ``ok: false`` with this error name."""

    def __init__(self, name: str, *, problems: Iterable[Problem] = (), status: int = 200, **extra: Any) -> None:
        super().__init__(name)
        self.name = name
        self.problems = tuple(problems)
        self.status = status
        self.extra = extra

    @property
    def invalid(self) -> bool:
        """Whether the request itself was wrong, whatever the state of the workspace."""
        return self.name in INVALID

    @property
    def lines(self) -> list[str]:
        """The name and each problem as a line."""
        return [self.name, *(problem.line for problem in self.problems)]

    def body(self) -> dict[str, Any]:
        """The answer as Slack words it."""
        answer: dict[str, Any] = {"ok": False, "error": self.name, **self.extra}
        if self.problems:
            answer["response_metadata"] = {"messages": [problem.line for problem in self.problems]}
            answer.setdefault("errors", [problem.line.removeprefix("[ERROR] ") for problem in self.problems])
        return answer


def missing(*names: str) -> ApiError:
    """Required arguments that were not given."""
    return ApiError(
        "invalid_arguments", problems=[Problem(f"missing required field: {name}", "", "required") for name in names]
    )
