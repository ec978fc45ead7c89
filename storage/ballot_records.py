"""Ballots as ``dump`` shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.ballots.life import BallotState
from storage.ballots import StoredBallot, list_group_ballots


@dataclass(frozen=True, slots=True)
class BallotRecord:
    """A ballot as ``dump`` shows it: people by their id (or recorded name), invitees by their ref. ``views`` are those
    noted for people who are not among the voters; they count for nothing."""

    id: int
    state: str
    opened_by: str
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    closed_by: str
    rule: str
    unit: str
    quorum: int
    roll: list[str]
    invitees: list[str]
    votes: list[dict[str, Any]]
    views: list[dict[str, Any]]
    outcome: list[dict[str, Any]]


async def list_ballots(session: AsyncSession, group_id: int) -> list[BallotRecord]:
    """The ballots of a group as ``dump`` shows them, oldest first."""
    return [_record(ballot) for ballot in await list_group_ballots(session, group_id)]


def _record(ballot: StoredBallot) -> BallotRecord:
    voters = {voter.id for voter in ballot.roll}
    decided = ballot.invitees if ballot.state is BallotState.CLOSED else ()
    return BallotRecord(
        id=ballot.id,
        state=str(ballot.state),
        opened_by=ballot.opened_by,
        opened_at=ballot.opened_at,
        closes_at=ballot.closes_at,
        closed_at=ballot.closed_at,
        closed_by=ballot.closed_by,
        rule=str(ballot.terms.rule),
        unit=str(ballot.terms.unit),
        quorum=ballot.terms.quorum,
        roll=[voter.id for voter in ballot.roll],
        invitees=list(ballot.refs),
        votes=[vote.as_plain() for vote in ballot.votes if vote.voter in voters],
        views=[vote.as_plain() for vote in ballot.votes if vote.voter not in voters],
        outcome=[{"ref": each.ref, "approved": bool(each.approved)} for each in decided],
    )
