"""The append-only record of who changed what, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, false, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.ballots.life import BallotState
from storage.ballot_tables import BallotRow
from storage.database import connection_of, insert_rows, one_or_many, table_of
from storage.tables import AuditRow

SPOKEN = ("ballot.vote", "ballot.record", "ballot.recuse", "ballot.link", "ballot.unlink")
"""What says that somebody has voted."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: ``by`` is a Slack user id or ``clock``; ``subject`` the ref, or what was changed.

    ``before`` and ``after`` hold codes and dates only. What names a person is referred to by its ``personal`` id.
    """

    at: datetime
    by: str
    action: str
    subject: str
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    before_personal_id: int | None = None
    after_personal_id: int | None = None


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A change in one group of one initiative."""

    initiative_id: int
    group_id: int
    change: Change


_INSERT = insert(table_of(AuditRow)).inline()  # nobody asks for the id


async def record_changes(
    session: AsyncSession, initiative_id: int, group_id: int | None, changes: list[Change]
) -> None:
    """Append ``changes``, in one statement."""
    if not changes:
        return
    rows = [_columns(initiative_id, group_id, change) for change in changes]
    connection = await connection_of(session)
    await connection.execute(_INSERT, one_or_many(rows))


async def record_group_changes(session: AsyncSession, changes: Sequence[GroupChange]) -> None:
    """Append changes in any number of groups, in one statement."""
    await insert_rows(session, AuditRow, [_columns(each.initiative_id, each.group_id, each.change) for each in changes])


def _columns(initiative_id: int, group_id: int | None, change: Change) -> dict[str, Any]:
    return {
        "initiative_id": initiative_id,
        "group_id": group_id,
        "at": change.at,
        "by": change.by,
        "action": change.action,
        "subject": change.subject,
        "before": change.before,
        "after": change.after,
        "before_personal_id": change.before_personal_id,
        "after_personal_id": change.after_personal_id,
    }


async def list_changes(
    session: AsyncSession, initiative_id: int, group_id: int, newest: int | None = None
) -> list[Change]:
    """What was changed in a group and in its initiative, oldest first; only the ``newest`` so many where given."""
    query = _of_group(initiative_id, group_id)
    rows = (await session.scalars(query.limit(newest) if newest else query)).all()
    return [_change(row) for row in reversed(rows)]


async def list_shown_changes(session: AsyncSession, initiative_id: int, group_id: int, newest: int) -> list[Change]:
    """The ``newest`` changes that any member may see, oldest first: not who has spoken on a ballot that is open."""
    still_open = select(col(BallotRow.id)).where(
        col(BallotRow.group_id) == group_id, col(BallotRow.state) == BallotState.OPEN
    )
    ballot_id = await session.scalar(still_open)
    query = _of_group(initiative_id, group_id).limit(newest)
    if ballot_id is not None:
        votes = col(AuditRow.action).in_(SPOKEN) & (col(AuditRow.after)["ballot"].as_integer() == ballot_id)
        roll = (col(AuditRow.action) == "ballot.roll") & (col(AuditRow.subject) == f"ballot {ballot_id}")
        query = query.where(~func.coalesce(votes, false()), ~roll)
    return [_change(row) for row in reversed((await session.scalars(query)).all())]


def _of_group(initiative_id: int, group_id: int) -> Select[AuditRow]:
    """What was changed in a group and in its initiative, newest first."""
    mine = (col(AuditRow.group_id) == group_id) | col(AuditRow.group_id).is_(None)
    return select(AuditRow).where(col(AuditRow.initiative_id) == initiative_id, mine).order_by(col(AuditRow.id).desc())


def _change(row: AuditRow) -> Change:
    return Change(
        row.at, row.by, row.action, row.subject, row.before, row.after, row.before_personal_id, row.after_personal_id
    )
