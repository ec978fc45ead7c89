"""What co-chairs attested, and what both of them set aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.groups import Attestation, SetAside
from storage.database import connection_of, table_of
from storage.tables import AttestationRow, SetAsideRow

_attestations, _set_asides = table_of(AttestationRow), table_of(SetAsideRow)


async def add_attestation(
    session: AsyncSession, initiative_id: int, group_id: int | None, attestation: Attestation
) -> None:
    """Store what was attested; ``group_id`` where it speaks of one working group only."""
    said = {part.name: getattr(attestation, part.name) for part in fields(attestation)}
    session.add(AttestationRow(initiative_id=initiative_id, group_id=group_id, **said))
    await session.flush()


async def close_attestations(
    session: AsyncSession, initiative_id: int, group_id: int, criterion: str, by: str, now: datetime
) -> bool:
    """Take back what stands attested for a criterion; False where nothing did."""
    mine = (col(AttestationRow.group_id) == group_id) | col(AttestationRow.group_id).is_(None)
    statement = (
        update(AttestationRow)
        .where(col(AttestationRow.initiative_id) == initiative_id, mine)
        .where(col(AttestationRow.criterion) == criterion, col(AttestationRow.withdrawn_at).is_(None))
        .values(withdrawn_at=now, withdrawn_by=by)
        .returning(col(AttestationRow.id))
    )
    return bool((await session.execute(statement)).all())


async def list_attestations(
    session: AsyncSession, initiative_ids: Iterable[int]
) -> defaultdict[int, list[tuple[int | None, Attestation]]]:
    """What stands attested, oldest first, with the group it speaks of (None: the whole initiative)."""
    connection = await connection_of(session)
    found: defaultdict[int, list[tuple[int | None, Attestation]]] = defaultdict(list)
    for row in await connection.execute(_standing(), {"initiatives": list(initiative_ids)}):
        value = Attestation(row.criterion, row.text, row.by, row.at, row.held_on)
        found[row.initiative_id].append((row.group_id, value))
    return found


@cache
def _standing() -> Select[Any]:
    """The query for attestations, built once: it is part of every look at the principles."""
    wanted = _attestations.c.initiative_id.in_(bindparam("initiatives", expanding=True))
    return select(_attestations).where(wanted, _attestations.c.withdrawn_at.is_(None)).order_by(_attestations.c.id)


async def add_set_aside(session: AsyncSession, initiative_id: int, aside: SetAside) -> None:
    """Store that a principle is set aside."""
    session.add(
        SetAsideRow(initiative_id=initiative_id, principle=aside.principle, reason=aside.reason, until=aside.until)
    )
    await session.flush()


async def close_set_aside(session: AsyncSession, initiative_id: int, principle: int, now: datetime) -> bool:
    """End a principle's being set aside; False where it was not."""
    statement = (
        update(SetAsideRow)
        .where(col(SetAsideRow.initiative_id) == initiative_id, col(SetAsideRow.principle) == principle)
        .where(col(SetAsideRow.lifted_at).is_(None), col(SetAsideRow.until) > now)
        .values(lifted_at=now)
        .returning(col(SetAsideRow.id))
    )
    return bool((await session.execute(statement)).all())


async def list_set_asides(
    session: AsyncSession, initiative_ids: Iterable[int]
) -> defaultdict[int, tuple[SetAside, ...]]:
    """The principles set aside and not lifted, lapsed ones included."""
    connection = await connection_of(session)
    found: defaultdict[int, tuple[SetAside, ...]] = defaultdict(tuple)
    for row in await connection.execute(_not_lifted(), {"initiatives": list(initiative_ids)}):
        found[row.initiative_id] += (SetAside(row.principle, row.reason, row.until),)
    return found


@cache
def _not_lifted() -> Select[Any]:
    wanted = _set_asides.c.initiative_id.in_(bindparam("initiatives", expanding=True))
    return select(_set_asides).where(wanted, _set_asides.c.lifted_at.is_(None)).order_by(_set_asides.c.id)
