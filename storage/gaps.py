"""The gaps of working groups, and how each week stood. The number of statements does not grow with the groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.gaps.life import GapState, LiveGap
from bot.gaps.week import Said, Snapshot
from bot.principles.assessment import PrincipleState
from storage.database import connection_of, insert_rows, table_of, update_rows
from storage.tables import GapRow, SnapshotRow

_gaps, _snapshots = table_of(GapRow), table_of(SnapshotRow)
_KEY = ("group_id", "criterion")


@dataclass(frozen=True, slots=True)
class GapChange:
    """A gap of one group as it is to be stored. Its version is that of the row it was read from; 0 for a new one."""

    group_id: int
    gap: LiveGap


@dataclass(frozen=True, slots=True)
class NewSnapshot:
    """How one group stood in one week."""

    group_id: int
    snapshot: Snapshot


async def list_gaps(session: AsyncSession, group_ids: Iterable[int]) -> defaultdict[int, tuple[LiveGap, ...]]:
    """The gaps of each group, closed ones included, in the order of their criteria."""
    connection = await connection_of(session)
    found: defaultdict[int, list[LiveGap]] = defaultdict(list)
    for group_id, *values in await connection.execute(_by_group(), {"groups": list(group_ids)}):
        found[group_id].append(_gap(*values))
    return defaultdict(tuple, {group_id: tuple(gaps) for group_id, gaps in found.items()})


@cache
def _by_group() -> Select[Any]:
    """The query for gaps, built once: it is part of every look at the principles."""
    row = _gaps.c
    when = (row.closed_at, row.touched_at, row.reopened, row.version)
    wanted = row.group_id.in_(bindparam("groups", expanding=True))
    what = (row.criterion, row.opened_at, row.state, row.taken_by, row.due_on, row.snoozed_until, row.reason)
    return select(row.group_id, *what, *when).where(wanted).order_by(row.group_id, row.criterion)


async def record_gaps(session: AsyncSession, changes: Sequence[GapChange]) -> set[tuple[int, str]]:
    """Store gaps as they stand now, in two statements at most; returns those stored, by group and criterion.

    One that someone else changed since it was read, or opened meanwhile, is left as it is.
    """
    new = [_columns(each) | {"version": 1} for each in changes if not each.gap.version]
    known = [_columns(each) | {"version": each.gap.version} for each in changes if each.gap.version]
    added = await insert_rows(session, GapRow, new, unless=_KEY, returning=_KEY)
    changed = await update_rows(session, GapRow, known, where=(*_KEY, "version"), returning=_KEY)
    return {(row.group_id, row.criterion) for row in (*added, *changed)}


async def list_snapshots(session: AsyncSession, group_ids: Iterable[int]) -> dict[int, Snapshot]:
    """The newest snapshot of each group that has one."""
    connection = await connection_of(session)
    found = await connection.execute(_newest(), {"groups": list(group_ids)})
    return {group_id: _snapshot(*values) for group_id, *values in found}


@cache
def _newest() -> Select[Any]:
    """The newest snapshot of each of some groups, each found by its key."""
    row = _snapshots.c
    newest = _snapshots.alias("newest")
    last = select(newest.c.group_id, func.max(newest.c.period).label("period"))
    wanted = newest.c.group_id.in_(bindparam("groups", expanding=True))
    key = last.where(wanted).group_by(newest.c.group_id).subquery("last")
    return select(*_SHOWN).join(key, (row.group_id == key.c.group_id) & (row.period == key.c.period))


async def list_weeks(session: AsyncSession, group_id: int, newest: int | None = None) -> list[Snapshot]:
    """The snapshots of a group, oldest first; only the ``newest`` so many where given."""
    query = select(*_SHOWN).where(_snapshots.c.group_id == group_id).order_by(_snapshots.c.period.desc()).limit(newest)
    rows = (await (await connection_of(session)).execute(query)).all()
    return [_snapshot(*values) for _, *values in reversed(rows)]


async def record_snapshots(session: AsyncSession, rows: Sequence[NewSnapshot]) -> None:
    """Store how weeks stood, in one statement; a week that has its snapshot keeps it."""
    values = [
        {
            "group_id": each.group_id,
            "period": each.snapshot.period,
            "taken_at": each.snapshot.taken_at,
            "states": [str(state) for state in each.snapshot.states],
            "counting": list(each.snapshot.counting),
            "entries": each.snapshot.entries,
            "said": str(each.snapshot.said),
            "unanswered": each.snapshot.unanswered,
        }
        for each in rows
    ]
    await insert_rows(session, SnapshotRow, values, unless=("group_id", "period"), returning=("group_id",))


_SHOWN = (
    _snapshots.c.group_id,
    _snapshots.c.period,
    _snapshots.c.taken_at,
    _snapshots.c.states,
    _snapshots.c.counting,
    _snapshots.c.entries,
    _snapshots.c.said,
    _snapshots.c.unanswered,
)


def _columns(change: GapChange) -> dict[str, Any]:
    gap = change.gap
    return {
        "group_id": change.group_id,
        "criterion": gap.criterion,
        "principle": gap.principle,
        "state": str(gap.state),
        "opened_at": gap.opened_at,
        "taken_by": gap.taken_by,
        "due_on": gap.due_on,
        "snoozed_until": gap.snoozed_until,
        "reason": gap.reason,
        "closed_at": gap.closed_at,
        "touched_at": gap.touched_at,
        "reopened": gap.reopened,
    }


@lru_cache(maxsize=8192)
def _gap(
    criterion: str,
    opened_at: datetime,
    state: str,
    taken_by: str,
    due_on: date | None,
    snoozed_until: date | None,
    reason: str,
    closed_at: datetime | None,
    touched_at: datetime | None,
    reopened: int,
    version: int,
) -> LiveGap:
    """A gap as stored; remembered, since the groups that one sweep looks at have many alike."""
    return LiveGap(
        criterion,
        opened_at,
        GapState(state),
        taken_by,
        due_on,
        snoozed_until,
        reason,
        closed_at,
        touched_at,
        reopened,
        version,
    )


def _snapshot(
    period: str,
    taken_at: datetime,
    states: Sequence[str],
    counting: Sequence[int],
    entries: int,
    said: str,
    unanswered: int,
) -> Snapshot:
    known = tuple(PrincipleState(state) for state in states)
    return Snapshot(period, taken_at, known, tuple(counting), entries, Said(said), unanswered)
