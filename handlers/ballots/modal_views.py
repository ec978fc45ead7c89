"""The modals of a ballot: to propose a list, to vote one by one, to give the reason for an objection."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.ballots.values import Choice, Rule, Unit, closes_default, may_step_aside
from bot.privacy import FREE_TEXT_LIMIT
from bot.register import Stakeholder
from bot.suggestion.suggestion import Pick
from handlers.ballots.text import (
    CHOICE_WORDS,
    RULE_LABELS,
    UNIT_LABELS,
    WITHDRAW,
    joined_lines,
    long_name,
    pick_line,
    until,
)
from handlers.slack.blocks import (
    SECTION_LIMIT,
    Blocks,
    choice_field,
    choices_field,
    context,
    escape,
    modal,
    section,
    text_field,
)
from storage.groups import StoredGroup
from storage.votes import RECUSED, OwnBallot, OwnPlace

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
    return modal("Propose invitees", fields, PROPOSE, submit="Open the vote", metadata=_metadata(stored.channel_id))


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
    metadata = _metadata(channel_id, value=str(own.ballot_id), **({"privately": "yes"} if privately else {}))
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
    metadata = _metadata(channel_id, value=f"{own.ballot_id}:{place.number}")
    return modal("Object", blocks, OBJECT, submit="Object", metadata=metadata)


def _metadata(channel_id: str, **more: str) -> str:
    return json.dumps({"channel": channel_id} | more)
