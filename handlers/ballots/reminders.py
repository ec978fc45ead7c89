"""Reminding those who have not voted, privately, a day and two hours before a ballot closes; and who wants none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.ballots.reminders import EARLIEST, Reminder, reminder_due, too_late
from bot.posts import PostKind
from bot.refusals import Refusal
from handlers.ballots.modals import open_vote_privately
from handlers.ballots.reminders_text import OFF, ON, STANDING, reminder_payload
from handlers.ballots.text import is_account
from handlers.slack.asking import Answer, Ask
from handlers.slack.changes import change
from handlers.slack.each_alone import alone
from handlers.slack.services import Services
from handlers.slack.values import word_in
from handlers.typed.grammar import squeezed
from storage.ballots import Invitee, StoredBallot, get_ballot
from storage.groups import StoredGroup, list_groups
from storage.members import list_members
from storage.posts import NewPost, add_posts
from storage.reminders import (
    ClosingSoon,
    claim_reminder,
    list_closing_soon,
    list_unreminded,
    record_reminder_choice,
)

REMINDING = "remind those who have not voted"


class RemindersUnclear(Refusal):
    """Please type /invitees reminders on, or /invitees reminders off. It holds for all votes in this Slack."""


async def remind_voters(services: Services, now: datetime) -> list[dict[str, Any]]:
    """Remind those who have not voted on ballots that close soon, each ballot in a transaction of its own."""
    async with services.database.read() as session:
        soon = await list_closing_soon(session, now, EARLIEST)
    done = [await alone(services, each.group_id, REMINDING, _remind(services, each, now), now) for each in soon]
    return [action for action in done if action]


async def _remind(services: Services, soon: ClosingSoon, now: datetime) -> dict[str, Any] | None:
    reminder = reminder_due(soon.set_at, soon.closes_at, now)
    if reminder is None or reminder == soon.reminded:
        return None
    async with services.database.write() as session:
        if not await claim_reminder(session, soon.ballot_id, soon.closes_at, reminder):
            return None
        stored = (await list_groups(session, [soon.group_id]))[0]
        ballot = await get_ballot(session, soon.ballot_id)
        assert ballot is not None  # its row was changed a moment ago, in this transaction
        posts = await _posts(session, stored, ballot, reminder)
        await add_posts(session, posts, now)
    return {
        "did": "ballot_reminders",
        "channel": stored.channel_id,
        "ballot": ballot.id,
        "reminder": str(reminder),
        "people": len(posts),
    }


async def _posts(session: AsyncSession, stored: StoredGroup, ballot: StoredBallot, reminder: Reminder) -> list[NewPost]:
    waiting = waiting_voters(ballot)
    unwilling = await list_unreminded(session, stored.team_id, waiting)
    members = await list_members(session, waiting)
    unwilling |= {member.user_id for member in members.values() if member.is_guest}  # they can press and type nothing
    return [_post(stored, ballot, reminder, voter, names) for voter, names in waiting.items() if voter not in unwilling]


def _post(
    stored: StoredGroup, ballot: StoredBallot, reminder: Reminder, voter: str, names: Sequence[Invitee]
) -> NewPost:
    """One person's reminder. Its key is single per person, reminder and closing time."""
    key = f"ballot:{ballot.id}:reminder:{reminder}:{int(ballot.closes_at.timestamp())}:{voter}"
    payload = reminder_payload(stored, ballot, names)
    late = too_late(reminder, ballot.closes_at)
    return NewPost(key, stored.team_id, voter, PostKind.REMINDER, payload, stored.id, ballot.id, late)


def waiting_voters(ballot: StoredBallot) -> dict[str, list[Invitee]]:
    """Those on the roll with an account who have not answered about every name, with the names that wait for them."""
    answered = {(vote.voter, vote.number) for vote in ballot.votes}
    open_names = {
        voter.id: [each for each in ballot.invitees if (voter.id, each.number) not in answered]
        for voter in ballot.roll
        if is_account(voter.id)
    }
    return {voter: names for voter, names in open_names.items() if names}


async def press_vote_from_reminder(ask: Ask) -> Answer:
    """The modal to vote one by one, from a private message: the button says which ballot in which channel."""
    return await open_vote_privately(replace(ask, channel_id=word_in(ask.value, 1)))


async def press_no_reminders(ask: Ask) -> Answer:
    """Send this person no more reminders; the button says in which workspace."""
    return await _choose(replace(ask, team_id=ask.value or ask.team_id), wanted=False)


async def reminders(ask: Ask) -> Answer:
    """``/invitees reminders {on,off}``; without a word, how it stands."""
    word = squeezed(ask.text)
    if word in ("on", "off"):
        return await _choose(ask, wanted=word == "on")
    if word:
        raise RemindersUnclear
    async with ask.services.database.read() as session:
        unwilling = await list_unreminded(session, ask.team_id, [ask.user_id])
    return Answer(STANDING[ask.user_id not in unwilling])


async def _choose(ask: Ask, *, wanted: bool) -> Answer:
    async with change(ask) as work:
        await record_reminder_choice(work.session, ask.team_id, ask.user_id, ask.now, wanted=wanted)
        return await work.remember(Answer(ON if wanted else OFF))
