"""Public body, scope, meeting, exemption, history and export, through the front door on both databases."""

from __future__ import annotations

import pytest

from tests.support.county import DANA, MARCUS, PRIYA, USER_IDS, County


async def test_public_body_takes_both_co_chairs(county: County) -> None:
    room = await county.group(public_body="ask")
    await room.types(DANA, "/workgroup public-body no")
    assert (await room.dump())["group"]["public_body"] == "ask"
    agreed = await room.types(MARCUS, "/workgroup public-body NO")
    assert "the group can vote on invitees here" in agreed.text
    assert (await room.dump())["group"]["public_body"] == "no"


async def test_adding_to_the_scope_is_one_co_chair_s(county: County) -> None:
    room = await county.group()
    assert (await room.assess())["P3.f"] is None
    answer = await room.types(DANA, "/workgroup scope +juvenile +medicaid")
    assert "In scope now: substance use, juvenile justice and Medicaid." in answer.text
    assert (await room.assess())["P3.f"] is False


async def test_taking_out_of_scope_needs_a_reason(county: County) -> None:
    room = await county.group()
    before = await room.dump()
    answer = await room.types(DANA, "/workgroup scope -substance-use")
    assert "/workgroup scope -substance-use | reason" in answer.text
    assert await room.dump() == before


async def test_the_next_meeting_has_its_sponsors_and_may_be_taken_off(county: County) -> None:
    room = await county.group()
    answer = await room.types(
        DANA, "/workgroup meeting 2026-12-11 2pm | sponsors=Sheriff's Office; Behavioral Health & Recovery"
    )
    assert "Friday 11 December 2026, 14:00 (America/New_York)" in answer.text
    glance = (await room.types(PRIYA, "/workgroup")).text
    assert "sponsored by Sheriff's Office and Behavioral Health &amp; Recovery" in glance
    off = await room.types(MARCUS, "/workgroup meeting off")
    assert "Next meeting: none set." in off.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("public-body", "Is this group a public body under your state's law?"),
        ("public-body maybe", "I do not know the answer about a public body"),
        ("public-body no", "That is how it is already"),
        ("scope", "In scope now: substance use. The subjects are: substance-use, juvenile"),
        ("scope juvenile", "put a plus or a minus before each subject"),
        ("scope +moon", "I do not know the subject “moon”"),
        ("scope +substance-use", "That is how it is already"),
        ("scope -substance-use | case no. 20-1234 asks for it", "what looks like a case"),
        ("meeting", "Next meeting now: none set"),
        ("meeting 2026-11-30 9:00", "in the past by this group's clock"),
        ("meeting tomorrow", "I could not read “tomorrow” as a day and a time"),
        ("meeting 2026-12-11 14:00 | hosts=A", "I do not know hosts=."),
        ("meeting 2026-12-11 14:00 | sponsors=" + ";".join("abcdefghijk"), "more than 10 sponsors"),
        ("exempt", "please give a reason"),
        ("exempt off", "That is how it is already"),
    ],
)
async def test_what_cannot_be_done_gets_a_sentence_and_changes_nothing(county: County, typed: str, words: str) -> None:
    room = await county.group()
    before = await room.dump()
    assert words in (await room.types(DANA, f"/workgroup {typed}")).text
    assert await room.dump() == before


@pytest.mark.parametrize(
    "typed",
    ["public-body yes", "scope +juvenile", "meeting 2026-12-11 14:00", "exempt | we are small", "export"],
)
async def test_members_change_nothing_and_learn_whom_to_ask(county: County, typed: str) -> None:
    room = await county.group()
    before = await room.dump()
    answer = await room.types(PRIYA, f"/workgroup {typed}")
    assert answer.text.startswith("Only a co-chair can")
    assert f"<@{USER_IDS[DANA]}> for justice" in answer.text
    assert await room.dump() == before


@pytest.mark.parametrize(
    "typed",
    ["cochair @marcus | health", "public-body no", "scope +juvenile", "meeting", "exempt off", "history", "export"],
)
async def test_without_a_group_each_verb_says_how_to_begin(county: County, typed: str) -> None:
    room = await county.room()
    assert "no working group yet" in (await room.types(DANA, f"/workgroup {typed}")).text


async def test_history_tells_the_last_changes_newest_first_in_plain_words(county: County) -> None:
    room = await county.group()
    await room.types(DANA, "/workgroup scope +juvenile")
    history = (await room.types(PRIYA, "/workgroup history")).text
    lines = [line for line in history.splitlines() if line.startswith("•")]
    assert lines[0] == f"• 2026-12-01 10:00 <@{USER_IDS[DANA]}> changed the scope"
    assert "named a co-chair for health" in lines[1]
    assert "set up the group" in lines[-1]


async def test_export_gives_settings_and_register_to_a_co_chair(county: County) -> None:
    room = await county.group()
    await room.types(DANA, "/stakeholder add County Counsel | Office of Counsel | legal | sector=government")
    export = (await room.types(MARCUS, "/workgroup export")).text
    assert "Reentry data group, Middleton County, MA" in export
    assert "S1 County Counsel, Office of Counsel; government; identified" in export
    assert "python app.py dump" in export


async def test_a_repeated_delivery_has_one_effect_and_the_same_answer(county: County) -> None:
    room = await county.group()
    asked = await room.types(DANA, "/workgroup meeting 2026-12-11 14:00")
    before = await room.dump()
    again = await county.slack.again(asked.raw["n"])
    assert again["answer"]["text"] == asked.text
    assert await room.dump() == before
