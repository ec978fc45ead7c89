"""``/workgroup nudge`` and the nudge's buttons, through the front door on both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.support.county import DANA, LENA, MARCUS, PRIYA, ROOT, USER_IDS, County, Room

MONDAY = "2026-12-07T14:00:00+00:00"


async def nudge_of(room: Room) -> object:
    """What the dump says of the plan."""
    return (await room.dump())["group"]["nudge"]


async def test_it_comes_at_its_minute_with_its_buttons_and_only_once(own_county: County) -> None:
    room = await own_county.group()
    await own_county.travel("2026-12-07T13:59:50+00:00")
    await own_county.travel(MONDAY)
    message = await room.sees(PRIYA, "*Principle 1, Executive support: not yet.*", 60)
    assert f"Set up by <@{USER_IDS[DANA]}>." in message["text"]
    await own_county.travel("2026-12-07T14:05:00+00:00")
    await room.presses(PRIYA, "See all six")
    await room.sees(PRIYA, "*The six principles*")
    (record,) = await room.sent_nudges()
    assert record | {"period": "2026-W50", "state": "sent", "late": False, "principle": 1} == record
    told = [
        message for message in await room.reads(PRIYA) if "Principle 1, Executive support: not yet" in message["text"]
    ]
    assert len(told) == 1


async def test_tick_does_the_same_once_and_says_what_it_did(own_county: County) -> None:
    room = await own_county.group()
    environment = (
        os.environ
        | own_county.world.settings
        | {
            "DATABASE_URL": own_county.database_url,
            "CONVENER_CLOCK_FILE": str(own_county.clock_file),
        }
    )
    command = [sys.executable, "app.py", "tick", "--at", MONDAY]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)  # noqa: ASYNC221
    (action,) = [act for act in json.loads(done.stdout.splitlines()[-1])["done"] if act["did"] == "nudge"]
    assert (action["channel"], action["period"], action["late"]) == (room.channel, "2026-W50", False)


async def test_anyone_may_ask_when_the_next_one_is_due(county: County) -> None:
    room = await county.group()
    text = (await room.types(PRIYA, "/workgroup nudge")).text
    assert "set for Monday 9:00 (America/New_York) each week" in text
    assert "due Monday 7 December 2026, 9:00 (America/New_York)" in text
    assert "/workgroup nudge pause until" in text


async def test_a_cochair_sets_day_time_and_zone(county: County) -> None:
    room = await county.group()
    answer = await room.types(MARCUS, "/workgroup nudge thu 2:30 pm Central")
    assert "due Thursday 3 December 2026, 14:30 (America/Chicago)" in answer.text
    again = await room.types(PRIYA, "/workgroup nudge")
    assert "set for Thursday 14:30 (America/Chicago)" in again.text
    assert f"Set up by <@{USER_IDS[MARCUS]}>." in again.text


async def test_pausing_and_resuming(county: County) -> None:
    room = await county.group()
    assert "paused until someone resumes it" in (await room.types(DANA, "/workgroup nudge pause")).text
    until = await room.types(DANA, "/workgroup nudge pause until 2026-12-21")
    assert "paused until Monday 21 December 2026. The next one is due Monday 21 December 2026, 9:00" in until.text
    resumed = await room.types(MARCUS, "/workgroup nudge resume")
    assert "Resumed." in resumed.text
    assert "due Monday 7 December 2026, 9:00" in resumed.text
    actions = [row["action"] for row in (await room.dump())["audit"] if row["subject"] == "nudge"]
    assert actions == ["nudge.pause", "nudge.pause", "nudge.resume"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("someday 9:00", "weekday"),
        ("Monday", "Monday 9:00 America/Chicago"),
        ("Monday 25:00", "time of day"),
        ("Monday 9:00 Atlantis", "time zone"),
        ("pause for a while", "pause until 2026-12-29"),
        ("pause until yesterday", "year-month-day"),
        ("pause until 2026-12-01", "not a day to come"),
        ("pause until 2029-01-01", "more than a year"),
        ("again", "no such message"),
        ("again 999999", "no such message"),
    ],
)
async def test_bad_input_gets_one_clear_sentence_and_changes_nothing(county: County, typed: str, sentence: str) -> None:
    room = await county.group()
    before = await room.dump()
    assert sentence in (await room.types(DANA, f"/workgroup nudge {typed}")).text
    assert await room.dump() == before


@pytest.mark.parametrize("typed", ["Friday 9:00", "pause", "resume", "now", "now post", "snooze"])
async def test_a_member_may_ask_and_not_change(county: County, typed: str) -> None:
    room = await county.group()
    before = await room.dump()
    assert (await room.types(LENA, f"/workgroup nudge {typed}")).text.startswith("Only a co-chair can ")
    assert await room.dump() == before


async def test_now_previews_to_the_cochair_alone_and_posts_once(county: County) -> None:
    room = await county.group()
    preview = await room.types(DANA, "/workgroup nudge now")
    assert "Only you see this" in preview.text
    assert not any("Executive support" in message["text"] for message in await room.reads(PRIYA))
    await room.presses(DANA, "Post it")
    await room.sees(PRIYA, "*Principle 1, Executive support: not yet.*")
    await room.sees(DANA, "I'm posting it now. The weekly one still comes at its time.")
    await room.presses(DANA, "Post it")
    await room.sees(DANA, "You posted this one already")
    told = [message for message in await room.reads(PRIYA) if "Executive support: not yet" in message["text"]]
    assert len(told) == 1
    assert (await room.dump())["nudges"] == []


async def test_snooze_leaves_the_next_one_out_and_again_changes_nothing(county: County) -> None:
    room = await county.group()
    assert "Snoozed: the next one is left out." in (await room.types(MARCUS, "/workgroup nudge snooze")).text
    assert "due Monday 14 December 2026, 9:00" in (await room.types(PRIYA, "/workgroup nudge")).text
    before = await nudge_of(room)
    assert "It is snoozed already." in (await room.types(DANA, "/workgroup nudge snooze")).text
    assert await nudge_of(room) == before


async def test_what_is_pressed_on_a_nudge_is_seen_in_the_next(county: County) -> None:
    room = await county.group()
    await room.types(DANA, "/workgroup nudge now post")
    await room.sees(LENA, "*Principle 1, Executive support: not yet.*")
    await room.presses(LENA, "Snooze")
    await room.sees(LENA, "Only a co-chair can snooze a gap")
    await room.presses(LENA, "Not ours")
    await room.sees(LENA, "Only a co-chair can say that a gap is not this group's")
    await room.presses(LENA, "I'll take it")
    await room.sees(LENA, "P1.a is yours until Tuesday 15 December")
    await room.presses(MARCUS, "I'll take it")
    await room.sees(MARCUS, f"P1.a is taken by <@{USER_IDS[LENA]}> until Tuesday 15 December.")
    assert "*Principle 3, Legal experts: not yet.*" in (await room.types(DANA, "/workgroup nudge now")).text


async def test_all_taken_reads_as_a_reminder_and_all_snoozed_as_rest(county: County) -> None:
    room = await county.group()
    gaps = ("P1.a", "P3.a", "P3.b", "P3.c", "P3.e", "P4.a", "P5.a", "P6.a")
    for criterion in gaps:
        await room.types(PRIYA, f"/principle take {criterion}")
    reminder = (await room.types(DANA, "/workgroup nudge now")).text
    assert f"<@{USER_IDS[PRIYA]}> has taken it, until Tuesday 15 December. Thank you!" in reminder
    for criterion in gaps:
        await room.types(DANA, f"/principle snooze {criterion} 1")
    assert "Everything that is open is snoozed or not ours." in (await room.types(DANA, "/workgroup nudge now")).text


async def test_a_week_that_had_its_nudge_gets_no_second_one_on_a_later_day(own_county: County) -> None:
    room = await own_county.group()
    await own_county.travel(MONDAY)
    await room.sees(PRIYA, "*Principle 1, Executive support: not yet.*", 60)
    answer = await room.types(DANA, "/workgroup nudge Wednesday 9:00")
    assert "due Wednesday 16 December 2026, 9:00" in answer.text
