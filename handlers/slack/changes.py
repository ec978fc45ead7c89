"""One change of what is remembered: a transaction with its delivery, its audit rows and its messages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.posts import PostKind
from handlers.slack.asking import Answer, Ask
from storage.audit import Change, record_changes
from storage.deliveries import add_delivery, has_delivery, record_answer
from storage.faults import CommitUnsure, DatabaseAway, DatabaseFault
from storage.groups import StoredGroup
from storage.posts import NewPost, add_posts

LOOKS_AFTER = (0.1, 0.4, 1.0)
"""Seconds before each look whether a change was committed, where the connection was cut meanwhile."""


class Placed(Protocol):
    """Whatever knows its group and initiative: a stored group, or a leaner view of one."""

    @property
    def group_id(self) -> int:
        """The group's id."""

    @property
    def initiative_id(self) -> int:
        """The initiative's id."""


@dataclass(slots=True)
class Work:
    """An open change. Everything noted here is committed together, or not at all."""

    session: AsyncSession
    ask: Ask
    late: bool = False
    changes: list[Change] = field(default_factory=list)
    posts: list[NewPost] = field(default_factory=list)

    def note(
        self,
        action: str,
        subject: str,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        personal: tuple[int | None, int | None] = (None, None),
    ) -> None:
        """Note a change for the audit; ``personal`` are the ids of the personal values before and after."""
        self.changes.append(Change(self.ask.now, self.ask.user_id, action, subject, before, after, *personal))

    def tell(
        self, stored: StoredGroup, key: str, text: str, blocks: list[dict[str, Any]] | None = None, *, to: str = ""
    ) -> None:
        """Have a message posted in the group's channel, or privately to the user ``to``. ``key`` keeps it single."""
        payload: dict[str, Any] = {"text": text} | ({"blocks": blocks} if blocks else {})
        channel = to or stored.channel_id
        self.posts.append(NewPost(key, stored.team_id, channel, PostKind.NOTICE, payload, stored.id))

    async def store_notes(self, stored: Placed) -> None:
        """Store the changes noted so far, where they must not wait for the end."""
        noted, self.changes = self.changes, []
        await record_changes(self.session, stored.initiative_id, stored.group_id, noted)

    async def finish(self, stored: Placed, answer: Answer) -> Answer:
        """Store what was noted, and the answer for a repeat of the delivery. Where more happens afterwards, once more:
        the later answer is the one that counts."""
        await self.store_notes(stored)
        told, self.posts = self.posts, []
        if told:
            await add_posts(self.session, told, self.ask.now)
        return await self.remember(answer)

    async def remember(self, answer: Answer) -> Answer:
        """Store the answer for a repeat of the delivery, where nothing is noted because it concerns no group."""
        if self.ask.key and self.late:
            await add_delivery(self.session, self.ask.key, self.ask.now, answer.as_body())
            self.late = False
        elif self.ask.key:
            await record_answer(self.session, self.ask.key, answer.as_body())
        return answer


@asynccontextmanager
async def change(ask: Ask, *, late: bool = False) -> AsyncIterator[Work]:
    """Open a change in one transaction; the sender is woken once it is committed.

    The delivery is stored first, so that a repeat gets no further. With ``late`` it is stored last, together with its
    answer, which saves a statement: the caller must itself look for it before anything can be refused.

    Raises:
        Repeated: the delivery came before; nothing is changed.
        DatabaseFault: the database is busy, away or full.
    """
    try:
        async with ask.services.database.write() as session:
            if ask.key and not late:
                await add_delivery(session, ask.key, ask.now)
            yield Work(session, ask, late)
    except CommitUnsure as unsure:
        if not await _was_committed(ask, unsure):
            raise DatabaseAway from unsure
    ask.services.sender.wake()


async def _was_committed(ask: Ask, unsure: CommitUnsure) -> bool:
    """Whether a change was committed though the connection was cut meanwhile: its delivery is stored with it.

    Raises:
        CommitUnsure: the database does not come back in time to say so.
    """
    for pause in LOOKS_AFTER if ask.key else ():
        await asyncio.sleep(pause)
        with suppress(DatabaseFault):
            async with ask.services.database.read() as session:
                return await has_delivery(session, ask.key)
    raise unsure
