"""The life of a gap: which steps there are, and what the findings of a week do to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from bot.gaps.life import (
    GAP_LIFE,
    GapState,
    GapStep,
    LiveGap,
    StepImpossible,
    disown,
    follow,
    open_again,
    reopen,
    snooze,
    take,
)
from bot.groups import SetAside, Situation
from bot.principles.assessment import assess
from bot.register import Status
from tests.support.factories import GROUP, NOW, complete, listed_group, said, situation

TODAY = NOW.date()
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
OPEN = LiveGap("P5.a", NOW - 3 * WEEK)
TAKEN = take(OPEN, "U1", TODAY + DAY, NOW - WEEK)
SNOOZED = snooze(OPEN, TODAY + WEEK, NOW)
NOT_OURS = disown(OPEN, "the council keeps it", NOW)
CLOSED = replace(OPEN, state=GapState.CLOSED, closed_at=NOW - WEEK)
STEPS = {
    GapStep.TAKE: lambda gap: take(gap, "U2", TODAY, NOW),
    GapStep.SNOOZE: lambda gap: snooze(gap, TODAY + WEEK, NOW),
    GapStep.DISOWN: lambda gap: disown(gap, "why", NOW),
    GapStep.OPEN: lambda gap: open_again(gap, NOW),
    GapStep.REOPEN: lambda gap: reopen(gap, NOW),
}


def followed(where: Situation, *gaps: LiveGap, today: date = TODAY, now: datetime = NOW) -> dict[str, LiveGap]:
    """The gaps that a look changes, by criterion."""
    found = follow(assess(where, now), {gap.criterion: gap for gap in gaps}, today, now)
    return {gap.criterion: gap for gap in found}


@pytest.mark.parametrize(("gap", "step"), list(product((OPEN, TAKEN, SNOOZED, NOT_OURS, CLOSED), STEPS)))
def test_a_step_leads_where_the_table_says_or_is_refused(gap: LiveGap, step: GapStep) -> None:
    if GAP_LIFE.allows(gap.state, step):
        assert STEPS[step](gap).state is GAP_LIFE.after(step)
    else:
        with pytest.raises(StepImpossible, match=r"P5\.a is .* now, so there is nothing to"):
            STEPS[step](gap)


def test_every_state_but_the_closed_one_can_be_closed_and_only_the_closed_one_reopened() -> None:
    assert {state for state in GapState if GAP_LIFE.allows(state, GapStep.CLOSE)} == set(GapState) - {GapState.CLOSED}
    assert [state for state in GapState if GAP_LIFE.allows(state, GapStep.REOPEN)] == [GapState.CLOSED]


def test_a_step_leaves_nothing_of_the_one_before() -> None:
    taken = take(SNOOZED, "U2", TODAY + DAY, NOW)
    assert (taken.taken_by, taken.due_on, taken.snoozed_until, taken.touched_at) == ("U2", TODAY + DAY, None, NOW)
    disowned = disown(taken, "why", NOW)
    assert (disowned.taken_by, disowned.due_on, disowned.reason) == ("", None, "why")
    assert open_again(disowned, NOW) == replace(OPEN, touched_at=NOW)


def test_a_gap_reopened_is_as_new_and_remembers_how_often() -> None:
    again = reopen(replace(CLOSED, taken_by="U1", due_on=TODAY), NOW)
    assert again == LiveGap("P5.a", NOW, reopened=1)


def test_an_empty_register_opens_each_required_criterion_once() -> None:
    opened = followed(situation())
    assert list(opened) == ["P1.a", "P3.a", "P3.b", "P3.c", "P3.e", "P4.a", "P5.a", "P6.a"]
    assert {gap.opened_at for gap in opened.values()} == {NOW}
    assert followed(situation(), *opened.values()) == {}


def test_what_holds_closes_its_gap_whatever_was_done_about_it_and_who_took_it_stays_on_record() -> None:
    for gap in (OPEN, TAKEN, SNOOZED, NOT_OURS):
        closed = followed(complete(), gap)["P5.a"]
        assert (closed.state, closed.closed_at, closed.taken_by) == (GapState.CLOSED, NOW, gap.taken_by)
        assert followed(complete(), closed) == {}


def test_a_criterion_that_does_not_apply_any_more_closes_its_gap() -> None:
    opened = replace(OPEN, criterion="P3.c")
    assert followed(replace(situation(), scope=frozenset()), opened)["P3.c"].state is GapState.CLOSED


def test_a_snooze_ends_on_its_day_and_not_before() -> None:
    until = TODAY + WEEK
    assert "P5.a" not in followed(situation(), SNOOZED, today=until - DAY)
    assert followed(situation(), SNOOZED, today=until)["P5.a"] == replace(OPEN, touched_at=NOW)
    assert (SNOOZED.standing(until - DAY), SNOOZED.standing(until)) == (GapState.SNOOZED, GapState.OPEN)


def test_what_was_taken_is_overdue_after_its_day() -> None:
    due = TODAY + DAY
    assert not TAKEN.is_overdue(due)
    assert TAKEN.is_overdue(due + DAY)
    assert [TAKEN.waits(due), TAKEN.waits(due + DAY)] == [False, True]
    assert "P5.a" not in followed(situation(), TAKEN, today=due + DAY)


def test_what_is_set_aside_or_lies_with_another_group_stays_as_it_is() -> None:
    aside = SetAside(5, "for now", NOW + DAY)
    assert "P5.a" not in followed(situation(set_asides=(aside,)), TAKEN)
    other = replace(GROUP, channel_id="C0999", cochairs=())
    assert followed(replace(complete(), groups=(GROUP, other))) == {}


def test_an_attestation_that_lapses_reopens_its_gap() -> None:
    where = replace(
        complete(),
        stakeholders=tuple(each for each in complete().stakeholders if each.number != 7),
        attestations=(said("P4.a", "looked, none found", 179),),
    )
    closed = followed(where, replace(OPEN, criterion="P4.a"))["P4.a"]
    assert closed.state is GapState.CLOSED
    again = followed(where, closed, now=NOW + 2 * DAY)["P4.a"]
    assert (again.state, again.reopened, again.opened_at) == (GapState.OPEN, 1, NOW + 2 * DAY)


def test_a_set_aside_that_ends_opens_the_gap_behind_it() -> None:
    where = situation(set_asides=(SetAside(5, "for now", NOW + DAY),))
    assert "P5.a" not in followed(where)
    assert followed(where, now=NOW + 2 * DAY)["P5.a"].state is GapState.OPEN


def test_a_person_who_leaves_reopens_the_gap() -> None:
    gone = tuple(
        replace(each, status=Status.LEFT) if each.number in (8, 9) else each for each in complete().stakeholders
    )
    assert list(followed(replace(complete(), stakeholders=gone), CLOSED)) == ["P5.a"]


def test_a_group_asked_nothing_yet_opens_that_gap_too() -> None:
    assert "P4.b" in followed(situation(listed_group(1)))
