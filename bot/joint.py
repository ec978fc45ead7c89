"""What takes both co-chairs: what it can be, and its life. One that nobody answers in time lapses, still waiting."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from bot.life import Life


class JointKind(StrEnum):
    """What takes both co-chairs. ``join`` is another channel's wish to join the initiative: any co-chair of the
    initiative may agree to it."""

    JOIN = "join"
    PUBLIC_BODY = "public-body"
    SCOPE = "scope"
    EXEMPT = "exempt"
    SET_ASIDE = "set_aside"


class JointState(StrEnum):
    """Whether a proposed change waits for the other co-chair."""

    WAITING = "waiting"
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"


class JointStep(StrEnum):
    """What can happen to a proposed change. ``withdraw`` covers "not now", taking it back, and proposing it anew."""

    AGREE = "agree"
    WITHDRAW = "withdraw"


JOINT_LIFE = Life(
    JointState.WAITING,
    "propose",
    MappingProxyType(
        {
            JointStep.AGREE: ((JointState.WAITING,), JointState.AGREED),
            JointStep.WITHDRAW: ((JointState.WAITING,), JointState.WITHDRAWN),
        }
    ),
)
