"""Many groups at once: as many statements as for a few, and no lot keeps the next one waiting."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col

from bench.many_groups import MONDAY, fill
from handlers.nudges.sweep import BATCH, claim_due_nudges
from handlers.slack.services import Services
from storage.tables import GroupRow
from tests.support.statements import counted

WEEK = timedelta(weeks=1)


async def put_off(services: Services, first: int, last: int, until: datetime) -> None:
    """Let some groups be looked at then."""
    some = update(GroupRow).where(col(GroupRow.id) >= first, col(GroupRow.id) <= last)
    async with services.database.write() as session:
        await session.execute(some.values(next_nudge_at=until))


async def test_four_hundred_groups_take_as_many_statements_as_twenty(services: Services) -> None:
    await fill(services.database, 420)
    await put_off(services, 21, 420, MONDAY + WEEK)
    with counted(services.database) as few:
        assert len(await claim_due_nudges(services, MONDAY)) == 20
    await put_off(services, 1, 20, MONDAY + 9 * WEEK)
    with counted(services.database) as many:
        assert len(await claim_due_nudges(services, MONDAY + WEEK)) == 400
    assert len(many) == len(few) < 30


async def test_a_lot_in_which_nothing_is_posted_does_not_end_the_sweep(services: Services) -> None:
    await fill(services.database, BATCH + 1)
    await put_off(services, 1, BATCH, MONDAY - timedelta(seconds=1))
    async with services.database.write() as session:
        await session.execute(update(GroupRow).where(col(GroupRow.id) <= BATCH).values(nudge_paused=True))
    (action,) = await claim_due_nudges(services, MONDAY)
    assert action["channel"] == f"C{BATCH + 1:09}"
