"""Closing a ballot: at its time, when all have voted, or by a co-chair. Once, over any number of processes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.ballots.life import BallotState
from bot.ballots.rules import decide_ballot
from bot.ballots.values import CLOCK, PUBLIC_BODY
from bot.ballots.words import approved_words
from bot.posts import PostKind
from bot.principles.assessment import assess
from bot.privacy import clean_text
from bot.register import Status
from handlers.ballots.refusals import NoBallotOpen
from handlers.ballots.result import Result, result_of
from handlers.ballots.result_text import result_posts
from handlers.slack.access import require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.changes import Work, change
from handlers.slack.each_alone import alone
from handlers.slack.services import Services
from handlers.slack.values import number_in
from handlers.typed.grammar import parse
from storage.audit import Change, record_changes
from storage.ballot_steps import change_status, close_ballot, list_of_status, record_outcome
from storage.ballots import StoredBallot, get_ballot, get_last_ballot, list_due_ballots
from storage.groups import StoredGroup, list_groups
from storage.posts import add_posts, close_posts
from storage.situations import get_situation
from storage.stakeholders import lock_register

GONE_STATUSES = {Status.LEFT, Status.NOMINATED}


@dataclass(frozen=True, slots=True)
class Closing:
    """Who closes a ballot (a user id, or ``clock``), as of when, and why; ``only_due`` where it must be due by then."""

    by: str
    at: datetime
    reason: str = ""
    only_due: bool = False


async def close_within(
    session: AsyncSession, stored: StoredGroup, ballot_id: int, closing: Closing, now: datetime
) -> Result | None:
    """Close a ballot inside the caller's transaction: outcome, register, audit and result; None where it is closed."""
    due_by = closing.at if closing.only_due else None
    if not await close_ballot(session, ballot_id, closing.by, closing.at, closing.reason, due_by):
        return None
    await lock_register(session, stored.initiative_id)
    ballot = await get_ballot(session, ballot_id)
    assert ballot is not None  # its row was changed a moment ago, in this transaction
    ballot, moved = await _decide(session, stored, ballot)
    result = result_of(stored, ballot, assess(await get_situation(session, stored), now))
    await record_changes(session, stored.initiative_id, stored.id, _changes(result, closing, moved, now))
    await close_posts(session, PostKind.REMINDER, stored.id, ballot_id)
    await add_posts(session, result_posts(stored, result), now)
    return result


async def _decide(session: AsyncSession, stored: StoredGroup, ballot: StoredBallot) -> tuple[StoredBallot, list[int]]:
    """Store the decision on each invitee who is still there; the ballot with it, and whose status it moved.

    What became of somebody since shows nowhere: that they declined is the co-chairs' to know.
    """
    numbers = [each.number for each in ballot.invitees]
    there = await list_of_status(session, stored.initiative_id, numbers, set(Status) - GONE_STATUSES)
    outcomes = decide_ballot(ballot.terms, ballot.roll, ballot.refs, ballot.cast, ballot.recusals)
    pairs = zip(numbers, outcomes, strict=True)
    approved = {number: outcome.approved for number, outcome in pairs if number in there}
    await record_outcome(session, ballot.id, approved)
    wanted = [number for number, yes in approved.items() if yes]
    moved = await change_status(session, stored.initiative_id, wanted, Status.IDENTIFIED, Status.APPROVED)
    decided = tuple(replace(each, approved=approved.get(each.number)) for each in ballot.invitees)
    return replace(ballot, invitees=decided), moved


async def close_overdue(session: AsyncSession, stored: StoredGroup, now: datetime) -> None:
    """Close the group's ballot as of its closing time, if that has passed and the clock has not come by yet."""
    ballot = await get_last_ballot(session, stored.id)
    if ballot and ballot.state is BallotState.OPEN and ballot.closes_at <= now:
        await close_within(session, stored, ballot.id, Closing(CLOCK, ballot.closes_at, only_due=True), now)


async def end_undecided(work: Work, stored: StoredGroup) -> StoredBallot | None:
    """End the open ballot without a decision, since the group is, or may be, a public body; None where none is open.

    One whose time has come is closed as of then instead, with its result.
    """
    session, now = work.session, work.ask.now
    await close_overdue(session, stored, now)
    ballot = await get_last_ballot(session, stored.id)
    if ballot is None or ballot.state is not BallotState.OPEN:
        return None
    if not await close_ballot(session, ballot.id, CLOCK, now, PUBLIC_BODY):
        return None
    await close_posts(session, PostKind.REMINDER, stored.id, ballot.id)
    after = {"state": "closed", "approved": [], "closed_at": now.isoformat(), "reason": PUBLIC_BODY}
    work.note("ballot.close", f"ballot {ballot.id}", before={"state": "open"}, after=after)
    return ballot


async def close_due_ballots(services: Services, now: datetime) -> list[dict[str, Any]]:
    """Close every ballot whose time has come, each in a transaction of its own."""
    async with services.database.read() as session:
        due = await list_due_ballots(session, now)
    done = [
        await alone(services, group_id, "close the vote", _close_due(services, ballot_id, group_id, now), now)
        for ballot_id, group_id in due
    ]
    return [action for action in done if action]


async def _close_due(services: Services, ballot_id: int, group_id: int, now: datetime) -> dict[str, Any] | None:
    async with services.database.write() as session:
        stored = (await list_groups(session, [group_id]))[0]
        ballot = await get_ballot(session, ballot_id)
        if ballot is None or ballot.closes_at > now:  # extended meanwhile
            return None
        result = await close_within(session, stored, ballot_id, Closing(CLOCK, ballot.closes_at, only_due=True), now)
    if result is None:
        return None
    return {
        "did": "ballot_closed",
        "channel": stored.channel_id,
        "ballot": ballot_id,
        "approved": [each.ref for each in result.outcomes if each.approved],
    }


async def close(ask: Ask) -> Answer:
    """Close the open ballot: ``/invitees close [| reason]``."""
    typed = parse(ask.text)
    words = typed.place(1) or typed.place(0)
    reason = clean_text(words, "reason") if words else ""
    return await _close(ask, 0, reason)


async def press_close(ask: Ask) -> Answer:
    """Close the ballot whose button was pressed."""
    return await _close(ask, number_in(ask.value), "")


async def _close(ask: Ask, ballot_id: int, reason: str) -> Answer:
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        require_cochair(stored, ask, "close a vote")
        ballot = await get_last_ballot(work.session, stored.id)
        if ballot is None or ballot.state is not BallotState.OPEN or ballot_id not in (0, ballot.id):
            raise NoBallotOpen
        closing = Closing(ask.user_id, min(ask.now, ballot.closes_at), reason)
        result = await close_within(work.session, stored, ballot.id, closing, ask.now)
        if result is None:
            raise NoBallotOpen
        return await work.finish(stored, Answer(closed_words(result)))


def closed_words(result: Result) -> str:
    """What the one who closed a ballot reads."""
    count = sum(each.approved for each in result.outcomes)
    names = len(result.outcomes)
    return f"The vote is closed: {approved_words(count, names)}. The result appears in the channel."


def _changes(result: Result, closing: Closing, moved: list[int], now: datetime) -> list[Change]:
    ballot = result.ballot
    approved = [each.ref for each in result.outcomes if each.approved]
    after = {"state": "closed", "approved": approved, "closed_at": closing.at.isoformat()}
    closed = Change(now, closing.by, "ballot.close", f"ballot {ballot.id}", {"state": "open"}, after)
    before_status, after_status = {"status": str(Status.IDENTIFIED)}, {"status": str(Status.APPROVED)}
    steps = [Change(now, closing.by, "stakeholder.set", f"S{number}", before_status, after_status) for number in moved]
    return [closed, *steps]
