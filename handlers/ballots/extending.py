"""Giving a ballot more time, and opening a closed one again. Each is announced once, with its reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from bot.ballots.checks import BallotStillOpen, NoMoreTime, NotLater, check_step
from bot.ballots.life import BallotStep
from bot.ballots.values import closes_default
from bot.posts import PostKind
from bot.privacy import clean_text
from bot.refusals import Refusal
from bot.register import Status
from handlers.ballots.agenda import require_no_public_body
from handlers.ballots.opening import closing_time
from handlers.ballots.refusals import NoBallotYet, OneIsOpen
from handlers.ballots.result import result_of
from handlers.slack.access import require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import escape
from handlers.slack.changes import Work, change
from handlers.slack.times import day_ahead, skipped_words, spoken_instant
from handlers.typed.grammar import parse
from storage.ballot_steps import change_closing_time, change_status, reopen_ballot
from storage.ballots import StoredBallot, get_last_ballot
from storage.groups import StoredGroup, lock_public_body
from storage.posts import NewPost, close_posts, get_post
from storage.stakeholders import lock_register

SUPERSEDED = (
    "This result no longer stands: a co-chair opened the vote again, and said why in the channel. A new result follows "
    "when it closes. How it stands now: /invitees status"
)


class ExtendUnclear(Refusal):
    """Please type the new closing time and a reason, as in: /invitees extend {ahead} 17:00 | two members are away"""


class ReopenUnclear(Refusal):
    """Please type a reason, as in: /invitees reopen | a member was left off the roll by mistake"""


async def extend(ask: Ask) -> Answer:
    """Give the open ballot another closing time: ``/invitees extend DATE TIME | reason``."""
    typed = parse(ask.text)
    if len(typed.positional) != 2 or not typed.place(0):
        raise ExtendUnclear(ahead=day_ahead(ask.now.date()))
    reason = clean_text(typed.place(1), "reason")
    async with change(ask) as work:
        stored, ballot = await _last(work, "change the closing time")
        closes_at = closing_time(typed.place(0), stored, ask.now)
        check_step(ballot.state, ballot.closes_at, BallotStep.EXTEND, ask.now)
        zone = stored.group.zone
        if closes_at <= ballot.closes_at:
            raise NotLater(closes=spoken_instant(ballot.closes_at, zone))
        if not await change_closing_time(work.session, ballot.id, closes_at, ask.now):
            raise NoMoreTime
        await close_posts(work.session, PostKind.REMINDER, stored.id, ballot.id)
        before = {"closes_at": ballot.closes_at.isoformat()}
        work.note("ballot.extend", f"ballot {ballot.id}", before=before, after={"closes_at": closes_at.isoformat()})
        closes = spoken_instant(closes_at, zone)
        words = f"The vote on whom to invite now closes {closes}. <@{ask.user_id}> changed it: {escape(reason)}"
        work.tell(stored, f"ballot:{ballot.id}:extended:{ballot.version + 1}", words)
        skipped = skipped_words(typed.place(0), zone)
        return await work.finish(
            stored, Answer(f"The vote now closes {closes}.{skipped} I'm telling the channel, with your reason.")
        )


async def reopen(ask: Ask) -> Answer:
    """Open the last ballot again, with the votes as they stand: ``/invitees reopen | reason``."""
    typed = parse(ask.text)
    reason = typed.place(1) or typed.place(0)
    if not reason:
        raise ReopenUnclear
    reason = clean_text(reason, "reason")
    async with change(ask) as work:
        stored, ballot = await _last(work, "reopen a vote")
        require_no_public_body(await lock_public_body(work.session, stored.id))
        check_step(ballot.state, ballot.closes_at, BallotStep.REOPEN, ask.now)
        zone = stored.group.zone
        closes_at = ballot.closes_at if ballot.closes_at > ask.now else closes_default(ask.now, zone)
        await _start_reopening(work, stored, ballot, closes_at)
        await _take_back(work, stored, ballot)
        await _supersede(work, stored, ballot)
        after = {"state": "open", "closes_at": closes_at.isoformat()}
        work.note("ballot.reopen", f"ballot {ballot.id}", before={"state": "closed"}, after=after)
        closes = spoken_instant(closes_at, zone)
        words = (
            f"The vote on whom to invite is open again until {closes}, so its result no longer stands. The votes are "
            f"as they were and can be changed. <@{ask.user_id}> reopened it: {escape(reason)}"
        )
        work.tell(stored, f"ballot:{ballot.id}:reopened:{ballot.reopened + 1}", words)
        return await work.finish(stored, Answer(f"The vote is open again until {closes}. I'm telling the channel why."))


async def _last(work: Work, what: str) -> tuple[StoredGroup, StoredBallot]:
    """The group and its last ballot, for a co-chair."""
    stored = await require_group(work.session, work.ask)
    require_cochair(stored, work.ask, what)
    ballot = await get_last_ballot(work.session, stored.id)
    if ballot is None:
        raise NoBallotYet
    return stored, ballot


async def _start_reopening(work: Work, stored: StoredGroup, ballot: StoredBallot, closes_at: datetime) -> None:
    try:
        reopened = await reopen_ballot(work.session, ballot.id, closes_at, work.ask.now)
    except IntegrityError as error:  # another one was opened at this very moment
        raise OneIsOpen(closes="its closing time") from error
    if not reopened:
        raise BallotStillOpen


async def _take_back(work: Work, stored: StoredGroup, ballot: StoredBallot) -> None:
    """Those whom this vote had approved are identified again, unless they were invited meanwhile."""
    await lock_register(work.session, stored.initiative_id)
    approved = [invitee.number for invitee in ballot.invitees if invitee.approved]
    back = await change_status(work.session, stored.initiative_id, approved, Status.APPROVED, Status.IDENTIFIED)
    for number in back:
        work.note("stakeholder.set", f"S{number}", before={"status": "approved"}, after={"status": "identified"})


async def _supersede(work: Work, stored: StoredGroup, ballot: StoredBallot) -> None:
    """A line under the result that no longer stands; what of it waits to be sent is not sent any more."""
    result = result_of(stored, ballot)
    await close_posts(work.session, PostKind.RESULT, stored.id, ballot.id)
    post = await get_post(work.session, result.key)
    if post and post.message_ts:
        payload = {"text": SUPERSEDED, "thread_ts": post.message_ts}
        key = f"{result.key}:superseded"
        work.posts.append(
            NewPost(key, stored.team_id, stored.channel_id, PostKind.NOTICE, payload, stored.id, ballot.id)
        )
