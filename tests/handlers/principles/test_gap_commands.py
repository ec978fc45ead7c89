"""Taking, snoozing, disowning and opening gaps through the front door, typed and pressed, on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.gaps.life import GapState, LiveGap
from handlers.principles.words import standing_words
from tests.support.county import DANA, LENA, MARCUS, PRIYA, TOMAS, USER_IDS, County, Room
from tests.support.factories import NOW


async def gap_of(room: Room, criterion: str) -> dict[str, Any]:
    """What the dump says of a gap; empty where nobody has done anything about it."""
    return next((gap for gap in (await room.dump())["gaps"] if gap["criterion"] == criterion), {})


async def actions_on(room: Room, criterion: str) -> list[str]:
    """What the audit says was done about a gap, in order."""
    return [row["action"] for row in (await room.dump())["audit"] if row["subject"] == criterion]


async def test_a_member_takes_a_gap_for_two_weeks_and_everyone_sees_it(county: County) -> None:
    room = await county.group()
    answer = await room.types(PRIYA, "/principle take p3a")
    assert answer.text.startswith("Thank you. P3.a is yours until Tuesday 15 December;")
    gap = await gap_of(room, "P3.a")
    assert (gap["state"], gap["taken_by"], gap["due_on"]) == ("taken", USER_IDS[PRIYA], "2026-12-15")
    standing = f"P3.a is taken by <@{USER_IDS[PRIYA]}>, until Tuesday 15 December."
    for typed in ("", "all", "3", "P3.a"):
        assert standing in (await room.types(LENA, f"/principle {typed}")).text
    brief = (await room.types(LENA, "/principle brief")).text
    assert "P3.a is taken, until Tuesday 15 December." in brief
    assert USER_IDS[PRIYA] not in brief


def test_who_is_late_with_a_gap_is_not_named_in_the_brief_and_the_sentence_still_reads() -> None:
    gap = LiveGap("P3.a", NOW, GapState.TAKEN, "U1", date(2026, 12, 4))
    late = date(2026, 12, 9)
    assert standing_words(gap, late) == "taken by <@U1>, who meant to have it by Friday 4 December"
    assert standing_words(gap, late, names=False) == "taken, and was meant to be done by Friday 4 December"


async def test_who_took_a_gap_gives_another_day_and_gives_it_back(county: County) -> None:
    room = await county.group()
    await room.types(PRIYA, "/principle take P5.a")
    assert "until Friday 15 January 2027" in (await room.types(PRIYA, "/principle take P5.a until 2027-01-15")).text
    taken = await room.types(TOMAS, "/principle take P5.a")
    assert taken.text.startswith(f"P5.a is taken by <@{USER_IDS[PRIYA]}> until Friday 15 January 2027.")
    assert (await room.types(TOMAS, "/principle open P5.a")).text.startswith("Only a co-chair can open a gap again")
    await room.types(PRIYA, "/principle P5.a")
    await room.presses(PRIYA, "Open again")
    await room.sees(PRIYA, "P5.a is open again.")
    assert (await gap_of(room, "P5.a"))["state"] == "open"
    assert await actions_on(room, "P5.a") == ["gap.take", "gap.take", "gap.open"]


async def test_a_cochair_snoozes_by_typing_and_by_the_modal_and_opens_it_again(county: County) -> None:
    room = await county.group()
    assert "until Tuesday 15 December" in (await room.types(DANA, "/principle snooze P4.a 2 weeks")).text
    assert (await gap_of(room, "P4.a"))["snoozed_until"] == "2026-12-15"
    await room.types(MARCUS, "/principle 4")
    await room.presses(MARCUS, "Snooze")
    await room.submits(MARCUS, {"Snooze for": "4 weeks"})
    await room.sees(MARCUS, "Snoozed: the nudge leaves P4.a alone until Tuesday 29 December.")
    assert "P4.a is snoozed until Tuesday 29 December." in (await room.types(PRIYA, "/principle")).text
    await room.presses(MARCUS, "Open again")
    await room.sees(MARCUS, "P4.a is open again.")
    assert (await gap_of(room, "P4.a"))["snoozed_until"] is None


async def test_not_ours_takes_a_reason_and_makes_nothing_met(county: County) -> None:
    room = await county.group()
    await room.types(DANA, "/principle 5")
    await room.presses(DANA, "Not ours")
    empty = await room.submits(DANA, {"Reason": "  "})
    assert "in a few words why" in empty.errors["Reason"]
    private = await room.submits(DANA, {"Reason": "SSN 123-45-6789"})
    assert "Social Security" in private.errors["Reason"]
    assert (await room.submits(DANA, {"Reason": "The council | names & asks them"})).errors == {}
    await room.sees(DANA, "Noted: P5.a is not yours.")
    assert (await room.states())[5] == "not_yet"
    gap = await gap_of(room, "P5.a")
    assert (gap["state"], gap["reason"]) == ("not_ours", "The council | names & asks them")
    text = (await room.types(PRIYA, "/principle 5")).text
    assert "P5.a is not ours, this group says: The council | names &amp; asks them." in text
    assert (await room.types(PRIYA, "/principle take P5.a")).text.startswith(
        "This group said that P5.a is not its own."
    )
    assert (await room.types(DANA, "/principle snooze P5.a 1")).text.startswith("This group said")
    assert "P5.a is open again" in (await room.types(MARCUS, "/principle open P5.a")).text
    (change,) = [row for row in (await room.dump())["audit"] if row["action"] == "gap.not_ours"]
    assert "council" not in str(change)


async def test_i_will_take_it_is_pressed_where_the_gap_is_shown_and_given_back(county: County) -> None:
    room = await county.group()
    await room.types(LENA, "/principle P6.a")
    await room.presses(LENA, "I'll take it")
    await room.sees(LENA, "P6.a is yours until Tuesday 15 December")
    await room.presses(LENA, "Give it back")
    await room.sees(LENA, "P6.a is open again")
    assert await actions_on(room, "P6.a") == ["gap.take", "gap.open"]


async def test_a_number_names_the_first_gap_of_its_principle(county: County) -> None:
    room = await county.group()
    assert "P3.a is yours" in (await room.types(PRIYA, "/principle take 3")).text
    assert "P2.a is no open gap here: it holds." in (await room.types(PRIYA, "/principle take 2")).text


async def test_a_bare_verb_opens_its_modal_for_the_mouse(county: County) -> None:
    room = await county.group()
    opened = await room.types(DANA, "/principle snooze P1.a")
    assert opened.view is not None
    assert opened.view["title"] == "Snooze a gap"
    opened = await room.types(DANA, "/principle not-ours P1.a")
    assert opened.view is not None
    assert opened.view["title"] == "Not ours"


BAD_INPUT = [
    ("take", "Which gap? Open here: P1.a, P3.a, P3.b, P3.c, P3.e, P4.a, P5.a, P6.a. Please type /principle take P1.a"),
    ("take nothing", "I could not read “nothing” as a criterion."),
    ("take P3.a until friday", "I could not read “until friday” as a day."),
    ("take P3.a until 2026-11-30", "2026-11-30 has passed."),
    ("take P3.a 2029-01-01", "more than a year ahead"),
    ("take P1.b", "P1.b is no open gap here: it strengthens its principle and is never required."),
    ("take P2.a", "P2.a is no open gap here: it holds."),
    ("take P4.b", "P4.b is no open gap here: it does not apply here."),
    ("snooze P3.a 3", "I could not read “3” as 1, 2 or 4 weeks. Please type /principle snooze P3.a 2"),
    ("snooze P3.a a while", "as 1, 2 or 4 weeks"),
    ("snooze", "Please type /principle snooze P1.a"),
    ("not-ours P9.z | why", "as a criterion"),
    ("not-ours P3.a | *bold*", "formatting"),
    ("not-ours P3.a | " + "x" * 501, "limit is 500"),
    ("open P3.a", "P3.a is open already. To take it: /principle take P3.a"),
    ("open", "Please type /principle open P1.a"),
]


async def test_bad_input_gets_one_clear_sentence_and_changes_nothing(county: County) -> None:
    room = await county.group()
    before = await room.dump()
    for typed, sentence in BAD_INPUT:
        assert sentence in (await room.types(DANA, f"/principle {typed}")).text, typed
    assert await room.dump() == before


async def test_a_member_neither_snoozes_nor_disowns(county: County) -> None:
    room = await county.group()
    before = await room.dump()
    for typed in ("snooze P3.a 1", "snooze P3.a", "not-ours P3.a | why", "not-ours P3.a"):
        assert (await room.types(LENA, f"/principle {typed}")).text.startswith("Only a co-chair can s"), typed
    assert await room.dump() == before


async def test_what_is_set_aside_cannot_be_taken(county: County) -> None:
    room = await county.group()
    for chair in (DANA, MARCUS):
        await room.types(chair, "/principle set-aside 5 | The council meets in spring")
    answer = await room.types(PRIYA, "/principle take P5.a")
    assert "P5.a is no open gap here: principle 5 is set aside." in answer.text


async def test_without_a_group_it_says_how_to_begin(county: County) -> None:
    room = await county.room()
    for typed in ("take P3.a", "snooze P3.a", "trend"):
        assert "no working group yet" in (await room.types(PRIYA, f"/principle {typed}")).text


async def test_the_history_says_who_did_what(county: County) -> None:
    room = await county.group()
    await room.types(PRIYA, "/principle take P3.a")
    await room.types(DANA, "/principle snooze P3.a 1")
    history = (await room.types(DANA, "/workgroup history")).text
    assert f"<@{USER_IDS[PRIYA]}> took P3.a" in history
    assert f"<@{USER_IDS[DANA]}> snoozed P3.a" in history


async def test_before_any_nudge_the_trend_says_when_it_begins(county: County) -> None:
    room = await county.group()
    assert "first look is taken with the first weekly nudge" in (await room.types(PRIYA, "/principle trend")).text
    await room.types(PRIYA, "/principle all")
    await room.presses(PRIYA, "Trend")
    await room.sees(PRIYA, "There is no trend yet")


async def test_each_week_leaves_its_mark_on_the_trend_and_on_the_nudge(own_county: County) -> None:
    room = await own_county.group()
    await own_county.travel("2026-12-07T14:00:00+00:00")
    await room.sees(PRIYA, "*Principle 1, Executive support: not yet.*")
    await room.types(DANA, "/principle attest P4.a | looked, none found")
    await room.presses(LENA, "I'll take it")
    await room.sees(LENA, "P1.a is yours until Monday 21 December")
    await own_county.travel("2026-12-14T14:00:00+00:00")
    await room.sees(PRIYA, "*Principle 3, Legal experts: not yet.*")
    await room.sees(PRIYA, "Since the last nudge: principle 4 is met.")
    text = (await room.types(PRIYA, "/principle trend")).text
    assert "2 weeks, 7 Dec to 14 Dec 2026" in text
    assert "• 4 Existing groups: not yet, met from 14 Dec" in text
    assert "• 2 Joint chairs: met throughout" in text
    snapshots = (await room.dump())["snapshots"]
    assert [(week["period"], week["said"]) for week in snapshots] == [
        ("2026-W50", "asked"),
        ("2026-W51", "asked"),
    ]
    assert (await gap_of(room, "P4.a"))["state"] == "closed"
