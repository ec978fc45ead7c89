"""When a reminder is due: 24 hours and 2 hours before closing, never late, never twice at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.ballots.reminders import Reminder, reminder_due, too_late

CLOSES = datetime(2026, 12, 8, 22, 0, tzinfo=UTC)


def before(hours: float) -> datetime:
    """So many hours before the closing time."""
    return CLOSES - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("set_hours_before", "now_hours_before", "due"),
    [
        (168, 24.01, None),
        (168, 24, Reminder.DAY),
        (168, 10, Reminder.DAY),
        (168, 2.01, Reminder.DAY),
        (168, 2, Reminder.HOURS),
        (168, 0.1, Reminder.HOURS),
        (168, 0, None),
        (168, -1, None),
        (24, 20, None),
        (24, 2, Reminder.HOURS),
        (20, 19, None),
        (20, 1, Reminder.HOURS),
        (2, 1, None),
        (1, 0.5, None),
    ],
)
def test_a_reminder_is_due(set_hours_before: float, now_hours_before: float, due: Reminder | None) -> None:
    assert reminder_due(before(set_hours_before), CLOSES, before(now_hours_before)) == due


def test_a_reminder_makes_sense_until_the_next_one_or_the_end() -> None:
    assert too_late(Reminder.DAY, CLOSES) == before(2)
    assert too_late(Reminder.HOURS, CLOSES) == CLOSES
