"""Whom the suggestion asks about before it proposes to invite others, and why of equals it takes one."""

from __future__ import annotations

from dataclasses import replace

from bot.register import Sector, Status
from tests.bot.suggestion.test_suggestion import suggested, unfilled
from tests.support.factories import GROUP, SHERIFF_CHAIR, consumer_seat, entry, executive, expert, listed_group

JUSTICE, HEALTH, INVITED = Sector.JUSTICE, Sector.HEALTH, Status.INVITED


def test_of_equals_it_is_said_why_one_was_taken() -> None:
    listed_first = suggested(consumer_seat(1, status=INVITED), consumer_seat(2, status=INVITED)).picks[0]
    assert listed_first.choice_words == "S2 would do as well; S1 was listed first."
    alone = suggested(consumer_seat(1, status=INVITED)).picks[0]
    assert alone.choice_words == ""
    many = suggested(*(consumer_seat(number, status=INVITED) for number in range(1, 8))).picks[0]
    assert many.choice_words == "S2, S3, S4 and 3 others would do as well; S1 was listed first."


def test_of_equals_the_one_who_strengthens_more_is_taken_and_it_is_said() -> None:
    plain = executive(1, HEALTH, status=INVITED)
    stronger = executive(2, HEALTH, status=INVITED, exchange=True)
    picks = suggested(executive(3, JUSTICE), plain, stronger).picks
    assert [pick.number for pick in picks] == [2]
    assert picks[0].choice_words == "S1 would do as well; S2 strengthens more."


def test_existing_groups_are_asked_and_nobody_is_invited_for_their_earlier_sharing() -> None:
    gap = unfilled(suggested(listed_group(1, name="Reentry Council")), "P4.b")
    assert gap.categories == ()
    assert gap.ask.startswith("Ask Reentry Council (Agency 1): has it shared data before?")


def test_somebody_seated_is_asked_to_share_the_chair_before_anybody_is_invited() -> None:
    group = replace(GROUP, cochairs=(SHERIFF_CHAIR,))
    gap = unfilled(suggested(entry(1, name="Dr. Flores", sector=HEALTH), group=group), "P2.a")
    assert gap.ask.startswith("Ask Dr. Flores (Agency 1), who has committed, to share the chair")
    assert gap.categories == ()


def test_an_expert_who_is_listed_is_asked_which_laws_they_can_advise_on() -> None:
    gap = unfilled(suggested(expert(1, HEALTH, jurisdiction=True)), "P3.b")
    assert (gap.ask.startswith("Ask Office 1 (Agency 1) which laws"), gap.categories) == (True, ())


def test_a_question_about_a_title_alone_leaves_others_worth_considering() -> None:
    gap = unfilled(suggested(entry(1, category="justice_courts", name="Judge Ames")), "P3.a")
    assert gap.ask.startswith("Ask Judge Ames (Agency 1)")
    assert gap.categories == ("legal",)
