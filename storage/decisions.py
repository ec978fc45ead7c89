"""What takes both co-chairs, waiting for the other one's assent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.joint import BY_SILENCE, JOINT_LIFE, JointKind, JointState, JointStep
from storage.tables import DecisionRow

WAITS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class JointDecision:
    """A change that one co-chair proposed. ``payload`` is what will be applied; it lapses at ``expires_at``."""

    id: int
    group_id: int
    kind: JointKind
    payload: dict[str, Any]
    reason: str
    proposed_by: str
    expires_at: datetime

    @property
    def by_silence(self) -> bool:
        """Whether it is done at ``expires_at`` unless somebody objects."""
        return self.kind in BY_SILENCE


async def add_decision(
    session: AsyncSession, group_id: int, kind: JointKind, payload: dict[str, Any], reason: str, by: str, now: datetime
) -> JointDecision:
    """Store a proposed change; an earlier one of the same kind and payload is replaced."""
    for earlier in await list_waiting_decisions(session, group_id, now):
        if (earlier.kind, earlier.payload) == (kind, payload):
            await _close(session, earlier.id, JointStep.WITHDRAW)
    row = DecisionRow(
        group_id=group_id,
        kind=kind,
        payload=payload,
        reason=reason,
        proposed_by=by,
        proposed_at=now,
        expires_at=now + WAITS,
    )
    session.add(row)
    await session.flush()
    return _decision(row)


async def list_waiting_decisions(session: AsyncSession, group_id: int, now: datetime) -> list[JointDecision]:
    """What waits for assent in a group, oldest first; what has lapsed by ``now`` is left out."""
    query = (
        select(DecisionRow)
        .where(col(DecisionRow.group_id) == group_id, col(DecisionRow.state) == JointState.WAITING)
        .where(col(DecisionRow.expires_at) > now)
        .order_by(col(DecisionRow.id))
    )
    return [_decision(row) for row in await session.scalars(query)]


async def get_decision(session: AsyncSession, decision_id: int, now: datetime) -> JointDecision | None:
    """A change that still waits for assent."""
    row = await session.get(DecisionRow, decision_id)
    return _decision(row) if row and row.state == JointState.WAITING and row.expires_at > now else None


async def list_unanswered(session: AsyncSession, now: datetime) -> list[JointDecision]:
    """What nobody answered until ``now``, over all groups, where silence is enough."""
    query = (
        select(DecisionRow)
        .where(col(DecisionRow.state) == JointState.WAITING, col(DecisionRow.kind).in_(BY_SILENCE))
        .where(col(DecisionRow.expires_at) <= now)
        .order_by(col(DecisionRow.id))
    )
    return [_decision(row) for row in await session.scalars(query)]


async def record_assent(
    session: AsyncSession, decision_id: int, agreed_by: str, recorded_by: str, now: datetime
) -> bool:
    """Close a waiting change as agreed, once; ``recorded_by`` where the other co-chair is not in this Slack."""
    values = {"agreed_by": agreed_by, "recorded_by": recorded_by, "agreed_at": now}
    return await _close(session, decision_id, JointStep.AGREE, **values)


async def close_decision(session: AsyncSession, decision_id: int) -> bool:
    """Take a waiting change back."""
    return await _close(session, decision_id, JointStep.WITHDRAW)


async def record_silence(session: AsyncSession, decision_id: int, by: str, now: datetime) -> bool:
    """Close a change that nobody answered as settled by the clock (``by``), once."""
    return await _close(session, decision_id, JointStep.SETTLE, recorded_by=by, agreed_at=now)


async def _close(session: AsyncSession, decision_id: int, step: JointStep, **values: Any) -> bool:
    """Take a step that ends the waiting; False where it is over already."""
    statement = (
        update(DecisionRow)
        .where(col(DecisionRow.id) == decision_id, col(DecisionRow.state).in_(JOINT_LIFE.before(step)))
        .values(state=JOINT_LIFE.after(step), **values)
        .returning(col(DecisionRow.id))
    )
    return bool((await session.execute(statement)).all())


def _decision(row: DecisionRow) -> JointDecision:
    kind = JointKind(row.kind)
    return JointDecision(row.id or 0, row.group_id, kind, row.payload, row.reason, row.proposed_by, row.expires_at)
