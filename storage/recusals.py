"""Recusing someone who turns out to be an invitee of a vote that is open already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.ballots.life import BallotState
from bot.ballots.own import RECUSED
from storage.ballot_tables import BallotInviteeRow, BallotRow, BallotVoterRow, VoteRow
from storage.database import insert_into
from storage.tables import GroupRow


@dataclass(frozen=True, slots=True)
class Recused:
    """A new recusal on one ballot of a group. ``before`` is the choice that stood there; empty where none did."""

    group_id: int
    ballot_id: int
    before: str


async def record_recusal(
    session: AsyncSession, initiative_id: int, number: int, voter: str, now: datetime
) -> list[Recused]:
    """Recuse ``voter`` from entry ``number`` on each open ballot of the initiative that has both, in place of what they
    said there. Those recused already are left out. The ballots are still to be held."""
    stood = [
        Recused(group_id, ballot_id or 0, choice or "")
        for group_id, ballot_id, choice in await session.execute(_open_with_both(initiative_id, number, voter, now))
        if choice != RECUSED
    ]
    for each in stood:
        await session.execute(_recusal(session, each.ballot_id, number, voter, now))
    return stood


def _open_with_both(initiative_id: int, number: int, voter: str, now: datetime) -> Any:
    ballot = col(BallotRow.id)
    asked = and_(col(BallotInviteeRow.ballot_id) == ballot, col(BallotInviteeRow.number) == number)
    on_the_roll = and_(col(BallotVoterRow.ballot_id) == ballot, col(BallotVoterRow.voter) == voter)
    mine = (col(VoteRow.ballot_id) == ballot, col(VoteRow.number) == number, col(VoteRow.voter) == voter)
    return (
        select(col(BallotRow.group_id), ballot, col(VoteRow.choice))
        .join(GroupRow, col(GroupRow.id) == col(BallotRow.group_id))
        .join(BallotInviteeRow, asked)
        .join(BallotVoterRow, on_the_roll)
        .outerjoin(VoteRow, and_(*mine))
        .where(col(GroupRow.initiative_id) == initiative_id)
        .where(col(BallotRow.state) == BallotState.OPEN, col(BallotRow.closes_at) > now)
        .order_by(ballot)
    )


def _recusal(session: AsyncSession, ballot_id: int, number: int, voter: str, now: datetime) -> Any:
    said = {"choice": RECUSED, "reason": "", "at": now, "recorded_by": ""}
    values = {"ballot_id": ballot_id, "number": number, "voter": voter} | said
    keys = ["ballot_id", "number", "voter"]
    return insert_into(session, VoteRow).values(**values).on_conflict_do_update(index_elements=keys, set_=said)
