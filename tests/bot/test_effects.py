"""What a change of the register did to the principles, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from bot.effects import Effects, effects
from bot.groups import Situation
from bot.principles.assessment import assess
from bot.register import Law, PriorSharing, Sector, Status
from tests.support.factories import (
    NOW,
    complete,
    consumer_seat,
    entry,
    executive,
    expert,
    listed_group,
    situation,
    spanner,
)

LAWS = (Law.HIPAA, Law.STATE_MENTAL_HEALTH, Law.PART2, Law.STATE_SUBSTANCE_USE)


def change(before: Situation, after: Situation, concerned: Iterable[int] = ()) -> Effects:
    return effects(assess(before, NOW), assess(after, NOW), concerned)


def test_nothing_is_said_where_nothing_changed() -> None:
    assert change(situation(entry(1)), situation(entry(1))) == Effects()


def test_a_principle_that_is_met_by_one_person_is_said_to_rest_on_them() -> None:
    told = change(situation(), situation(expert(3, Sector.HEALTH, *LAWS)))
    assert told.changes == ("Principle 3 is now met, but depends on Office 3.",)


def test_a_principle_that_rests_on_two_names_both() -> None:
    one = executive(1, Sector.JUSTICE)
    told = change(situation(one), situation(one, executive(2, Sector.HEALTH)))
    assert told.changes == ("Principle 1 is now met, but depends on Office 1 and Office 2 (each carries a part).",)


def test_a_principle_that_is_met_no_more_says_why() -> None:
    told = change(situation(consumer_seat(1)), situation(consumer_seat(1, status=Status.LEFT)))
    assert told.changes[0].startswith("Principle 6 is now not met yet. The consumer community has no filled seat")


def test_a_principle_that_stands_firmer_is_said_to_be_met() -> None:
    one = consumer_seat(1)
    assert change(situation(one), situation(one, consumer_seat(2))).changes == (
        "Principle 6 is met, and depends on nobody alone any more.",
    )


def test_a_criterion_that_holds_now_is_told_with_what_the_principle_still_needs() -> None:
    told = change(situation(), situation(listed_group(1)))
    assert told.changes[0] == "P4.a is met now: An existing interagency group is listed."
    assert told.changes[1].startswith("Principle 4 is not met yet. Next: ")
    assert "prior-sharing" in told.changes[1]


def test_a_strengthening_criterion_that_fails_again_is_told_without_a_next_step() -> None:
    first, second = spanner(1), spanner(2, sector=Sector.HEALTH, status=Status.IDENTIFIED)
    committed = spanner(1, status=Status.COMMITTED)
    told = change(situation(committed, second), situation(first, second))
    assert told.changes == ("P5.c is not met any more: No boundary spanner has committed yet.",)


def test_what_a_principle_still_needs_is_kept_for_where_nothing_changed() -> None:
    told = change(situation(), situation(entry(1)), concerned=(3, 5))
    assert told.changes == ()
    assert len(told.open_ones) == 1
    assert told.open_ones[0].startswith("Principle 3 is not met yet. Next: ")


def test_a_principle_that_is_met_needs_nothing() -> None:
    assert change(complete(), complete(), concerned=range(1, 7)).open_ones == ()


def test_an_unanswered_question_that_is_answered_changes_the_principle() -> None:
    told = change(situation(listed_group(1)), situation(listed_group(1, prior_sharing=PriorSharing.NO)))
    assert told.changes == ("Principle 4 is now met.",)
