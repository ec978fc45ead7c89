"""Ten thousand working groups in five hundred workspaces, all due in the same minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from storage.database import Database, insert_rows
from storage.migrate import migrate
from storage.tables import CoChairRow, GroupRow, InitiativeRow, PersonalRow, StakeholderRow

MONDAY = datetime(2026, 12, 7, 14, 0, tzinfo=UTC)
SET_UP = MONDAY - timedelta(days=2)
WORKSPACES = 500
EVERY_FEW = 4
"""One group in so many has begun its register; the others are as setup leaves them."""
ENTRIES = 6


async def fill(database: Database, groups: int) -> None:
    """Store ``groups`` groups with a co-chair from each side, each an initiative of its own, due at ``MONDAY``."""
    await migrate(database)
    ids = range(1, groups + 1)
    async with database.write() as session:
        await insert_rows(session, PersonalRow, [{"name": f"Chair {n}", "organization": f"Agency {n}"} for n in ids])
        await insert_rows(session, InitiativeRow, [_initiative(n) for n in ids])
        await insert_rows(session, GroupRow, [_group(n) for n in ids])
        await insert_rows(session, CoChairRow, [_chair(n, side) for n in ids for side in ("justice", "health")])
        begun = [_entry(n, number) for n in ids if n % EVERY_FEW == 0 for number in range(1, ENTRIES + 1)]
        await insert_rows(session, StakeholderRow, begun)


def team(number: int) -> str:
    """The workspace of a group."""
    return f"T{number % WORKSPACES:07}"


def _initiative(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "team_id": team(number),
        "name": f"Reentry data group {number}",
        "jurisdiction": "Middleton County, Massachusetts",
        "scope": ["substance-use"],
        "created_at": SET_UP,
    }


def _group(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "initiative_id": number,
        "team_id": team(number),
        "channel_id": f"C{number:09}",
        "name": f"Reentry data group {number}",
        "public_body": "no",
        "zone": "America/New_York",
        "nudge_weekday": 0,
        "nudge_time": "09:00",
        "nudge_set_by": f"U{number:09}",
        "next_nudge_at": MONDAY,
        "created_by": f"U{number:09}",
        "created_at": SET_UP,
    }


def _chair(number: int, side: str) -> dict[str, Any]:
    return {
        "group_id": number,
        "personal_id": number,
        "user_id": f"U{side[0].upper()}{number:08}",
        "home": team(number),
        "side": side,
        "added_at": SET_UP,
    }


def _entry(group: int, number: int) -> dict[str, Any]:
    return {
        "initiative_id": group,
        "number": number,
        "personal_id": group,
        "category": "justice_custody" if number % 2 else "health_public",
        "kind": "person",
        "sector": "justice" if number % 2 else "health",
        "status": "identified",
        "functions": ["executive"] if number < 3 else ["legal"],
        "laws": ["hipaa"] if number > 4 else [],
        "created_at": SET_UP,
    }
