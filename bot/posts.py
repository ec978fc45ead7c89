"""Messages on their way to Slack: what they are, and their life.

Slack has no idempotency key. Found ``claimed``, a post may be sent by any process. Found ``sending`` after its lease,
it may have been sent: it becomes ``unconfirmed`` and is never sent again by itself.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from bot.life import Life


class PostKind(StrEnum):
    """What a message is. A ``notice`` is whatever has no rules of its own; ``reasons`` are those of objections, for
    the co-chairs; ``trouble`` tells a co-chair of another post that did not arrive, or may not have."""

    NOTICE = "notice"
    NUDGE = "nudge"
    BALLOT = "ballot"
    REMINDER = "reminder"
    RESULT = "result"
    REASONS = "reasons"
    TROUBLE = "trouble"


class PostState(StrEnum):
    """How far a post is. ``unconfirmed``: nobody can tell whether it arrived. ``dropped``: it is not sent any more."""

    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    UNCONFIRMED = "unconfirmed"
    DROPPED = "dropped"


class PostStep(StrEnum):
    """What can happen to a post.

    A sending ends in one of four ways: Slack took it, surely did not and may later, surely never will, or nobody can
    tell. That holds also where its lease ran out meanwhile: who sends knows better.
    """

    BEGIN = "begin"
    ARRIVE = "arrive"
    PUT_OFF = "put off"
    REFUSE = "refuse"
    DOUBT = "doubt"
    OUTLAST = "outlast its lease"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    REPEAT = "post again"


_UNDER_WAY = (PostState.SENDING, PostState.UNCONFIRMED)

POST_LIFE = Life(
    PostState.CLAIMED,
    "note",
    MappingProxyType(
        {
            PostStep.BEGIN: ((PostState.CLAIMED,), PostState.SENDING),
            PostStep.ARRIVE: (_UNDER_WAY, PostState.SENT),
            PostStep.PUT_OFF: (_UNDER_WAY, PostState.CLAIMED),
            PostStep.REFUSE: (_UNDER_WAY, PostState.DROPPED),
            PostStep.DOUBT: (_UNDER_WAY, PostState.UNCONFIRMED),
            PostStep.OUTLAST: ((PostState.SENDING,), PostState.UNCONFIRMED),
            PostStep.EXPIRE: ((PostState.CLAIMED,), PostState.DROPPED),
            PostStep.WITHDRAW: ((PostState.CLAIMED,), PostState.DROPPED),
            PostStep.REPEAT: ((PostState.UNCONFIRMED,), PostState.CLAIMED),
        }
    ),
)

ENDED = (PostState.SENT, PostState.UNCONFIRMED, PostState.DROPPED)
"""Where a post stays unless somebody does something about it."""
