"""When those who have not voted are reminded: a day and two hours before a ballot closes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType


class Reminder(StrEnum):
    """One of the two reminders of a closing time."""

    DAY = "day"
    HOURS = "hours"


AHEAD: Mapping[Reminder, timedelta] = MappingProxyType(
    {Reminder.DAY: timedelta(hours=24), Reminder.HOURS: timedelta(hours=2)}
)
"""How long before the closing time each is due, the first one first."""

EARLIEST = max(AHEAD.values())


def reminder_due(set_at: datetime, closes_at: datetime, now: datetime) -> Reminder | None:
    """The reminder whose turn it is at ``now``, if any, of a closing time that was set at ``set_at``; all aware.

    Only the last one whose moment has come counts, so that after downtime nobody gets two at once, and none once the
    ballot has closed. One whose moment had passed as the closing time was set is left out: all were told just then.
    """
    if now >= closes_at:
        return None
    come = [reminder for reminder, ahead in AHEAD.items() if closes_at - ahead <= now]
    if not come or closes_at - AHEAD[come[-1]] <= set_at:
        return None
    return come[-1]


def too_late(reminder: Reminder, closes_at: datetime) -> datetime:
    """The instant from which a reminder makes no sense any more: when the next one is due, or the ballot closes."""
    later = [ahead for ahead in AHEAD.values() if ahead < AHEAD[reminder]]
    return closes_at - max(later) if later else closes_at
