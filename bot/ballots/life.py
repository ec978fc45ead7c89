"""The life of a ballot: proposed, voted on, extended, closed and reopened."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.life import Life


class BallotState(StrEnum):
    """Whether a ballot takes votes."""

    OPEN = "open"
    CLOSED = "closed"


class BallotStep(StrEnum):
    """What can be done with a ballot. ``vote`` covers casting, changing, withdrawing and recording."""

    VOTE = "vote"
    EXTEND = "extend"
    CLOSE = "close"
    REOPEN = "reopen"


BALLOT_LIFE = Life(
    BallotState.OPEN,
    "propose",
    MappingProxyType(
        {
            BallotStep.VOTE: ((BallotState.OPEN,), BallotState.OPEN),
            BallotStep.EXTEND: ((BallotState.OPEN,), BallotState.OPEN),
            BallotStep.CLOSE: ((BallotState.OPEN,), BallotState.CLOSED),
            BallotStep.REOPEN: ((BallotState.CLOSED,), BallotState.OPEN),
        }
    ),
)

IN_TIME = frozenset({BallotStep.VOTE, BallotStep.EXTEND})
"""What is possible before the closing time only, whether or not somebody has closed the ballot by then."""


def may(state: BallotState, closes_at: datetime, step: BallotStep, now: datetime) -> bool:
    """Whether ``step`` is possible at ``now`` with a ballot in this ``state`` whose closing time is ``closes_at``."""
    return BALLOT_LIFE.allows(state, step) and (step not in IN_TIME or now < closes_at)
