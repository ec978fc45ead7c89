"""Recording the view of someone who cannot vote here, by a co-chair, marked so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ballot_checks import BallotClosed, RecusedFromInvitee
from bot.ballots import Choice, Recusals, Voter
from bot.privacy import NAME_LIMIT, clean_text
from bot.refusals import Refusal
from bot.register import Stakeholder, folded
from handlers.access import require_cochair, require_group
from handlers.asking import Answer, Ask
from handlers.ballot_open import side_of, voter_for
from handlers.ballot_refusals import BotsCannotVote, NoBallotYet
from handlers.ballot_text import is_account, spoken_voter
from handlers.ballot_vote import ALL, Wish, close_if_all_voted, hold, store
from handlers.changes import Work, change
from handlers.typed import mention, parse, squeezed
from handlers.typed_refs import refs
from handlers.typed_values import parse_choice
from storage.ballots import add_recusals, add_voters
from storage.groups import StoredGroup
from storage.members import Member
from storage.stakeholders import list_stakeholders
from storage.votes import OwnBallot, Place, get_own_ballot, has_voted_in_person

CHOICES = (Choice.SUPPORT, Choice.OBJECT, Choice.ABSTAIN)
LAST = 1_000_000
"""The place on the roll of those who were added after opening: behind all others, by their names."""


class RecordUnclear(Refusal):
    """Please say who, about whom and what, as in: /invitees record @user | S3 | support, or /invitees record
    Ana Ruiz | all | abstain. The choices are support, object (with a reason) and abstain."""


class NotTheirOwn(Refusal):
    """{who} cannot be counted on {ref}, since the question is about them. Please leave it out."""


class SpeaksForThemself(Refusal):
    """{who} has voted already, and nobody's own vote is replaced. They can change it until the vote closes."""


class YourOwnView(Refusal):
    """You can vote yourself: /invitees vote S1 | support (or object, abstain). Recording is for someone who cannot."""


class LooksLikeAnAccount(Refusal):
    """{who} looks like a Slack id. Please mention the person with @, or type their name."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Whose view is recorded (a user id or a name), and what it is."""

    who: str
    wish: Wish


async def record(ask: Ask) -> Answer:
    """Record a view: ``/invitees record @user or NAME | {REF,all} | choice [| reason]``."""
    said = _recording(ask.text)
    if said.who == ask.user_id:
        raise YourOwnView
    async with ask.services.database.read() as session:
        require_cochair(await require_group(session, ask), ask, "record someone's view")
    member = await _member(ask, said.who)
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        require_cochair(stored, ask, "record someone's view")
        register = await list_stakeholders(work.session, stored.initiative_id)
        voter = _voter(stored, register, said.who, member)
        own = await _ballot_of(work, voter, register)
        places = await _store(work, own, said.wish, voter)
        complete = all(place.choice for place in places)
        closed = complete and await close_if_all_voted(work, own)
        if member:
            work.tell(stored, f"recorded:{own.ballot_id}:{voter.id}:{ask.key}", _told(ask, stored), to=member.user_id)
        words = f"Recorded for {spoken_voter(voter.id)}, marked as recorded by you."
        if closed:
            words += " That was the last vote, so the vote is closed; the result follows here."
        return await work.finish(stored, Answer(words))


def _told(ask: Ask, stored: StoredGroup) -> str:
    """What the person whose view was recorded is told."""
    return (
        f"<@{ask.user_id}> recorded your view on whom to invite in <#{stored.channel_id}>, marked so. If it is not "
        "your view, vote there yourself: /invitees vote S1 | support. Your own vote replaces it until the vote closes."
    )


async def _store(work: Work, own: OwnBallot, wish: Wish, voter: Voter) -> tuple[Place, ...]:
    try:
        places, _ = await store(work, own, [wish], voter.id, work.ask.user_id)
    except RecusedFromInvitee as refusal:
        raise NotTheirOwn(who=spoken_voter(voter.id), ref=refusal.fields["ref"]) from refusal
    await hold(work, own)
    return places


def _recording(text: str) -> Recording:
    typed = parse(text)
    who, whom, what, reason = typed.place(0), typed.place(1), typed.place(2), " | ".join(typed.positional[3:])
    if not (who and whom and what):
        raise RecordUnclear
    names = () if squeezed(whom) in ALL else refs(whom)
    return Recording(_person(who), Wish(names, parse_choice(what, CHOICES, "choice"), reason))


def _person(words: str) -> str:
    if user_id := mention(words):
        return user_id
    name = clean_text(words, "name", NAME_LIMIT)
    if is_account(name):
        raise LooksLikeAnAccount(who=name)
    return name


async def _member(ask: Ask, who: str) -> Member | None:
    if not is_account(who):
        return None
    member = await ask.services.directory.member(ask.client, who, ask.now)
    if member.is_bot:
        raise BotsCannotVote(who=spoken_voter(who))
    return member


def _voter(stored: StoredGroup, register: Sequence[Stakeholder], who: str, member: Member | None) -> Voter:
    """Whom a view is recorded for: a member, a co-chair or register entry of that name, or just the name."""
    if member:
        return voter_for(member, stored, register)
    for chair in stored.group.cochairs:
        if not chair.user_id and folded(chair.name) == folded(who):
            return Voter(chair.name, "", chair.organization, chair.side)
    named = [entry for entry in register if folded(entry.name) == folded(who) and entry.status.counts]
    if len(named) == 1:
        return Voter(named[0].name, "", named[0].organization, side_of(named[0]))
    return Voter(who)


async def _ballot_of(work: Work, voter: Voter, register: Sequence[Stakeholder]) -> OwnBallot:
    """The ballot as this voter would see it. Who is not on its roll is put there."""
    own = await _own(work, voter)
    if not own.takes_votes(work.ask.now):
        raise BallotClosed
    if own.on_the_roll and await has_voted_in_person(work.session, own.ballot_id, voter.id):
        raise SpeaksForThemself(who=spoken_voter(voter.id))
    if own.on_the_roll:
        return own
    await add_voters(work.session, own.ballot_id, [voter], LAST)
    await add_recusals(work.session, own.ballot_id, _recusals(own, voter, register), work.ask.now)
    work.note("ballot.roll", f"ballot {own.ballot_id}", after={"added": _code(voter)})
    return await _own(work, voter)


async def _own(work: Work, voter: Voter) -> OwnBallot:
    own = await get_own_ballot(work.session, work.ask.channel_id, work.ask.team_id, voter.id)
    if own is None:
        raise NoBallotYet
    return own


def _recusals(own: OwnBallot, voter: Voter, register: Sequence[Stakeholder]) -> Recusals:
    """Nobody's view is recorded about themselves."""
    names = {folded(voter.id)}
    mine = {entry.ref for entry in register if entry.slack_user == voter.id or folded(entry.name) in names}
    return frozenset((voter.id, place.ref) for place in own.places if place.ref in mine)


def _code(voter: Voter) -> str:
    """Who was added, as an audit may hold it: an account, never a name."""
    return voter.id if is_account(voter.id) else "someone outside this Slack"
