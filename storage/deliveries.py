"""Remembering deliveries, so that a repeated one has one effect."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.database import insert_into
from storage.tables import DeliveryRow

KEPT = timedelta(minutes=30)  # at least 10 minutes by the rules; Slack's own retries end after about 6


class Repeated(Exception):
    """This delivery came before. ``answer`` is what it was answered then."""

    def __init__(self, answer: dict[str, Any] | None) -> None:
        self.answer = answer
        super().__init__("a repeated delivery")


async def add_delivery(session: AsyncSession, key: str, at: datetime) -> None:
    """Remember ``key`` (an ``event_id`` or ``trigger_id``) inside the transaction of its effect.

    Raises:
        Repeated: it came before. A process that is handling it at this moment is waited for.
    """
    statement = insert_into(session, DeliveryRow).values(key=key, at=at, answer=None)
    added = await session.execute(statement.on_conflict_do_nothing().returning(col(DeliveryRow.key)))
    if not added.all():
        answer = await session.scalar(select(col(DeliveryRow.answer)).where(col(DeliveryRow.key) == key))
        raise Repeated(answer)


async def record_answer(session: AsyncSession, key: str, answer: dict[str, Any]) -> None:
    """Keep the answer beside the key, for a repeat of the delivery."""
    await session.execute(update(DeliveryRow).where(col(DeliveryRow.key) == key).values(answer=answer))


async def forget_deliveries(session: AsyncSession, before: datetime) -> None:
    """Drop what is older than anyone repeats."""
    await session.execute(delete(DeliveryRow).where(col(DeliveryRow.at) < before))
