"""The sweep: who is due, what is said, and when to look next, on real databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from bot.groups import Attestation, CoChair, NudgePlan, PublicBody, WorkingGroup
from bot.register import Side, Stakeholder
from bot.schedule import next_due
from handlers.nudges.sweep import claim_due_nudges
from handlers.slack.services import Services
from storage.database import Database
from storage.evidence import add_attestation
from storage.groups import NewGroup, StoredGroup, add_cochair, add_group, change_group
from storage.nudges import NudgeRecord, list_nudges
from storage.posts import get_post
from storage.stakeholders import add_stakeholder, change_stakeholder
from storage.tables import GroupRow, NudgeRow
from tests.support.factories import complete
from tests.support.statements import counted

PLAN = NudgePlan(0, time(9, 0))
ZONE = "America/New_York"
MONDAY = datetime(2026, 12, 7, 14, 0, tzinfo=UTC)
DAY, WEEK, MINUTE = timedelta(days=1), timedelta(weeks=1), timedelta(minutes=1)


async def a_group(
    services: Services,
    channel_id: str = "C1",
    plan: NudgePlan = PLAN,
    jurisdiction: str = "Middleton County",
    **changes: Any,
) -> StoredGroup:
    """A group with both chairs and an empty register, set up on the Saturday before ``MONDAY``."""
    due = next_due(WorkingGroup(channel_id, "Reentry", nudge=plan, zone=ZONE), MONDAY - 2 * DAY)
    at = due.planned_at if due else None
    new = NewGroup("T1", channel_id, "Reentry", jurisdiction, frozenset(), PublicBody.NO, plan, at, "U1", zone=ZONE)
    async with services.database.write() as session:
        stored = await add_group(session, new, MONDAY - 2 * DAY)
        for side, user_id in ((Side.JUSTICE, "U1"), (Side.HEALTH, "U2")):
            await add_cochair(session, stored.id, CoChair("Name", "Agency", side, user_id), "T1", "U1", MONDAY)
        if changes:
            await change_group(session, stored.id, **changes)
    return stored


async def fill(services: Services, stored: StoredGroup) -> tuple[Stakeholder, ...]:
    """Fill the register so that all six principles are met."""
    async with services.database.write() as session:
        return tuple(
            [
                (await add_stakeholder(session, stored.initiative_id, entry, "U1", MONDAY))[0]
                for entry in complete().stakeholders
            ]
        )


async def set_status(services: Services, stored: StoredGroup, entries: tuple[Stakeholder, ...], status: Any) -> None:
    """Set the status of entries."""
    async with services.database.write() as session:
        for entry in entries:
            await change_stakeholder(session, stored.initiative_id, entry, replace(entry, status=status))


async def posted(services: Services, stored: StoredGroup, period: str = "2026-W50") -> str:
    """The text of the post of a week; empty where there is none."""
    async with services.database.read() as session:
        post = await get_post(session, f"nudge:{stored.id}:{period}")
    return str(post.payload["text"]) if post else ""


async def recorded(services: Services, stored: StoredGroup) -> list[NudgeRecord]:
    """The record."""
    async with services.database.read() as session:
        return await list_nudges(session, stored.id)


async def reasons(services: Services, stored: StoredGroup) -> dict[str, str]:
    """Why each week has no post; empty where it has one."""
    query = select(NudgeRow).where(col(NudgeRow.group_id) == stored.id).order_by(col(NudgeRow.planned_at))
    async with services.database.read() as session:
        return {row.period: row.why for row in await session.scalars(query)}


async def next_at(services: Services, stored: StoredGroup) -> datetime | None:
    """When the group is looked at next."""
    async with services.database.read() as session:
        row = await session.get(GroupRow, stored.id)
    assert row is not None
    return row.next_nudge_at


async def test_it_is_claimed_at_its_minute_and_not_before(services: Services) -> None:
    stored = await a_group(services)
    assert await claim_due_nudges(services, MONDAY - timedelta(seconds=1)) == []
    assert await claim_due_nudges(services, MONDAY) == [
        {"did": "nudge", "channel": "C1", "period": "2026-W50", "principle": 1, "late": False}
    ]
    assert "*Principle 1, Executive support: not yet.*" in await posted(services, stored)
    assert await claim_due_nudges(services, MONDAY + MINUTE) == []
    assert await next_at(services, stored) == MONDAY + WEEK


async def test_after_an_hour_of_downtime_it_comes_late_and_says_so(services: Services) -> None:
    stored = await a_group(services)
    (action,) = await claim_due_nudges(services, MONDAY + timedelta(hours=1))
    assert action["late"] is True
    assert (await posted(services, stored)).startswith("Late: due Monday 7 December 2026, 9:00 (America/New_York).")
    assert [(nudge.state, nudge.late) for nudge in await recorded(services, stored)] == [("claimed", True)]


async def test_after_three_weeks_of_downtime_the_old_ones_are_dropped_and_the_fresh_one_is_posted(
    services: Services,
) -> None:
    stored = await a_group(services)
    actions = await claim_due_nudges(services, MONDAY + 2 * WEEK + timedelta(hours=23))
    assert [(action["did"], action["period"]) for action in actions] == [
        ("nudge_dropped", "2026-W50"),
        ("nudge_dropped", "2026-W51"),
        ("nudge", "2026-W52"),
    ]
    assert [nudge.state for nudge in await recorded(services, stored)] == ["dropped", "dropped", "claimed"]


async def test_a_nudge_older_than_a_day_is_dropped_without_a_post(services: Services) -> None:
    stored = await a_group(services)
    actions = await claim_due_nudges(services, MONDAY + DAY + MINUTE)
    assert actions == [{"did": "nudge_dropped", "channel": "C1", "period": "2026-W50"}]
    assert await posted(services, stored) == ""
    assert await next_at(services, stored) == MONDAY + WEEK


async def test_a_holiday_moves_it_and_its_week_stays(services: Services) -> None:
    stored = await a_group(services, plan=NudgePlan(4, time(9, 0)))
    friday = datetime(2026, 12, 25, 14, 0, tzinfo=UTC)
    for earlier in (friday - 2 * WEEK, friday - WEEK):
        assert len(await claim_due_nudges(services, earlier)) == 1
    assert await claim_due_nudges(services, friday) == []
    (action,) = await claim_due_nudges(services, friday + 3 * DAY)
    assert (action["period"], action["late"]) == ("2026-W52", False)
    assert await next_at(services, stored) == datetime(2027, 1, 4, 14, 0, tzinfo=UTC)


async def test_a_group_paused_until_a_day_gets_a_row_for_each_week_and_then_its_nudge(services: Services) -> None:
    stored = await a_group(services, nudge_paused=True, nudge_paused_until=date(2026, 12, 21))
    for week in range(2):
        assert await claim_due_nudges(services, MONDAY + week * WEEK) == []
    assert len(await claim_due_nudges(services, MONDAY + 2 * WEEK)) == 1
    assert await reasons(services, stored) == {"2026-W50": "paused", "2026-W51": "paused", "2026-W52": ""}
    assert [nudge.period for nudge in await recorded(services, stored)] == ["2026-W52"]


async def test_a_group_paused_for_good_gets_a_row_for_each_week(services: Services) -> None:
    stored = await a_group(services, nudge_paused=True)
    assert await claim_due_nudges(services, MONDAY + 2 * WEEK) == []
    assert await reasons(services, stored) == dict.fromkeys(("2026-W50", "2026-W51", "2026-W52"), "paused")
    assert await next_at(services, stored) == MONDAY + 3 * WEEK


async def test_a_quiet_week_gets_a_row_and_no_post(services: Services) -> None:
    stored = await a_group(services, nudge_quiet=["2026-W50"])
    assert await claim_due_nudges(services, MONDAY) == []
    assert (await claim_due_nudges(services, MONDAY + WEEK))[0]["period"] == "2026-W51"
    assert await reasons(services, stored) == {"2026-W50": "quiet", "2026-W51": ""}


async def test_a_weeks_row_says_that_it_was_silent_or_dropped(services: Services) -> None:
    stored = await a_group(services)
    await fill(services, stored)
    await claim_due_nudges(services, MONDAY + WEEK)
    await claim_due_nudges(services, MONDAY + 2 * WEEK)
    assert await reasons(services, stored) == {
        "2026-W50": "older than a day",
        "2026-W51": "",
        "2026-W52": "nothing open",
    }


async def test_the_states_own_holiday_moves_it(services: Services) -> None:
    april = datetime(2027, 4, 16, 15, tzinfo=UTC)
    stored = await a_group(services, jurisdiction="Middleton County, Massachusetts", next_nudge_at=april + 3 * DAY)
    assert await claim_due_nudges(services, datetime(2027, 4, 19, 13, tzinfo=UTC)) == []
    (action,) = await claim_due_nudges(services, datetime(2027, 4, 20, 13, tzinfo=UTC))
    assert (action["period"], action["late"]) == ("2027-W16", False)
    assert await next_at(services, stored) == datetime(2027, 4, 26, 13, tzinfo=UTC)


async def test_the_same_gap_is_not_named_three_weeks_running_while_another_is_open(services: Services) -> None:
    await a_group(services)
    principles = [(await claim_due_nudges(services, MONDAY + week * WEEK))[0]["principle"] for week in range(4)]
    assert principles == [1, 1, 3, 3]


async def test_when_all_is_met_it_says_so_once_and_again_only_after_a_gap(services: Services) -> None:
    stored = await a_group(services)
    entries = await fill(services, stored)
    (action,) = await claim_due_nudges(services, MONDAY)
    assert action["principle"] is None
    assert "*All six principles are met.*" in await posted(services, stored)
    assert await claim_due_nudges(services, MONDAY + WEEK) == []
    await set_status(services, stored, entries[:4], "left")
    assert (await claim_due_nudges(services, MONDAY + 2 * WEEK))[0]["principle"] == 1
    await set_status(services, stored, entries[:4], "committed")
    assert (await claim_due_nudges(services, MONDAY + 3 * WEEK))[0]["principle"] is None
    assert await claim_due_nudges(services, MONDAY + 4 * WEEK) == []
    assert [nudge.period for nudge in await recorded(services, stored)] == ["2026-W50", "2026-W52", "2026-W53"]


async def test_a_lapsed_attestation_ends_the_silence(services: Services) -> None:
    stored = await a_group(services)
    entries = await fill(services, stored)
    await set_status(services, stored, tuple(entry for entry in entries if entry.kind == "group"), "left")
    searched = Attestation("P4.a", "looked, none found", "U1", MONDAY - 170 * DAY)
    async with services.database.write() as session:
        await add_attestation(session, stored.initiative_id, None, searched)
    assert (await claim_due_nudges(services, MONDAY))[0]["principle"] is None
    assert await claim_due_nudges(services, MONDAY + WEEK) == []
    assert (await claim_due_nudges(services, MONDAY + 2 * WEEK))[0]["principle"] == 4


async def test_many_processes_with_clocks_apart_make_one_nudge_each(services: Services, database_url: str) -> None:
    groups = [await a_group(services, f"C{number}") for number in range(6)]
    others = [Database(database_url) for _ in range(3)]
    crowd = [services, *(Services(other, services.now, services.sender, services.directory) for other in others)]
    skews = (timedelta(0), timedelta(seconds=90), timedelta(seconds=-90), timedelta(seconds=45))
    actions: list[dict[str, Any]] = []
    for second in range(-120, 121, 30):
        now = MONDAY + timedelta(seconds=second)
        ticks = [claim_due_nudges(process, now + skew) for process, skew in zip(crowd, skews, strict=True)]
        actions += [action for done in await asyncio.gather(*ticks) for action in done]
    for other in others:
        await other.close()
    assert sorted(action["channel"] for action in actions) == sorted(stored.channel_id for stored in groups)
    for stored in groups:
        assert [nudge.period for nudge in await recorded(services, stored)] == ["2026-W50"]
        assert await next_at(services, stored) == MONDAY + WEEK


async def test_the_number_of_queries_does_not_grow_with_the_groups(services: Services) -> None:
    counts = []
    for week, size in enumerate((2, 30)):
        for number in range(size):
            await a_group(services, f"C{week}-{number}", next_nudge_at=MONDAY + week * WEEK)
        with counted(services.database) as statements:
            assert len(await claim_due_nudges(services, MONDAY + week * WEEK)) >= size
        counts.append(len(statements))
    assert counts[0] == counts[1]
