"""Remembering deliveries, so that a repeated one has one effect."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.database import connection_of, table_of
from storage.tables import DeliveryRow

KEPT = timedelta(minutes=30)  # at least 10 minutes by the rules; Slack's own retries end after about 6


class Repeated(Exception):
    """This delivery came before. ``answer`` is what it was answered then."""

    def __init__(self, answer: dict[str, Any] | None) -> None:
        self.answer = answer
        super().__init__("a repeated delivery")


_deliveries = table_of(DeliveryRow)
_ANSWER = update(_deliveries).where(_deliveries.c.key == bindparam("this_key")).values(answer=bindparam("answer"))


@cache
def _insert(dialect: str) -> Any:
    """The insert that leaves a delivery which came before alone, built once: it is part of every change."""
    statement = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(_deliveries)
    return statement.on_conflict_do_nothing()


async def add_delivery(session: AsyncSession, key: str, at: datetime, answer: dict[str, Any] | None = None) -> None:
    """Remember ``key`` (an ``event_id`` or ``trigger_id``) inside the transaction of its effect, with its answer if
    that is known by now.

    Raises:
        Repeated: it came before. A process that is handling it at this moment is waited for.
    """
    connection = await connection_of(session)
    added = await connection.execute(_insert(connection.dialect.name), {"key": key, "at": at, "answer": answer})
    if not added.rowcount:
        earlier = await session.scalar(select(col(DeliveryRow.answer)).where(col(DeliveryRow.key) == key))
        raise Repeated(earlier)


async def record_answer(session: AsyncSession, key: str, answer: dict[str, Any]) -> None:
    """Keep the answer beside the key, for a repeat of the delivery."""
    connection = await connection_of(session)
    await connection.execute(_ANSWER, {"this_key": key, "answer": answer})


async def has_delivery(session: AsyncSession, key: str) -> bool:
    """Whether a delivery had its effect."""
    return await session.scalar(select(col(DeliveryRow.key)).where(col(DeliveryRow.key) == key)) is not None


async def forget_deliveries(session: AsyncSession, before: datetime) -> None:
    """Drop what is older than anyone repeats."""
    await session.execute(delete(DeliveryRow).where(col(DeliveryRow.at) < before))
