"""The tables; those of ballots are in ``storage/ballot_tables.py``. Times are instants in UTC; what names a person sits
in ``personal``, so that it can be redacted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Integer, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from bot.gaps.life import GapState
from bot.joint import JointState
from bot.posts import PostState
from storage.columns import instant_column, json_column


class PersonalRow(SQLModel, table=True):
    """What names a person, as it stood at one moment. Never changed but by redaction; a change adds a row."""

    __tablename__ = "personal"
    id: int | None = Field(default=None, primary_key=True)
    name: str = ""
    organization: str = ""
    title: str = ""
    email: str = ""
    slack_user: str = ""
    why: str = ""
    redacted_at: datetime | None = instant_column(optional=True)


class MemberRow(SQLModel, table=True):
    """What Slack says of a user. ``home``: enterprise, else team; ``name`` is empty in rows from before it was kept."""

    __tablename__ = "member"
    user_id: str = Field(primary_key=True)
    home: str
    zone: str = "UTC"
    is_bot: bool = False
    is_guest: bool = False
    is_admin: bool = False
    name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    seen_at: datetime = instant_column()


class InitiativeRow(SQLModel, table=True):
    """An initiative: it owns the register, scope and attestations. ``last_number`` is the last S-number given."""

    __tablename__ = "initiative"
    id: int | None = Field(default=None, primary_key=True)
    team_id: str = Field(index=True)
    name: str
    jurisdiction: str
    scope: list[str] = json_column([])
    last_number: int = 0
    created_at: datetime = instant_column()


class GroupRow(SQLModel, table=True):
    """A working group: one channel. ``nudge_time`` is local, ``HH:MM``; ``nudge_quiet`` has periods without a nudge;
    ``next_nudge_at`` is when to look next; ``cosponsored_at`` the first meeting that both sides sponsor."""

    __tablename__ = "working_group"
    __table_args__ = (UniqueConstraint("team_id", "channel_id"),)
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiative.id", index=True)
    team_id: str
    channel_id: str = Field(index=True)
    name: str
    public_body: str
    zone: str
    nudge_weekday: int
    nudge_time: str
    nudge_paused: bool = False
    nudge_paused_until: date | None = None
    nudge_quiet: list[str] = json_column([])
    nudge_set_by: str = ""
    next_nudge_at: datetime | None = instant_column(optional=True, index=True)
    exempt: bool = False
    exempt_reason: str = ""
    meeting_at: datetime | None = instant_column(optional=True)
    meeting_sponsors: list[str] = json_column([])
    cosponsored_at: datetime | None = instant_column(optional=True)
    created_by: str = ""
    created_at: datetime = instant_column()


class CoChairRow(SQLModel, table=True):
    """A co-chair, active until ``removed_at``. ``user_id`` is empty for someone outside this Slack."""

    __tablename__ = "cochair"
    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="working_group.id", index=True)
    personal_id: int = Field(foreign_key="personal.id")
    user_id: str = ""
    home: str = ""
    side: str
    added_by: str = ""
    added_at: datetime = instant_column()
    removed_at: datetime | None = instant_column(optional=True)


class StakeholderRow(SQLModel, table=True):
    """One entry of the register. Closed by status, never deleted. ``recorded``: by fact, who recorded it and when."""

    __tablename__ = "stakeholder"
    __table_args__ = (UniqueConstraint("initiative_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiative.id", index=True)
    number: int
    personal_id: int = Field(foreign_key="personal.id")
    category: str
    kind: str
    sector: str
    status: str
    functions: list[str] = json_column([])
    authority: bool = False
    laws: list[str] = json_column([])
    jurisdiction: bool = False
    why_confirmed: bool = False
    exchange: bool = False
    prior_sharing: str | None = None
    sides: list[str] = json_column([])
    liaison: int | None = None
    heads: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    shared_data: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    vacant: bool | None = None
    oversees: str | None = None
    recorded: dict[str, list[str]] = json_column({}, server_default="{}")
    created_by: str = ""
    created_at: datetime = instant_column()


class AttestationRow(SQLModel, table=True):
    """What a co-chair attested. ``group_id`` is set where it speaks of one working group only."""

    __tablename__ = "attestation"
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiative.id", index=True)
    group_id: int | None = Field(default=None, foreign_key="working_group.id")
    criterion: str
    text: str
    held_on: date | None = None
    by: str
    at: datetime = instant_column()
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = instant_column(optional=True)


class SetAsideRow(SQLModel, table=True):
    """A principle set aside by both co-chairs until an instant, unless lifted before."""

    __tablename__ = "set_aside"
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int = Field(foreign_key="initiative.id", index=True)
    principle: int
    reason: str
    until: datetime = instant_column()
    lifted_at: datetime | None = instant_column(optional=True)


class DecisionRow(SQLModel, table=True):
    """Something that takes both co-chairs, waiting for the other one's assent. States and steps: ``bot/joint.py``."""

    __tablename__ = "joint_decision"
    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="working_group.id", index=True)
    kind: str
    payload: dict[str, Any] = json_column({})
    reason: str = ""
    state: str = JointState.WAITING
    proposed_by: str
    proposed_at: datetime = instant_column()
    expires_at: datetime = instant_column()
    agreed_by: str = ""
    recorded_by: str = ""
    agreed_at: datetime | None = instant_column(optional=True)


class NudgeRow(SQLModel, table=True):
    """One group's nudge of one ISO week. Without a post, ``why`` says why there was none."""

    __tablename__ = "nudge"
    __table_args__ = (UniqueConstraint("group_id", "period"),)
    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="working_group.id", index=True)
    period: str
    planned_at: datetime = instant_column()
    late: bool = False
    principle: int | None = None
    criterion: str = ""
    why: str = ""
    post_id: int | None = Field(default=None, foreign_key="post.id")


class GapRow(SQLModel, table=True):
    """One required criterion that did not hold in one group, with what was done about it. Closed, never deleted.

    ``version`` counts its changes, so that nobody changes what they have not seen; ``touched_at`` is when a person did
    something about it last. ``due_on`` and ``snoozed_until`` are local dates of the group.
    """

    __tablename__ = "gap"
    __table_args__ = (UniqueConstraint("group_id", "criterion"),)
    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="working_group.id")
    principle: int
    criterion: str
    state: str = GapState.OPEN
    opened_at: datetime = instant_column()
    taken_by: str = ""
    due_on: date | None = None
    snoozed_until: date | None = None
    reason: str = ""
    closed_at: datetime | None = instant_column(optional=True)
    touched_at: datetime | None = instant_column(optional=True)
    reopened: int = 0
    version: int = Field(default=1, sa_column=Column(Integer, nullable=False, onupdate=text("gap.version + 1")))


class SnapshotRow(SQLModel, table=True):
    """How one group stood when its week was looked at: the six states in order, and whom the register counted.

    ``said`` is what the week's nudge did; ``unanswered`` how many nudges running nobody had answered by then.
    """

    __tablename__ = "snapshot"
    group_id: int = Field(foreign_key="working_group.id", primary_key=True)
    period: str = Field(primary_key=True)
    taken_at: datetime = instant_column()
    states: list[str] = json_column([])
    counting: list[int] = json_column([])
    entries: int = 0
    said: str = ""
    unanswered: int = 0


class PostRow(SQLModel, table=True):
    """A message on its way to Slack. ``key`` keeps it single. States and steps: ``bot/posts.py``.

    ``channel_id`` is a channel, or a user for a private message. ``payload`` (text and blocks) is emptied once sent.
    From ``not_after`` on it is not sent any more. One with ``thread_of`` waits for the post of that key, and goes into
    its thread.
    """

    __tablename__ = "post"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    team_id: str
    channel_id: str
    group_id: int | None = Field(default=None, foreign_key="working_group.id", index=True)
    kind: str
    subject_id: int | None = None
    payload: dict[str, Any] = json_column({})
    state: str = Field(default=PostState.CLAIMED, index=True)
    not_before: datetime | None = instant_column(optional=True)
    not_after: datetime | None = instant_column(optional=True)
    lease: str = ""
    lease_until: datetime | None = instant_column(optional=True)
    attempts: int = 0
    message_ts: str = ""
    error: str = ""
    created_at: datetime = instant_column()
    thread_of: str = ""


class DeliveryRow(SQLModel, table=True):
    """A delivery from Slack that had an effect, with the answer it got, so that a repeat has no second one."""

    __tablename__ = "delivery"
    key: str = Field(primary_key=True)
    at: datetime = instant_column(index=True)
    answer: dict[str, Any] | None = json_column()


class PaceRow(SQLModel, table=True):
    """When the next call of a kind may go out (real time), shared by all processes."""

    __tablename__ = "pace"
    key: str = Field(primary_key=True)
    next_at: datetime = instant_column()


class AuditRow(SQLModel, table=True):
    """Who changed what, and when. Append-only. Personal values are referred to, never copied here."""

    __tablename__ = "audit"
    id: int | None = Field(default=None, primary_key=True)
    initiative_id: int | None = Field(default=None, foreign_key="initiative.id", index=True)
    group_id: int | None = Field(default=None, foreign_key="working_group.id", index=True)
    at: datetime = instant_column()
    by: str
    action: str
    subject: str
    before: dict[str, Any] | None = json_column()
    after: dict[str, Any] | None = json_column()
    before_personal_id: int | None = Field(default=None, foreign_key="personal.id")
    after_personal_id: int | None = Field(default=None, foreign_key="personal.id")
