"""Opening the modals of a ballot and taking what they are submitted with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.ballots.checks import RecusedFromInvitee
from bot.ballots.own import RECUSED, WITHDRAW, OwnBallot, OwnPlace, check_may_vote, may_step_aside
from bot.ballots.values import Choice, Rule, Unit, closes_default
from bot.groups import PublicBody
from bot.privacy import FREE_TEXT_LIMIT
from bot.register import Stakeholder, Status
from bot.suggestion.suggestion import Pick, suggest
from handlers.ballots.agenda import agenda
from handlers.ballots.opening import WHAT
from handlers.ballots.refusals import NoBallotYet, NotAnswered, ReasonNeededHere
from handlers.ballots.status import status
from handlers.ballots.text import CHOICE_WORDS, HELP, RULE_LABELS, UNIT_LABELS, long_name, pick_line, until
from handlers.ballots.voting import VoteWish, cast
from handlers.slack.access import require_cochair, require_group
from handlers.slack.answering import in_field
from handlers.slack.asking import Answer, Ask, field_text
from handlers.slack.blocks import (
    SECTION_LIMIT,
    Blocks,
    choice_field,
    choices_field,
    context,
    escape,
    joined_lines,
    modal,
    section,
    text_field,
)
from handlers.slack.times import day_ahead
from handlers.slack.values import modal_metadata, number_in, pack
from storage.groups import StoredGroup
from storage.situations import get_situation
from storage.votes import get_own_ballot

PROPOSE = "ballot.propose"
VOTE = "ballot.vote"
OBJECT = "ballot.object"

MOST_OPTIONS = 100
VOTE_CHOICES = [(Choice.SUPPORT, "Support"), (Choice.OBJECT, "Object"), (Choice.ABSTAIN, "Abstain")]
STEP_ASIDE = (Choice.RECUSE, "Step aside")
TAKE_BACK = (WITHDRAW, "Take back my vote")
RULE_CHOICES = [(rule, RULE_LABELS[rule]) for rule in Rule]
UNIT_CHOICES = [(unit, UNIT_LABELS[unit]) for unit in Unit]
OWN_AGENCY = "You work there, so you may choose Step aside."
SUGGESTED = "The whole suggestion: `/invitees suggest`"
REASON_HINT = (
    f"Needed for an objection, up to {FREE_TEXT_LIMIT} characters. The co-chairs read it, not the channel. "
    "Nothing about a patient, client, defendant or case, please."
)


def propose_modal(
    stored: StoredGroup, entries: Sequence[Stakeholder], picks: Sequence[Pick], now: datetime
) -> dict[str, Any]:
    """The modal that opens a ballot; those of the suggested list are chosen already, with what each would close."""
    known = {entry.number: entry for entry in entries}
    chosen = [pick for pick in picks if pick.number in known]
    zone = stored.group.zone
    closes = closes_default(now, zone).astimezone(ZoneInfo(zone))
    fields = [
        *_why([pick_line(pick, known[pick.number]) for pick in chosen]),
        _invitees_field(entries, [pick.number for pick in chosen]),
        choice_field("rule", "Rule", RULE_CHOICES, initial=Rule.MAJORITY, hint="What it takes for a name to pass"),
        choice_field("unit", "Unit", UNIT_CHOICES, initial=Unit.PERSON),
        text_field("quorum", "Quorum", optional=True, hint="How many must answer. Empty: half of the roll, rounded up"),
        text_field("closes", "Closes", initial=f"{closes:%Y-%m-%d %H:%M}", hint=f"Year-month-day and time, in {zone}"),
        context("The roll is everyone in this channel now, without apps. The ballot appears in the channel at once."),
    ]
    return modal(
        "Propose invitees", fields, PROPOSE, submit="Open the vote", metadata=modal_metadata(stored.channel_id)
    )


def _why(lines: Sequence[str]) -> Blocks:
    """What those who are chosen already would close; nothing where nobody is."""
    if not lines:
        return []
    head = "Chosen already: the smallest list that would close the most, if they all came."
    return [section(joined_lines([head, *lines, SUGGESTED], SECTION_LIMIT))]


def _invitees_field(entries: Sequence[Stakeholder], suggested: Collection[int]) -> dict[str, Any]:
    if len(entries) > MOST_OPTIONS:
        initial = "; ".join(f"S{number}" for number in suggested)
        return text_field("invitees", "Invitees", initial=initial, hint="Refs with semicolons, such as S3; S7")
    pairs = [(entry.ref, long_name(entry)) for entry in entries]
    chosen = [f"S{number}" for number in suggested]
    return choices_field("invitees", "Invitees", pairs, initial=chosen, optional=False)


def vote_modal(own: OwnBallot, channel_id: str, *, privately: bool = False) -> dict[str, Any]:
    """The modal to vote one by one: a choice for each invitee, and one reason for all new objections. ``privately``:
    it is opened from a private message, and answered there."""
    closes = until(own.closes_at, own.zone, reopened=own.reopened)
    blocks = [
        section(f"Only you see this. You can change your votes {closes}."),
        *(_vote_field(place, own) for place in own.places),
        text_field("reason", "Reason", optional=True, hint=REASON_HINT, long=True),
    ]
    metadata = modal_metadata(channel_id, value=str(own.ballot_id), **({"privately": "yes"} if privately else {}))
    return modal("Your votes", blocks, VOTE, submit="Vote", metadata=metadata)


def _vote_field(place: OwnPlace, own: OwnBallot) -> dict[str, Any]:
    label = _label(place, own.places)
    if place.choice == RECUSED:
        return section(f"*{escape(label)}*\n{CHOICE_WORDS[RECUSED]}")
    again = [TAKE_BACK] if place.choice else []
    return choice_field(
        field_of(place),
        label,
        [*VOTE_CHOICES, STEP_ASIDE, *again],
        initial=place.choice,
        optional=True,
        hint=_hint(place, own.agency),
    )


def _hint(place: OwnPlace, agency: str) -> str:
    offered = may_step_aside(agency, place.organization)
    return f"{place.organization}. {OWN_AGENCY}" if offered else place.organization


def field_of(place: OwnPlace) -> str:
    """The ``block_id`` of an invitee's field."""
    return f"vote.{place.number}"


def _label(place: OwnPlace, places: Sequence[OwnPlace]) -> str:
    """The name; where two have the same one, with the ref."""
    alike = sum(other.name == place.name for other in places)
    return place.name if alike == 1 else f"{place.name} ({place.ref})"


def object_modal(own: OwnBallot, place: OwnPlace, channel_id: str) -> dict[str, Any]:
    """The modal that asks why somebody objects to one invitee."""
    blocks: Blocks = [
        section(f"You object to inviting *{escape(long_name(place))}*."),
        text_field("reason", "Reason", initial=place.reason, hint=REASON_HINT, long=True),
    ]
    metadata = modal_metadata(channel_id, value=pack(own.ballot_id, place.number))
    return modal("Object", blocks, OBJECT, submit="Object", metadata=metadata)


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
    own = await _own(ask)
    return Answer(TYPED_VOTE, view=vote_modal(own, ask.channel_id))


async def open_vote_privately(ask: Ask) -> Answer:
    """The same from a private message, where it is answered too."""
    own = await _own(ask)
    return Answer(TYPED_VOTE, view=vote_modal(own, ask.channel_id, privately=True))


async def open_object(ask: Ask) -> Answer:
    """The modal that asks for the reason of an objection."""
    own = await _own(ask)
    place = next((place for place in own.places if place.number == number_in(ask.value, 1)), None)
    if place is None:
        raise NoBallotYet
    if place.choice == RECUSED:
        raise RecusedFromInvitee(ref=place.ref)
    return Answer(TYPED_OBJECT.format(ref=place.ref), view=object_modal(own, place, ask.channel_id))


async def submit_object(ask: Ask) -> Answer:
    """Take an objection with its reason."""
    own = await _own(ask)
    reason = field_text(ask.state, "reason")
    with in_field("reason"):
        if not reason.strip():
            raise ReasonNeededHere
        return await cast(ask, [VoteWish((f"S{number_in(ask.value, 1)}",), Choice.OBJECT, reason)], own.ballot_id)


async def submit_vote(ask: Ask) -> Answer:
    """Take the choices of the modal."""
    own = await _own(ask)
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


async def _own(ask: Ask) -> OwnBallot:
    """The ballot that was pressed, or the channel's newest, as the asker sees it.

    Raises:
        NoGroupHere, NoBallotYet, BallotClosed, NotOnTheRoll: they cannot vote.
    """
    async with ask.services.database.read() as session:
        own = await get_own_ballot(session, ask.channel_id, ask.team_id, ask.user_id, number_in(ask.value))
        if own is None:
            await require_group(session, ask)
            raise NoBallotYet
    check_may_vote(own, ask.now)
    return own
