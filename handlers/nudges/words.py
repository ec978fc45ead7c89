"""What a nudge says beside its gap: what is new, who is at it; and the private word after long silence. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.gaps.life import LiveGap
from bot.gaps.week import UNANSWERED_WEEKS, News
from bot.words import joined
from handlers.principles.words import safe, spoken_until
from handlers.slack.times import MONTHS, day_ahead

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NOTHING_NEW = "nothing new yet"
MOST_NEWS = 3
"""How many things a nudge tells of; more would bury its one next step."""


def news_words(news: News | None, zone: str) -> str:
    """What is new in one short sentence, such as "Since the last nudge: principle 4 is met; two people were added.";
    empty where there was no week before. ``zone`` is the group's."""
    if news is None:
        return ""
    local = news.since.astimezone(ZoneInfo(zone)).date()
    since = "the last nudge" if news.since_nudge else f"{local.day} {MONTHS[local.month - 1]}"
    return f"Since {since}: {'; '.join(_news(news)[:MOST_NEWS]) or NOTHING_NEW}."


def _news(news: News) -> list[str]:
    told = [
        _are(news.met, "met"),
        _are(news.lapsed, "open again"),
        _are(news.resumed, "taken up again"),
        _are(news.aside, "set aside"),
        _together(news.closed, "is settled", "are settled"),
        _added(news),
    ]
    return [words for words in told if words]


def taken_words(taken: LiveGap, today: date) -> str:
    """Who has taken a gap, and until when; where that day has passed, in few words: the step is asked again."""
    day = spoken_until(taken.due_on or today, today)
    if taken.is_overdue(today):
        return f"<@{taken.taken_by}> took it until {day}."
    return f"<@{taken.taken_by}> has taken it, until {day}. Thank you!"


def unanswered(channel_id: str, group_name: str, criterion: str, today: date) -> dict[str, Any]:
    """The private word to a co-chair after nudges that nobody answered; ``criterion`` is an open one."""
    weeks = NUMBERS[UNANSWERED_WEEKS]
    text = (
        f"The last {weeks} nudges for {safe(group_name)} in <#{channel_id}> got no answer: no step was taken or "
        "snoozed, and nobody was added. That happens. The channel gets no more than its weekly nudge, and while it "
        "stays silent I will not write to you about it again.\n"
        f"What may help there: ask one person to take a step (they type `/principle take {criterion}`), leave one "
        f"alone for a while (`/principle snooze {criterion} 4`), another day (`/workgroup nudge thursday 9:00`), or a "
        f"break (`/workgroup nudge pause until {day_ahead(today)}`). Which steps are open: `/principle`."
    )
    return {"text": text}


def _are(numbers: Sequence[int], what: str) -> str:
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"principle {numbers[0]} is {what}"
    return f"principles {joined(map(str, numbers))} are {what}"


def _together(words: Sequence[str], one: str, many: str) -> str:
    return f"{joined(words)} {one if len(words) == 1 else many}" if words else ""


def _added(news: News) -> str:
    if not news.added:
        return ""
    count = NUMBERS[news.added] if news.added < len(NUMBERS) else str(news.added)
    one, many = ("person was", "people were") if news.only_people else ("entry was", "entries were")
    return f"{count} {one if news.added == 1 else many} added"
