"""Nudges read aloud: one principle, one next step, nobody's name, under 80 words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.gaps.choosing import Gap, open_gaps
from bot.principles.assessment import PrincipleState, assess
from bot.principles.principles import Level, criteria, principles
from bot.register import Function, Kind, Law, Sector, Status
from bot.schedule import next_due
from handlers.nudges import text as nudge_text
from handlers.nudges.text import (
    Beside,
    preview,
    render_nothing_open,
    render_nudge,
    render_reminder,
    render_resting,
)
from tests.support.factories import (
    GROUP,
    NOW,
    SHERIFF_CHAIR,
    consumer_seat,
    entry,
    executive,
    expert,
    listed_group,
    nudged,
    said,
    situation,
    spanner,
)
from tests.support.payloads import assert_sound

LATE = "Monday 30 November 2026, 9:00 (America/North_Dakota/New_Salem)"
OVERDUE = "<@U01PAT> took it until Wednesday 30 September 2027."
NEWS = "Since the last nudge: principles 1, 3 and 4 are met; principle 6 is open again; two people were added."
BOTH = (executive(1, Sector.JUSTICE, name="Ana Ruiz"), executive(2, Sector.HEALTH, name="Bo Chen"))
LAWS = (Law.HIPAA, Law.STATE_MENTAL_HEALTH)
REGISTERS = {
    "nobody yet": situation(),
    "one executive": situation(BOTH[0]),
    "an invited executive": situation(BOTH[0], executive(2, Sector.HEALTH, status=Status.INVITED)),
    "an executive who declined": situation(BOTH[0], executive(2, Sector.HEALTH, status=Status.DECLINED)),
    "both executives": situation(*BOTH),
    "one chair": situation(*BOTH, group=replace(GROUP, cochairs=(SHERIFF_CHAIR,))),
    "an expert who has not said which laws": situation(*BOTH, expert(3, Sector.HEALTH, jurisdiction=True)),
    "an expert on all laws, for justice": situation(*BOTH, expert(3, Sector.JUSTICE, *Law)),
    "an expert without laws": situation(*BOTH, expert(3, Sector.HEALTH)),
    "an expert on one side": situation(*BOTH, expert(3, Sector.JUSTICE, *LAWS, jurisdiction=True)),
    "an expert on most laws": situation(*BOTH, expert(3, Sector.HEALTH, *LAWS)),
    "experts but no group": situation(*BOTH, expert(3, Sector.HEALTH, *Law)),
    "a group not asked": situation(*BOTH, expert(3, Sector.HEALTH, *Law), listed_group(4)),
    "a search long ago": situation(
        *BOTH, expert(3, Sector.HEALTH, *Law), attestations=(said("P4.a", "looked, none found", 200),)
    ),
    "no spanner": situation(*BOTH, expert(3, Sector.HEALTH, *Law), attestations=(said("P4.a", "looked, none found"),)),
    "a spanner without why": situation(
        *BOTH,
        expert(3, Sector.HEALTH, *Law),
        spanner(4, why="", why_confirmed=False),
        attestations=(said("P4.a", "looked, none found"),),
    ),
    "no consumers": situation(
        *BOTH, expert(3, Sector.HEALTH, *Law), spanner(4), attestations=(said("P4.a", "looked, none found"),)
    ),
    "a seat not taken": situation(
        *BOTH,
        expert(3, Sector.HEALTH, *Law),
        spanner(4),
        consumer_seat(5, status=Status.IDENTIFIED),
        attestations=(said("P4.a", "looked, none found"),),
    ),
    "a panel without its date": situation(
        *BOTH,
        expert(3, Sector.HEALTH, *Law),
        spanner(4),
        attestations=(said("P4.a", "looked, none found"), said("P6.a", "a panel")),
    ),
    "a panel long ago": situation(
        *BOTH,
        expert(3, Sector.HEALTH, *Law),
        spanner(4),
        attestations=(said("P4.a", "looked, none found"), said("P6.a", "a panel", 190, date(2026, 5, 1))),
    ),
    "a committed person who may lead": situation(entry(1, name="Cy Day")),
    "only nominations": situation(executive(1, Sector.JUSTICE, status=Status.NOMINATED)),
    "a group that is the wrong kind": situation(*BOTH, listed_group(3, kind=Kind.PERSON)),
    "a jail doctor": situation(
        BOTH[0], entry(2, category="health_correctional", functions=frozenset({Function.EXECUTIVE}))
    ),
}


def words(text: str) -> int:
    """The words of a text, as a reader counts them."""
    return len(text.split())


@pytest.mark.parametrize("name", REGISTERS)
def test_a_nudge_on_any_register_is_short_sound_and_names_nobody(name: str) -> None:
    where = REGISTERS[name]
    for gap in open_gaps(assess(where, NOW)):
        payload = render_nudge(gap, Beside("U01PAT", LATE, NEWS), OVERDUE)
        assert words(payload["text"]) < 80
        assert_sound(payload["text"], payload["blocks"])
        assert payload["text"].count("Next step: ") == 1
        assert f"Principle {gap.principle}," in payload["text"]
        assert not re.search(r"Ana Ruiz|Bo Chen|Cy Day|Office \d|declined|failing", payload["text"])


@pytest.mark.parametrize("name", REGISTERS)
def test_a_nudge_that_is_on_time_always_has_room_for_what_is_new(name: str) -> None:
    for gap in open_gaps(assess(REGISTERS[name], NOW)):
        text = render_nudge(gap, Beside("U01PAT", "", "Since the last nudge: principle 4 is met."))["text"]
        assert "Since the last nudge: principle 4 is met." in text
        assert words(text) < 80


@pytest.mark.parametrize("name", REGISTERS)
def test_a_nudge_on_time_says_whom_it_means_by_their_ref_and_names_nobody(name: str) -> None:
    for gap in open_gaps(assess(REGISTERS[name], NOW)):
        text = render_nudge(gap, Beside("U01PAT", "", "Since the last nudge: principle 4 is met."))["text"]
        assert "REF" not in text
        assert not any(entry.name in text for entry in REGISTERS[name].stakeholders)
        assert words(text) < 80


def test_what_can_be_typed_gives_way_first_then_the_news_then_who_had_taken_it() -> None:
    gap = replace(_gaps_of_all_registers()[0], because="word " * 30, next_step="word " * 24)
    beside = Beside("U01PAT", "", "Since the last nudge: nothing new yet.")
    for room, (taken, news, typed) in {
        0: (True, True, True),
        12: (True, True, False),
        16: (True, False, False),
        26: (False, False, False),
    }.items():
        text = render_nudge(replace(gap, because="word " * (16 + room)), beside, "<@U02> took it until Friday.")["text"]
        assert ("took it" in text, "Since" in text, "To take it" in text) == (taken, news, typed)
        assert words(text) < 80


def test_a_reminder_says_who_took_the_step_and_until_when_and_asks_nobody() -> None:
    taken = "<@U02> has taken it, until Friday 18 December. Thank you!"
    payload = render_reminder(_gaps_of_all_registers()[0], taken, Beside("U01PAT", LATE, NEWS))
    assert taken in payload["text"]
    assert "Next step" not in payload["text"]
    assert words(payload["text"]) < 80
    assert_sound(payload["text"], payload["blocks"])


def test_where_all_is_snoozed_or_not_ours_a_preview_says_so() -> None:
    payload = render_resting(Beside("U01PAT"))
    assert payload["text"].startswith("*Everything that is open is snoozed or not ours.*")
    assert_sound(payload["text"], payload["blocks"])


def test_the_registers_bring_up_every_required_criterion_that_a_nudge_can_speak_of() -> None:
    open_somewhere = {gap.criterion_id for gap in _gaps_of_all_registers()}
    required = {criterion.id for criterion in criteria().values() if criterion.level is Level.REQUIRED}
    assert required - open_somewhere == set()


def _gaps_of_all_registers() -> list[Gap]:
    return [gap for where in REGISTERS.values() for gap in open_gaps(assess(where, NOW))]


def test_a_nudge_has_exactly_its_five_buttons_and_says_what_to_type() -> None:
    payload = render_nudge(_gaps_of_all_registers()[0], Beside("U01PAT"))
    (row,) = [block for block in payload["blocks"] if block["type"] == "actions"]
    assert [(button["text"]["text"], button["action_id"]) for button in row["elements"]] == [
        ("Add someone", "stakeholder.open_add"),
        ("See all six", "principle.all"),
        ("I'll take it", "gap.take"),
        ("Snooze", "gap.snooze"),
        ("Not ours", "gap.not_ours"),
    ]
    assert {button.get("value") for button in row["elements"][2:]} == {"P1.a"}
    for typed in ("`/principle take P1.a`", "`/principle P1.a`"):
        assert typed in payload["text"]


def test_a_nudge_says_who_set_it_up_and_a_late_one_that_it_is_late() -> None:
    gap = _gaps_of_all_registers()[0]
    assert "Set up by <@U01PAT>." in render_nudge(gap, Beside("U01PAT"))["text"]
    assert "Set up by" not in render_nudge(gap, Beside())["text"]
    assert render_nudge(gap, Beside("", LATE))["text"].startswith(f"Late: due {LATE}.")
    assert "Late" not in render_nudge(gap, Beside())["text"]


def test_the_blocks_say_all_that_the_text_says() -> None:
    payload = render_nudge(_gaps_of_all_registers()[0], Beside("U01PAT", LATE))
    assert payload["blocks"][0]["text"]["text"] == payload["text"]


@pytest.mark.parametrize(
    ("states", "lead"),
    [
        ({PrincipleState.MET, PrincipleState.THIN}, "*All six principles are met.*"),
        ({PrincipleState.MET, PrincipleState.NOT_APPLICABLE}, "*Each of the six principles is met or set aside.*"),
        ({PrincipleState.MET, PrincipleState.NOT_YET}, "*Nothing is open that this group can act on.*"),
    ],
)
def test_it_says_truly_why_nothing_is_open(states: set[PrincipleState], lead: str) -> None:
    payload = render_nothing_open(states, Beside("U01PAT"))
    assert payload["text"].startswith(lead)
    assert words(payload["text"]) < 80
    assert_sound(payload["text"], payload["blocks"])


def test_a_preview_holds_the_nudge_whole_and_one_button() -> None:
    payload = render_nudge(_gaps_of_all_registers()[0], Beside("U01PAT"))
    answer = preview(payload, "token")
    assert payload["text"] in answer.text
    assert [button["text"]["text"] for button in (answer.blocks or [])[-1]["elements"]] == ["Post it"]
    assert_sound(answer.text, answer.blocks)


def test_when_the_next_one_is_due_is_told_in_the_groups_zone_and_with_its_holiday() -> None:
    group = nudged(zone="America/New_York")
    due = next_due(group, NOW + timedelta(days=37))
    text = nudge_text.when_next(group, due, "U01PAT").text
    assert "set for Monday 9:00 (America/New_York) each week." in text
    assert "due Tuesday 19 January 2027, 9:00 (America/New_York) instead of the usual day" in text
    assert "Martin Luther King" in text


def test_a_pause_says_until_when() -> None:
    group = nudged(zone="America/New_York", paused=True, paused_until=date(2027, 1, 4))
    text = nudge_text.paused(group, next_due(group, NOW)).text
    assert text.startswith("It is paused until Monday 4 January 2027. The next one is due Monday 4 January 2027, 9:00")
    forever = nudged(paused=True)
    assert nudge_text.paused(forever, next_due(forever, NOW)).text.startswith("It is paused until someone resumes it.")


def test_the_principles_are_named_by_their_short_names() -> None:
    for gap in _gaps_of_all_registers():
        assert principles()[gap.principle - 1].short in render_nudge(gap, Beside())["text"]
