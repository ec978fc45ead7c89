"""What there is to do at an instant, found in one look: most looks find nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ballots.life import BallotState
from bot.joint import BY_SILENCE, JointState
from bot.posts import PostState
from storage.ballot_tables import BallotRow
from storage.columns import UtcDateTime
from storage.database import connection_of, table_of
from storage.deliveries import KEPT
from storage.tables import DecisionRow, DeliveryRow, GroupRow, PaceRow, PostRow

TURNS_KEPT = timedelta(minutes=10)
"""Longer than the clocks of two processes are apart."""


class DueKind(StrEnum):
    """A kind of thing that may be due."""

    BALLOTS_OPEN = "ballots_open"
    UNANSWERED = "unanswered"
    NUDGES = "nudges"
    POSTS_OVERDUE = "posts_overdue"
    POSTS_WAITING = "posts_waiting"
    MESSAGES_OUTDATED = "messages_outdated"
    PAST = "past"


async def list_due_kinds(session: AsyncSession, now: datetime, real_now: datetime) -> set[DueKind]:
    """What may be due at ``now``. Turns that have come are judged by ``real_now``."""
    connection = await connection_of(session)
    given = {"now": now, "deliveries": now - KEPT, "turns": real_now - TURNS_KEPT}
    found = (await connection.execute(_query(), given)).one()
    return {kind for kind, there in zip(DueKind, found, strict=True) if there}


@cache
def _query() -> Any:
    """The query, built once."""
    conditions = _conditions()
    return select(*(conditions[kind].label(kind.value) for kind in DueKind))


def _conditions() -> dict[DueKind, ColumnElement[bool]]:
    now, deliveries, turns = (bindparam(name, type_=UtcDateTime()) for name in ("now", "deliveries", "turns"))
    group, ballot, post, decision = (table_of(row).c for row in (GroupRow, BallotRow, PostRow, DecisionRow))
    silent = decision.kind.in_(BY_SILENCE)
    claimed = post.state == PostState.CLAIMED
    stale, late = (post.state == PostState.SENDING) & (post.lease_until < now), claimed & (post.not_after <= now)
    delivered, turn = table_of(DeliveryRow).c.at, table_of(PaceRow).c.next_at
    return {
        DueKind.BALLOTS_OPEN: exists().where(ballot.state == BallotState.OPEN),
        DueKind.UNANSWERED: exists().where(decision.state == JointState.WAITING, silent, decision.expires_at <= now),
        DueKind.NUDGES: exists().where(group.next_nudge_at <= now),
        DueKind.POSTS_OVERDUE: exists().where(stale) | exists().where(late),
        DueKind.POSTS_WAITING: exists().where(claimed, post.not_before.is_(None) | (post.not_before <= now)),
        DueKind.MESSAGES_OUTDATED: exists().where(ballot.version > ballot.shown_version),
        DueKind.PAST: exists().where(delivered < deliveries) | exists().where(turn < turns),
    }
