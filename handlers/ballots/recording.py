"""Recording the view of someone who cannot vote here, by a co-chair, marked so; and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from bot.ballots.checks import BallotClosed, NothingToVoteOn, ReasonNeeded, ReasonOnlyForObjections, RecusedFromInvitee
from bot.ballots.own import RECUSED, WITHDRAW, CastVote, OwnBallot
from bot.ballots.values import Choice, Voter
from bot.privacy import clean_name
from bot.refusals import Refusal
from bot.register import folded
from handlers.ballots.refusals import BotsCannotVote, NoBallotYet
from handlers.ballots.text import is_account, spoken_voter
from handlers.ballots.voters import Known, LooksLikeAnAccount, themself, voter_meant
from handlers.ballots.voting import ALL, VoteWish, close_if_all_voted, hold, said_words, store, with_refs
from handlers.slack.access import require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import escape
from handlers.slack.changes import Work, change
from handlers.typed.grammar import mention, parse, squeezed
from handlers.typed.refs import refs
from handlers.typed.values import parse_choice
from storage.ballots import StoredBallot, get_ballot, get_last_ballot, lock_roll
from storage.groups import StoredGroup
from storage.members import list_members
from storage.stakeholders import list_stakeholders
from storage.votes import get_own_ballot, has_voted_in_person

CHOICES = (*Choice, WITHDRAW)
WHAT = "record someone's view"
LAST_VOTE = "That was the last vote, so the vote is closed; the result follows here."


class RecordUnclear(Refusal):
    """Please say who, about whom and what, as in: /invitees record @user | S3 | support, or /invitees record
    Ana Ruiz | all | abstain. The choices are support, object (with a reason), abstain and recuse; withdraw takes back
    what was recorded."""


class NotTheirOwn(Refusal):
    """{who} cannot be counted on {ref}, since the question is about them. Please leave it out."""


class NothingToRecord(Refusal):
    """{who} is recused from every name on this ballot, so there is no view to record."""


class RecordNeedsReason(Refusal):
    """An objection needs a reason. Please add one in a few words: /invitees record {who} | {ref} | object | the
    reason."""


class RecordTakesNoReason(Refusal):
    """A reason goes with an objection only. Please type /invitees record {who} | {ref} | {choice} without it, or object
    instead of {choice}."""


class YourOwnView(Refusal):
    """You can vote yourself: /invitees vote {ref} | support (or object, abstain). Recording is for someone who
    cannot."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Whose view is recorded (a user id, a ref or a name), and what it is."""

    who: str
    wish: VoteWish


class _SpokeThemself(Exception):
    """They have voted, or do so at this very moment: nothing is stored, and nobody is told that they have."""


async def record(ask: Ask) -> Answer:
    """Record a view: ``/invitees record @user or NAME | {REF,all} | choice [| reason]``.

    The answer is the same whether or not they have voted themself.
    """
    recording = _recording(ask.text)
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        require_cochair(stored, ask, WHAT)
        ballot = await get_last_ballot(session, stored.id)
        recording = replace(recording, wish=await with_refs(session, recording.wish, stored.initiative_id))
    await _ask_slack(ask, recording.who, ballot)
    try:
        async with change(ask) as work:
            return await _record(work, recording)
    except _SpokeThemself as spoke:
        return Answer(answer_words(str(spoke), recording.wish, voting=True))


async def _record(work: Work, recording: Recording) -> Answer:
    stored = await require_group(work.session, work.ask)
    require_cochair(stored, work.ask, WHAT)
    await lock_roll(work.session, stored.id)
    voter, own = await _voter(work, stored, recording)
    votes, complete = await _store(work, own, recording, voter)
    closed = own.on_the_roll and complete and await close_if_all_voted(work, own)
    if is_account(voter.id):
        member = (await list_members(work.session, [voter.id])).get(voter.id)
        words = _told(work.ask, stored, own, votes, guest=bool(member and member.is_guest))
        work.tell(stored, f"recorded:{own.ballot_id}:{voter.id}:{work.ask.key}", words, to=voter.id)
    if not own.on_the_roll and recording.wish.choice != WITHDRAW:
        _tell_channel(work, stored, own, voter)
    words = answer_words(spoken_voter(voter.id), recording.wish, voting=own.on_the_roll)
    return await work.finish(stored, Answer(f"{words} {LAST_VOTE}" if closed else words))


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
    name = clean_name(words)
    if is_account(name):
        raise LooksLikeAnAccount(who=name)
    return name


def digest(name: str) -> str:
    """What tells one name from another in a key, and does not say it."""
    return sha256(folded(name).encode()).hexdigest()[:16]


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


async def _voter(work: Work, stored: StoredGroup, recording: Recording) -> tuple[Voter, OwnBallot]:
    """Who is meant, and the ballot as they would see it, on its roll or not."""
    open_one = await _own(work, work.ask.user_id)
    if not open_one.takes_votes(work.ask.now):
        raise BallotClosed
    ballot = await get_ballot(work.session, open_one.ballot_id)
    assert ballot is not None  # it was read a moment ago, and none is ever deleted
    register = await list_stakeholders(work.session, stored.initiative_id)
    accounts = [voter.id for voter in ballot.roll if is_account(voter.id)]
    linked = [entry.slack_user for entry in register if entry.slack_user]
    members = await list_members(work.session, {*accounts, *linked, recording.who})
    voter = voter_meant(recording.who, Known(stored, register, ballot.roll, members))
    if voter.id == work.ask.user_id:
        raise YourOwnView(ref=open_one.places[0].ref)
    own = await _own(work, voter.id)
    mine = themself(voter, recording.who, register) & set(ballot.refs)
    places = tuple(replace(place, choice=RECUSED) if place.ref in mine else place for place in own.places)
    return voter, replace(own, places=places)


async def _own(work: Work, voter: str) -> OwnBallot:
    own = await get_own_ballot(work.session, work.ask.channel_id, work.ask.team_id, voter)
    if own is None:
        raise NoBallotYet
    return own


def _tell_channel(work: Work, stored: StoredGroup, own: OwnBallot, voter: Voter) -> None:
    """Tell the channel, once for each person, that a view was noted that does not count."""
    words = (
        f"<@{work.ask.user_id}> noted the view of {spoken_voter(voter.id)}, who is not among the voters. "
        "It is shown with the result, and counts neither to the decision nor to the quorum."
    )
    work.tell(stored, f"ballot:{own.ballot_id}:noted:{digest(voter.id)}", words)


async def _store(work: Work, own: OwnBallot, recording: Recording, voter: Voter) -> tuple[list[CastVote], bool]:
    """Store the view; what was stored, and whether whose view it is has answered about everyone."""
    who, wish = spoken_voter(voter.id), recording.wish
    if await has_voted_in_person(work.session, own.ballot_id, voter.id):
        raise _SpokeThemself(who)
    try:
        votes = await store(work, own, [wish], voter.id, work.ask.user_id)
    except RecusedFromInvitee as refusal:
        raise NotTheirOwn(who=who, ref=refusal.fields["ref"]) from refusal
    except NothingToVoteOn as refusal:
        raise NothingToRecord(who=who) from refusal
    except ReasonNeeded as refusal:
        raise RecordNeedsReason(who=who, ref=refusal.fields["ref"]) from refusal
    except ReasonOnlyForObjections as refusal:
        raise RecordTakesNoReason(who=who, **refusal.fields) from refusal
    complete = await hold(work, own.after(votes), voter.id)
    if await has_voted_in_person(work.session, own.ballot_id, voter.id):  # at this very moment: theirs was kept
        raise _SpokeThemself(who)
    return votes, complete


def _told(ask: Ask, stored: StoredGroup, own: OwnBallot, votes: Sequence[CastVote], *, guest: bool) -> str:
    """What the person whose view was recorded is told. A guest cannot use commands."""
    what = f"<@{ask.user_id}> recorded your view on whom to invite in <#{stored.channel_id}>: "
    what += f"{escape(said_words(own, votes))}."
    if not own.on_the_roll:
        return f"{what} You are not among the voters, so it is shown with the result and does not count."
    if guest:
        return f"{what} If that's wrong, tell <@{ask.user_id}>."
    theirs = next((place.ref for place in own.places if place.choice != RECUSED), own.places[0].ref)
    return (
        f"{what} If that's wrong, vote there yourself: /invitees vote {theirs} | support. "
        "Until the vote closes, your own vote replaces it."
    )


def answer_words(who: str, wish: VoteWish, *, voting: bool) -> str:
    """What the co-chair reads; it does not tell whether ``who`` has voted. ``voting``: they are among the voters."""
    if wish.choice == WITHDRAW:
        return (
            f"Nothing that was recorded for {who} on those names counts any more. A vote of their own is not touched."
        )
    if voting:
        return f"Recorded for {who}, marked as recorded by you. If they vote themself, or have, their own vote counts."
    return (
        f"Noted for {who}, who is not among the voters: it is shown with the result, and counts neither to the "
        "decision nor to the quorum. I'm telling the channel."
    )
