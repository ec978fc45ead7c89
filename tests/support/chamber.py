"""A group whose co-chairs type ``/workgroup`` in this process: on a real database, with nothing sent to Slack."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlmodel import col

from bot.groups import CoChair, NudgePlan, PublicBody
from bot.refusals import Refusal
from bot.register import ScopeFlag, Side
from handlers.groups.agreeing import settle_unanswered
from handlers.groups.feature import FEATURE
from handlers.slack.asking import Ask
from handlers.slack.services import Services
from storage.audit import list_changes
from storage.due import DueKind, list_due_kinds
from storage.groups import NewGroup, StoredGroup, add_cochair, add_group, list_groups
from storage.tables import PostRow

IDA, OMAR = "U0IDA", "U0OMAR"
"""Ida chairs for justice, Omar for health."""
ANA = CoChair("Ana Ruiz", "Behavioral Health Authority", Side.HEALTH)
"""A co-chair who is not in this Slack."""
DAY = timedelta(days=1)
_numbers = itertools.count(1)


@dataclass(slots=True)
class Chamber:
    """One group. ``now`` is the instant at which everything happens."""

    services: Services
    group_id: int
    now: datetime

    async def types(self, who: str, text: str) -> str:
        """Someone types ``/workgroup``; the words of the answer, a refusal's included."""
        ask = Ask(
            services=self.services,
            client=AsyncWebClient(),
            user_id=who,
            team_id="T1",
            channel_id=(await self.stored()).channel_id,
            key=f"chamber:{next(_numbers)}",
            now=self.now,
            text=text,
        )
        try:
            return (await FEATURE.answer(ask)).text
        except Refusal as refusal:
            return refusal.sentence

    async def clock(self) -> list[str]:
        """The clock comes by; what it did."""
        return [action["did"] for action in await settle_unanswered(self.services, self.now)]

    async def due(self) -> bool:
        """Whether the clock finds something unanswered to do."""
        async with self.services.database.read() as session:
            return DueKind.UNANSWERED in await list_due_kinds(session, self.now, self.now)

    async def stored(self) -> StoredGroup:
        """The group as it is now."""
        async with self.services.database.read() as session:
            return (await list_groups(session, [self.group_id]))[0]

    async def chairs(self) -> list[str]:
        """Who chairs: user ids, and names of those outside this Slack."""
        return [chair.user_id or chair.name for chair in (await self.stored()).group.cochairs]

    async def told(self, channel: str = "") -> list[str]:
        """What the channel is told, oldest first, or the user whose id is given."""
        where = channel or (await self.stored()).channel_id
        query = select(PostRow).where(col(PostRow.channel_id) == where).order_by(col(PostRow.id))
        async with self.services.database.read() as session:
            return [str(row.payload["text"]) for row in await session.scalars(query)]

    async def actions(self) -> list[str]:
        """What the audit holds."""
        stored = await self.stored()
        async with self.services.database.read() as session:
            return [change.action for change in await list_changes(session, stored.initiative_id, stored.id)]


async def chamber(services: Services, now: datetime, chairs: Sequence[CoChair] = ()) -> Chamber:
    """A group with Ida and Omar, or these ``chairs``, each of whom Ida named at ``now``."""
    plan, scope = NudgePlan(), frozenset({ScopeFlag.SUBSTANCE_USE})
    new = NewGroup("T1", "C1", "Reentry", "Middleton County", scope, PublicBody.NO, plan, None, IDA, zone="UTC")
    pair = (CoChair("", "", Side.JUSTICE, IDA), CoChair("", "", Side.HEALTH, OMAR))
    async with services.database.write() as session:
        stored = await add_group(session, new, now)
        for chair in chairs or pair:
            await add_cochair(session, stored.id, chair, "T1", IDA, now)
    return Chamber(services, stored.id, now)
