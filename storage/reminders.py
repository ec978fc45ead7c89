"""Reminders to vote: which ballots close soon, and who wants none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.ballots.life import BallotState
from storage.ballot_tables import BallotRow, ReminderChoiceRow
from storage.database import insert_into


@dataclass(frozen=True, slots=True)
class ClosingSoon:
    """An open ballot that closes soon. ``set_at`` is when its closing time was set; ``reminded`` the last reminder
    that went out for it, empty where none did."""

    ballot_id: int
    group_id: int
    set_at: datetime
    closes_at: datetime
    reminded: str


async def list_closing_soon(session: AsyncSession, now: datetime, within: timedelta) -> list[ClosingSoon]:
    """The open ballots whose closing time is still to come, ``within`` so long, the next one first."""
    query = (
        select(
            col(BallotRow.id),
            col(BallotRow.group_id),
            col(BallotRow.closes_set_at),
            col(BallotRow.closes_at),
            col(BallotRow.reminded),
        )
        .where(col(BallotRow.state) == BallotState.OPEN)
        .where(col(BallotRow.closes_at) > now, col(BallotRow.closes_at) <= now + within)
        .order_by(col(BallotRow.closes_at), col(BallotRow.id))
    )
    rows = await session.execute(query)
    return [
        ClosingSoon(ballot_id or 0, group_id, set_at, closes_at, reminded)
        for ballot_id, group_id, set_at, closes_at, reminded in rows
    ]


async def claim_reminder(session: AsyncSession, ballot_id: int, closes_at: datetime, reminder: str) -> bool:
    """Take a reminder of this closing time; False where it went out already, or the ballot closes at another time."""
    statement = (
        update(BallotRow)
        .where(col(BallotRow.id) == ballot_id, col(BallotRow.state) == BallotState.OPEN)
        .where(col(BallotRow.closes_at) == closes_at, col(BallotRow.reminded) != reminder)
        .values(reminded=reminder)
        .returning(col(BallotRow.id))
    )
    return bool((await session.execute(statement)).all())


async def record_reminder_choice(
    session: AsyncSession, team_id: str, user_id: str, at: datetime, *, wanted: bool
) -> None:
    """Remember whether a person wants reminders in a workspace."""
    values = {"team_id": team_id, "user_id": user_id, "wanted": wanted, "at": at}
    statement = insert_into(session, ReminderChoiceRow).values(**values)
    new = {"wanted": wanted, "at": at}
    await session.execute(statement.on_conflict_do_update(index_elements=["team_id", "user_id"], set_=new))


async def list_unreminded(session: AsyncSession, team_id: str, user_ids: Iterable[str]) -> set[str]:
    """Those of ``user_ids`` who want no reminders in a workspace."""
    query = select(col(ReminderChoiceRow.user_id)).where(
        col(ReminderChoiceRow.team_id) == team_id,
        col(ReminderChoiceRow.user_id).in_(list(user_ids)),
        col(ReminderChoiceRow.wanted).is_(False),
    )
    return set(await session.scalars(query))
