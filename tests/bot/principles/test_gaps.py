"""Which gap the weekly nudge speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.checklist import checklist
from bot.gaps.choosing import Gap, choose, open_gaps
from bot.groups import SetAside, Situation
from bot.principles.assessment import PrincipleFinding, PrincipleState, assess
from bot.register import Sector, Status
from tests.support.factories import GROUP, NOW, complete, executive, principle, situation


def gap_for_nudge(findings: Sequence[PrincipleFinding], recent: Sequence[int] = ()) -> Gap | None:
    """The gap of the next nudge where nobody has done anything about any, and nobody knows when they opened."""
    return choose(findings, {}, recent, NOW.date()).gap


def test_an_empty_register_is_nudged_about_its_first_principle() -> None:
    gap = gap_for_nudge(assess(situation(), NOW))
    assert gap is not None
    assert (gap.principle, gap.criterion_id) == (1, "P1.a")
    assert gap.title == "Establish leadership and secure executive support early on"
    assert gap.because == "No committed executive with authority speaks for either side yet."
    assert "`/stakeholder add NAME | ORGANIZATION | CATEGORY" in gap.next_step
    assert set(gap.categories) <= {each.id for each in checklist()}


def test_nothing_is_said_when_all_is_met() -> None:
    assert gap_for_nudge(assess(complete(), NOW)) is None


def test_a_thin_principle_is_no_gap() -> None:
    thin = replace(complete(), stakeholders=tuple(each for each in complete().stakeholders if each.number != 11))
    assert gap_for_nudge(assess(thin, NOW)) is None


def test_what_was_set_aside_or_exempt_is_no_gap() -> None:
    asides = tuple(SetAside(number, "for now", NOW + timedelta(days=1)) for number in (1, 3, 4, 5))
    bare = replace(GROUP, cochairs=(), exempt=True)
    where = situation(group=bare, set_asides=asides)
    assert [gap.principle for gap in open_gaps(assess(where, NOW))] == [6]


def test_what_only_another_group_can_do_is_no_gap_here() -> None:
    other = replace(GROUP, channel_id="C0999", cochairs=())
    here = replace(complete(), groups=(GROUP, other))
    assert principle(2, here).state is PrincipleState.NOT_YET
    assert gap_for_nudge(assess(here, NOW)) is None
    there = replace(here, group=other)
    assert [gap.principle for gap in open_gaps(assess(there, NOW))] == [2]


@pytest.mark.parametrize(
    ("recent", "number"),
    [
        ((), 1),
        ((1,), 1),
        ((1, 1), 3),
        ((1, 3), 1),
        ((3, 1, 1), 3),
        ((3, 3, 1, 1), 4),
        ((4, 4, 3, 3, 1, 1), 5),
        ((6, 6, 5, 5, 4, 4, 3, 3, 1, 1), 1),
        ((3, 3), 1),
    ],
)
def test_a_gap_named_two_weeks_running_gives_way_to_what_waited_longest(recent: tuple[int, ...], number: int) -> None:
    gap = gap_for_nudge(assess(situation(), NOW), recent)
    assert gap is not None
    assert gap.principle == number


def test_the_only_open_gap_is_named_again() -> None:
    where = replace(complete(), group=replace(GROUP, cochairs=()), groups=())
    gap = gap_for_nudge(assess(where, NOW), (2, 2))
    assert gap is not None
    assert gap.principle == 2


def declined(where: Situation) -> Situation:
    """The same situation with a health executive who declined."""
    director = executive(2, Sector.HEALTH, status=Status.DECLINED, name="Dana Moe")
    return replace(where, stakeholders=(*where.stakeholders, director))


def test_a_gap_names_nobody_and_says_nothing_of_who_declined() -> None:
    where = situation(executive(1, Sector.JUSTICE, name="Alex Poe"))
    gap = gap_for_nudge(assess(where, NOW))
    assert gap == gap_for_nudge(assess(declined(where), NOW))
    assert not any(name in str(gap) for name in ("Alex Poe", "Dana Moe", "declined"))
