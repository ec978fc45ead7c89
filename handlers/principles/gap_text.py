"""What was done about a gap in words, the buttons for it, and the modals that ask for more. Pure: values to words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from slackblocks import Button

from bot.gaps.life import SNOOZES, GapState, LiveGap
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


@dataclass(frozen=True, slots=True)
class Offered:
    """What somebody can do about a gap: ``take`` it, ``settle`` it for the group (snooze, or not ours), ``reopen`` it
    where it is taken, snoozed or not ours."""

    take: bool = True
    settle: bool = True
    reopen: bool = False


def offered_to(gap: LiveGap, user_id: str, today: date, *, is_chair: bool) -> Offered:
    """What ``user_id`` can do about a gap as it stands on the local day ``today``."""
    match gap.standing(today):
        case GapState.TAKEN:
            return Offered(gap.is_overdue(today), is_chair, is_chair or gap.taken_by == user_id)
        case GapState.SNOOZED:
            return Offered(True, is_chair, is_chair)
        case GapState.NOT_OURS:
            return Offered(False, False, is_chair)
    return Offered(True, is_chair, False)


def gap_buttons(criterion: str, may: Offered) -> list[Button]:
    """The buttons for a gap, as far as the reader ``may`` press them."""
    take = [button("I'll take it", TAKE, criterion, spoken=f"I'll take it: {criterion}")]
    settle = [
        button("Snooze", SNOOZE, criterion, spoken=f"Snooze {criterion}"),
        button("Not ours", NOT_OURS, criterion, spoken=f"Not ours: {criterion}"),
    ]
    again = [button("Open again", OPEN, criterion, spoken=f"Open {criterion} again")]
    return [*(take if may.take else []), *(settle if may.settle else []), *(again if may.reopen else [])]


def gap_typed(criterion: str, may: Offered) -> list[str]:
    """What can be typed in place of the buttons."""
    take = [f"`/principle take {criterion}`"] if may.take else []
    settle = [f"`/principle snooze {criterion} 2`", f"`/principle not-ours {criterion} | reason`"] if may.settle else []
    return [*take, *settle, *([f"`/principle open {criterion}`"] if may.reopen else [])]


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


def opened(gap: LiveGap, *, is_chair: bool) -> Answer:
    """That it waits for someone again."""
    may = Offered(settle=is_chair)
    words = f"{gap.criterion} is open again. Who wants it types `/principle take {gap.criterion}`."
    return Answer(words, [section(words), buttons(gap_buttons(gap.criterion, may))])


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
