"""Voting: typed or by button. One short transaction, which holds the ballot itself only for its last moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.ballots.checks import BallotClosed, NotOnTheBallot
from bot.ballots.own import (
    WITHDRAW,
    WITHDRAWN,
    CastVote,
    OwnBallot,
    OwnPlace,
    check_may_vote,
    votes_on,
    votes_on_all,
)
from bot.ballots.values import ALL_VOTED, CLOCK, Choice
from bot.privacy import clean_text
from handlers.ballots.closing import Closing, close_within
from handlers.ballots.refusals import NoBallotYet, TooManyNamesAtOnce, UnclearVote
from handlers.ballots.text import CHOICE_WORDS, own_ballot, short_name
from handlers.slack.access import require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import escape, parts
from handlers.slack.changes import Work, change
from handlers.slack.values import number_in
from handlers.typed.grammar import parse, squeezed
from handlers.typed.refs import find_stakeholder, is_ref, refs
from handlers.typed.values import parse_choice
from storage.groups import list_groups
from storage.stakeholders import list_stakeholders
from storage.votes import get_own_ballot, has_all_answers, has_answered, lock_open_ballot, record_votes

WORDS = (*Choice, WITHDRAW)
ALL = ("all", "everyone", "everybody")
MOST_BY_NAME = 10
"""Names that are looked for on the register for one vote; refs cost nothing."""

NAMES_IN_ANSWER = 600
"""Characters that an answer takes to repeat what was said; the ballot below it shows all."""


@dataclass(frozen=True, slots=True)
class VoteWish:
    """What a voter says: about whom (refs or names as typed; empty means all), what, and why.

    ``keeps_objections``: of all, those stay as they are to whom the voter objects.
    """

    names: tuple[str, ...]
    choice: str
    reason: str = ""
    keeps_objections: bool = False


async def vote(ask: Ask) -> Answer:
    """Vote from ``/invitees vote {REF,all} | choice [| reason]``."""
    wish = _wish(ask.text)
    if not all(map(is_ref, wish.names)):
        async with ask.services.database.read() as session:
            wish = await with_refs(session, wish, (await require_group(session, ask)).initiative_id)
    return await cast(ask, [wish])


async def press_support_all(ask: Ask) -> Answer:
    """Support everyone on the ballot whose button was pressed; an objection of one's own stays, with its reason."""
    return await cast(ask, [VoteWish((), Choice.SUPPORT, keeps_objections=True)], number_in(ask.value))


async def press_support(ask: Ask) -> Answer:
    """Support one invitee."""
    return await _press(ask, Choice.SUPPORT)


async def press_abstain(ask: Ask) -> Answer:
    """Abstain on one invitee."""
    return await _press(ask, Choice.ABSTAIN)


async def _press(ask: Ask, choice: Choice) -> Answer:
    return await cast(ask, [VoteWish((f"S{number_in(ask.value, 1)}",), choice)], number_in(ask.value))


async def cast(ask: Ask, wishes: Sequence[VoteWish], ballot_id: int = 0) -> Answer:
    """Store what the asker says about the open ballot, or the one with this id; they alone read their own ballot."""
    async with change(ask, late=True) as work:
        own = await _ballot_for(work, ballot_id)
        votes = await store(work, own, wishes, ask.user_id)
        after = own.after(votes)
        closed = await hold(work, after, ask.user_id) and await close_if_all_voted(work, own)
        kept = _kept(after.places) if any(wish.keeps_objections for wish in wishes) else ""
        return await work.finish(own, Answer(_told(after, votes, kept, closed=closed)))


async def store(
    work: Work, own: OwnBallot, wishes: Sequence[VoteWish], voter: str, recorded_by: str = ""
) -> list[CastVote]:
    """Store votes with their audit rows, and return them.

    The ballot is still to be held: what is stored before keeps no other voter waiting.
    """
    wanted = [vote for wish in wishes for vote in _votes(own, wish)]
    votes = list({vote.number: vote for vote in wanted}.values())
    await record_votes(work.session, own.ballot_id, voter, votes, work.ask.now, recorded_by)
    _note(work, own, votes, "ballot.record" if recorded_by else "ballot.vote")
    await work.store_notes(own)
    return votes


async def hold(work: Work, after: OwnBallot, voter: str) -> bool:
    """Hold the ballot until the end of the transaction: it is open, and nobody closes it before. Returns whether
    ``voter`` has answered about everyone, ``after`` being their ballot with what this transaction stores.

    Where others changed the ballot since it was read, the voter themself may have too, in another request.

    Raises:
        BallotClosed: it closed at this very moment; nothing is stored.
    """
    version = await lock_open_ballot(work.session, after.ballot_id, work.ask.now)
    if not version:
        raise BallotClosed
    if after.complete or version == after.version + 1:
        return after.complete
    return await has_answered(work.session, after.ballot_id, voter, len(after.places))


async def close_if_all_voted(work: Work, own: OwnBallot) -> bool:
    """Close the ballot that this transaction holds, where everyone on its roll has answered about everyone."""
    if own.reopened or not await has_all_answers(work.session, own.ballot_id):
        return False  # a ballot that was reopened waits for its time, or the first change would end it again
    stored = (await list_groups(work.session, [own.group_id]))[0]
    closing = Closing(CLOCK, work.ask.now, ALL_VOTED)
    return await close_within(work.session, stored, own.ballot_id, closing, work.ask.now) is not None


async def _ballot_for(work: Work, ballot_id: int) -> OwnBallot:
    """The ballot as the asker sees it.

    Raises:
        NoGroupHere, NoBallotYet, BallotClosed, NotOnTheRoll: they cannot vote.
        Repeated: this delivery came before.
    """
    ask = work.ask
    own = await get_own_ballot(work.session, ask.channel_id, ask.team_id, ask.user_id, ballot_id, ask.key)
    if own is None:
        await require_group(work.session, ask)
        raise NoBallotYet
    check_may_vote(own, ask.now)
    return own


async def with_refs(session: AsyncSession, wish: VoteWish, initiative_id: int) -> VoteWish:
    """``wish`` with a ref for each name, found on the register: before anything is locked, and for a few only.

    Raises:
        TooManyNamesAtOnce, UnknownRef, AmbiguousName: they cannot be found.
    """
    named = [name for name in wish.names if not is_ref(name)]
    if len(named) > MOST_BY_NAME:
        raise TooManyNamesAtOnce(most=MOST_BY_NAME)
    register = await list_stakeholders(session, initiative_id)
    found = {name: find_stakeholder(name, register).ref for name in named}
    return replace(wish, names=tuple(dict.fromkeys(found.get(name, name) for name in wish.names)))


def _votes(own: OwnBallot, wish: VoteWish) -> list[CastVote]:
    reason = clean_text(wish.reason, "reason") if wish.reason.strip() else ""
    if not wish.names:
        return votes_on_all(own, wish.choice, reason, keeps_objections=wish.keeps_objections)
    return votes_on([_place(own, ref) for ref in wish.names], wish.choice, reason)


def _place(own: OwnBallot, ref: str) -> OwnPlace:
    by_ref = {place.ref: place for place in own.places}
    if ref not in by_ref:
        raise NotOnTheBallot(ref=ref, refs=", ".join(by_ref))
    return by_ref[ref]


def _wish(text: str) -> VoteWish:
    typed = parse(text)
    whom, what, reason = typed.place(0), typed.place(1), " | ".join(typed.positional[2:])
    if not whom or not what:
        raise UnclearVote(ref=refs(whom)[0] if is_ref(whom) else "S3")
    choice = parse_choice(what, WORDS, "choice")
    return VoteWish(() if squeezed(whom) in ALL else refs(whom), choice, reason)


def _note(work: Work, own: OwnBallot, votes: Sequence[CastVote], action: str) -> None:
    before = {place.number: place.choice for place in own.places}
    for vote in votes:
        was = {"choice": before[vote.number]} if before[vote.number] else None
        work.note(action, f"S{vote.number}", before=was, after={"ballot": own.ballot_id, "choice": vote.choice})


def _told(own: OwnBallot, votes: Sequence[CastVote], kept: str, *, closed: bool) -> str:
    noted = f"Noted: {escape(said_words(own, votes))}."
    if closed:
        return f"{noted}{kept} You were the last to vote, so the vote is closed; the result follows here."
    return f"{noted}{kept}\n{own_ballot(own, 3000)}"


def said_words(own: OwnBallot, votes: Sequence[CastVote]) -> str:
    """What was said, name by name; where that is too long, how many more there are and what lists them."""
    names = {place.number: short_name(place) for place in own.places}
    done = [_done(names[vote.number], vote.choice) for vote in votes]
    shown = next(parts(done, NAMES_IN_ANSWER))
    more = len(done) - len(shown)
    rest = f"; and {more} more, which /invitees status lists" if more else ""
    return f"{'; '.join(shown)}{rest}"


def _kept(places: Sequence[OwnPlace]) -> str:
    """That objections were kept where all others were supported; empty where there are none."""
    objected = [place.ref for place in places if place.choice == Choice.OBJECT]
    if not objected:
        return ""
    stay = (
        "objection to {} stays as it is; to change it" if len(objected) == 1 else "objections to {} stay; to change one"
    )
    return f" Your {stay.format(', '.join(objected))}: `/invitees vote {objected[0]} | support`."


def _done(name: str, choice: str) -> str:
    return f"{name}: {'taken back' if choice == WITHDRAWN else CHOICE_WORDS[choice]}"
