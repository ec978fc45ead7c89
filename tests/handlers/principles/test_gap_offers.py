"""Whoever reads of a gap is offered what they can do about it, and nothing that would be refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.gaps.choosing import open_gaps
from bot.gaps.life import GapState, LiveGap
from bot.principles.assessment import assess
from handlers.nudges.text import Beside, render_nudge, render_reminder
from handlers.principles.detail import show_criterion, show_principle
from handlers.principles.gap_text import Offered, offered_to, opened
from handlers.slack.asking import Answer
from tests.support.county import DANA, LENA, PRIYA, County
from tests.support.factories import NOW, situation

TODAY = date(2026, 12, 9)
LABELS = ("I'll take it", "Snooze", "Not ours", "Open again")


def offered(answer: Answer) -> list[str]:
    """What the buttons of an answer offer about a gap."""
    rows = [block for block in answer.blocks or [] if block["type"] == "actions"]
    return [drawn["text"]["text"] for row in rows for drawn in row["elements"] if drawn["text"]["text"] in LABELS]


@pytest.mark.parametrize(
    ("state", "reader", "is_chair", "may"),
    [
        (GapState.OPEN, "U2", False, Offered(True, False, False)),
        (GapState.OPEN, "U2", True, Offered(True, True, False)),
        (GapState.TAKEN, "U1", False, Offered(False, False, True)),
        (GapState.TAKEN, "U2", False, Offered(False, False, False)),
        (GapState.TAKEN, "U2", True, Offered(False, True, True)),
        (GapState.SNOOZED, "U2", False, Offered(True, False, False)),
        (GapState.SNOOZED, "U2", True, Offered(True, True, True)),
        (GapState.NOT_OURS, "U2", False, Offered(False, False, False)),
        (GapState.NOT_OURS, "U2", True, Offered(False, False, True)),
    ],
)
def test_each_state_offers_what_is_possible_to_who_reads(
    state: GapState, reader: str, is_chair: bool, may: Offered
) -> None:
    later = TODAY + timedelta(days=7)
    gap = LiveGap("P3.a", NOW, state, "U1" if state is GapState.TAKEN else "", later, later)
    assert offered_to(gap, reader, TODAY, is_chair=is_chair) == may


def test_what_is_overdue_may_be_taken_by_anybody() -> None:
    gap = LiveGap("P3.a", NOW, GapState.TAKEN, "U1", TODAY - timedelta(days=1))
    assert offered_to(gap, "U2", TODAY, is_chair=False).take


def test_a_member_reads_no_button_that_only_co_chairs_may_press() -> None:
    finding = assess(situation(), NOW)[2]
    assert offered(show_principle(finding, to_cochair=True)) == ["I'll take it", "Snooze", "Not ours"]
    for answer in (
        show_principle(finding, to_cochair=False),
        show_criterion(finding, "P3.a", to_cochair=False),
        opened(LiveGap("P3.a", NOW), is_chair=False),
    ):
        assert offered(answer) == ["I'll take it"]
        assert "snooze" not in str(answer.blocks)


def test_the_reminder_of_a_step_that_is_taken_does_not_offer_to_take_it() -> None:
    gap = open_gaps(assess(situation(), NOW))[0]
    taken = render_reminder(gap, "<@U1> has taken it.", Beside())
    assert "I'll take it" not in str(taken["blocks"])
    assert "/principle take" not in taken["text"]
    assert "I'll take it" in str(render_nudge(gap, Beside())["blocks"])


async def test_what_somebody_took_is_offered_to_nobody_else(county: County) -> None:
    room = await county.group()
    await room.types(PRIYA, "/principle take P5.a")
    seen = {who: await room.types(who, "/principle P5.a") for who in (PRIYA, LENA, DANA)}
    labels = {
        who: [label for label in LABELS if f'"{label}"' in str(reply.raw).replace("'", '"')]
        for who, reply in seen.items()
    }
    assert labels == {PRIYA: ["Open again"], LENA: [], DANA: ["Snooze", "Not ours", "Open again"]}
