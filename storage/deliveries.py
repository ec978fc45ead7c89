"""Remembering deliveries, so that a repeated one has one effect."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

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
        IntegrityError: it came before (or is being handled by another process, which has committed by now). The
            transaction is over; ask ``get_answer`` in a new one.
    """
    await session.execute(insert(DeliveryRow).values(key=key, at=at, answer=None))


async def record_answer(session: AsyncSession, key: str, answer: dict[str, Any]) -> None:
    """Keep the answer beside the key, for a repeat of the delivery."""
    await session.execute(update(DeliveryRow).where(col(DeliveryRow.key) == key).values(answer=answer))


async def get_answer(session: AsyncSession, key: str) -> Repeated | None:
    """The earlier delivery with this key, if there was one."""
    row = (await session.scalars(select(DeliveryRow).where(col(DeliveryRow.key) == key))).first()
    return Repeated(row.answer) if row else None


async def forget_deliveries(session: AsyncSession, before: datetime) -> None:
    """Drop what is older than anyone repeats."""
    await session.execute(delete(DeliveryRow).where(col(DeliveryRow.at) < before))


def is_repeat(error: IntegrityError) -> bool:
    """Whether a failed insert was the delivery's key, and not something else."""
    return "delivery" in str(error.orig)
