"""What was done about a gap in words, the buttons for it, and the modals that ask for more. Pure: values to words."""

from __future__ import annotations

from datetime import date
from typing import Any

from slackblocks import Button

from bot.gaps.life import SNOOZES, LiveGap
from handlers.principles.words import until_words
from handlers.slack.asking import Answer
from handlers.slack.blocks import button, buttons, choice_field, context, modal, safe, section, text_field
from handlers.slack.times import day_ahead
from handlers.slack.values import modal_metadata

TAKE = "gap.take"
SNOOZE = "gap.snooze"
NOT_OURS = "gap.not_ours"
OPEN = "gap.open"

WEEKS, REASON = "weeks", "reason"
"""The ``block_id`` of the field in each modal."""

TYPED_SNOOZE = "To snooze by typing, with 1, 2 or 4 weeks: `/principle snooze {criterion} 2`"
TYPED_NOT_OURS = "To say so by typing: `/principle not-ours {criterion} | reason`"
STILL_NOT_MET = "That makes nothing met; it keeps the nudge from asking this group."


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
    criterion, until = gap.criterion, until_words(gap.due_on, today)
    words = (
        f"Thank you. {criterion} is yours until {until}; until then the nudge asks nobody for it. "
        f"Another day: `/principle take {criterion} until {day_ahead(today)}`. "
        f"To give it back: `/principle open {criterion}`."
    )
    return _confirmed(words, criterion, "Give it back")


def snoozed(gap: LiveGap, today: date) -> Answer:
    """That the nudge leaves it alone for a while."""
    until = until_words(gap.snoozed_until, today)
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
    return modal("Snooze a gap", blocks, SNOOZE, submit="Snooze", metadata=modal_metadata(channel_id, value=criterion))


def not_ours_modal(channel_id: str, criterion: str, rule: str) -> dict[str, Any]:
    """The question why a gap is not this group's."""
    hint = f"{STILL_NOT_MET} Everyone in this channel can see the reason."
    blocks = [context(f"{criterion}: {safe(rule)}"), text_field(REASON, "Reason", hint=hint)]
    return modal("Not ours", blocks, NOT_OURS, submit="Not ours", metadata=modal_metadata(channel_id, value=criterion))


def _confirmed(words: str, criterion: str, label: str) -> Answer:
    return Answer(words, [section(words), buttons([button(label, OPEN, criterion, spoken=f"{label}: {criterion}")])])
