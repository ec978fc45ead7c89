"""Naming co-chairs and ending their terms, through the front door on both databases."""

from __future__ import annotations

import pytest

from tests.support.chairs import PATIENCE, pair
from tests.support.county import DANA, MARCUS, PRIYA, TOMAS, USER_IDS, County, Room


async def sides(room: Room) -> list[str]:
    """The sides of the active co-chairs, in order."""
    return [chair["side"] for chair in (await room.dump())["group"]["cochairs"]]


async def test_a_named_co_chair_is_told_and_the_second_principle_follows(county: County) -> None:
    two = await pair(county, both=False)
    assert (await two.room.assess())["P2.a"] is False
    answer = await two.types(two.justice, f"/workgroup cochair @{two.health.handle} | Health")
    assert f"{two.health.mention} is co-chair for health now" in answer
    told = await two.told(two.health, "named you co-chair for health of the working group *Reentry data group*")
    assert "/workgroup cochair remove" in told
    await two.room.sees(PRIYA, f"named {two.health.mention} co-chair for health.", PATIENCE)
    assert (await two.room.assess())["P2.a"] is True


async def test_not_me_ends_the_term_and_tells_who_named_them(county: County) -> None:
    two = await pair(county)
    await two.presses(two.health, "Not me", "you are not a co-chair there")
    await two.told(two.justice, f"{two.health.mention} says they are not co-chair for health in")
    assert await sides(two.room) == ["justice"]
    await two.presses(two.health, "Not me", "nothing to change")


async def test_someone_outside_this_slack_can_be_co_chair_and_be_removed_by_name(county: County) -> None:
    room = await county.group(both=False)
    await room.types(DANA, "/workgroup cochair José Ruiz | Behavioral Health Authority | health")
    assert await sides(room) == ["justice", "health"]
    assert "José Ruiz (Behavioral Health Authority)" in (await room.types(PRIYA, "/workgroup")).text
    removed = await room.types(DANA, "/workgroup cochair remove jose ruiz")
    assert "is not a co-chair any more" in removed.text
    assert await sides(room) == ["justice"]


async def test_each_side_has_one_chair_at_most(county: County) -> None:
    room = await county.group()
    taken = await room.types(DANA, f"/workgroup cochair @{PRIYA} | health")
    assert "already chairs for health" in taken.text
    already = await room.types(DANA, f"/workgroup cochair @{MARCUS} | justice")
    assert "is a co-chair here already, for health" in already.text
    assert await sides(room) == ["justice", "health"]


async def test_members_name_nobody_and_learn_whom_to_ask(county: County) -> None:
    room = await county.group()
    before = await room.dump()
    named = await room.types(TOMAS, f"/workgroup cochair @{TOMAS} | health")
    assert f"Only a co-chair can name a co-chair. The co-chairs here are <@{USER_IDS[DANA]}>" in named.text
    removed = await room.types(TOMAS, f"/workgroup cochair remove @{DANA}")
    assert "Only a co-chair can end a co-chair's term" in removed.text
    assert await room.dump() == before


async def test_removing_someone_else_asks_them_and_tells_the_channel(county: County) -> None:
    two = await pair(county)
    answer = await two.types(two.justice, f"/workgroup cochair remove @{two.health.handle}")
    assert f"{two.health.mention} must agree" in answer
    await two.told(two.health, f"{two.justice.mention} proposes to end your term as co-chair for health in")
    await two.room.sees(PRIYA, f"proposes to end {two.health.mention}'s term as co-chair for health", PATIENCE)
    assert await sides(two.room) == ["justice", "health"]
    await two.presses(two.health, "Agree", "Agreed.")
    assert await sides(two.room) == ["justice"]


async def test_with_no_co_chair_left_a_workspace_admin_names_one_and_nobody_else(county: County) -> None:
    room = await county.room([DANA, MARCUS, PRIYA, TOMAS, "ruth"])
    await room.types(DANA, "/workgroup setup Reentry data group | Middleton County, MA | justice")
    last = await room.types(DANA, f"/workgroup cochair remove @{DANA}")
    assert "nothing can be changed here until a workspace admin names one" in last.text
    refused = await room.types(TOMAS, f"/workgroup cochair @{TOMAS} | justice")
    assert "this group has none now who can act in this Slack. A workspace admin can name one" in refused.text
    assert await sides(room) == []
    await room.types("ruth", f"/workgroup cochair @{TOMAS} | justice")
    assert await sides(room) == ["justice"]
    refused = await room.types("ruth", f"/workgroup cochair @{MARCUS} | health")
    assert "Only a co-chair can name a co-chair" in refused.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "I could not tell whom you mean"),
        ("Ana Ruiz | health", "I could not tell whom you mean"),
        (f"@{MARCUS}", "I could not tell whom you mean"),
        (f"@{MARCUS} | law", "I do not know the side “law”"),
        ("@standup | health", "That is an app, or a guest"),
        ("Ana Ruiz | Clinic, born 4 May 1980 | health", "what looks like a date of birth"),
        ("Ana Ruiz | | health", "The organization is empty"),
        ("remove Nobody Here", "I found no co-chair here for “Nobody Here”"),
        (f"remove @{PRIYA}", "I found no co-chair here for that person"),
    ],
)
async def test_what_cannot_be_read_changes_nothing(county: County, typed: str, words: str) -> None:
    room = await county.group(both=False)
    before = await room.dump()
    assert words in (await room.types(DANA, f"/workgroup cochair {typed}")).text
    assert await room.dump() == before
