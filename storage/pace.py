"""Pacing that all processes share: one row per key says when the next call of a kind may go out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, String, bindparam, delete, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.database import connection_of, insert_into, rows_as_table
from storage.tables import PaceRow


async def claim_turns(session: AsyncSession, keys: Sequence[str], gap: timedelta, now: datetime) -> set[str]:
    """Those of ``keys`` whose turn it is; each of them has its next turn ``gap`` later. In one statement."""
    if not keys:
        return set()
    given = rows_as_table(session, PaceRow, [{"key": key, "next_at": now + gap} for key in sorted(set(keys))])
    statement = insert_into(session, PaceRow).from_select(["key", "next_at"], select(given).where(true()))
    taken = statement.on_conflict_do_update(
        index_elements=["key"], set_={"next_at": statement.excluded.next_at}, where=col(PaceRow.next_at) <= now
    )
    return set(await session.scalars(taken.returning(col(PaceRow.key))))


async def record_hold(session: AsyncSession, key: str, until: datetime) -> None:
    """Let no turn for ``key`` come before ``until`` (Slack asked to wait)."""
    statement = insert_into(session, PaceRow).values(key=key, next_at=until)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["key"], set_={"next_at": until}, where=col(PaceRow.next_at) < until
        )
    )


async def list_held(session: AsyncSession, prefix: str, now: datetime) -> set[str]:
    """The keys with this prefix whose turn has not come, without the prefix."""
    found = await (await connection_of(session)).execute(_held(), {"prefix": prefix, "now": now})
    return {key.removeprefix(prefix) for (key,) in found}


@cache
def _held() -> Select[Any]:
    starts = col(PaceRow.key).startswith(bindparam("prefix", type_=String))
    return select(col(PaceRow.key)).where(starts, col(PaceRow.next_at) > bindparam("now"))


async def forget_turns(session: AsyncSession, before: datetime) -> None:
    """Forget turns that came before then: a row that is not there means the same."""
    await session.execute(delete(PaceRow).where(col(PaceRow.next_at) < before))
