"""The terms of co-chairs: who named each of them and when, and how a term ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.groups import CoChair
from bot.register import Side
from storage.tables import CoChairRow, PersonalRow


@dataclass(frozen=True, slots=True)
class Term:
    """An active co-chair's term. ``id`` is that of their personal values, and no later term has it; ``named_by`` is a
    user id, and ``named_at`` an aware instant."""

    id: int
    chair: CoChair
    named_by: str
    named_at: datetime


async def list_terms(session: AsyncSession, group_id: int) -> list[Term]:
    """The active terms of a group, oldest first."""
    query = (
        select(CoChairRow, PersonalRow)
        .where(col(CoChairRow.personal_id) == col(PersonalRow.id), col(CoChairRow.group_id) == group_id)
        .where(col(CoChairRow.removed_at).is_(None))
        .order_by(col(CoChairRow.id))
    )
    return [_term(row, personal) for row, personal in (await session.execute(query)).all()]


async def get_term(session: AsyncSession, group_id: int, chair: CoChair) -> Term | None:
    """The active term of a co-chair."""
    return next((term for term in await list_terms(session, group_id) if term.chair == chair), None)


async def close_term(session: AsyncSession, term_id: int, now: datetime) -> None:
    """End a co-chair's term."""
    mine = (col(CoChairRow.personal_id) == term_id, col(CoChairRow.removed_at).is_(None))
    await session.execute(update(CoChairRow).where(*mine).values(removed_at=now))


def _term(row: CoChairRow, personal: PersonalRow) -> Term:
    chair = CoChair(personal.name, personal.organization, Side(row.side), row.user_id)
    return Term(row.personal_id, chair, row.added_by, row.added_at)
