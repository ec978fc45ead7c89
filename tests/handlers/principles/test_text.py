"""How the principles read, for registers made by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.groups import SetAside, Situation
from bot.principles.assessment import PrincipleFinding, assess
from bot.register import Function, Sector, Status, recorded
from handlers.principles.detail import show_criterion, show_principle
from handlers.principles.looking import show_all, show_brief, show_open
from handlers.principles.text import show_help
from handlers.slack.asking import Answer
from tests.support.factories import (
    GROUP,
    NOW,
    SHERIFF_CHAIR,
    complete,
    entry,
    executive,
    expert,
    listed_group,
    said,
    situation,
    spanner,
)
from tests.support.payloads import assert_sound

CROWD = tuple(
    entry(number, name="N" * 110 + str(number), organization="O" * 150, functions=frozenset({Function.EXECUTIVE}))
    for number in range(1, 201)
)


def assessed(where: Situation) -> tuple[PrincipleFinding, ...]:
    """The six findings."""
    return assess(where, NOW)


def opened(where: Situation) -> Answer:
    """The bare answer."""
    return show_open("Reentry data group", assessed(where), empty=not where.stakeholders)


def labels(answer: Answer) -> list[str]:
    """What the buttons of an answer read."""
    rows = [block for block in answer.blocks or [] if block["type"] == "actions"]
    return [drawn["text"]["text"] for row in rows for drawn in row["elements"]]


def test_a_step_names_whom_it_is_about_and_the_ref_to_type() -> None:
    where = situation(executive(1, Sector.JUSTICE, status=Status.INVITED))
    findings = assessed(where)
    step = "Ask Office 1 (Agency 1) for an answer. Once they say yes: `/stakeholder set S1 | status=committed`."
    for answer in (opened(where), show_all("Group", findings), show_principle(findings[0], to_cochair=True)):
        assert step in answer.text
        assert "REF" not in answer.text
    assert step.replace("`", "") in show_brief("Group", findings, "2026-12-07").text


def test_an_empty_register_reads_as_a_beginning_with_a_next_step_for_each() -> None:
    text = opened(situation()).text
    assert text.startswith("*Reentry data group is just beginning.*")
    assert text.count("Next: ") == 5
    assert "*Met:* 2 Joint chairs." in text


def test_what_is_open_is_told_with_the_criterion_its_reason_and_the_step() -> None:
    text = opened(situation(executive(1, Sector.JUSTICE))).text
    assert (
        "*1 Executive support: not yet.* No committed executive with authority speaks for the health side yet." in text
    )
    assert "(P1.a)" in text
    assert "Next: Ask an executive of a health agency who can approve policy" in text


def test_other_required_criteria_of_an_open_principle_are_named() -> None:
    assert "Also not yet: P3.b, P3.c, P3.e; see `/principle 3`." in opened(situation()).text


def test_a_complete_register_reads_as_thanks_and_one_line() -> None:
    text = opened(complete()).text
    assert text.startswith("*Nothing is open*")
    assert "not yet" not in text


def test_whom_it_depends_on_is_said_beside_what_is_met_and_two_are_not_called_one() -> None:
    where = situation(executive(1, Sector.JUSTICE), executive(2, Sector.HEALTH), spanner(3))
    findings = assessed(where)
    depends = "depends on Office 1 and Office 2 (each carries a part)"
    assert f"*Met, but {depends}:* 1 Executive support.\n" in opened(where).text
    assert "*Met, but depends on Office 3:* 5 Boundary spanners." in opened(where).text
    everywhere = [
        opened(where).text,
        show_all("Group", findings).text,
        show_brief("Group", findings, "2026-12-07").text,
        show_principle(findings[0], to_cochair=True).text,
    ]
    assert all(depends in text for text in everywhere)
    assert not any("one person" in text or "rests on" in text for text in everywhere)


def test_a_principle_set_aside_says_until_when_and_why_and_is_not_called_met() -> None:
    aside = SetAside(5, "The council meets in spring", NOW + timedelta(days=30))
    text = opened(situation(set_asides=(aside,))).text
    assert "*5 Boundary spanners: set aside.* Both co-chairs set it aside until 2027-01-06: The council meets" in text


def test_an_exempt_group_reads_that_the_rule_is_its_own() -> None:
    group = replace(GROUP, exempt=True, cochairs=(SHERIFF_CHAIR,))
    text = show_all("Group", assessed(situation(group=group))).text
    assert "*2 Joint chairs: not asked of this group.*" in text
    assert "That is your rule, not the source's." in text


def test_all_six_stand_in_order_with_their_states() -> None:
    text = show_all("Group", assessed(situation(spanner(1)))).text
    assert [text.index(f"*{number} ") for number in range(1, 7)] == sorted(
        text.index(f"*{number} ") for number in range(1, 7)
    )
    assert "*5 Boundary spanners: met, but depends on Office 1.*" in text


def test_the_brief_holds_no_markup() -> None:
    for where in (situation(), complete(), situation(spanner(1))):
        text = show_brief("Group", assessed(where), "2026-12-07").text
        assert not re.search(r"[*`~<>]|(?<!\w)_|_(?!\w)", text)
        assert "2026-12-07" in text


def test_the_brief_has_a_next_step_for_each_open_principle() -> None:
    assert show_brief("Group", assessed(situation()), "2026-12-07").text.count("Next step: ") == 5


def test_one_principle_says_for_each_criterion_what_counted_what_did_not_and_whose_rule_it_is() -> None:
    where = situation(executive(1, Sector.JUSTICE), executive(2, Sector.HEALTH, status=Status.INVITED))
    text = show_principle(assessed(where)[0], to_cochair=False).text
    assert "*P1.a: not yet (required).*" in text
    assert "Counted: S1 Office 1 (Agency 1)." in text
    assert "Looked at, not counted: S2 Office 2 (Agency 2): have they committed?\n" in text
    assert "_The source:_ “secure executive support early on” (the source's word: “secure”)" in text
    assert "“decision makers with the authority to approve and implement policy recommendations”" in text
    assert "*P1.b: not yet (optional).*" in text
    assert text.count("_The source does not ask this; we suggest it._") == 2


def test_where_the_source_asks_nothing_no_strength_is_made_up() -> None:
    for where in (situation(), complete()):
        told = " ".join(show_principle(finding, to_cochair=True).text for finding in assessed(where))
        assert not re.search("source's word: “(?:restrict|including|can fail|can help|considerable variation)”", told)


def test_the_same_question_is_asked_once_of_all_whom_it_is_about() -> None:
    judges = [entry(number, category="justice_courts", name=f"Judge {number}") for number in range(1, 12)]
    text = show_criterion(assessed(situation(*judges))[2], "P3.a", to_cochair=True).text
    assert "S10 Judge 10 (Agency 10); S11 Judge 11 (Agency 11): are they an expert on privacy law?" in text
    assert text.count("are they an expert on privacy law?") == 1


def test_what_is_the_same_of_several_is_said_of_each() -> None:
    leavers = [executive(number, Sector.JUSTICE, status=Status.LEFT) for number in (1, 2)]
    text = show_principle(assessed(situation(*leavers))[0], to_cochair=True).text
    assert "S1 Office 1 (Agency 1); S2 Office 2 (Agency 2) each has left." in text


def test_a_fact_is_told_with_who_recorded_it_and_an_attestation_with_who_when_and_in_what_words() -> None:
    counsel = recorded(None, expert(9, Sector.HEALTH, jurisdiction=True), "U01DANA", datetime(2026, 3, 3, tzinfo=UTC))
    looked = said("P4.a", "looked, none found")
    findings = assessed(situation(counsel, attestations=(looked,)))
    told = show_principle(findings[2], to_cochair=False).text
    assert "Counted: S9 Office 9 (Agency 9), recorded by <@U01DANA> on Mar 3." in told
    assert "says they" not in told
    words = "“looked, none found”, said by <@U01PAT> on Dec 6."
    assert words in show_principle(findings[3], to_cochair=False).text
    assert words in show_all("Group", findings).text


def test_a_criterion_that_the_scope_leaves_out_says_so() -> None:
    assert "*P3.f: does not apply here.*" in show_principle(assessed(situation())[2], to_cochair=False).text


def test_who_declined_is_shown_to_cochairs_and_leaves_no_trace_for_others() -> None:
    finding = assessed(situation(executive(1, Sector.JUSTICE, status=Status.DECLINED)))[0]
    assert "S1 Office 1 (Agency 1) declined (co-chairs only)" in show_principle(finding, to_cochair=True).text
    assert "Office 1" not in str(show_principle(finding, to_cochair=False))
    assert "declined" not in str(show_principle(finding, to_cochair=False))
    assert "declined" not in str(show_criterion(finding, "P1.a", to_cochair=False))


def test_cochairs_are_mentioned_and_what_was_typed_is_spelt_out() -> None:
    text = show_principle(assessed(situation())[1], to_cochair=False).text
    assert "<@U01PAT>: justice" in text
    tricky = situation(spanner(1, name="A & B <!channel>"))
    text = show_principle(assessed(tricky)[4], to_cochair=False).text
    assert "A &amp; B &lt;!channel&gt;" in text


def test_long_lists_are_cut_and_say_how_many_more() -> None:
    where = situation(*(listed_group(number) for number in range(1, 31)))
    text = show_principle(assessed(where)[3], to_cochair=False).text
    assert "S8 Office 8 (Agency 8); and 22 more." in text
    assert "S30 Office 30" in show_criterion(assessed(where)[3], "P4.a", to_cochair=False).text


def test_a_text_that_would_be_too_long_names_the_command_for_the_rest() -> None:
    text = show_principle(assessed(situation(*CROWD))[0], to_cochair=True).text
    assert text.endswith("type `/principle P1.d`, or another, for one criterion.")


@pytest.mark.parametrize(
    "where",
    [
        situation(),
        complete(),
        situation(*CROWD),
        situation(executive(1, Sector.JUSTICE), expert(2, Sector.HEALTH), listed_group(3), spanner(4)),
    ],
    ids=["empty", "complete", "two hundred", "two weeks old"],
)
def test_every_answer_is_what_slack_takes(where: Situation) -> None:
    findings = assessed(where)
    answers = [opened(where), show_all("Group", findings), show_brief("Group", findings, "2026-12-07")]
    for finding in findings:
        answers.append(show_principle(finding, to_cochair=True))
        answers += [show_criterion(finding, criterion.id, to_cochair=True) for criterion in finding.criteria]
    for answer in [*answers, show_help("I did not understand <that>.")]:
        assert_sound(answer.text, answer.blocks)


def test_the_buttons_lead_on() -> None:
    assert labels(opened(situation(spanner(1), executive(2, Sector.JUSTICE))))[:3] == [
        "See all six",
        "Add someone",
        "1 Executive support",
    ]
    assert len(labels(show_all("Group", assessed(situation())))) == 8
    assert labels(show_all("Group", assessed(situation())))[-1] == "Trend"
