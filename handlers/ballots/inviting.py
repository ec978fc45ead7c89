"""After the vote: marking someone as invited, accepted or declined, and the draft of an invitation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.ballots.life import BallotState
from bot.groups import PublicBody
from bot.refusals import Refusal
from bot.register import Stakeholder, Status
from handlers.ballots.letter import draft
from handlers.ballots.text import Named, long_name, short_name
from handlers.slack.access import require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import Blocks, button, buttons, escape, section
from handlers.slack.changes import change
from handlers.typed.refs import find_stakeholder
from storage.ballot_steps import change_status
from storage.ballots import StoredBallot, get_last_ballot, get_last_closed
from storage.groups import StoredGroup
from storage.situations import get_situation
from storage.stakeholders import codes, list_stakeholders, lock_register

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


class CannotMark(Refusal):
    """{name} is {status} now, so I left it as it is. {hint}"""


class NobodyToInviteThere(Refusal):
    """{name} has left the register, so there is nobody to invite. To take them up again:
    /stakeholder set {ref} | status=identified"""


async def mark_invited(ask: Ask) -> Answer:
    """Mark an approved invitee as invited, once a person has sent the invitation."""
    try:
        entry = await _move(ask, Status.APPROVED, Status.INVITED)
    except CannotMark as refusal:
        entry = await _invited_already(ask, refusal)
    words = (
        f"Marked as invited: {escape(short_name(entry))}. When they answer, press Accepted or Declined here or under "
        f"/invitees status, or type /invitees accepted {entry.ref} (or declined {entry.ref})"
    )
    return Answer(words, [section(words), answer_row(entry)])


async def _invited_already(ask: Ask, refusal: CannotMark) -> Stakeholder:
    """The entry, where it was marked before, so that its answer can be noted.

    Raises:
        CannotMark: it has another status.
    """
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        entry = find_stakeholder(ask.about, await list_stakeholders(session, stored.initiative_id))
    if entry.status is not Status.INVITED:
        raise refusal
    return entry


async def mark_accepted(ask: Ask) -> Answer:
    """Note that an invited one accepted: committed."""
    entry = await _move(ask, Status.INVITED, Status.COMMITTED)
    return Answer(f"{escape(short_name(entry))} is committed now. See what that changes: /principle")


async def mark_declined(ask: Ask) -> Answer:
    """Note that an invited one declined. Why is never asked; only co-chairs see it."""
    entry = await _move(ask, Status.INVITED, Status.DECLINED)
    return Answer(
        f"Noted: {escape(short_name(entry))} declined. Only the co-chairs see that. "
        "Whom you might invite instead: /invitees suggest"
    )


async def draft_invitation(ask: Ask) -> Answer:
    """The draft of an invitation, for a co-chair to edit and send."""
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        require_cochair(stored, ask, "draft an invitation")
        situation = await get_situation(session, stored)
        entry = find_stakeholder(ask.about, situation.stakeholders)
        if entry.status is Status.LEFT:
            raise NobodyToInviteThere(name=escape(long_name(entry)), ref=entry.ref)
        vote = await _vote_words(session, stored, entry)
    before = "They declined when they were invited." if entry.status is Status.DECLINED else vote
    public_body = stored.group.public_body is not PublicBody.NO
    return Answer(draft(stored, situation, entry, ask.now, public_body=public_body, before=before))


async def _vote_words(session: AsyncSession, stored: StoredGroup, entry: Stakeholder) -> str:
    """What the open vote, or else the last one, means for someone who is identified; empty where it was not on them."""
    if entry.status is not Status.IDENTIFIED:
        return ""
    for ballot in (await get_last_ballot(session, stored.id), await get_last_closed(session, stored.id)):
        if ballot and entry.ref in ballot.refs:
            return vote_words(ballot, entry.number)
    return ""


def vote_words(ballot: StoredBallot, number: int) -> str:
    """What a ballot means for someone on it whom it has not approved."""
    if ballot.state is BallotState.OPEN:
        return "The vote on them is still open."
    decided = any(invitee.approved is not None for invitee in ballot.invitees if invitee.number == number)
    return "The last vote did not approve them." if decided else "The last vote decided nothing about them."


async def _hint(session: AsyncSession, stored: StoredGroup, entry: Stakeholder, after: Status) -> str:
    """What to type for someone who cannot be marked as ``after`` yet, or any more."""
    if entry.status is Status.APPROVED and after is not Status.INVITED:
        return f"First mark them as invited: /invitees invited {entry.ref}"
    if entry.status is Status.NOMINATED:
        return f"First accept the nomination: /stakeholder accept {entry.ref}"
    if entry.status is not Status.IDENTIFIED:
        return f"To set a status yourself, for example: /stakeholder set {entry.ref} | status=identified"
    if stored.group.public_body is not PublicBody.NO:
        return f"Once your public meeting has approved them: /stakeholder set {entry.ref} | status=approved"
    vote = await _vote_words(session, stored, entry) or "No vote has approved them."
    return f"{vote} To ask the group: /invitees propose {entry.ref}"


async def _move(ask: Ask, before: Status, after: Status) -> Stakeholder:
    """Move one entry a step further, once.

    Raises:
        CannotMark: it has another status by now.
    """
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        require_cochair(stored, ask, f"mark someone as {after}")
        await lock_register(work.session, stored.initiative_id)
        entry = find_stakeholder(ask.about, await list_stakeholders(work.session, stored.initiative_id))
        if not await change_status(work.session, stored.initiative_id, [entry.number], before, after):
            hint = await _hint(work.session, stored, entry, after)
            raise CannotMark(name=escape(long_name(entry)), status=f"“{entry.status}”", hint=hint)
        moved = replace(entry, status=after)
        work.note("stakeholder.set", entry.ref, before=codes(entry), after=codes(moved))
        await work.finish(stored, Answer(f"Done already: {escape(short_name(entry))} is “{after}”."))
    return moved
