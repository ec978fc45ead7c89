"""Votes: cast, changed, withdrawn and recorded, each one row per ballot, invitee and voter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.ballots import Choice, State, Vote
from storage.database import insert_into
from storage.tables import BallotInviteeRow, BallotRow, BallotVoterRow, GroupRow, PersonalRow, VoteRow

WITHDRAWN = "withdrawn"
"""The choice of a vote that was taken back: it counts for nothing, as if it had never been cast."""

RECUSED = "recused"
"""The choice of a voter who is the invitee: recused from opening on, and not theirs to change."""


@dataclass(frozen=True, slots=True)
class StoredVote:
    """A vote that counts. ``recorded_by`` is the co-chair who recorded it for someone else; ``automatic`` the recusal
    that nobody cast."""

    voter: str
    number: int
    choice: Choice
    reason: str
    at: datetime
    recorded_by: str
    automatic: bool = False

    def as_vote(self) -> Vote:
        """The vote as the rules take it."""
        return Vote(self.voter, f"S{self.number}", self.choice, self.at, self.reason)

    def as_plain(self) -> dict[str, Any]:
        """The vote as ``dump`` shows it; a reason is for the co-chairs and is not among it."""
        return {
            "voter": self.voter,
            "ref": f"S{self.number}",
            "choice": str(self.choice),
            "at": self.at,
            "recorded_by": self.recorded_by or None,
        }


@dataclass(frozen=True, slots=True)
class Place:
    """One invitee on a voter's ballot, with what stands there: ``choice`` is empty, a choice, or ``recused``."""

    number: int
    name: str
    organization: str
    choice: str = ""
    reason: str = ""

    @property
    def ref(self) -> str:
        """The reference people type, such as ``S12``."""
        return f"S{self.number}"


@dataclass(frozen=True, slots=True)
class OwnBallot:
    """A ballot as one voter sees it. ``id`` and ``initiative_id`` are the group's, as an audit row takes them."""

    ballot_id: int
    id: int
    initiative_id: int
    zone: str
    state: State
    closes_at: datetime
    reopened: bool
    on_the_roll: bool
    places: tuple[Place, ...]

    def takes_votes(self, now: datetime) -> bool:
        """Whether it is open at ``now``, whether or not somebody has closed it in the meantime."""
        return self.state is State.OPEN and now < self.closes_at

    @property
    def complete(self) -> bool:
        """Whether each invitee has this voter's answer."""
        return all(place.choice for place in self.places)


@dataclass(frozen=True, slots=True)
class CastVote:
    """A vote to be stored. ``choice`` may be ``withdrawn``."""

    number: int
    choice: str
    reason: str = ""


_OWN = (
    col(BallotRow.id),
    col(GroupRow.id),
    col(GroupRow.initiative_id),
    col(GroupRow.zone),
    col(BallotRow.state),
    col(BallotRow.closes_at),
    col(BallotRow.reopened),
    col(BallotVoterRow.voter),
    col(BallotInviteeRow.number),
    col(PersonalRow.name),
    col(PersonalRow.organization),
    col(VoteRow.choice),
    col(VoteRow.reason),
)


async def get_own_ballot(
    session: AsyncSession, channel_id: str, team_id: str, voter: str, ballot_id: int = 0
) -> OwnBallot | None:
    """The ballot with this id, or else the open or newest one of the channel, as ``voter`` sees it. In one query.

    Where two workspaces have a group in the channel, it is the one of ``team_id``.
    """
    query = (
        select(*_OWN)
        .join_from(GroupRow, BallotRow, col(BallotRow.group_id) == col(GroupRow.id))
        .join(BallotInviteeRow, col(BallotInviteeRow.ballot_id) == col(BallotRow.id))
        .join(PersonalRow, col(PersonalRow.id) == col(BallotInviteeRow.personal_id))
        .outerjoin(
            BallotVoterRow,
            and_(col(BallotVoterRow.ballot_id) == col(BallotRow.id), col(BallotVoterRow.voter) == voter),
        )
        .outerjoin(
            VoteRow,
            and_(
                col(VoteRow.ballot_id) == col(BallotRow.id),
                col(VoteRow.number) == col(BallotInviteeRow.number),
                col(VoteRow.voter) == voter,
            ),
        )
        .where(col(GroupRow.channel_id) == channel_id)
        .where(col(BallotRow.id) == (ballot_id or _newest()))
        .order_by((col(GroupRow.team_id) == team_id).desc(), col(BallotRow.id), col(BallotInviteeRow.position))
    )
    rows = (await session.execute(query)).all()
    return _own([row for row in rows if row[0] == rows[0][0]]) if rows else None


def _newest() -> Any:
    """The id of a group's open ballot, or else of its newest."""
    return (
        select(col(BallotRow.id))
        .where(col(BallotRow.group_id) == col(GroupRow.id))
        .order_by(col(BallotRow.state).desc(), col(BallotRow.id).desc())  # open before closed
        .limit(1)
        .correlate(GroupRow)
        .scalar_subquery()
    )


def _own(rows: Sequence[Any]) -> OwnBallot:
    ballot_id, group_id, initiative_id, zone, state, closes_at, reopened, voter = rows[0][:8]
    places = tuple(
        Place(number, name, organization, "" if choice in (None, WITHDRAWN) else choice, reason or "")
        for *_, number, name, organization, choice, reason in rows
    )
    return OwnBallot(
        ballot_id, group_id, initiative_id, zone, State(state), closes_at, reopened > 0, voter is not None, places
    )


async def record_votes(
    session: AsyncSession, ballot_id: int, voter: str, votes: Sequence[CastVote], now: datetime, recorded_by: str = ""
) -> None:
    """Store what ``voter`` says, in place of what they said before. In one statement."""
    rows = [
        {
            "ballot_id": ballot_id,
            "number": vote.number,
            "voter": voter,
            "choice": vote.choice,
            "reason": vote.reason,
            "at": now,
            "recorded_by": recorded_by,
        }
        for vote in votes
    ]
    statement = insert_into(session, VoteRow).values(rows)
    new = statement.excluded
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["ballot_id", "number", "voter"],
            set_={"choice": new.choice, "reason": new.reason, "at": new.at, "recorded_by": new.recorded_by},
            where=col(VoteRow.choice) != RECUSED,
        )
    )


async def touch_open_ballot(session: AsyncSession, ballot_id: int, now: datetime) -> bool:
    """Hold an open ballot until the end of the transaction and note that it changed; False where it takes no votes.

    Votes are stored before this, so that the ballot is held only for the moment of the commit.
    """
    statement = (
        update(BallotRow)
        .where(col(BallotRow.id) == ballot_id, col(BallotRow.state) == State.OPEN, col(BallotRow.closes_at) > now)
        .values(version=col(BallotRow.version) + 1)
        .returning(col(BallotRow.id))
    )
    return bool((await session.execute(statement)).all())


async def all_answered(session: AsyncSession, ballot_id: int) -> bool:
    """Whether everyone on the roll has answered about every invitee. Exact while the ballot is held."""
    people = select(func.count()).where(col(BallotVoterRow.ballot_id) == ballot_id).scalar_subquery()
    names = select(func.count()).where(col(BallotInviteeRow.ballot_id) == ballot_id).scalar_subquery()
    answers = (
        select(func.count())
        .where(col(VoteRow.ballot_id) == ballot_id, col(VoteRow.choice) != WITHDRAWN)
        .scalar_subquery()
    )
    return bool(await session.scalar(select(people * names == answers)))


async def count_voted(session: AsyncSession, ballot_id: int, invitees: int) -> int:
    """How many people have answered about all of the ballot's ``invitees``."""
    voted = (
        select(col(VoteRow.voter))
        .where(col(VoteRow.ballot_id) == ballot_id, col(VoteRow.choice) != WITHDRAWN)
        .group_by(col(VoteRow.voter))
        .having(func.count() == invitees)
    )
    return await session.scalar(select(func.count()).select_from(voted.subquery())) or 0


async def list_votes(session: AsyncSession, ballot_ids: Iterable[int]) -> defaultdict[int, list[StoredVote]]:
    """The votes that count on each ballot, by its id, in the order in which they were cast."""
    query = (
        select(VoteRow)
        .where(col(VoteRow.ballot_id).in_(list(ballot_ids)), col(VoteRow.choice) != WITHDRAWN)
        .order_by(col(VoteRow.at), col(VoteRow.voter), col(VoteRow.number))
    )
    found: defaultdict[int, list[StoredVote]] = defaultdict(list)
    for row in await session.scalars(query):
        automatic = row.choice == RECUSED
        choice = Choice.RECUSE if automatic else Choice(row.choice)
        found[row.ballot_id].append(
            StoredVote(row.voter, row.number, choice, row.reason, row.at, row.recorded_by, automatic)
        )
    return found
