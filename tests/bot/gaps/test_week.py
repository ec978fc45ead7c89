"""What a week's nudge is about, what is new, and when the co-chairs hear that nobody answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.gaps.choosing import Asking, Topic, choose, open_gaps
from bot.gaps.life import LiveGap, disown, snooze, take
from bot.gaps.week import (
    News,
    Said,
    Snapshot,
    Week,
    is_long_unanswered,
    news_since,
    review_week,
    said_by,
    snapshot,
)
from bot.groups import SetAside, Situation
from bot.principles.assessment import PrincipleState, assess
from bot.register import Sector, Status
from tests.support.factories import NOW, complete, consumer_seat, executive, listed_group, said, situation, spanner

TODAY = NOW.date()
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def opened(where: Situation, weeks_ago: int = 0) -> dict[str, LiveGap]:
    """Each gap of a register, opened some weeks ago."""
    gaps = open_gaps(assess(where, NOW))
    return {gap.criterion_id: LiveGap(gap.criterion_id, NOW - weeks_ago * WEEK) for gap in gaps}


def chosen(where: Situation, live: dict[str, LiveGap], recent: Sequence[int] = ()) -> Topic:
    """What the nudge of today is about."""
    return choose(assess(where, NOW), live, recent, TODAY)


def shot(where: Situation, said: Said = Said.ASKED, unanswered: int = 0, weeks_ago: int = 1) -> Snapshot:
    """How a situation stood some weeks ago."""
    then = NOW - weeks_ago * WEEK
    taken = snapshot("2026-W49", where, assess(where, NOW), None, said, answered=False, now=then)
    return replace(taken, unanswered=unanswered)


def looked(where: Situation, last: Snapshot | None, **live: LiveGap) -> Week:
    """A look at a situation today."""
    gaps = opened(where, 1) | {gap.criterion: gap for gap in live.values()}
    return review_week(where, assess(where, NOW), gaps, last, (1,), TODAY, NOW)


def test_the_gap_that_has_waited_longest_comes_first() -> None:
    live = opened(situation(), 1)
    live["P5.a"] = replace(live["P5.a"], opened_at=NOW - 4 * WEEK)
    choice = chosen(situation(), live)
    assert (choice.asking, choice.gap and choice.gap.criterion_id) == (Asking.ASK, "P5.a")


def test_a_new_gap_does_not_push_in_before_one_that_waits_for_its_turn_again() -> None:
    live = opened(situation(), 20)
    live["P5.a"] = replace(live["P5.a"], opened_at=NOW)
    choice = chosen(situation(), live, (6, 6, 4, 4, 3, 3, 1, 1))
    assert choice.gap is not None
    assert choice.gap.principle == 1


@pytest.mark.parametrize("zone_hours", [-12, 0, 14])
def test_turns_are_counted_in_weeks_whatever_the_hour_of_the_first_look(zone_hours: int) -> None:
    hours = timedelta(hours=zone_hours)
    live = {key: replace(gap, opened_at=gap.opened_at + hours) for key, gap in opened(situation(), 4).items()}
    choice = chosen(situation(), live, (3, 3, 1, 1))
    assert choice.gap is not None
    assert choice.gap.principle == 4


def test_a_taken_gap_gives_way_to_the_next_of_its_principle_and_comes_back_when_it_is_overdue() -> None:
    live = opened(situation(), 2)
    live["P1.a"] = take(live["P1.a"], "U1", TODAY, NOW)
    live["P3.a"] = take(live["P3.a"], "U1", TODAY, NOW)
    choice = chosen(situation(), live)
    assert (choice.gap and choice.gap.criterion_id, choice.taken) == ("P3.b", None)
    overdue = choose(assess(situation(), NOW), live, (), TODAY + DAY)
    assert (overdue.asking, overdue.gap and overdue.gap.criterion_id, overdue.taken) == (
        Asking.ASK,
        "P1.a",
        live["P1.a"],
    )


def test_where_only_taken_gaps_are_left_it_reminds_of_one_and_else_rests() -> None:
    where = replace(
        complete(), stakeholders=tuple(each for each in complete().stakeholders if each.number not in (8, 9, 10, 11))
    )
    gaps = opened(where, 2)
    assert list(gaps) == ["P5.a", "P6.a"]
    gaps["P6.a"] = disown(gaps["P6.a"], "the council does it", NOW)
    gaps["P5.a"] = take(gaps["P5.a"], "U1", TODAY + WEEK, NOW)
    reminder = chosen(where, gaps)
    assert (reminder.asking, reminder.taken) == (Asking.REMIND, gaps["P5.a"])
    gaps["P5.a"] = snooze(gaps["P5.a"], TODAY + DAY, NOW)
    assert chosen(where, gaps) == Topic(Asking.REST)
    woken = choose(assess(where, NOW), gaps, (), TODAY + DAY)
    assert (woken.asking, woken.gap and woken.gap.criterion_id) == (Asking.ASK, "P5.a")
    assert chosen(complete(), {}) == Topic(Asking.NOTHING)


def test_what_only_strengthens_is_never_nudged_about() -> None:
    findings = assess(complete(), NOW)
    assert any(each.holds is False for finding in findings for each in finding.criteria)
    assert open_gaps(findings) == ()


ONE = (executive(1, Sector.JUSTICE),)


def news_of(before: Situation, after: Situation, *closed: str) -> News:
    """What is new in ``after``."""
    return news_since(shot(before), after, assess(after, NOW), closed)


def test_what_is_new_is_told_by_principles_and_by_who_was_added() -> None:
    nominated = consumer_seat(4, status=Status.NOMINATED)
    news = news_of(situation(*ONE), situation(*ONE, spanner(2), spanner(3), nominated))
    assert news == News(NOW - WEEK, True, met=(5,), added=2)


def test_seats_and_groups_are_no_people() -> None:
    news = news_of(situation(*ONE), situation(*ONE, listed_group(2), consumer_seat(3)))
    assert (news.added, news.only_people, news.met) == (2, False, (6,))


def test_what_lapsed_was_set_aside_or_taken_up_again_is_told_apart() -> None:
    aside = SetAside(3, "for now", NOW + DAY)
    assert news_of(complete(), replace(complete(), stakeholders=())).lapsed == (1, 3, 4, 5, 6)
    assert news_of(situation(), situation(set_asides=(aside,))).aside == (3,)
    ended = replace(aside, until=NOW - DAY)
    assert news_since(
        replace(shot(situation()), states=tuple(PrincipleState.NOT_APPLICABLE for _ in range(6))),
        situation(set_asides=(ended,)),
        assess(situation(set_asides=(ended,)), NOW),
    ).resumed == (1, 3, 4, 5, 6)


def test_a_principle_that_becomes_thin_or_fuller_is_no_news() -> None:
    thin = replace(complete(), stakeholders=tuple(each for each in complete().stakeholders if each.number != 11))
    assert news_of(complete(), thin) == news_of(thin, thin) == News(NOW - WEEK, True)


def test_a_criterion_that_is_settled_is_told_where_its_principle_still_stands_as_it_did() -> None:
    where = situation(*ONE, listed_group(2))
    assert news_of(where, where, "P4.a").closed == ("P4.a",)
    assert news_of(situation(), situation(spanner(1)), "P5.a").closed == ()


def test_after_a_week_without_a_nudge_the_day_is_named() -> None:
    silent = shot(complete(), Said.NOTHING)
    assert news_since(silent, complete(), assess(complete(), NOW)).since_nudge is False


def test_the_first_week_has_no_news_and_no_stretch() -> None:
    week = looked(situation(), None)
    taken = snapshot("2026-W50", situation(), assess(situation(), NOW), None, Said.ASKED, answered=False, now=NOW)
    assert (week.news, week.answered, taken.unanswered) == (None, False, 0)


@pytest.mark.parametrize(
    ("after", "answered"),
    [
        (situation(*ONE), False),
        (situation(*ONE, spanner(2)), True),
        (situation(*ONE, spanner(2, status=Status.NOMINATED)), True),
        (situation(replace(ONE[0], status=Status.LEFT)), True),
        (situation(*ONE, set_asides=(SetAside(3, "for now", NOW + DAY),)), True),
        (situation(*ONE, attestations=(said("P4.a", "looked, none found"),)), True),
    ],
)
def test_an_addition_or_a_change_of_state_answers_a_nudge(after: Situation, answered: bool) -> None:
    assert looked(after, shot(situation(*ONE))).answered is answered


def test_a_step_that_a_person_took_answers_a_nudge_and_one_before_it_does_not() -> None:
    gap = LiveGap("P5.a", NOW - 3 * WEEK)
    late, early = take(gap, "U1", TODAY, NOW - DAY), take(gap, "U1", TODAY, NOW - 8 * DAY)
    assert looked(situation(), shot(situation()), gap=late).answered
    assert not looked(situation(), shot(situation()), gap=early).answered


def stretch(*weeks: tuple[Said, bool]) -> list[tuple[int, bool]]:
    """For each week what its nudge said and whether the one before was answered: the count, and whether to tell."""
    found, last = [], None
    for said_then, answered in weeks:
        now = snapshot("2026-W50", situation(), assess(situation(), NOW), last, said_then, answered=answered, now=NOW)
        found.append((now.unanswered, is_long_unanswered(last, now)))
        last = now
    return found


def test_the_cochairs_hear_once_after_three_nudges_running_without_an_answer() -> None:
    quiet = (Said.ASKED, False)
    assert stretch(*[quiet] * 6) == [(0, False), (1, False), (2, False), (3, True), (4, False), (5, False)]


def test_an_answer_begins_a_new_stretch() -> None:
    quiet, answered = (Said.ASKED, False), (Said.ASKED, True)
    counts = stretch(quiet, quiet, quiet, answered, quiet, quiet, quiet)
    assert counts == [(0, False), (1, False), (2, False), (0, False), (1, False), (2, False), (3, True)]


def test_a_week_whose_nudge_was_dropped_neither_counts_nor_ends_a_stretch() -> None:
    quiet, dropped = (Said.ASKED, False), (Said.NOTHING, False)
    assert [count for count, _ in stretch(quiet, quiet, dropped, quiet, quiet)] == [0, 1, 2, 2, 3]


@pytest.mark.parametrize("weeks_without", [1, 2])
def test_where_the_week_to_tell_them_had_no_nudge_the_cochairs_hear_in_the_next_that_has_one(
    weeks_without: int,
) -> None:
    asked, none = (Said.ASKED, False), (Said.NOTHING, False)
    told = [each for _, each in stretch(*[asked] * 3, *[none] * weeks_without, *[asked] * 3)]
    assert told == [False] * 3 + [False] * weeks_without + [True, False, False]


def test_where_they_heard_already_a_week_without_a_nudge_does_not_tell_them_again() -> None:
    asked, none = (Said.ASKED, False), (Said.NOTHING, False)
    told = [each for _, each in stretch(*[asked] * 4, none, asked, none, asked)]
    assert told == [False] * 3 + [True] + [False] * 4


def test_a_look_stores_what_it_changed_and_chooses_by_what_it_found() -> None:
    week = review_week(situation(), assess(situation(), NOW), {}, None, (), TODAY, NOW)
    assert [gap.criterion for gap in week.changes] == list(opened(situation()))
    assert (week.topic.asking, said_by(week.topic, posted=True)) == (Asking.ASK, Said.ASKED)


@pytest.mark.parametrize(
    ("asking", "posted", "said_then"),
    [
        (Asking.ASK, True, Said.ASKED),
        (Asking.REMIND, True, Said.REMINDED),
        (Asking.NOTHING, True, Said.ALL_WELL),
        (Asking.ASK, False, Said.NOTHING),
    ],
)
def test_what_a_nudge_did_is_kept_for_the_next(asking: Asking, posted: bool, said_then: Said) -> None:
    assert said_by(Topic(asking), posted=posted) is said_then


def test_a_snapshot_holds_who_counts_and_how_many_there_are() -> None:
    where = situation(*ONE, spanner(2, status=Status.DECLINED))
    taken = shot(where)
    assert (taken.counting, taken.entries) == ((1,), 2)
    assert taken.states == tuple(finding.state for finding in assess(where, NOW))
