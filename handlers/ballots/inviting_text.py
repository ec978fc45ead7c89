"""What comes next for those whom a vote approved: the buttons, and what to type instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.register import Stakeholder, Status
from handlers.ballots.text import Named, short_name
from handlers.slack.blocks import Blocks, button, buttons, escape, section

MARK_INVITED = "invitee.mark_invited"
DRAFT = "invitee.draft"
ACCEPTED = "invitee.accepted"
DECLINED = "invitee.declined"

ROWS = 20
"""People whose buttons stand in one message, which holds 50 blocks."""

HEAD = "Next steps, for co-chairs:"


def invite_row(entry: Named, block_id: str) -> dict[str, Any]:
    """The buttons for someone who was approved."""
    name = short_name(entry)
    return buttons(
        [
            button("Mark as invited", MARK_INVITED, entry.ref, spoken=f"Mark {name} as invited"),
            button("Draft invitation", DRAFT, entry.ref, spoken=f"Draft the invitation to {name}"),
        ],
        block_id,
    )


def answer_row(entry: Stakeholder) -> dict[str, Any]:
    """The buttons for someone who was invited."""
    name = short_name(entry)
    return buttons(
        [
            button("Accepted", ACCEPTED, entry.ref, spoken=f"{name} accepted"),
            button("Declined", DECLINED, entry.ref, spoken=f"{name} declined"),
        ],
        f"invited.{entry.number}",
    )


def waiting_steps(entries: Iterable[Stakeholder], approved: Sequence[int]) -> list[Stakeholder]:
    """Those of the approved who are still to be invited, or to answer."""
    by_number = {entry.number: entry for entry in entries}
    found = [by_number[number] for number in approved if number in by_number]
    return [entry for entry in found if entry.status in (Status.APPROVED, Status.INVITED)]


def step_lines(waiting: Sequence[Stakeholder]) -> list[str]:
    """What to type for each step that waits; nothing where none does."""
    invite = [entry.ref for entry in waiting if entry.status is Status.APPROVED]
    answer = [entry.ref for entry in waiting if entry.status is Status.INVITED]
    lines = []
    if invite:
        first = invite[0]
        lines.append(f"• to be invited: {', '.join(invite)}. /invitees draft {first}, then /invitees invited {first}")
    if answer:
        first = answer[0]
        lines.append(f"• to answer: {', '.join(answer)}. /invitees accepted {first} (or declined {first})")
    return [HEAD, *lines] if lines else []


def step_blocks(waiting: Sequence[Stakeholder]) -> Blocks:
    """The same with a row of buttons for each of the first."""
    if not waiting:
        return []
    rows = [block for entry in waiting[:ROWS] for block in _step(entry)]
    return [section("\n".join(step_lines(waiting))), *rows]


def _step(entry: Stakeholder) -> Blocks:
    name = escape(short_name(entry))
    if entry.status is Status.INVITED:
        return [section(f"{name} was invited."), answer_row(entry)]
    return [section(f"{name} is approved."), invite_row(entry, f"approved.{entry.number}")]
