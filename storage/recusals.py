"""Linking an account to an entry, and taking the link back, while a vote on that entry is open.

A link never touches a vote that was cast. Who has not voted on the entry is recused from it, and is so no longer once
the link is taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.ballots.life import BallotState
from bot.ballots.own import RECUSED, WITHDRAWN
from storage.ballot_tables import BallotInviteeRow, BallotRow, BallotVoterRow, VoteRow
from storage.database import insert_into
from storage.tables import GroupRow


@dataclass(frozen=True, slots=True)
class LinkedVoter:
    """A voter on one ballot of a group whose account is linked to an invitee, or is so no longer. ``choice`` is what
    stands there; empty where nothing does."""

    group_id: int
    ballot_id: int
    choice: str

    @property
    def recused(self) -> bool:
        """Whether it stands there that they are recused, by this link or from opening on."""
        return self.choice == RECUSED


async def list_linked_voters(
    session: AsyncSession, initiative_id: int, number: int, voter: str, now: datetime
) -> list[LinkedVoter]:
    """The open ballots of the initiative that have entry ``number`` on them and ``voter`` on the roll."""
    rows = await session.execute(_open_with_both(initiative_id, number, voter, now))
    return [
        LinkedVoter(group_id, ballot_id or 0, "" if choice in (None, WITHDRAWN) else choice)
        for group_id, ballot_id, choice in rows
    ]


async def add_linked_recusal(
    session: AsyncSession, ballot_id: int, number: int, voter: str, linked_by: str, now: datetime
) -> None:
    """Recuse a voter who has said nothing on an entry; what was said at this very moment stays. The ballot is still to
    be held."""
    said = {"choice": RECUSED, "reason": "", "at": now, "recorded_by": linked_by}
    values = {"ballot_id": ballot_id, "number": number, "voter": voter} | said
    keys = ["ballot_id", "number", "voter"]
    statement = insert_into(session, VoteRow).values(**values)
    free = col(VoteRow.choice) == WITHDRAWN
    await session.execute(statement.on_conflict_do_update(index_elements=keys, set_=said, where=free))


async def close_linked_recusal(session: AsyncSession, ballot_id: int, number: int, voter: str, now: datetime) -> bool:
    """End a recusal that came by a link; False where there is none. The ballot is still to be held."""
    statement = (
        update(VoteRow)
        .where(col(VoteRow.ballot_id) == ballot_id, col(VoteRow.number) == number, col(VoteRow.voter) == voter)
        .where(col(VoteRow.choice) == RECUSED, col(VoteRow.recorded_by) != "")
        .values(choice=WITHDRAWN, at=now)
        .returning(col(VoteRow.voter))
    )
    return bool((await session.execute(statement)).all())


def _open_with_both(initiative_id: int, number: int, voter: str, now: datetime) -> Any:
    ballot = col(BallotRow.id)
    asked = and_(col(BallotInviteeRow.ballot_id) == ballot, col(BallotInviteeRow.number) == number)
    on_the_roll = and_(col(BallotVoterRow.ballot_id) == ballot, col(BallotVoterRow.voter) == voter)
    mine = and_(col(VoteRow.ballot_id) == ballot, col(VoteRow.number) == number, col(VoteRow.voter) == voter)
    still_open = and_(col(BallotRow.state) == BallotState.OPEN, col(BallotRow.closes_at) > now)
    return (
        select(col(BallotRow.group_id), ballot, col(VoteRow.choice))
        .join(GroupRow, col(GroupRow.id) == col(BallotRow.group_id))
        .join(BallotInviteeRow, asked)
        .join(BallotVoterRow, on_the_roll)
        .outerjoin(VoteRow, mine)
        .where(col(GroupRow.initiative_id) == initiative_id, still_open)
        .order_by(ballot)
    )
