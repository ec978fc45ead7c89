"""Ballots: opening one and reading them. One is open per group, whoever asks first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.ballots.life import BallotState
from bot.ballots.own import RECUSED
from bot.ballots.values import CLOCK, PUBLIC_BODY, BallotTerms, Recusals, Rule, Unit, Vote, Voter
from bot.register import Side, Stakeholder
from storage.ballot_tables import BallotInviteeRow, BallotRow, BallotVoterRow, VoteRow
from storage.database import insert_into
from storage.tables import GroupRow, PersonalRow, StakeholderRow
from storage.votes import StoredVote, list_votes


@dataclass(frozen=True, slots=True)
class NewBallot:
    """What opens a ballot."""

    group_id: int
    terms: BallotTerms
    closes_at: datetime
    roll: tuple[Voter, ...]
    invitees: tuple[Stakeholder, ...]
    recusals: Recusals
    opened_by: str


@dataclass(frozen=True, slots=True)
class Invitee:
    """A register entry on a ballot, under the names it had at opening. ``approved`` is None if undecided."""

    number: int
    name: str
    organization: str
    approved: bool | None = None

    @property
    def ref(self) -> str:
        """The reference people type, such as ``S12``."""
        return f"S{self.number}"


@dataclass(frozen=True, slots=True)
class StoredBallot:
    """A ballot as stored, with the votes that count."""

    id: int
    group_id: int
    state: BallotState
    terms: BallotTerms
    closes_at: datetime
    opened_by: str
    opened_at: datetime
    closed_by: str
    closed_at: datetime | None
    close_reason: str
    reopened: int
    version: int
    roll: tuple[Voter, ...] = ()
    invitees: tuple[Invitee, ...] = ()
    votes: tuple[StoredVote, ...] = ()

    @property
    def refs(self) -> tuple[str, ...]:
        """The refs on the ballot, in their order."""
        return tuple(invitee.ref for invitee in self.invitees)

    @property
    def ended(self) -> bool:
        """Whether it ended undecided, since the group is, or may be, a public body."""
        return (self.closed_by, self.close_reason) == (CLOCK, PUBLIC_BODY)

    @property
    def recusals(self) -> Recusals:
        """Who is recused from whom without having to say so."""
        return frozenset((vote.voter, f"S{vote.number}") for vote in self.votes if vote.automatic)

    @property
    def cast(self) -> tuple[Vote, ...]:
        """The votes as the rules take them: without the automatic recusals."""
        return tuple(vote.as_vote() for vote in self.votes if not vote.automatic)


async def add_ballot(session: AsyncSession, initiative_id: int, new: NewBallot, now: datetime) -> int | None:
    """Open a ballot with its roll, its invitees and the automatic recusals; None where the group has one open."""
    values = {
        "group_id": new.group_id,
        "state": BallotState.OPEN,
        "rule": new.terms.rule,
        "unit": new.terms.unit,
        "quorum": new.terms.quorum,
        "opened_by": new.opened_by,
        "opened_at": now,
        "closes_at": new.closes_at,
        "closes_set_at": now,
        "reminded": "",
        "closed_by": "",
        "close_reason": "",
        "reopened": 0,
        "version": 1,
        "shown_version": 1,
        "refresh_lease": "",
    }
    statement = insert_into(session, BallotRow).values(**values).on_conflict_do_nothing().returning(col(BallotRow.id))
    ballot_id = (await session.execute(statement)).scalar()
    if ballot_id is None:
        return None
    await _add_invitees(session, initiative_id, ballot_id, new.invitees)
    await add_voters(session, ballot_id, new.roll)
    await add_recusals(session, ballot_id, new.recusals, now)
    return int(ballot_id)


async def lock_roll(session: AsyncSession, group_id: int) -> None:
    """Let nobody else add people to the roll of this group's ballot until the transaction ends. Votes go on."""
    mine = select(col(GroupRow.id)).where(col(GroupRow.id) == group_id)
    await session.execute(mine.with_for_update(key_share=True))


ADDED_LATER = 1_000_000
"""The place on the roll of those who were added after opening: behind all others, by their names."""


async def add_voters(session: AsyncSession, ballot_id: int, voters: Iterable[Voter], first: int = 1) -> None:
    """Put people on a roll, from position ``first`` on; those who are on it stay as they are."""
    rows = [
        {
            "ballot_id": ballot_id,
            "voter": voter.id,
            "position": position,
            "home": voter.home,
            "agency": voter.agency,
            "side": voter.side,
        }
        for position, voter in enumerate(voters, first)
    ]
    await session.execute(insert_into(session, BallotVoterRow).on_conflict_do_nothing(), rows)


async def _add_invitees(
    session: AsyncSession, initiative_id: int, ballot_id: int, invitees: tuple[Stakeholder, ...]
) -> None:
    numbers = [entry.number for entry in invitees]
    query = select(col(StakeholderRow.number), col(StakeholderRow.personal_id)).where(
        col(StakeholderRow.initiative_id) == initiative_id, col(StakeholderRow.number).in_(numbers)
    )
    personal = dict((await session.execute(query)).all())
    rows = [
        {"ballot_id": ballot_id, "number": number, "position": position, "personal_id": personal[number]}
        for position, number in enumerate(numbers, 1)
    ]
    await session.execute(insert(BallotInviteeRow), rows)


async def add_recusals(session: AsyncSession, ballot_id: int, recusals: Recusals, now: datetime) -> None:
    """Store who is recused from whom without having to say so."""
    said = {"ballot_id": ballot_id, "choice": RECUSED, "reason": "", "at": now, "recorded_by": ""}
    rows = [said | {"number": int(ref.removeprefix("S")), "voter": voter} for voter, ref in sorted(recusals)]
    if rows:
        await session.execute(insert(VoteRow), rows)


async def get_ballot(session: AsyncSession, ballot_id: int) -> StoredBallot | None:
    """One ballot with its roll, invitees and votes."""
    found = await _stored(session, col(BallotRow.id) == ballot_id)
    return found[0] if found else None


async def get_last_ballot(session: AsyncSession, group_id: int) -> StoredBallot | None:
    """The newest ballot of a group: the open one, where one is open."""
    newest = (
        select(col(BallotRow.id))
        .where(col(BallotRow.group_id) == group_id)
        .order_by(col(BallotRow.state).desc(), col(BallotRow.id).desc())  # open before closed
    )
    ballot_id = await session.scalar(newest.limit(1))
    return await get_ballot(session, ballot_id) if ballot_id else None


async def get_last_closed(session: AsyncSession, group_id: int) -> StoredBallot | None:
    """The ballot of a group that was closed last, if any is closed now."""
    query = (
        select(col(BallotRow.id))
        .where(col(BallotRow.group_id) == group_id, col(BallotRow.state) == BallotState.CLOSED)
        .order_by(col(BallotRow.closed_at).desc(), col(BallotRow.id).desc())
    )
    ballot_id = await session.scalar(query.limit(1))
    return await get_ballot(session, ballot_id) if ballot_id else None


async def list_due_ballots(session: AsyncSession, now: datetime) -> list[tuple[int, int]]:
    """The (ballot id, group id) of open ballots whose closing time has come, oldest first."""
    query = (
        select(col(BallotRow.id), col(BallotRow.group_id))
        .where(col(BallotRow.state) == BallotState.OPEN, col(BallotRow.closes_at) <= now)
        .order_by(col(BallotRow.closes_at), col(BallotRow.id))
    )
    return [(ballot_id or 0, group_id) for ballot_id, group_id in await session.execute(query)]


async def list_group_ballots(session: AsyncSession, group_id: int) -> list[StoredBallot]:
    """The ballots of a group, oldest first."""
    return await _stored(session, col(BallotRow.group_id) == group_id)


async def _stored(session: AsyncSession, which: Any) -> list[StoredBallot]:
    rows = (await session.scalars(select(BallotRow).where(which).order_by(col(BallotRow.id)))).all()
    ids = [row.id or 0 for row in rows]
    invitees, rolls, votes = await _invitees(session, ids), await _rolls(session, ids), await list_votes(session, ids)
    return [_ballot(row, rolls[row.id or 0], invitees[row.id or 0], votes[row.id or 0]) for row in rows]


async def _invitees(session: AsyncSession, ids: list[int]) -> defaultdict[int, list[Invitee]]:
    query = (
        select(
            col(BallotInviteeRow.ballot_id),
            col(BallotInviteeRow.number),
            col(PersonalRow.name),
            col(PersonalRow.organization),
            col(BallotInviteeRow.approved),
        )
        .where(col(BallotInviteeRow.personal_id) == col(PersonalRow.id), col(BallotInviteeRow.ballot_id).in_(ids))
        .order_by(col(BallotInviteeRow.ballot_id), col(BallotInviteeRow.position))
    )
    found: defaultdict[int, list[Invitee]] = defaultdict(list)
    for ballot_id, number, name, organization, approved in await session.execute(query):
        found[ballot_id].append(Invitee(number, name, organization, approved))
    return found


async def _rolls(session: AsyncSession, ids: list[int]) -> defaultdict[int, list[Voter]]:
    query = (
        select(
            col(BallotVoterRow.ballot_id),
            col(BallotVoterRow.voter),
            col(BallotVoterRow.home),
            col(BallotVoterRow.agency),
            col(BallotVoterRow.side),
            col(BallotVoterRow.position) >= ADDED_LATER,
        )
        .where(col(BallotVoterRow.ballot_id).in_(ids))
        .order_by(col(BallotVoterRow.ballot_id), col(BallotVoterRow.position), col(BallotVoterRow.voter))
    )
    found: defaultdict[int, list[Voter]] = defaultdict(list)
    for ballot_id, voter, home, agency, side, added in await session.execute(query):
        found[ballot_id].append(Voter(voter, home, agency, Side(side) if side else None, bool(added)))
    return found


def _ballot(row: BallotRow, roll: list[Voter], invitees: list[Invitee], votes: list[StoredVote]) -> StoredBallot:
    return StoredBallot(
        id=row.id or 0,
        group_id=row.group_id,
        state=BallotState(row.state),
        terms=BallotTerms(Rule(row.rule), Unit(row.unit), row.quorum, row.closes_at),
        closes_at=row.closes_at,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        closed_by=row.closed_by,
        closed_at=row.closed_at,
        close_reason=row.close_reason,
        reopened=row.reopened,
        version=row.version,
        roll=tuple(roll),
        invitees=tuple(invitees),
        votes=tuple(votes),
    )
