"""What Slack says of a user, remembered so that it need not be asked each time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import MemberRow


@dataclass(frozen=True, slots=True)
class Member:
    """A Slack user. ``home`` is the enterprise id, else the team id; ``zone`` a tz database name.

    ``is_guest``: a guest of one channel, who cannot use apps. ``name`` is the one they show; empty where they were
    remembered before names were.
    """

    user_id: str
    home: str
    zone: str = "UTC"
    is_bot: bool = False
    is_guest: bool = False
    is_admin: bool = False
    name: str = ""


async def list_members(session: AsyncSession, user_ids: Iterable[str]) -> dict[str, Member]:
    """Those of ``user_ids`` that are remembered."""
    found = await session.scalars(select(MemberRow).where(col(MemberRow.user_id).in_(list(user_ids))))
    return {row.user_id: _member(row) for row in found}


async def record_members(session: AsyncSession, members: Iterable[Member], now: datetime) -> None:
    """Remember ``members`` as they are at ``now``."""
    for member in members:
        await session.merge(
            MemberRow(
                user_id=member.user_id,
                home=member.home,
                zone=member.zone,
                is_bot=member.is_bot,
                is_guest=member.is_guest,
                is_admin=member.is_admin,
                name=member.name,
                seen_at=now,
            )
        )


def _member(row: MemberRow) -> Member:
    return Member(row.user_id, row.home, row.zone, row.is_bot, row.is_guest, row.is_admin, row.name)
