"""Votes: cast, changed, withdrawn and recorded, each one row per ballot, invitee and voter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, and_, bindparam, case, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.ballots.life import BALLOT_LIFE, BallotState, BallotStep
from bot.ballots.own import RECUSED, WITHDRAWN, CastVote, OwnBallot, OwnPlace
from bot.ballots.values import Choice, Vote
from storage.ballot_tables import BallotInviteeRow, BallotRow, BallotVoterRow, VoteRow
from storage.database import connection_of, one_or_many, table_of
from storage.deliveries import Repeated
from storage.tables import DeliveryRow, GroupRow, PersonalRow

_groups, _ballots, _names = table_of(GroupRow), table_of(BallotRow), table_of(PersonalRow)
_invitees, _voters, _votes = table_of(BallotInviteeRow), table_of(BallotVoterRow), table_of(VoteRow)
_deliveries = table_of(DeliveryRow)


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


async def has_voted_in_person(session: AsyncSession, ballot_id: int, voter: str) -> bool:
    """Whether a voter has a vote of their own on a ballot, one that nobody recorded for them."""
    query = select(func.count()).where(
        col(VoteRow.ballot_id) == ballot_id,
        col(VoteRow.voter) == voter,
        col(VoteRow.recorded_by) == "",
        col(VoteRow.choice).in_([str(choice) for choice in Choice]),
    )
    return bool(await session.scalar(query))


async def get_own_ballot(
    session: AsyncSession, channel_id: str, team_id: str, voter: str, ballot_id: int = 0, delivery: str = ""
) -> OwnBallot | None:
    """The ballot with this id, or else the open or newest one of the channel, as ``voter`` sees it. In one query.

    Where two workspaces have a group in the channel, it is the one of ``team_id``.

    Raises:
        Repeated: the delivery with the key ``delivery`` came before.
    """
    values = {"channel": channel_id, "team": team_id, "me": voter, "this_ballot": ballot_id, "delivery": delivery}
    connection = await connection_of(session)
    rows = (await connection.execute(_own_ballot(named=ballot_id > 0), values)).all()
    if rows and rows[0].key:
        raise Repeated(rows[0].answer)
    return _own([row[2:] for row in rows if row[2] == rows[0][2]]) if rows else None


@cache
def _own_ballot(*, named: bool) -> Select[Any]:
    """The query for one voter's ballot, built once: it is part of every vote."""
    me = bindparam("me", type_=String)
    on_the_roll = and_(_voters.c.ballot_id == _ballots.c.id, _voters.c.voter == me)
    said = and_(_votes.c.ballot_id == _ballots.c.id, _votes.c.number == _invitees.c.number, _votes.c.voter == me)
    of_team = _groups.c.team_id == bindparam("team", type_=String)
    return (
        select(
            _deliveries.c.key,
            _deliveries.c.answer,
            _ballots.c.id,
            _groups.c.id,
            _groups.c.initiative_id,
            _groups.c.zone,
            _ballots.c.state,
            _ballots.c.closes_at,
            _ballots.c.reopened,
            _ballots.c.version,
            _voters.c.voter,
            _voters.c.agency,
            _invitees.c.number,
            _names.c.name,
            _names.c.organization,
            _votes.c.choice,
            _votes.c.reason,
        )
        .join_from(_groups, _ballots, _ballots.c.group_id == _groups.c.id)
        .join(_invitees, _invitees.c.ballot_id == _ballots.c.id)
        .join(_names, _names.c.id == _invitees.c.personal_id)
        .outerjoin(_voters, on_the_roll)
        .outerjoin(_votes, said)
        .outerjoin(_deliveries, _deliveries.c.key == bindparam("delivery", type_=String))
        .where(_groups.c.channel_id == bindparam("channel", type_=String))
        .where(_ballots.c.id == (bindparam("this_ballot", type_=Integer) if named else _newest()))
        .order_by(of_team.desc(), _ballots.c.id, _invitees.c.position)
    )


def _newest() -> Any:
    """The id of a group's open ballot, or else of its newest."""
    own = _ballots.alias("newest")
    return (
        select(own.c.id)
        .where(own.c.group_id == _groups.c.id)
        .order_by(own.c.state.desc(), own.c.id.desc())  # open before closed
        .limit(1)
        .correlate(_groups)
        .scalar_subquery()
    )


def _own(rows: Sequence[Any]) -> OwnBallot:
    ballot_id, group_id, initiative_id, zone, state, closes_at, reopened, version, voter, agency = rows[0][:10]
    which = (ballot_id, group_id, initiative_id, zone, BallotState(state), closes_at, reopened > 0, voter is not None)
    places = tuple(
        OwnPlace(number, name, organization, "" if choice in (None, WITHDRAWN) else choice, reason or "")
        for *_, number, name, organization, choice, reason in rows
    )
    return OwnBallot(*which, places, agency or "", version)


async def record_votes(
    session: AsyncSession, ballot_id: int, voter: str, votes: Sequence[CastVote], now: datetime, recorded_by: str = ""
) -> None:
    """Store what ``voter`` says, in place of what they said before. In one statement."""
    said = {"ballot_id": ballot_id, "voter": voter, "at": now, "recorded_by": recorded_by}
    rows = [said | {"number": vote.number, "choice": vote.choice, "reason": vote.reason} for vote in votes]
    connection = await connection_of(session)
    await connection.execute(_upsert(connection.dialect.name, recorded=bool(recorded_by)), one_or_many(rows))


@cache
def _upsert(dialect: str, *, recorded: bool) -> Any:
    """A vote in place of the one before, but never in place of an automatic recusal, nor one that is recorded in place
    of someone's own."""
    statement = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(_votes)
    new, theirs = statement.excluded, (_votes.c.recorded_by != "", _votes.c.choice == WITHDRAWN)
    return statement.on_conflict_do_update(
        index_elements=["ballot_id", "number", "voter"],
        set_={"choice": new.choice, "reason": new.reason, "at": new.at, "recorded_by": new.recorded_by},
        where=and_(_votes.c.choice != RECUSED, or_(*theirs)) if recorded else _votes.c.choice != RECUSED,
    )


async def lock_open_ballot(session: AsyncSession, ballot_id: int, now: datetime) -> int:
    """Hold an open ballot until the end of the transaction and note that it changed; its version from now on, or 0
    where it takes no votes.

    Votes are stored before this, so that the ballot is held only for the moment of the commit.
    """
    connection = await connection_of(session)
    return await connection.scalar(_touch(), {"this_ballot": ballot_id, "now": now}) or 0


@cache
def _touch() -> Any:
    states = BALLOT_LIFE.before(BallotStep.VOTE)
    still_open = (_ballots.c.state.in_(states), _ballots.c.closes_at > bindparam("now"))
    return (
        update(_ballots)
        .where(_ballots.c.id == bindparam("this_ballot"), *still_open)
        .values(version=_ballots.c.version + 1)
        .returning(_ballots.c.version)
    )


async def has_all_answers(session: AsyncSession, ballot_id: int) -> bool:
    """Whether everyone on the roll has answered about every invitee. Exact while the ballot is held."""
    people = select(func.count()).where(col(BallotVoterRow.ballot_id) == ballot_id).scalar_subquery()
    names = select(func.count()).where(col(BallotInviteeRow.ballot_id) == ballot_id).scalar_subquery()
    answers = select(func.count()).select_from(_votes.join(_voters, _ON_THE_ROLL)).where(*_answered(ballot_id))
    return bool(await session.scalar(select(people * names == answers.scalar_subquery())))


async def has_answered(session: AsyncSession, ballot_id: int, voter: str, invitees: int) -> bool:
    """Whether a voter has answered about all of the ballot's ``invitees``, as of this statement."""
    mine = select(func.count()).where(*_answered(ballot_id), _votes.c.voter == voter)
    return await session.scalar(mine) == invitees


async def count_voted(session: AsyncSession, ballot_id: int, invitees: int) -> tuple[int, int]:
    """How many voters have answered about all of the ballot's ``invitees``, and how many more about some of them.

    Who only is recused from some has not begun.
    """
    own = func.sum(case((_votes.c.choice != RECUSED, 1), else_=0))
    query = (
        select(func.count().label("answers"), own.label("own"))
        .select_from(_votes.join(_voters, _ON_THE_ROLL))
        .where(*_answered(ballot_id))
        .group_by(_votes.c.voter)
    )
    people = (await session.execute(query)).all()
    voted = sum(person.answers == invitees for person in people)
    return voted, sum(person.own > 0 and person.answers < invitees for person in people)


_ON_THE_ROLL = and_(_voters.c.ballot_id == _votes.c.ballot_id, _voters.c.voter == _votes.c.voter)
"""A view noted for somebody who is not among the voters is kept beside the votes, and counts for nothing."""


def _answered(ballot_id: int) -> tuple[ColumnElement[bool], ...]:
    return _votes.c.ballot_id == ballot_id, _votes.c.choice != WITHDRAWN


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
