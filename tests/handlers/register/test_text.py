"""What ``/stakeholder`` answers: sound in Slack's eyes whatever the register holds, and no more than may be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.effects import Effects
from bot.register import Function, Kind, Law, Oversees, PriorSharing, Sector, Side, Stakeholder, Status, recorded
from handlers.register.looking import exported, show_list
from handlers.register.modal import add_modal, twin_modal
from handlers.register.search import PER_PAGE, find_page, visible
from handlers.register.text import (
    Changed,
    accepted,
    added,
    changed,
    helped,
    nominated,
    nomination_notice,
    removed,
    shown,
    twin,
)
from handlers.register.words import details, line, recorded_lines
from handlers.slack.asking import Answer
from playground.validator.views import check_view
from tests.support.factories import GROUP, NOW, consumer_seat, entry, expert, listed_group, spanner
from tests.support.payloads import assert_sound

HUGE = entry(
    123456,
    name="&" * 120,
    organization="&" * 160,
    title="&" * 120,
    email="a@b.example",
    slack_user="U0HUGE",
    functions=frozenset(Function) - {Function.CONSUMER, Function.FAMILY},
    laws=frozenset(Law),
    authority=True,
    jurisdiction=True,
    exchange=True,
    why="&" * 500,
    why_confirmed=True,
)
MANY = tuple(replace(HUGE, number=number, sector=list(Sector)[number % 7]) for number in range(1, 201))
MUCH = Effects(("Principle 3 is now met." * 20,) * 8, ())


def sound(answer: Answer) -> str:
    assert_sound(answer.text, answer.blocks)
    return answer.text


@pytest.mark.parametrize("one", [HUGE, entry(1), consumer_seat(2), listed_group(3, liaison=1), spanner(4)])
def test_every_answer_about_one_entry_is_sound(one: Stakeholder) -> None:
    sound(added(one, MUCH, "C1"))
    sound(nominated(one, Status.COMMITTED, "<@U1>", "C1"))
    assert_sound(*nomination_notice(one, "U1", "C1"))
    done = Changed(replace(one, status=Status.LEFT, title="before"), one, (one,), MUCH, "C1")
    sound(changed(done))
    sound(accepted(done))
    sound(removed(done))
    sound(twin(one, "{}", "C1", for_chair=True))
    sound(shown(one, [one], "C1", for_chair=False))
    for status in Status:
        sound(shown(replace(one, status=status), [one], "C1", for_chair=True))


@pytest.mark.parametrize("size", [0, 1, PER_PAGE, PER_PAGE + 1, 200])
def test_a_list_of_any_size_is_sound_on_every_page(size: int) -> None:
    for page in range(1, 10):
        sound(show_list(find_page(MANY[:size], f"page {page}")))
    sound(exported(MANY[:size]))


def test_the_forms_are_sound() -> None:
    assert check_view(add_modal("C0123", for_chair=True)) == []
    assert check_view(add_modal("C0123", for_chair=False)) == []
    view = twin_modal(HUGE, details(HUGE, [HUGE]), "C0123", "{}", for_chair=True)
    assert check_view(view) == []


def test_a_draft_that_does_not_fit_is_not_kept_in_a_form_or_a_button() -> None:
    assert twin_modal(HUGE, [], "C0123", "x" * 3000, for_chair=True) is None
    labels = [
        drawn["text"]["text"] for drawn in (twin(HUGE, "x" * 2001, "C1", for_chair=True).blocks or [])[-1]["elements"]
    ]
    assert labels == ["Show S123456"]


def test_the_form_has_the_labels_that_guides_rely_on() -> None:
    inputs = [block for block in add_modal("C1", for_chair=True)["blocks"] if block["type"] == "input"]
    assert [block["label"]["text"] for block in inputs] == [
        "Name",
        "Organization",
        "Category",
        "Sector",
        "Kind",
        "Title",
        "Functions",
        "Authority",
        "Laws",
        "Why",
        "Status",
    ]


def test_what_people_wrote_cannot_turn_into_markup() -> None:
    one = entry(1, name="A & B <x>")
    for answer in (
        added(one, Effects(), "C1"),
        shown(one, [one], "C1", for_chair=True),
        twin(one, "{}", "C1", for_chair=True),
    ):
        assert "A &amp; B &lt;x&gt;" in answer.text
    assert "&lt;!channel&gt;" in helped("I do not know <!channel> here.").text
    assert "<" not in show_list(find_page([one], "<!here>")).text


def test_a_line_starts_with_the_ref_and_stays_short() -> None:
    assert line(entry(3, functions=frozenset({Function.LEGAL, Function.EXECUTIVE}), authority=True)) == (
        "S3 Office 3 (Agency 3), committed; executive, legal, can approve policy"
    )
    assert line(entry(3, name="Court", organization="court")) == "S3 Court, committed"
    assert len(line(replace(HUGE, name="x" * 120, organization="y" * 160))) <= 125


def test_everything_that_was_said_is_shown_in_words() -> None:
    group = listed_group(
        2, prior_sharing=PriorSharing.UNKNOWN, sides=frozenset(Side), liaison=3, name="Council", organization="County"
    )
    text = shown(group, [group, entry(3)], "C1", for_chair=True).text
    assert "Has shared data before: asked, and not known" in text
    assert "Joins the sides: justice and health" in text
    assert "Liaison: S3 Office 3 (Agency 3)" in text
    assert "Has shared data before: nobody has asked yet" in shown(listed_group(2), [], "C1", for_chair=False).text
    assert "Liaison: S9" in shown(replace(group, liaison=9), [group], "C1", for_chair=False).text


def test_laws_are_what_somebody_recorded_and_never_what_nobody_said_or_a_qualification() -> None:
    counsel = recorded(None, expert(1, Sector.HEALTH, Law.PART2, jurisdiction=True), "U01DANA", NOW)
    text = shown(counsel, [], "C1", recorded_lines(counsel, GROUP, NOW), for_chair=False).text
    assert "Can advise on: 42 CFR Part 2" in text
    assert "Knows this jurisdiction's law: yes" in text
    assert (
        "Recorded by <@U01DANA> on Dec 7: functions, the laws they can advise on and "
        "whether they know this jurisdiction's law" in text
    )
    assert "qualified" not in text
    assert "ays they" not in text


def test_the_facts_that_the_principles_ask_for_are_shown() -> None:
    mayor = entry(1, heads=True, shared_data=True, oversees=Oversees.HEALTH, vacant=False)
    text = shown(mayor, [], "C1", for_chair=False).text
    for words in (
        "Heads their agency: yes",
        "Agencies that answer to them: health",
        "Has shared data among agencies: yes",
        "Vacant: no",
    ):
        assert words in text
    assert "Vacant: yes, by its name" in shown(entry(1, name="TBD"), [], "C1", for_chair=False).text


def test_a_why_says_whether_a_co_chair_confirmed_it() -> None:
    assert "(confirmed by a co-chair)" in shown(spanner(1), [], "C1", for_chair=True).text
    waiting = shown(spanner(1, why_confirmed=False), [], "C1", for_chair=True).text
    assert "waits for a co-chair to confirm it" in waiting
    assert "/stakeholder set S1 | why=..." in waiting


def test_only_a_co_chair_gets_the_moves_and_only_those_that_make_sense() -> None:
    def labels(status: Status, for_chair: bool = True) -> list[str]:
        blocks = shown(entry(1, status=status), [], "C1", for_chair=for_chair).blocks or []
        return [drawn["text"]["text"] for block in blocks if block["type"] == "actions" for drawn in block["elements"]]

    assert labels(Status.IDENTIFIED, for_chair=False) == []
    assert labels(Status.NOMINATED) == ["Accept", "Remove"]
    assert labels(Status.IDENTIFIED) == ["Invited", "Committed", "Remove"]
    assert labels(Status.COMMITTED) == ["Invited", "Remove"]
    assert labels(Status.LEFT) == ["Invited", "Committed"]


def test_a_change_says_before_and_after() -> None:
    before = entry(1, status=Status.INVITED, kind=Kind.PERSON)
    after = replace(before, status=Status.COMMITTED, title="Chief")
    text = changed(Changed(before, after, (before,), Effects(), "C1")).text
    assert "• Status: invited → committed" in text
    assert "• Title: nothing → Chief" in text
    assert "Functions" not in text.split("\n\n")[0]


def test_what_an_entry_lacks_comes_before_what_a_principle_needs() -> None:
    needs = Effects((), ("Principle 5 is not met yet. Next: look.",))
    assert "Principle 5" not in added(spanner(1, why=""), needs, "C1").text
    assert "Principle 5 is not met yet" in added(spanner(1), needs, "C1").text


def test_the_caution_of_a_category_is_said_when_someone_is_added() -> None:
    assert "The sector is that of the agency they advise." in added(expert(1, Sector.HEALTH), Effects(), "C1").text


def test_a_member_sees_nothing_that_tells_who_declined() -> None:
    register = [entry(1), entry(2, status=Status.DECLINED, name="Mx Quiet"), entry(3, status=Status.LEFT)]
    assert [seen.number for seen in visible(register, for_chair=False)] == [1]
    assert [seen.number for seen in visible(register, for_chair=True)] == [1, 2, 3]
    text = show_list(find_page(visible(register, for_chair=True), "")).text
    assert text.index("Closed (shown to co-chairs only)") < text.index("S2 Mx Quiet")


def test_nominations_stand_apart() -> None:
    text = show_list(find_page([entry(1, status=Status.NOMINATED), entry(2)], "")).text
    assert text.index("S2") < text.index("Waiting for a co-chair") < text.index("S1 Office")


def test_a_long_list_says_how_to_see_the_rest_and_has_a_button_for_it() -> None:
    long = [replace(one, name="x" * 120, organization="y" * 160) for one in MANY]
    answer = show_list(find_page(long, "legal page 2"))
    assert "page 2 of 8" in answer.text
    assert "More: `/stakeholder list legal page 3`" in answer.text
    first = (answer.blocks or [])[-1]["elements"][0]
    assert (first["text"]["text"], first["value"]) == ("Next page", "legal page 3")
    assert "More:" not in show_list(find_page(MANY, "page 8")).text


def test_an_export_that_does_not_fit_says_how_many_are_left() -> None:
    text = exported([replace(HUGE, number=number, name="x" * 100) for number in range(1, 31)]).text
    lines = [row for row in text.splitlines() if row.startswith("S")]
    assert f"{30 - len(lines)} more did not fit" in text
    assert "python app.py dump" in text
    assert text.splitlines()[0].startswith("ref | name | organization")
