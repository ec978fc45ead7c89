"""The tables of ballots: what is voted on, by whom, and who wants to be reminded. Times are instants in UTC."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

import storage.tables  # noqa: F401  the foreign keys lead there
from bot.ballots.life import BallotState
from storage.columns import instant_column


class BallotRow(SQLModel, table=True):
    """A ballot. One open per group. ``version`` counts its changes, ``shown_version`` those that its message shows;
    whoever brings the message up to date holds ``refresh_lease`` until ``refresh_until`` at most. ``closes_set_at`` is
    when the closing time was set, ``reminded`` the last reminder that went out for it."""

    __tablename__ = "ballot"
    __table_args__ = (
        Index(
            "one_open_ballot",
            "group_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="working_group.id", index=True)
    state: str = BallotState.OPEN
    rule: str
    unit: str
    quorum: int
    opened_by: str
    opened_at: datetime = instant_column()
    closes_at: datetime = instant_column(index=True)
    closes_set_at: datetime = instant_column()
    reminded: str = ""
    closed_by: str = ""
    closed_at: datetime | None = instant_column(optional=True)
    close_reason: str = ""
    reopened: int = 0
    version: int = 1
    shown_version: int = 1
    refresh_lease: str = ""
    refresh_until: datetime | None = instant_column(optional=True)


class BallotInviteeRow(SQLModel, table=True):
    """A register entry on a ballot, under the names it had at opening. ``approved`` is set by closing."""

    __tablename__ = "ballot_invitee"
    ballot_id: int = Field(foreign_key="ballot.id", primary_key=True)
    number: int = Field(primary_key=True)
    position: int
    personal_id: int = Field(foreign_key="personal.id")
    approved: bool | None = None


class BallotVoterRow(SQLModel, table=True):
    """Someone on the roll: a Slack user id with their home, or the name of someone whose view is recorded."""

    __tablename__ = "ballot_voter"
    ballot_id: int = Field(foreign_key="ballot.id", primary_key=True)
    voter: str = Field(primary_key=True)
    position: int
    home: str = ""
    agency: str = ""
    side: str | None = None


class VoteRow(SQLModel, table=True):
    """The vote that counts: one per ballot, invitee and voter. ``choice`` is ``withdrawn`` once taken back, and
    ``recused`` where the voter is the invitee and cannot vote."""

    __tablename__ = "vote"
    ballot_id: int = Field(foreign_key="ballot.id", primary_key=True)
    number: int = Field(primary_key=True)
    voter: str = Field(primary_key=True)
    choice: str
    reason: str = ""
    at: datetime = instant_column()
    recorded_by: str = ""


class ReminderChoiceRow(SQLModel, table=True):
    """Whether a person wants reminders to vote, in one workspace; whoever never said so gets them."""

    __tablename__ = "reminder_choice"
    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    wanted: bool
    at: datetime = instant_column()
