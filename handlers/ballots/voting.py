"""Voting: typed or by button. One short transaction, which holds the ballot itself only for its last moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.ballots.checks import BallotClosed, NotOnTheBallot, NotOnTheRoll, ReasonNeeded, RecusedFromInvitee
from bot.ballots.values import ALL_VOTED, CLOCK, Choice
from bot.privacy import clean_text
from handlers.ballots.closing import Closing, close_within
from handlers.ballots.refusals import (
    NoBallotYet,
    NothingToVoteOn,
    ObjectsToAll,
    ReasonOnlyForObjections,
    UnclearVote,
)
from handlers.ballots.text import CHOICE_WORDS, WITHDRAW, own_ballot, parts, short_name
from handlers.slack.access import require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import escape
from handlers.slack.changes import Work, change
from handlers.typed.grammar import parse, squeezed
from handlers.typed.refs import find_stakeholder, refs
from handlers.typed.values import parse_choice
from storage.groups import list_groups
from storage.stakeholders import list_stakeholders
from storage.votes import (
    RECUSED,
    WITHDRAWN,
    CastVote,
    OwnBallot,
    OwnPlace,
    all_answered,
    get_own_ballot,
    record_votes,
    touch_open_ballot,
)

WORDS = (*Choice, WITHDRAW)
ALL = ("all", "everyone", "everybody")
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
    return await cast(ask, [_wish(ask.text)])


async def press_support_all(ask: Ask) -> Answer:
    """Support everyone on the ballot whose button was pressed; an objection of one's own stays, with its reason."""
    return await cast(ask, [VoteWish((), Choice.SUPPORT, keeps_objections=True)], _number(ask.text))


async def press_support(ask: Ask) -> Answer:
    """Support one invitee."""
    return await _press(ask, Choice.SUPPORT)


async def press_abstain(ask: Ask) -> Answer:
    """Abstain on one invitee."""
    return await _press(ask, Choice.ABSTAIN)


async def _press(ask: Ask, choice: Choice) -> Answer:
    ballot_id, _, number = ask.text.partition(":")
    return await cast(ask, [VoteWish((f"S{number}",), choice)], _number(ballot_id))


async def cast(ask: Ask, wishes: Sequence[VoteWish], ballot_id: int = 0) -> Answer:
    """Store what the asker says about the open ballot, or the one with this id; they alone read their own ballot."""
    async with change(ask, late=True) as work:
        own = await _ballot_for(work, ballot_id)
        places, votes = await store(work, own, wishes, ask.user_id)
        kept = _kept(places) if any(wish.keeps_objections for wish in wishes) else ""
        answer = await work.finish(own, Answer(_told(own, places, votes, kept, closed=False)))
        await hold(work, own)
        if all(place.choice for place in places) and await close_if_all_voted(work, own):
            answer = await work.finish(own, Answer(_told(own, places, votes, kept, closed=True)))
        return answer


async def store(
    work: Work, own: OwnBallot, wishes: Sequence[VoteWish], voter: str, recorded_by: str = ""
) -> tuple[tuple[OwnPlace, ...], list[CastVote]]:
    """Store votes with their audit rows; returns the voter's places afterwards, and the votes.

    The ballot is still to be held: what is stored before keeps no other voter waiting.
    """
    wanted = [each for wish in wishes for each in await _votes(work, own, wish)]
    votes = list({each.number: each for each in wanted}.values())
    await record_votes(work.session, own.ballot_id, voter, votes, work.ask.now, recorded_by)
    _note(work, own, votes, "ballot.record" if recorded_by else "ballot.vote")
    await work.store_notes(own)
    return _after(own, votes), votes


async def hold(work: Work, own: OwnBallot) -> None:
    """Hold the ballot until the end of the transaction: it is open, and nobody closes it before.

    Raises:
        BallotClosed: it closed at this very moment; nothing is stored.
    """
    if not await touch_open_ballot(work.session, own.ballot_id, work.ask.now):
        raise BallotClosed


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
    if not own.takes_votes(ask.now):
        raise BallotClosed
    if not own.on_the_roll:
        raise NotOnTheRoll
    return own


async def _votes(work: Work, own: OwnBallot, wish: VoteWish) -> list[CastVote]:
    reason = clean_text(wish.reason, "reason") if wish.reason.strip() else ""
    choice = WITHDRAWN if wish.choice == WITHDRAW else wish.choice
    chosen = [await _place(work, own, name) for name in wish.names] if wish.names else _all_of(own, wish)
    for place in chosen:
        if place.choice == RECUSED:
            raise RecusedFromInvitee(ref=place.ref)
    if choice == Choice.OBJECT and not reason:
        raise ReasonNeeded(ref=chosen[0].ref if wish.names else "all")
    if choice != Choice.OBJECT and reason:
        raise ReasonOnlyForObjections(ref=chosen[0].ref if wish.names else "all", choice=wish.choice)
    return [CastVote(place.number, choice, reason) for place in chosen]


def _all_of(own: OwnBallot, wish: VoteWish) -> list[OwnPlace]:
    """Everyone whom ``wish`` is about, where it names nobody.

    Raises:
        NothingToVoteOn, ObjectsToAll: there is nobody.
    """
    theirs = [place for place in own.places if place.choice != RECUSED]
    if not theirs:
        raise NothingToVoteOn
    if not wish.keeps_objections:
        return theirs
    chosen = [place for place in theirs if place.choice != Choice.OBJECT]
    if not chosen:
        raise ObjectsToAll(ref=theirs[0].ref)
    return chosen


async def _place(work: Work, own: OwnBallot, name: str) -> OwnPlace:
    """The invitee that ``name`` means: a ref on the ballot, or a name that is unique on the register."""
    by_ref = {place.ref: place for place in own.places}
    if name in by_ref:
        return by_ref[name]
    entry = find_stakeholder(name, await list_stakeholders(work.session, own.initiative_id))
    if entry.ref not in by_ref:
        raise NotOnTheBallot(ref=entry.ref, refs=", ".join(by_ref))
    return by_ref[entry.ref]


def _wish(text: str) -> VoteWish:
    typed = parse(text)
    whom, said, reason = typed.place(0), typed.place(1), " | ".join(typed.positional[2:])
    if not whom or not said:
        raise UnclearVote(ref=whom if whom.upper().startswith("S") and whom[1:].isdigit() else "S3")
    choice = parse_choice(said, WORDS, "choice")
    return VoteWish(() if squeezed(whom) in ALL else refs(whom), choice, reason)


def _after(own: OwnBallot, votes: Sequence[CastVote]) -> tuple[OwnPlace, ...]:
    """The voter's places as they stand once these votes are stored."""
    said = {vote.number: "" if vote.choice == WITHDRAWN else vote.choice for vote in votes}
    return tuple(replace(place, choice=said.get(place.number, place.choice)) for place in own.places)


def _note(work: Work, own: OwnBallot, votes: Sequence[CastVote], action: str) -> None:
    before = {place.number: place.choice for place in own.places}
    for vote in votes:
        was = {"choice": before[vote.number]} if before[vote.number] else None
        work.note(action, f"S{vote.number}", before=was, after={"ballot": own.ballot_id, "choice": vote.choice})


async def close_if_all_voted(work: Work, own: OwnBallot) -> bool:
    """Close the ballot that this transaction holds, where everyone on its roll has answered about everyone."""
    if own.reopened or not await all_answered(work.session, own.ballot_id):
        return False  # a ballot that was reopened waits for its time, or the first change would end it again
    stored = (await list_groups(work.session, [own.group_id]))[0]
    closing = Closing(CLOCK, work.ask.now, ALL_VOTED)
    return await close_within(work.session, stored, own.ballot_id, closing, work.ask.now) is not None


def _told(own: OwnBallot, places: Sequence[OwnPlace], votes: Sequence[CastVote], kept: str, *, closed: bool) -> str:
    noted = f"Noted: {escape(said_words(own, votes))}."
    if closed:
        return f"{noted}{kept} You were the last to vote, so the vote is closed; the result follows here."
    return f"{noted}{kept}\n{own_ballot(own, places, 3000)}"


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
    refs = [place.ref for place in places if place.choice == Choice.OBJECT]
    if not refs:
        return ""
    stay = "objection to {} stays as it is; to change it" if len(refs) == 1 else "objections to {} stay; to change one"
    return f" Your {stay.format(', '.join(refs))}: `/invitees vote {refs[0]} | support`."


def _done(name: str, choice: str) -> str:
    return f"{name}: {'taken back' if choice == WITHDRAWN else CHOICE_WORDS[choice]}"


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() else 0
