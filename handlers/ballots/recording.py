"""Recording the view of someone who cannot vote here, by a co-chair, marked so; and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.ballots.checks import BallotClosed, ReasonNeeded, RecusedFromInvitee
from bot.ballots.values import Choice, Voter
from bot.privacy import NAME_LIMIT, clean_text
from bot.refusals import Refusal
from handlers.ballots.refusals import BotsCannotVote, NoBallotYet, NothingToVoteOn, ReasonOnlyForObjections
from handlers.ballots.text import WITHDRAW, is_account, spoken_voter
from handlers.ballots.voters import Known, LooksLikeAnAccount, themself, voter_meant
from handlers.ballots.voting import ALL, VoteWish, close_if_all_voted, hold, store
from handlers.slack.access import require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.changes import Work, change
from handlers.typed.grammar import mention, parse, squeezed
from handlers.typed.refs import refs
from handlers.typed.values import parse_choice
from storage.ballots import ADDED_LATER, StoredBallot, add_recusals, add_voters, get_ballot, get_last_ballot, lock_roll
from storage.groups import StoredGroup
from storage.members import list_members
from storage.stakeholders import list_stakeholders
from storage.votes import RECUSED, OwnBallot, OwnPlace, get_own_ballot, has_voted_in_person

CHOICES = (*Choice, WITHDRAW)
WHAT = "record someone's view"


class RecordUnclear(Refusal):
    """Please say who, about whom and what, as in: /invitees record @user | S3 | support, or /invitees record
    Ana Ruiz | all | abstain. The choices are support, object (with a reason), abstain and recuse; withdraw takes back
    what was recorded."""


class NotTheirOwn(Refusal):
    """{who} cannot be counted on {ref}, since the question is about them. Please leave it out."""


class NothingToRecord(Refusal):
    """{who} is recused from every name on this ballot, so there is no view to record."""


class NothingRecorded(Refusal):
    """Nothing is recorded there for {who}, so there is nothing to take back."""


class RecordNeedsReason(Refusal):
    """An objection needs a reason. Please add one in a few words: /invitees record {who} | {ref} | object | the
    reason."""


class RecordTakesNoReason(Refusal):
    """A reason goes with an objection only. Please type /invitees record {who} | {ref} | {choice} without it, or object
    instead of {choice}."""


class SpeaksForThemself(Refusal):
    """{who} has voted already, and nobody's own vote is replaced. They can change it until the vote closes."""


class YourOwnView(Refusal):
    """You can vote yourself: /invitees vote {ref} | support (or object, abstain). Recording is for someone who
    cannot."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Whose view is recorded (a user id, a ref or a name), and what it is."""

    who: str
    wish: VoteWish


async def record(ask: Ask) -> Answer:
    """Record a view: ``/invitees record @user or NAME | {REF,all} | choice [| reason]``."""
    said = _recording(ask.text)
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        require_cochair(stored, ask, WHAT)
        ballot = await get_last_ballot(session, stored.id)
    await _ask_slack(ask, said.who, ballot)
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        require_cochair(stored, ask, WHAT)
        await lock_roll(work.session, stored.id)
        voter, own = await _voter(work, stored, said)
        places = await _store(work, own, said, voter)
        complete = all(place.choice for place in places)
        closed = complete and await close_if_all_voted(work, own)
        if is_account(voter.id):
            known = (await list_members(work.session, [voter.id])).get(voter.id)
            words = _told(ask, stored, own, said.wish, guest=bool(known and known.is_guest))
            work.tell(stored, f"recorded:{own.ballot_id}:{voter.id}:{ask.key}", words, to=voter.id)
        return await work.finish(stored, Answer(_answer(voter, said.wish, added=not own.on_the_roll, closed=closed)))


def _recording(text: str) -> Recording:
    typed = parse(text)
    who, whom, what, reason = typed.place(0), typed.place(1), typed.place(2), " | ".join(typed.positional[3:])
    if not (who and whom and what):
        raise RecordUnclear
    names = () if squeezed(whom) in ALL else refs(whom)
    return Recording(_person(who), VoteWish(names, parse_choice(what, CHOICES, "choice"), reason))


def _person(words: str) -> str:
    if user_id := mention(words):
        return user_id
    name = clean_text(words, "name", NAME_LIMIT)
    if is_account(name):
        raise LooksLikeAnAccount(who=name)
    return name


async def _ask_slack(ask: Ask, who: str, ballot: StoredBallot | None) -> None:
    """Make sure that whoever was mentioned is a person of this Slack, and that those on the roll are known by name.

    Raises:
        UnknownPerson, SlackSilent: Slack does not know them, or did not answer.
        BotsCannotVote: it is an app.
    """
    if is_account(who) and (await ask.services.directory.member(ask.client, who, ask.now)).is_bot:
        raise BotsCannotVote(who=spoken_voter(who))
    roll = ballot.roll if ballot else ()
    await ask.services.directory.members(ask.client, [each.id for each in roll if is_account(each.id)], ask.now)


async def _voter(work: Work, stored: StoredGroup, said: Recording) -> tuple[Voter, OwnBallot]:
    """Who is meant, and the ballot as they would see it. Who is not on its roll is put there."""
    open_one = await _own(work, work.ask.user_id)
    if not open_one.takes_votes(work.ask.now):
        raise BallotClosed
    ballot = await get_ballot(work.session, open_one.ballot_id)
    assert ballot is not None  # it was read a moment ago, and none is ever deleted
    register = await list_stakeholders(work.session, stored.initiative_id)
    accounts = [voter.id for voter in ballot.roll if is_account(voter.id)]
    linked = [entry.slack_user for entry in register if entry.slack_user]
    members = await list_members(work.session, {*accounts, *linked, said.who})
    voter = voter_meant(said.who, Known(stored, register, ballot.roll, members))
    if voter.id == work.ask.user_id:
        raise YourOwnView(ref=open_one.places[0].ref)
    own = await _own(work, voter.id)
    mine = themself(voter, said.who, register) & set(ballot.refs)
    if not own.on_the_roll:
        await _add(work, stored, ballot, voter, said)
        await add_recusals(work.session, own.ballot_id, frozenset((voter.id, ref) for ref in mine), work.ask.now)
    places = tuple(replace(place, choice=RECUSED) if place.ref in mine else place for place in own.places)
    return voter, replace(own, places=places)


async def _own(work: Work, voter: str) -> OwnBallot:
    own = await get_own_ballot(work.session, work.ask.channel_id, work.ask.team_id, voter)
    if own is None:
        raise NoBallotYet
    return own


async def _add(work: Work, stored: StoredGroup, ballot: StoredBallot, voter: Voter, said: Recording) -> None:
    """Put someone on the roll, and tell the channel so: everyone reads there how many the quorum is of."""
    if said.wish.choice == WITHDRAW:
        raise NothingRecorded(who=spoken_voter(voter.id))
    await add_voters(work.session, ballot.id, [voter], ADDED_LATER)
    work.note("ballot.roll", f"ballot {ballot.id}", after={"added": _code(voter)})
    people = len(ballot.roll) + 1
    words = (
        f"A co-chair recorded the view of someone who cannot vote here ({spoken_voter(voter.id)}), so {people} people "
        f"are on the roll now. The quorum stays {ballot.terms.quorum}."
    )
    work.tell(stored, f"ballot:{ballot.id}:roll:{people}", words)


def _code(voter: Voter) -> str:
    """Who was added, as an audit may hold it: an account, never a name."""
    return voter.id if is_account(voter.id) else "someone outside this Slack"


async def _store(work: Work, own: OwnBallot, said: Recording, voter: Voter) -> Sequence[OwnPlace]:
    who, wish = spoken_voter(voter.id), said.wish
    if own.on_the_roll and await has_voted_in_person(work.session, own.ballot_id, voter.id):
        raise SpeaksForThemself(who=who)
    try:
        places, votes = await store(work, own, [wish], voter.id, work.ask.user_id)
    except RecusedFromInvitee as refusal:
        raise NotTheirOwn(who=who, ref=refusal.fields["ref"]) from refusal
    except NothingToVoteOn as refusal:
        raise NothingToRecord(who=who) from refusal
    except ReasonNeeded as refusal:
        raise RecordNeedsReason(who=who, ref=refusal.fields["ref"]) from refusal
    except ReasonOnlyForObjections as refusal:
        raise RecordTakesNoReason(who=who, **refusal.fields) from refusal
    stood = {place.number for place in own.places if place.choice}
    if wish.choice == WITHDRAW and not any(vote.number in stood for vote in votes):
        raise NothingRecorded(who=who)
    await hold(work, own)
    if await has_voted_in_person(work.session, own.ballot_id, voter.id):  # at this very moment: theirs was kept
        raise SpeaksForThemself(who=who)
    return places


def _told(ask: Ask, stored: StoredGroup, own: OwnBallot, wish: VoteWish, *, guest: bool) -> str:
    """What the person whose view was recorded is told. A guest cannot use commands."""
    room = f"<#{stored.channel_id}>"
    if guest and wish.choice != WITHDRAW:
        return f"<@{ask.user_id}> recorded your view on whom to invite in {room}, marked so. If it is not, tell them."
    if guest:
        return f"<@{ask.user_id}> took back what was recorded as your view on whom to invite in {room}."
    theirs = next((place.ref for place in own.places if place.choice != RECUSED), own.places[0].ref)
    vote = f"/invitees vote {theirs} | support"
    if wish.choice == WITHDRAW:
        return (
            f"<@{ask.user_id}> took back what was recorded as your view on whom to invite in {room}. "
            f"You can vote there yourself until the vote closes: {vote}"
        )
    return (
        f"<@{ask.user_id}> recorded your view on whom to invite in {room}, marked so. If it is not "
        f"your view, vote there yourself: {vote}. Your own vote replaces it until the vote closes."
    )


def _answer(voter: Voter, wish: VoteWish, *, added: bool, closed: bool) -> str:
    """What the co-chair reads."""
    who = spoken_voter(voter.id)
    if wish.choice == WITHDRAW:
        return f"Taken back: what was recorded for {who} no longer counts. They stay on the roll."
    words = f"Recorded for {who}, marked as recorded by you."
    if added:
        words += " They were not on the roll and are now; the channel is told so."
    if closed:
        words += " That was the last vote, so the vote is closed; the result follows here."
    return words
