"""Keeping each ballot's message up to date: rebuilt from the database, one update at a time, never an older state."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ballots.life import BallotState
from bot.ballots.values import Participation
from bot.impact import impact
from handlers.ballots.message import BallotView, ballot_payload
from handlers.slack.calls import SLACK_FAILURES, Failure, Fault, failure_of
from handlers.slack.services import Services
from storage.ballot_steps import claim_refresh, list_outdated_messages, message_key, record_refresh
from storage.ballots import StoredBallot, get_ballot
from storage.groups import StoredGroup, list_groups
from storage.posts import Post, get_post
from storage.situations import get_situation
from storage.votes import count_voted

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a message is to show: where it is, the version of its ballot, and the payload."""

    post: Post
    version: int
    payload: dict[str, Any]


async def view_of(session: AsyncSession, stored: StoredGroup, ballot: StoredBallot, now: datetime) -> BallotView:
    """A ballot as its message shows it at ``now``."""
    voted, begun = await count_voted(session, ballot.id, len(ballot.invitees))
    participation = Participation(voted, len(ballot.roll), begun)
    zone = stored.group.zone
    if ballot.state is not BallotState.OPEN:
        return BallotView(ballot, participation, zone)
    situation = await get_situation(session, stored)
    return BallotView(ballot, participation, zone, impact(situation, [each.number for each in ballot.invitees], now))


@dataclass(slots=True)
class BallotMessages:
    """Keeps the messages of ballots up to date; the sender calls it."""

    services: Services

    async def list_outdated(self) -> list[tuple[str, int]]:
        """The (team id, ballot id) of messages that show an older state than the database has."""
        async with self.services.database.read() as session:
            return await list_outdated_messages(session)

    async def refresh(self, message_id: int) -> Failure | None:
        """Bring one ballot's message up to date; nothing where another process is at it."""
        lease = secrets.token_hex(8)
        async with self.services.database.write() as session:
            if not await claim_refresh(session, message_id, lease, self.services.sender.real_now()):
                return None
        shown, failure = None, None
        try:
            shown, failure = await self._update(message_id)
        finally:
            await self._give_back(message_id, lease, shown)
        return failure

    async def _give_back(self, ballot_id: int, lease: str, shown: int | None) -> None:
        async with self.services.database.write() as session:
            await record_refresh(session, ballot_id, lease, shown, self.services.sender.real_now())

    async def _update(self, ballot_id: int) -> tuple[int | None, Failure | None]:
        """Update the message; the version that it need not be updated to any more, and what went wrong."""
        found = await self._newest(ballot_id)
        if found is None:
            return None, None
        try:
            client = await self.services.sender.client_for(found.post.team_id)
            await client.chat_update(channel=found.post.channel_id, ts=found.post.message_ts, **found.payload)
        except SLACK_FAILURES as error:
            failure = failure_of(error)
            log.warning("ballot_not_updated", ballot=ballot_id, error=failure.error, fault=failure.fault)
            return found.version if failure.fault is Fault.NEVER else None, failure
        return found.version, None

    async def _newest(self, ballot_id: int) -> Shown | None:
        async with self.services.database.read() as session:
            ballot = await get_ballot(session, ballot_id)
            post = await get_post(session, message_key(ballot_id))
            if ballot is None or post is None or not post.message_ts:
                return None
            stored = (await list_groups(session, [ballot.group_id]))[0]
            view = await view_of(session, stored, ballot, self.services.now())
        return Shown(post, ballot.version, ballot_payload(view))
