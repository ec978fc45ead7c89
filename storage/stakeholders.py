"""The register of stakeholders."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, TypeVar

from sqlalchemy import Select, String, bindparam, cast, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.register import Function, Kind, Law, Oversees, PriorSharing, Recorded, Sector, Side, Stakeholder, Status
from storage.database import connection_of
from storage.tables import InitiativeRow, PersonalRow, StakeholderRow

Code = TypeVar("Code", bound=StrEnum)

_COLUMNS: tuple[Any, ...] = (
    col(StakeholderRow.initiative_id),
    col(StakeholderRow.number),
    col(PersonalRow.name),
    col(PersonalRow.organization),
    col(StakeholderRow.category),
    col(StakeholderRow.kind),
    col(StakeholderRow.sector),
    col(StakeholderRow.status),
    col(PersonalRow.title),
    cast(col(StakeholderRow.functions), String),
    col(StakeholderRow.authority),
    cast(col(StakeholderRow.laws), String),
    col(StakeholderRow.jurisdiction),
    col(PersonalRow.why),
    col(StakeholderRow.why_confirmed),
    col(StakeholderRow.exchange),
    col(PersonalRow.email),
    col(PersonalRow.slack_user),
    col(StakeholderRow.prior_sharing),
    cast(col(StakeholderRow.sides), String),
    col(StakeholderRow.liaison),
    col(StakeholderRow.heads),
    col(StakeholderRow.shared_data),
    col(StakeholderRow.vacant),
    col(StakeholderRow.oversees),
    cast(col(StakeholderRow.recorded), String),
)


async def list_stakeholders(session: AsyncSession, initiative_id: int) -> tuple[Stakeholder, ...]:
    """The register of an initiative, in the order of the numbers."""
    return (await list_registers(session, [initiative_id]))[initiative_id]


async def list_registers(
    session: AsyncSession, initiative_ids: Iterable[int]
) -> defaultdict[int, tuple[Stakeholder, ...]]:
    """The registers of many initiatives, in one query."""
    connection = await connection_of(session)
    rows = await connection.execute(_registers(), {"initiatives": list(initiative_ids)})
    found: defaultdict[int, list[Stakeholder]] = defaultdict(list)
    for initiative_id, *values in rows.all():
        found[initiative_id].append(_stakeholder(*values))
    return defaultdict(tuple, {key: tuple(entries) for key, entries in found.items()})


@cache
def _registers() -> Select[Any]:
    """The query for registers, built once: it is part of every look at the principles."""
    return (
        select(*_COLUMNS)
        .where(col(StakeholderRow.personal_id) == col(PersonalRow.id))
        .where(col(StakeholderRow.initiative_id).in_(bindparam("initiatives", expanding=True)))
        .order_by(col(StakeholderRow.initiative_id), col(StakeholderRow.number))
    )


async def lock_register(session: AsyncSession, initiative_id: int) -> None:
    """Let nobody else change this register until the transaction ends. What is read after this stays true in it."""
    mine = select(col(InitiativeRow.id)).where(col(InitiativeRow.id) == initiative_id)
    await session.execute(mine.with_for_update(key_share=True))


async def add_stakeholder(
    session: AsyncSession, initiative_id: int, entry: Stakeholder, by: str, now: datetime
) -> tuple[Stakeholder, int]:
    """Store an entry under the initiative's next number; returns it with that number, and its personal values' id."""
    number = await _next_number(session, initiative_id)
    personal_id = await _add_personal(session, entry)
    values = _values(entry) | {"initiative_id": initiative_id, "number": number, "personal_id": personal_id}
    await session.execute(insert(StakeholderRow).values(**values, created_by=by, created_at=now))
    return _numbered(entry, number), personal_id


async def change_stakeholder(
    session: AsyncSession, initiative_id: int, before: Stakeholder, after: Stakeholder
) -> tuple[int, int]:
    """Store ``after`` in place of ``before``; returns the ids of the personal values before and after."""
    mine = (col(StakeholderRow.initiative_id) == initiative_id, col(StakeholderRow.number) == before.number)
    old = (await session.execute(select(col(StakeholderRow.personal_id)).where(*mine))).scalar_one()
    new = old if _personal(before) == _personal(after) else await _add_personal(session, after)
    await session.execute(update(StakeholderRow).where(*mine).values(**_values(after), personal_id=new))
    return old, new


def codes(entry: Stakeholder) -> dict[str, Any]:
    """An entry's codes without anything that names a person, for the audit."""
    return {key: value for key, value in _values(entry).items() if key != "recorded"}


async def _next_number(session: AsyncSession, initiative_id: int) -> int:
    statement = (
        update(InitiativeRow)
        .where(col(InitiativeRow.id) == initiative_id)
        .values(last_number=col(InitiativeRow.last_number) + 1)
        .returning(col(InitiativeRow.last_number))
    )
    return int((await session.execute(statement)).scalar_one() or 0)


async def _add_personal(session: AsyncSession, entry: Stakeholder) -> int:
    statement = insert(PersonalRow).values(**_personal(entry)).returning(col(PersonalRow.id))
    return int((await session.execute(statement)).scalar_one() or 0)


def _personal(entry: Stakeholder) -> dict[str, str]:
    return {
        "name": entry.name,
        "organization": entry.organization,
        "title": entry.title,
        "email": entry.email,
        "slack_user": entry.slack_user,
        "why": entry.why,
    }


def _values(entry: Stakeholder) -> dict[str, Any]:
    return {
        "category": entry.category,
        "kind": str(entry.kind),
        "sector": str(entry.sector),
        "status": str(entry.status),
        "functions": sorted(entry.functions),
        "authority": entry.authority,
        "laws": sorted(entry.laws),
        "jurisdiction": entry.jurisdiction,
        "why_confirmed": entry.why_confirmed,
        "exchange": entry.exchange,
        "prior_sharing": str(entry.prior_sharing) if entry.prior_sharing else None,
        "sides": sorted(entry.sides),
        "liaison": entry.liaison,
        "heads": entry.heads,
        "shared_data": entry.shared_data,
        "vacant": entry.vacant,
        "oversees": str(entry.oversees) if entry.oversees else None,
        "recorded": {note.fact: [note.by, note.at.isoformat()] for note in entry.recorded},
    }


def _numbered(entry: Stakeholder, number: int) -> Stakeholder:
    return replace(entry, number=number)


_KINDS: Mapping[str, Kind] = {code.value: code for code in Kind}
_SECTORS: Mapping[str, Sector] = {code.value: code for code in Sector}
_STATUSES: Mapping[str, Status] = {code.value: code for code in Status}


@lru_cache(maxsize=4096)
def _coded(codes: type[Code], text: str) -> frozenset[Code]:
    """A stored JSON list as codes; remembered, since the entries of a register share few combinations."""
    return frozenset(map(codes, json.loads(text)))


@lru_cache(maxsize=4096)
def _notes(text: str) -> tuple[Recorded, ...]:
    """A stored JSON object as notes on who recorded what."""
    return tuple(Recorded(fact, by, datetime.fromisoformat(at)) for fact, (by, at) in json.loads(text).items())


def _stakeholder(
    number: int,
    name: str,
    organization: str,
    category: str,
    kind: str,
    sector: str,
    status: str,
    title: str,
    functions: str,
    authority: bool,
    laws: str,
    jurisdiction: bool,
    why: str,
    why_confirmed: bool,
    exchange: bool,
    email: str,
    slack_user: str,
    prior_sharing: str | None,
    sides: str,
    liaison: int | None,
    heads: bool,
    shared_data: bool,
    vacant: bool | None,
    oversees: str | None,
    notes: str,
) -> Stakeholder:
    return Stakeholder(
        number,
        name,
        organization,
        category,
        _KINDS[kind],
        _SECTORS[sector],
        _STATUSES[status],
        title,
        _coded(Function, functions),
        authority,
        _coded(Law, laws),
        jurisdiction,
        why,
        why_confirmed,
        exchange,
        email,
        slack_user,
        PriorSharing(prior_sharing) if prior_sharing else None,
        _coded(Side, sides),
        liaison,
        heads,
        shared_data,
        vacant,
        Oversees(oversees) if oversees else None,
        _notes(notes),
    )
