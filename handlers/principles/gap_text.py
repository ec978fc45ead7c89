"""How the life of a gap is told: how it stands, what was done, and the buttons for it. Pure: values to words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from slackblocks import Button

from bot.gaps.choosing import open_gaps
from bot.gaps.life import SNOOZES, GapState, LiveGap
from bot.principles.assessment import PrincipleFinding
from handlers.principles.words import safe
from handlers.slack.asking import Answer
from handlers.slack.blocks import button, buttons, choice_field, context, modal, section, text_field
from handlers.slack.times import day_ahead, spoken_date

TAKE = "gap.take"
SNOOZE = "gap.snooze"
NOT_OURS = "gap.not_ours"
OPEN = "gap.open"

WEEKS, REASON = "weeks", "reason"
"""The ``block_id`` of the field in each modal."""

STILL_NOT_MET = "That makes nothing met; it keeps the nudge from asking this group."


def spoken_until(day: date, today: date) -> str:
    """A day to come, as people say it: with its year only where that is another one."""
    words = spoken_date(day)
    return words.removesuffix(f" {day.year}") if day.year == today.year else words


def standing_words(gap: LiveGap, today: date, *, names: bool = True) -> str:
    """How a gap stands, such as "taken by <@U1>, until Friday 18 December"; empty where it is simply open."""
    by = f" by <@{gap.taken_by}>" if names else ""
    meant = "who meant to have it" if names else "and was meant to be done"
    match gap.standing(today):
        case GapState.TAKEN if gap.is_overdue(today):
            return f"taken{by}, {meant} by {_day(gap.due_on, today)}"
        case GapState.TAKEN:
            return f"taken{by}, until {_day(gap.due_on, today)}"
        case GapState.SNOOZED:
            return f"snoozed until {_day(gap.snoozed_until, today)}"
        case GapState.NOT_OURS:
            return f"not ours, this group says: {safe(gap.reason)}"
    return ""


def notes(
    findings: Iterable[PrincipleFinding], gaps: Iterable[LiveGap], today: date, *, names: bool = True
) -> dict[str, str]:
    """What is being done about each gap that is open now, by criterion; nothing for those that wait for someone."""
    live = {gap.criterion: gap for gap in gaps}
    open_now = [gap.criterion_id for gap in open_gaps(findings) if gap.criterion_id in live]
    told = {criterion: standing_words(live[criterion], today, names=names) for criterion in open_now}
    return {criterion: words for criterion, words in told.items() if words}


def gap_buttons(criterion: str, *, rests: bool = False) -> list[Button]:
    """The buttons for a gap; ``rests`` where it is taken, snoozed or not ours, and can be opened again."""
    again = [button("Open again", OPEN, criterion, spoken=f"Open {criterion} again")] if rests else []
    return [
        button("I'll take it", TAKE, criterion, spoken=f"I'll take it: {criterion}"),
        button("Snooze", SNOOZE, criterion, spoken=f"Snooze {criterion}"),
        button("Not ours", NOT_OURS, criterion, spoken=f"Not ours: {criterion}"),
        *again,
    ]


def taken(gap: LiveGap, today: date) -> Answer:
    """That the asker took it."""
    criterion = gap.criterion
    words = (
        f"Thank you. {criterion} is yours until {_day(gap.due_on, today)}; until then the nudge asks nobody for it. "
        f"Another day: `/principle take {criterion} until {day_ahead(today)}`. "
        f"To give it back: `/principle open {criterion}`."
    )
    return _confirmed(words, criterion, "Give it back")


def snoozed(gap: LiveGap, today: date) -> Answer:
    """That the nudge leaves it alone for a while."""
    until = _day(gap.snoozed_until, today)
    words = f"Snoozed: the nudge leaves {gap.criterion} alone until {until}. Sooner: `/principle open {gap.criterion}`."
    return _confirmed(words, gap.criterion, "Open again")


def disowned(gap: LiveGap) -> Answer:
    """That it is not this group's."""
    criterion = gap.criterion
    words = f"Noted: {criterion} is not yours. {STILL_NOT_MET} To take it up again: `/principle open {criterion}`."
    return _confirmed(words, criterion, "Open again")


def opened(gap: LiveGap) -> Answer:
    """That it waits for someone again."""
    words = f"{gap.criterion} is open again. Who wants it types `/principle take {gap.criterion}`."
    return Answer(words, [section(words), buttons(gap_buttons(gap.criterion))])


def snooze_modal(channel_id: str, criterion: str, rule: str) -> dict[str, Any]:
    """The choice of how long to leave a gap alone."""
    weeks = [(str(count), "1 week" if count == 1 else f"{count} weeks") for count in SNOOZES]
    blocks = [context(f"{criterion}: {safe(rule)}"), choice_field(WEEKS, "Snooze for", weeks, initial=weeks[0][0])]
    return modal("Snooze a gap", blocks, SNOOZE, submit="Snooze", metadata=_metadata(channel_id, criterion))


def not_ours_modal(channel_id: str, criterion: str, rule: str) -> dict[str, Any]:
    """The question why a gap is not this group's."""
    hint = f"{STILL_NOT_MET} Everyone in this channel can see the reason."
    blocks = [context(f"{criterion}: {safe(rule)}"), text_field(REASON, "Reason", hint=hint)]
    return modal("Not ours", blocks, NOT_OURS, submit="Not ours", metadata=_metadata(channel_id, criterion))


def typed_forms(verb: str, criterion: str) -> str:
    """What can be typed instead of a modal."""
    forms: Mapping[str, str] = {
        "snooze": f"To snooze by typing, with 1, 2 or 4 weeks: `/principle snooze {criterion} 2`",
        "not-ours": f"To say so by typing: `/principle not-ours {criterion} | reason`",
    }
    return forms[verb]


def _confirmed(words: str, criterion: str, label: str) -> Answer:
    return Answer(words, [section(words), buttons([button(label, OPEN, criterion, spoken=f"{label}: {criterion}")])])


def _metadata(channel_id: str, criterion: str) -> str:
    return json.dumps({"channel": channel_id, "value": criterion})


def _day(day: date | None, today: date) -> str:
    return spoken_until(day, today) if day else "further notice"
