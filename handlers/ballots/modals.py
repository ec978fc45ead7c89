"""Opening the modals of a ballot and taking what they are submitted with."""

from __future__ import annotations

from dataclasses import replace

from bot.ballots.checks import BallotClosed, NotOnTheRoll, RecusedFromInvitee
from bot.ballots.values import Choice
from bot.groups import PublicBody
from bot.register import Status
from bot.suggestion.suggestion import suggest
from handlers.ballots.agenda import agenda
from handlers.ballots.modal_views import field_of, object_modal, propose_modal, vote_modal
from handlers.ballots.opening import WHAT
from handlers.ballots.refusals import NoBallotYet, NotAnswered, ReasonNeededHere
from handlers.ballots.status import status
from handlers.ballots.text import HELP
from handlers.ballots.voting import VoteWish, cast
from handlers.slack.access import require_cochair, require_group
from handlers.slack.answering import in_field
from handlers.slack.asking import Answer, Ask, field_text
from handlers.slack.blocks import section
from handlers.slack.times import day_ahead
from storage.situations import get_situation
from storage.votes import RECUSED, OwnBallot, OwnPlace, get_own_ballot

TYPED_PROPOSE = "To open a vote by typing: /invitees propose S3; S7 | closes=YYYY-MM-DD 17:00"
TYPED_VOTE = "To vote by typing: /invitees vote S3 | support, or /invitees vote all | support"
TYPED_OBJECT = "To object by typing: /invitees vote {ref} | object | your reason"
OPEN_ALREADY = (
    "A vote is open in this group already, and the next list waits for its end. To give it more time: "
    "/invitees extend {ahead} 17:00 | reason. To end it now: /invitees close | reason"
)
NOBODY_YET = (
    "Nobody on the register can be proposed yet: a list takes entries with the status “identified”. "
    "Add someone with /stakeholder add NAME | ORGANIZATION | CATEGORY"
)


async def open_propose(ask: Ask) -> Answer:
    """The modal to open a ballot, with the suggested list; for others, what they can do."""
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        if stored.cochair(ask.user_id) is None:
            return Answer(HELP)
        require_cochair(stored, ask, WHAT)
        situation = await get_situation(session, stored)
        own = await get_own_ballot(session, ask.channel_id, ask.team_id, ask.user_id)
    entries = [entry for entry in situation.stakeholders if entry.status is Status.IDENTIFIED]
    found = suggest(situation, ask.now)
    if stored.group.public_body is not PublicBody.NO:
        return agenda(stored, situation, [entry for entry in entries if entry.number in found.numbers], ask.now)
    if own and own.takes_votes(ask.now):
        return await _open_already(ask)
    if not entries:
        return Answer(f"{NOBODY_YET}\n\n{HELP}")
    return Answer(f"{TYPED_PROPOSE}\n\n{HELP}", view=propose_modal(stored, entries, found.picks, ask.now))


async def _open_already(ask: Ask) -> Answer:
    """How the open vote stands, for a co-chair who would open another."""
    shown = await status(replace(ask, text=""))
    lead = OPEN_ALREADY.format(ahead=day_ahead(ask.now.date()))
    return Answer(f"{lead}\n{shown.text}", [section(lead), *(shown.blocks or [])])


async def open_vote(ask: Ask) -> Answer:
    """The modal to vote one by one."""
    own = await _own(ask, ask.text)
    return Answer(TYPED_VOTE, view=vote_modal(own, ask.channel_id))


async def open_vote_privately(ask: Ask) -> Answer:
    """The same from a private message, where it is answered too."""
    own = await _own(ask, ask.text)
    return Answer(TYPED_VOTE, view=vote_modal(own, ask.channel_id, privately=True))


async def open_object(ask: Ask) -> Answer:
    """The modal that asks for the reason of an objection."""
    ballot_id, _, number = ask.text.partition(":")
    own = await _own(ask, ballot_id)
    place = next((place for place in own.places if str(place.number) == number), None)
    if place is None:
        raise NoBallotYet
    if place.choice == RECUSED:
        raise RecusedFromInvitee(ref=place.ref)
    return Answer(TYPED_OBJECT.format(ref=place.ref), view=object_modal(own, place, ask.channel_id))


async def submit_object(ask: Ask) -> Answer:
    """Take an objection with its reason."""
    ballot_id, _, number = ask.text.partition(":")
    own = await _own(ask, ballot_id)
    reason = field_text(ask.state, "reason")
    with in_field("reason"):
        if not reason.strip():
            raise ReasonNeededHere
        return await cast(ask, [VoteWish((f"S{number}",), Choice.OBJECT, reason)], own.ballot_id)


async def submit_vote(ask: Ask) -> Answer:
    """Take the choices of the modal."""
    own = await _own(ask, ask.text)
    reason = field_text(ask.state, "reason").strip()
    said = [(place, field_text(ask.state, field_of(place))) for place in own.places]
    chosen = [(place, choice) for place, choice in said if choice]
    if not chosen:
        raise NotAnswered
    objections = [place for place, choice in chosen if choice == Choice.OBJECT]
    with in_field("reason"):
        wishes = [_wish(place, choice, reason, objections) for place, choice in chosen]
        return await cast(ask, wishes, own.ballot_id)


def _wish(place: OwnPlace, choice: str, reason: str, objections: list[OwnPlace]) -> VoteWish:
    """One vote. An objection that stood before keeps its reason, unless it is the only one and another is given."""
    if choice != Choice.OBJECT:
        return VoteWish((place.ref,), choice)
    stood = place.choice == Choice.OBJECT and (len(objections) > 1 or not reason)
    why = place.reason if stood else reason
    if not why:
        raise ReasonNeededHere
    return VoteWish((place.ref,), choice, why)


async def _own(ask: Ask, ballot_id: str) -> OwnBallot:
    number = int(ballot_id) if ballot_id.isascii() and ballot_id.isdigit() else 0
    async with ask.services.database.read() as session:
        own = await get_own_ballot(session, ask.channel_id, ask.team_id, ask.user_id, number)
        if own is None:
            await require_group(session, ask)
            raise NoBallotYet
    if not own.takes_votes(ask.now):
        raise BallotClosed
    if not own.on_the_roll:
        raise NotOnTheRoll
    return own
