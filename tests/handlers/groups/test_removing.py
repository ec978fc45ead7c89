"""Ending a co-chair's term: one's own at once, the other side's with their assent or after 14 days of silence."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.groups import CoChair
from bot.register import Side
from handlers.slack.services import Services
from storage.groups import add_cochair
from tests.handlers.conftest import MONDAY
from tests.support.chamber import ANA, DAY, IDA, OMAR, Chamber, chamber

IDA_CHAIRS = CoChair("", "", Side.JUSTICE, IDA)
REMOVE = f"cochair remove <@{OMAR}>"
OFF = "scope -substance-use | another initiative covers it"


async def number_of(group: Chamber) -> str:
    """The number of what waits, as the glance shows it to a co-chair."""
    glance = await group.types(OMAR, "")
    return glance.partition("`/workgroup agree ")[2].partition("`")[0]


async def test_the_other_sides_co_chair_stays_until_they_agree(services: Services) -> None:
    group = await chamber(services, MONDAY)
    said = await group.types(IDA, REMOVE)
    assert f"<@{OMAR}> must agree" in said
    assert "Monday 21 December 2026" in said
    assert await group.chairs() == [IDA, OMAR]
    assert f"<@{IDA}> proposes to end your term as co-chair for health in <#C1>" in (await group.told(OMAR))[0]
    notice = (await group.told())[0]
    assert f"<@{IDA}> proposes to end <@{OMAR}>'s term as co-chair for health" in notice
    assert "workspace admin" in notice
    assert (await group.types(OMAR, f"agree {await number_of(group)}")).startswith("Agreed.")
    assert await group.chairs() == [IDA]
    assert f"<@{IDA}> and <@{OMAR}> agreed to this" in (await group.told())[-1]


async def test_without_an_answer_the_clock_ends_the_term_after_fourteen_days(services: Services) -> None:
    group = await chamber(services, MONDAY)
    await group.types(IDA, REMOVE)
    group.now = MONDAY + 14 * DAY - DAY / 24
    assert await group.clock() == []
    assert await group.due() is False
    assert await group.chairs() == [IDA, OMAR]
    group.now = MONDAY + 14 * DAY
    assert await group.due()
    assert sorted(await asyncio.gather(group.clock(), group.clock())) == [[], ["settled"]]
    assert await group.chairs() == [IDA]
    assert f"<@{IDA}> proposed this, and nobody objected in 14 days." in (await group.told())[-1]
    assert "Your term as co-chair for health in <#C1> has ended" in (await group.told(OMAR))[-1]
    assert (await group.actions())[-2:] == ["joint.settle", "cochair.remove"]


async def test_an_objection_keeps_the_co_chair_for_good(services: Services) -> None:
    group = await chamber(services, MONDAY)
    await group.types(IDA, REMOVE)
    assert "Nothing was changed" in await group.types(OMAR, f"not-now {await number_of(group)}")
    assert f"<@{OMAR}> objected" in (await group.told())[-1]
    group.now = MONDAY + 15 * DAY
    assert await group.clock() == []
    assert await group.chairs() == [IDA, OMAR]


async def test_what_somebody_proposed_who_is_no_co_chair_any_more_is_not_done(services: Services) -> None:
    group = await chamber(services, MONDAY)
    await group.types(IDA, REMOVE)
    await group.types(IDA, f"cochair remove <@{IDA}>")
    group.now = MONDAY + 15 * DAY
    assert await group.clock() == []
    assert await group.chairs() == [OMAR]


async def test_both_may_end_each_others_term_at_the_same_moment_and_one_of_them_stays(services: Services) -> None:
    group = await chamber(services, MONDAY)
    await asyncio.gather(group.types(IDA, REMOVE), group.types(OMAR, f"cochair remove <@{IDA}>"))
    assert await group.chairs() == [IDA, OMAR]
    numbers = ("1", "2")
    await asyncio.gather(*(group.types(who, f"agree {number}") for who in (IDA, OMAR) for number in numbers))
    assert len(await group.chairs()) == 1
    group.now = MONDAY + 15 * DAY
    assert await group.clock() == []
    assert len(await group.chairs()) == 1


async def test_stepping_down_is_immediate_and_the_last_one_learns_who_can_name_another(services: Services) -> None:
    group = await chamber(services, MONDAY)
    said = await group.types(OMAR, REMOVE)
    assert "/workgroup cochair @user | health" in said
    assert await group.chairs() == [IDA]
    assert f"<@{OMAR}> stepped down as health co-chair." in (await group.told())[-1]
    said = await group.types(IDA, f"cochair remove <@{IDA}>")
    assert "a workspace admin" in said
    assert await group.chairs() == []


async def test_with_only_somebody_outside_this_slack_left_it_is_said_who_can_name_another(services: Services) -> None:
    group = await chamber(services, MONDAY, [IDA_CHAIRS, ANA])
    said = await group.types(IDA, f"cochair remove <@{IDA}>")
    assert "a workspace admin" in said
    assert await group.chairs() == ["Ana Ruiz"]
    assert "A workspace admin can name one" in await group.types(OMAR, "export")


async def test_nobody_records_the_agreement_of_whom_they_named_in_the_last_fourteen_days(services: Services) -> None:
    group = await chamber(services, MONDAY, [IDA_CHAIRS, ANA])
    group.now = MONDAY + 10 * DAY
    said = await group.types(IDA, OFF)
    assert "before Monday 21 December 2026" in said
    for typed in (OFF, "agree 1"):
        assert "you named Ana Ruiz (Behavioral Health Authority) yourself" in await group.types(IDA, typed)
    assert "scope.change" not in await group.actions()
    group.now = MONDAY + 14 * DAY
    assert (await group.types(IDA, OFF)).startswith("Recorded: Ana Ruiz")
    assert f"(their agreement was recorded by <@{IDA}>)" in (await group.told())[-1]


async def test_somebody_outside_this_slack_who_was_long_there_is_removed_with_their_recorded_assent(
    services: Services,
) -> None:
    group = await chamber(services, MONDAY - 15 * DAY, [IDA_CHAIRS, ANA])
    group.now = MONDAY
    assert "Ana Ruiz (Behavioral Health Authority) is not in this Slack" in await group.types(
        IDA, "cochair remove ana ruiz"
    )
    assert await group.chairs() == [IDA, "Ana Ruiz"]
    assert (await group.types(IDA, "cochair remove ana ruiz")).startswith("Recorded: Ana Ruiz")
    assert await group.chairs() == [IDA]


async def test_whom_one_recorded_oneself_a_moment_ago_one_takes_back_alone(services: Services) -> None:
    group = await chamber(services, MONDAY, [IDA_CHAIRS, ANA])
    await group.types(IDA, "cochair remove ana ruiz")
    assert await group.chairs() == [IDA]
    assert f"<@{IDA}> took back that Ana Ruiz" in (await group.told())[-1]


async def test_a_group_of_one_co_chair_is_made_exempt_by_them_alone_and_the_channel_is_told(
    services: Services,
) -> None:
    group = await chamber(services, MONDAY, [IDA_CHAIRS])
    assert (await group.types(IDA, "exempt | we are small")).startswith("Done. This group may have one chair")
    assert (await group.stored()).group.exempt
    assert f"<@{IDA}> decided this as the only co-chair. Reason: we are small." in (await group.told())[-1]


@pytest.mark.parametrize("agreed", [True, False])
async def test_the_term_that_was_meant_ends_and_no_later_one(services: Services, agreed: bool) -> None:
    group = await chamber(services, MONDAY)
    await group.types(IDA, REMOVE)
    number = await number_of(group)
    await group.types(OMAR, REMOVE)
    async with services.database.write() as session:
        await add_cochair(
            session, group.group_id, replace(IDA_CHAIRS, side=Side.HEALTH, user_id=OMAR), "T1", IDA, MONDAY
        )
    if agreed:
        await group.types(OMAR, f"agree {number}")
    group.now = MONDAY + 15 * DAY
    await group.clock()
    assert await group.chairs() == [IDA, OMAR]
