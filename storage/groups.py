"""Initiatives, working groups and their co-chairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.groups import CoChair, Meeting, NudgePlan, PublicBody, WorkingGroup
from bot.jurisdictions import state_of
from bot.register import ScopeFlag, Side
from storage.database import connection_of, table_of
from storage.tables import CoChairRow, GroupRow, InitiativeRow, PersonalRow

_groups, _initiatives = table_of(GroupRow), table_of(InitiativeRow)
_chairs, _names = table_of(CoChairRow), table_of(PersonalRow)


@dataclass(frozen=True, slots=True)
class StoredGroup:
    """A working group with its initiative, as stored."""

    id: int
    initiative_id: int
    team_id: str
    initiative_name: str
    jurisdiction: str
    scope: frozenset[ScopeFlag]
    nudge_set_by: str
    group: WorkingGroup

    @property
    def group_id(self) -> int:
        """The group's id, as an audit row takes it."""
        return self.id

    @property
    def channel_id(self) -> str:
        """The group's channel."""
        return self.group.channel_id

    def cochair(self, user_id: str) -> CoChair | None:
        """The co-chair with this Slack user id, if they are one."""
        return next((chair for chair in self.group.cochairs if user_id and chair.user_id == user_id), None)


@dataclass(frozen=True, slots=True)
class NewGroup:
    """What setup asks for."""

    team_id: str
    channel_id: str
    name: str
    jurisdiction: str
    scope: frozenset[ScopeFlag]
    public_body: PublicBody
    nudge: NudgePlan
    next_nudge_at: datetime | None
    created_by: str
    initiative_id: int | None = None
    zone: str = "UTC"


async def get_group(session: AsyncSession, channel_id: str, team_id: str | None = None) -> StoredGroup | None:
    """The group of a channel. Where two workspaces know the channel, ``team_id`` tells them apart."""
    found = await _list_groups(session, "channel_id", [channel_id])
    mine = [stored for stored in found if stored.team_id == team_id] or found
    return mine[0] if mine else None


async def list_groups(session: AsyncSession, ids: Iterable[int]) -> list[StoredGroup]:
    """The groups with these ids, in the order of their ids; two queries, however many."""
    return await _list_groups(session, "id", ids)


async def list_fellows(session: AsyncSession, initiative_ids: Iterable[int]) -> list[StoredGroup]:
    """All groups of these initiatives, in the order of their ids."""
    return await _list_groups(session, "initiative_id", initiative_ids)


async def list_fellows_of_groups(session: AsyncSession, ids: Iterable[int]) -> list[StoredGroup]:
    """All groups of each initiative that has one of these groups, those included, in the order of their ids."""
    return await _list_groups(session, "id", ids, fellows=True)


async def list_fellows_of_channel(session: AsyncSession, channel_id: str) -> list[StoredGroup]:
    """All groups of each initiative that has a group in the channel, that one included, in the order of their ids."""
    return await _list_groups(session, "channel_id", [channel_id], fellows=True)


async def _list_groups(
    session: AsyncSession, column: str, wanted: Iterable[Any], *, fellows: bool = False
) -> list[StoredGroup]:
    connection = await connection_of(session)
    rows = (await connection.execute(_groups_by(column, fellows=fellows), {"wanted": list(wanted)})).all()
    chairs = await _cochairs(session, [row.id for row in rows])
    return [_stored(row, chairs[row.id]) for row in rows]


@cache
def _groups_by(column: str, *, fellows: bool) -> Select[Any]:
    """The query for groups by one of their columns, or for all of their initiatives, built once: nearly every answer
    begins with it."""
    one = _groups.alias("one")
    wanted = one.c[column].in_(bindparam("wanted", expanding=True))
    key = "initiative_id" if fellows else "id"
    initiative = (_initiatives.c.name.label("initiative_name"), _initiatives.c.jurisdiction, _initiatives.c.scope)
    return (
        select(_groups, *initiative)
        .join_from(_groups, _initiatives, _groups.c.initiative_id == _initiatives.c.id)
        .where(_groups.c[key].in_(select(one.c[key]).where(wanted)))
        .order_by(_groups.c.id)
    )


async def list_group_ids(session: AsyncSession, initiative_ids: Iterable[int]) -> list[int]:
    """The ids of all groups of these initiatives."""
    query = (
        select(col(GroupRow.id)).where(col(GroupRow.initiative_id).in_(list(initiative_ids))).order_by(col(GroupRow.id))
    )
    return [group_id for group_id in await session.scalars(query) if group_id]


async def list_initiatives(session: AsyncSession, team_id: str) -> list[tuple[int, str]]:
    """The id and name of each initiative of a workspace."""
    query = select(col(InitiativeRow.id), col(InitiativeRow.name)).where(col(InitiativeRow.team_id) == team_id)
    return [(key, name) for key, name in await session.execute(query) if key]


async def add_group(session: AsyncSession, new: NewGroup, now: datetime) -> StoredGroup:
    """Store a group, in an initiative of its own unless one is named.

    Raises:
        IntegrityError: the channel has a group already.
    """
    initiative_id = new.initiative_id or await _add_initiative(session, new, now)
    row = GroupRow(
        initiative_id=initiative_id,
        team_id=new.team_id,
        channel_id=new.channel_id,
        name=new.name,
        public_body=new.public_body,
        zone=new.zone,
        nudge_weekday=new.nudge.weekday,
        nudge_time=f"{new.nudge.at:%H:%M}",
        nudge_set_by=new.created_by,
        next_nudge_at=new.next_nudge_at,
        created_by=new.created_by,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    return (await list_groups(session, [row.id or 0]))[0]


async def _add_initiative(session: AsyncSession, new: NewGroup, now: datetime) -> int:
    row = InitiativeRow(
        team_id=new.team_id,
        name=new.name,
        jurisdiction=new.jurisdiction,
        scope=sorted(new.scope),
        created_at=now,
    )
    session.add(row)
    await session.flush()
    return row.id or 0


async def lock_group(session: AsyncSession, group_id: int) -> None:
    """Make other changes of this group wait until this one is committed. (SQLite has one writer anyway.)"""
    mine = select(col(GroupRow.id)).where(col(GroupRow.id) == group_id)
    await session.execute(mine.with_for_update(key_share=True))  # new rows that refer to the group need not wait


async def lock_public_body(session: AsyncSession, group_id: int) -> PublicBody:
    """What a group is under its state's law; nobody changes it before this transaction is committed."""
    mine = select(col(GroupRow.public_body)).where(col(GroupRow.id) == group_id)
    return PublicBody((await session.execute(mine.with_for_update(key_share=True))).scalar_one())


async def change_group(session: AsyncSession, group_id: int, **values: Any) -> None:
    """Set columns of a group."""
    await session.execute(update(GroupRow).where(col(GroupRow.id) == group_id).values(**values))


async def change_scope(session: AsyncSession, initiative_id: int, scope: frozenset[ScopeFlag]) -> None:
    """Set what the initiative includes."""
    statement = update(InitiativeRow).where(col(InitiativeRow.id) == initiative_id)
    await session.execute(statement.values(scope=sorted(scope)))


async def add_cochair(
    session: AsyncSession, group_id: int, chair: CoChair, home: str, added_by: str, now: datetime
) -> int:
    """Store a co-chair; returns the id of their personal values."""
    personal = PersonalRow(name=chair.name, organization=chair.organization, slack_user=chair.user_id)
    session.add(personal)
    await session.flush()
    session.add(
        CoChairRow(
            group_id=group_id,
            personal_id=personal.id or 0,
            user_id=chair.user_id,
            home=home,
            side=chair.side,
            added_by=added_by,
            added_at=now,
        )
    )
    await session.flush()
    return personal.id or 0


async def _cochairs(session: AsyncSession, group_ids: Sequence[int]) -> dict[int, list[CoChair]]:
    connection = await connection_of(session)
    chairs: defaultdict[int, list[CoChair]] = defaultdict(list)
    for group_id, user_id, side, name, organization in await connection.execute(
        _active_chairs(), {"groups": group_ids}
    ):
        chairs[group_id].append(CoChair(name, organization, Side(side), user_id))
    return chairs


@cache
def _active_chairs() -> Select[Any]:
    wanted = _chairs.c.group_id.in_(bindparam("groups", expanding=True))
    return (
        select(_chairs.c.group_id, _chairs.c.user_id, _chairs.c.side, _names.c.name, _names.c.organization)
        .join_from(_chairs, _names, _chairs.c.personal_id == _names.c.id)
        .where(wanted, _chairs.c.removed_at.is_(None))
        .order_by(_chairs.c.id)
    )


def _stored(row: Row[Any], chairs: list[CoChair]) -> StoredGroup:
    return StoredGroup(
        id=row.id,
        initiative_id=row.initiative_id,
        team_id=row.team_id,
        initiative_name=row.initiative_name,
        jurisdiction=row.jurisdiction,
        scope=frozenset(ScopeFlag(flag) for flag in row.scope),
        nudge_set_by=row.nudge_set_by,
        group=_group(row, chairs),
    )


def _group(row: Row[Any], chairs: list[CoChair]) -> WorkingGroup:
    return WorkingGroup(
        channel_id=row.channel_id,
        name=row.name,
        public_body=PublicBody(row.public_body),
        nudge=NudgePlan(
            row.nudge_weekday,
            time.fromisoformat(row.nudge_time),
            row.nudge_paused,
            row.nudge_paused_until,
            frozenset(row.nudge_quiet),
            state_of(row.jurisdiction),
        ),
        cochairs=tuple(chairs),
        exempt=row.exempt,
        meeting=Meeting(row.meeting_at, tuple(row.meeting_sponsors)) if row.meeting_at else None,
        zone=row.zone,
        cosponsored_at=row.cosponsored_at,
    )
