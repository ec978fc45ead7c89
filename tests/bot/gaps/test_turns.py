"""Over many weeks, whatever people do about the gaps, each nudge keeps to the rule on whose turn it is."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gaps.choosing import Asking, choose, open_gaps
from bot.gaps.life import GapState, LiveGap, disown, follow, open_again, snooze, take
from bot.principles.assessment import assess
from tests.support.factories import NOW, situation

WEEK = timedelta(weeks=1)
FINDINGS = assess(situation(), NOW)
IDS = [gap.criterion_id for gap in open_gaps(FINDINGS)]
ACTS = st.tuples(st.sampled_from(IDS), st.sampled_from(("take", "snooze", "disown", "open")), st.integers(1, 4))
YEAR = st.lists(st.lists(ACTS, max_size=4), min_size=12, max_size=30)


def acted(gap: LiveGap, act: str, weeks: int, today: date) -> LiveGap:
    """What somebody did about a gap, where that was possible."""
    if act == "open":
        return gap if gap.state is GapState.OPEN else open_again(gap, NOW)
    if gap.state is GapState.NOT_OURS:
        return gap
    until = today + weeks * WEEK
    return {
        "take": lambda: take(gap, "U1", until, NOW),
        "snooze": lambda: snooze(gap, until, NOW),
        "disown": lambda: disown(gap, "why", NOW),
    }[act]()


@settings(deadline=None, max_examples=150)
@given(YEAR)
def test_each_week_the_nudge_keeps_to_the_rule(year: list[list[tuple[str, str, int]]]) -> None:
    live: dict[str, LiveGap] = {}
    recent: list[int] = []
    for week, acts in enumerate(year):
        now = NOW + week * WEEK
        today = now.date()
        live |= {gap.criterion: gap for gap in follow(FINDINGS, live, today, now)}
        for criterion, act, weeks in acts:
            live[criterion] = acted(live[criterion], act, weeks, today)
        waiting = {gap.principle for gap in live.values() if gap.waits(today)}
        taken = {gap.principle for gap in live.values() if gap.state is GapState.TAKEN and not gap.waits(today)}
        choice = choose(FINDINGS, live, recent, today)
        if waiting:
            assert choice.asking is Asking.ASK
            assert choice.gap is not None
            assert live[choice.gap.criterion_id].waits(today)
            if len(waiting) > 1:
                assert [choice.gap.principle] * 2 != recent[:2]
        else:
            assert choice.asking is (Asking.REMIND if taken else Asking.REST)
        if choice.gap:
            recent.insert(0, choice.gap.principle)


def test_where_nobody_does_anything_each_principle_has_its_two_weeks_in_turn() -> None:
    live: dict[str, LiveGap] = {}
    recent: list[int] = []
    for week in range(20):
        now = NOW + week * WEEK
        live |= {gap.criterion: gap for gap in follow(FINDINGS, live, now.date(), now)}
        choice = choose(FINDINGS, live, recent, now.date())
        assert choice.gap is not None
        recent.insert(0, choice.gap.principle)
    assert recent[::-1] == [1, 1, 3, 3, 4, 4, 5, 5, 6, 6] * 2
