"""What takes both co-chairs, through the front door on both databases."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from tests.support.chairs import PATIENCE, Pair, pair
from tests.support.county import PRIYA, START, County

OUT = "/workgroup scope -substance-use | another initiative covers it"
SETTLED = "does not wait for an answer any more"


async def with_outsider(county: County) -> Pair:
    """A group whose co-chair for justice is not in this Slack, and was named by somebody who is not co-chair any more;
    ``two.justice`` now chairs for health, named by a workspace admin."""
    two = await pair(county)
    await county.slack.invite(two.room.channel, "ruth")
    await two.types(two.justice, f"/workgroup cochair remove @{two.justice.handle}")
    named = await two.types(two.health, "/workgroup cochair Ana Ruiz | Behavioral Health Authority | justice")
    assert "is recorded as co-chair for justice" in named
    await two.types(two.health, f"/workgroup cochair remove @{two.health.handle}")
    await two.room.types("ruth", f"/workgroup cochair @{two.justice.handle} | health")
    return two


async def in_scope(two: Pair) -> bool:
    """Whether substance use is in scope, by the criterion that applies only then."""
    return (await two.room.assess())["P3.c"] is not None


async def actions(two: Pair) -> list[str]:
    """The audit's actions about what both decide, in order."""
    audit = (await two.room.dump())["audit"]
    return [row["action"] for row in audit if row["action"].startswith(("joint.", "scope."))]


async def number_of(two: Pair) -> str:
    """The number of what waits, as the glance shows it."""
    glance = await two.types(two.health, "/workgroup")
    return glance.partition("`/workgroup agree ")[2].partition("`")[0]


async def test_one_word_alone_changes_nothing_and_the_other_one_is_asked_privately(county: County) -> None:
    two = await pair(county)
    asked = await two.types(two.justice, OUT)
    assert f"{two.health.mention} must agree too, by Tuesday 15 December 2026" in asked
    message = await two.told(two.health, "proposes to take substance use out of scope in")
    assert "Reason: another initiative covers it." in message
    assert "/workgroup agree " in message
    assert await in_scope(two)
    assert await actions(two) == ["joint.propose"]


async def test_agree_applies_the_change_once_and_tells_everyone(county: County) -> None:
    two = await pair(county)
    await two.types(two.justice, OUT)
    await two.told(two.health, "out of scope in")
    await two.presses(two.health, "Agree", "Agreed. In scope now: nothing in particular.")
    assert not await in_scope(two)
    told = await two.room.sees(PRIYA, "In scope now: nothing in particular.", PATIENCE)
    assert f"{two.justice.mention} and {two.health.mention} agreed to this. Reason: another" in told["text"]
    await two.told(two.justice, f"{two.health.mention} agreed.")
    await two.presses(two.health, "Agree", SETTLED)
    assert await actions(two) == ["joint.propose", "joint.agree", "scope.change"]


async def test_the_same_command_typed_by_the_other_one_is_the_assent(county: County) -> None:
    two = await pair(county)
    await two.types(two.justice, OUT)
    agreed = await two.types(two.health, "/workgroup scope –substance-use | fine with us")
    assert agreed.startswith("Agreed.")
    assert not await in_scope(two)
    assert await actions(two) == ["joint.propose", "joint.agree", "scope.change"]


async def test_a_repeat_by_the_proposer_is_no_assent(county: County) -> None:
    two = await pair(county)
    await two.types(two.justice, OUT)
    assert "must still agree too" in await two.types(two.justice, OUT)
    assert await in_scope(two)
    assert await actions(two) == ["joint.propose"]


async def test_not_now_leaves_all_as_it_was_and_tells_the_proposer(county: County) -> None:
    two = await pair(county)
    await two.types(two.justice, OUT)
    await two.told(two.health, "out of scope in")
    await two.presses(two.health, "Not now", "Nothing was changed.")
    await two.told(two.justice, "says not now to your proposal to take substance use out of scope")
    assert await in_scope(two)
    assert await actions(two) == ["joint.propose", "joint.decline"]


async def test_both_answers_can_be_typed_by_number_and_only_by_whom_it_waits_for(county: County) -> None:
    two = await pair(county)
    await two.types(two.justice, OUT)
    number = await number_of(two)
    assert "waits for the other co-chair" in (await two.room.types(PRIYA, f"/workgroup agree {number}")).text
    assert "waits for the other co-chair" in (await two.room.types(PRIYA, f"/workgroup not-now {number}")).text
    assert "waits for the other co-chair" in await two.types(two.justice, f"/workgroup agree {number}")
    assert "type the number" in await two.types(two.health, "/workgroup agree")
    assert SETTLED in await two.types(two.health, "/workgroup agree 999999999")
    assert await in_scope(two)
    assert (await two.types(two.health, f"/workgroup agree {number}")).startswith("Agreed.")
    assert not await in_scope(two)


async def test_the_proposer_may_take_it_back(county: County) -> None:
    two = await pair(county)
    await two.types(two.justice, OUT)
    number = await number_of(two)
    assert "You withdrew your proposal." in await two.types(two.justice, f"/workgroup not-now {number}")
    assert SETTLED in await two.types(two.health, f"/workgroup agree {number}")
    assert await in_scope(two)


async def test_what_was_proposed_by_someone_who_left_the_chair_is_no_longer_half_agreed(county: County) -> None:
    two = await pair(county)
    await two.types(two.justice, OUT)
    number = await number_of(two)
    await two.types(two.justice, f"/workgroup cochair remove @{two.justice.handle}")
    assert "waits for the other co-chair" in await two.types(two.health, f"/workgroup agree {number}")
    assert "has none for justice yet" in await two.types(two.health, OUT)
    assert await in_scope(two)


async def test_without_a_chair_of_the_other_side_the_first_step_is_to_name_one(county: County) -> None:
    two = await pair(county, both=False)
    refused = await two.types(two.justice, OUT)
    assert "this group has none for health yet. First name one" in refused
    assert await in_scope(two)
    assert await actions(two) == []


async def test_that_one_chair_is_enough_takes_both_and_then_the_one_decides_alone(county: County) -> None:
    two = await pair(county)
    exempt = "/workgroup exempt | the health agency is being dissolved"
    await two.types(two.justice, exempt)
    assert "may have one chair" in await two.types(two.health, exempt)
    await two.types(two.health, f"/workgroup cochair remove @{two.health.handle}")
    assert (await two.room.states())[2] == "not_applicable"
    await two.types(two.justice, OUT)
    assert not await in_scope(two)
    await two.room.sees(PRIYA, "In scope now: nothing in particular.", PATIENCE)
    await two.room.sees(PRIYA, "decided this as the only co-chair. Reason: another initiative covers it.", PATIENCE)
    await two.types(two.justice, "/workgroup exempt off")
    assert (await two.room.states())[2] == "not_yet"


async def test_for_a_co_chair_outside_this_slack_the_second_word_is_recorded(county: County) -> None:
    two = await with_outsider(county)
    first = await two.types(two.justice, OUT)
    assert "Ana Ruiz (Behavioral Health Authority) is not in this Slack" in first
    assert "Record their agreement" in first
    assert await in_scope(two)
    assert (await two.types(two.justice, OUT)).startswith("Recorded: Ana Ruiz")
    assert not await in_scope(two)
    await two.room.sees(PRIYA, f"(their agreement was recorded by {two.justice.mention})", PATIENCE)
    assert await actions(two) == ["joint.propose", "joint.record", "scope.change"]


async def test_their_agreement_can_be_recorded_by_a_button(county: County) -> None:
    two = await with_outsider(county)
    await two.types(two.justice, OUT)
    await two.presses(two.justice, "Record their agreement", "Recorded: Ana Ruiz")
    assert not await in_scope(two)


async def test_what_nobody_answered_lapses_after_fourteen_days(own_county: County) -> None:
    two = await pair(own_county)
    await two.types(two.justice, OUT)
    await two.told(two.health, "out of scope in")
    await own_county.travel(datetime.fromisoformat(START) + timedelta(days=14, minutes=1))
    await two.presses(two.health, "Agree", "its 14 days are over")
    assert "must agree too" in await two.types(two.health, OUT)
    assert await in_scope(two)


async def test_two_who_propose_the_same_at_once_settle_it_once(county: County) -> None:
    two = await pair(county)
    await asyncio.gather(two.types(two.justice, OUT), two.types(two.health, OUT))
    assert not await in_scope(two)
    assert await actions(two) == ["joint.propose", "joint.agree", "scope.change"]
