"""The steps that a ballot takes after it was opened. Each is one conditional update, so that it is taken once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.ballots.life import BALLOT_LIFE, BallotState, BallotStep
from bot.posts import PostState
from bot.register import Status
from storage.ballot_tables import BallotInviteeRow, BallotRow
from storage.tables import GroupRow, PostRow, StakeholderRow

REFRESH_LEASE = timedelta(seconds=30)  # longer than any one call to Slack takes


async def close_ballot(
    session: AsyncSession, ballot_id: int, by: str, at: datetime, reason: str, due_by: datetime | None = None
) -> bool:
    """Turn an open ballot closed; False where it is not open, so that only one closing goes on to its result.

    With ``due_by`` only a ballot whose closing time is not later than that is closed.
    """
    values = {"closed_by": by, "closed_at": at, "close_reason": reason}
    due = () if due_by is None else (col(BallotRow.closes_at) <= due_by,)
    return await _step(session, ballot_id, BallotStep.CLOSE, values, *due)


async def reopen_ballot(session: AsyncSession, ballot_id: int, closes_at: datetime, now: datetime) -> bool:
    """Turn a closed ballot open again, without an outcome; False where it is not closed.

    Raises:
        IntegrityError: the group has another ballot open.
    """
    values = {"closed_by": "", "closed_at": None, "close_reason": ""} | _closing(closes_at, now)
    again = col(BallotRow.reopened) + 1
    if not await _step(session, ballot_id, BallotStep.REOPEN, values | {"reopened": again}):
        return False
    undecided = update(BallotInviteeRow).where(col(BallotInviteeRow.ballot_id) == ballot_id).values(approved=None)
    await session.execute(undecided)
    return True


async def change_closing_time(session: AsyncSession, ballot_id: int, closes_at: datetime, now: datetime) -> bool:
    """Give an open ballot another closing time; False where it is not open."""
    return await _step(session, ballot_id, BallotStep.EXTEND, _closing(closes_at, now))


def _closing(closes_at: datetime, now: datetime) -> dict[str, Any]:
    """A closing time that is set now, so that there are new reminders of it."""
    return {"closes_at": closes_at, "closes_set_at": now, "reminded": ""}


async def record_outcome(session: AsyncSession, ballot_id: int, approved: Mapping[int, bool]) -> None:
    """Store what was decided on each invitee, by number."""
    for value in (True, False):
        numbers = [number for number, decided in approved.items() if decided is value]
        mine = (col(BallotInviteeRow.ballot_id) == ballot_id, col(BallotInviteeRow.number).in_(numbers))
        await session.execute(update(BallotInviteeRow).where(*mine).values(approved=value))


async def list_of_status(
    session: AsyncSession, initiative_id: int, numbers: Iterable[int], statuses: Iterable[Status]
) -> frozenset[int]:
    """Those of ``numbers`` whose entries have one of these statuses."""
    query = (
        select(col(StakeholderRow.number))
        .where(col(StakeholderRow.initiative_id) == initiative_id, col(StakeholderRow.status).in_(list(statuses)))
        .where(col(StakeholderRow.number).in_(list(numbers)))
    )
    return frozenset(await session.scalars(query))


async def list_open_with(session: AsyncSession, initiative_id: int, number: int) -> list[int]:
    """The ids of the initiative's groups that have an open ballot with this entry on it."""
    query = (
        select(col(BallotRow.group_id))
        .where(col(BallotInviteeRow.ballot_id) == col(BallotRow.id), col(BallotRow.group_id) == col(GroupRow.id))
        .where(col(GroupRow.initiative_id) == initiative_id, col(BallotRow.state) == BallotState.OPEN)
        .where(col(BallotInviteeRow.number) == number)
        .order_by(col(BallotRow.group_id))
    )
    return list(await session.scalars(query))


async def change_status(
    session: AsyncSession, initiative_id: int, numbers: Iterable[int], before: Status, after: Status
) -> list[int]:
    """Set the status of those entries that have the status ``before``; returns their numbers."""
    statement = (
        update(StakeholderRow)
        .where(col(StakeholderRow.initiative_id) == initiative_id, col(StakeholderRow.status) == before)
        .where(col(StakeholderRow.number).in_(list(numbers)))
        .values(status=after)
        .returning(col(StakeholderRow.number))
    )
    return sorted(await session.scalars(statement))


async def _step(session: AsyncSession, ballot_id: int, step: BallotStep, values: dict[str, Any], *also: Any) -> bool:
    """Take ``step`` where it is possible; False where it is not."""
    before, after = BALLOT_LIFE.before(step), BALLOT_LIFE.after(step)
    statement = (
        update(BallotRow)
        .where(col(BallotRow.id) == ballot_id, col(BallotRow.state).in_(before), *also)
        .values(**values, state=after, version=col(BallotRow.version) + 1)
        .returning(col(BallotRow.id))
    )
    return bool((await session.execute(statement)).all())


async def list_outdated_messages(session: AsyncSession) -> list[tuple[str, int]]:
    """The (team id, ballot id) of ballots whose message was sent and shows an older state than the stored one.

    The one that was brought up to date longest ago comes first, so that a busy ballot keeps no other waiting.
    """
    query = (
        select(col(BallotRow.id), col(GroupRow.team_id))
        .where(col(BallotRow.group_id) == col(GroupRow.id), col(BallotRow.version) > col(BallotRow.shown_version))
        .order_by(col(BallotRow.refresh_until).is_not(None), col(BallotRow.refresh_until), col(BallotRow.id))
    )
    rows = (await session.execute(query)).all()
    outdated = {message_key(ballot_id or 0): (team_id, ballot_id or 0) for ballot_id, team_id in rows}
    if not outdated:
        return []
    sent = select(col(PostRow.key)).where(col(PostRow.key).in_(list(outdated)), col(PostRow.state) == PostState.SENT)
    keys = set(await session.scalars(sent))
    return [ballot for key, ballot in outdated.items() if key in keys]


def message_key(ballot_id: int) -> str:
    """The key of the post that shows a ballot."""
    return f"ballot:{ballot_id}:message"


async def claim_refresh(session: AsyncSession, ballot_id: int, lease: str, now: datetime) -> bool:
    """Take a ballot's message for an update, so that no slower process puts an older state over a newer one."""
    free = col(BallotRow.refresh_until).is_(None) | (col(BallotRow.refresh_until) <= now)
    statement = (
        update(BallotRow)
        .where(col(BallotRow.id) == ballot_id, free)
        .values(refresh_lease=lease, refresh_until=now + REFRESH_LEASE)
        .returning(col(BallotRow.id))
    )
    return bool((await session.execute(statement)).all())


async def record_refresh(session: AsyncSession, ballot_id: int, lease: str, shown: int | None, now: datetime) -> None:
    """Give the message back; ``shown`` is the version that it shows now, None where the update did not work."""
    mine = (col(BallotRow.id) == ballot_id, col(BallotRow.refresh_lease) == lease)
    values: dict[str, Any] = {"refresh_lease": "", "refresh_until": now}
    if shown is not None:
        values["shown_version"] = shown
    await session.execute(update(BallotRow).where(*mine).values(**values))
