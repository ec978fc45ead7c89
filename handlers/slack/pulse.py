"""The parts that run as long as the process: when each last came round, and what is logged where a round fails."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import structlog

from storage.faults import DatabaseFault

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Pulse:
    """When a part last came round, by the machine's own seconds. A part that is only starting has just done so."""

    last: float = field(default_factory=time.monotonic)

    def beat(self) -> None:
        """Say that the part came round."""
        self.last = time.monotonic()

    def beats(self, within: float) -> bool:
        """Whether the part came round in the last ``within`` seconds."""
        return time.monotonic() - self.last < within


def log_failure(event: str, error: BaseException, **where: object) -> None:
    """Log that something failed and goes on: a line where the database is the reason, all of it where it is a bug."""
    if isinstance(error, DatabaseFault):
        log.warning(event, error=type(error).__name__, cause=type(error.__cause__).__name__, **where)
    else:
        log.error(event, exc_info=error, **where)
