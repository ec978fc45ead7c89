"""What takes both co-chairs: what it can be, and its life. One that nobody answers in time lapses, still waiting,
unless silence is enough for it."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from bot.life import Life


class JointKind(StrEnum):
    """What takes both co-chairs. ``join`` is another channel's wish to join the initiative: any co-chair of the
    initiative may agree to it. ``remove-cochair`` ends the other side's term: it takes their assent, or their silence.
    """

    JOIN = "join"
    PUBLIC_BODY = "public-body"
    SCOPE = "scope"
    EXEMPT = "exempt"
    SET_ASIDE = "set_aside"
    REMOVE = "remove-cochair"


BY_SILENCE = frozenset({JointKind.REMOVE})
"""What is done where nobody objects until it lapses: a co-chair who never answers must not hold the chair for ever."""


class JointState(StrEnum):
    """Whether a proposed change waits for the other co-chair."""

    WAITING = "waiting"
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"


class JointStep(StrEnum):
    """What can happen to a proposed change. ``withdraw`` covers "not now", taking it back, and proposing it anew;
    ``settle`` is what the clock does where silence is enough."""

    AGREE = "agree"
    WITHDRAW = "withdraw"
    SETTLE = "settle"


JOINT_LIFE = Life(
    JointState.WAITING,
    "propose",
    MappingProxyType(
        {
            JointStep.AGREE: ((JointState.WAITING,), JointState.AGREED),
            JointStep.WITHDRAW: ((JointState.WAITING,), JointState.WITHDRAWN),
            JointStep.SETTLE: ((JointState.WAITING,), JointState.SETTLED),
        }
    ),
)
