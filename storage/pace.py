"""Pacing that all processes share: one row says when the next call of a kind may go out, in real time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import PaceRow


async def take_turn(session: AsyncSession, key: str, gap: timedelta, real_now: datetime) -> datetime:
    """Reserve the next turn for ``key`` and return when it comes (now, or later); turns are ``gap`` apart."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    due = case((col(PaceRow.next_at) > real_now, col(PaceRow.next_at)), else_=real_now)
    await session.execute(
        insert(PaceRow)
        .values(key=key, next_at=real_now)
        .on_conflict_do_update(index_elements=["key"], set_={"next_at": due})
    )
    row = (await session.scalars(select(PaceRow).where(col(PaceRow.key) == key))).one()
    turn, row.next_at = row.next_at, row.next_at + gap
    await session.flush()
    return turn


async def hold_turns(session: AsyncSession, key: str, until: datetime) -> None:
    """Let no turn for ``key`` come before ``until`` (Slack asked to wait)."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    later = case((col(PaceRow.next_at) > until, col(PaceRow.next_at)), else_=until)
    await session.execute(
        insert(PaceRow)
        .values(key=key, next_at=until)
        .on_conflict_do_update(index_elements=["key"], set_={"next_at": later})
    )
