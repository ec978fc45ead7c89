"""The draft of an invitation, as plain text to edit. It holds what the guiding principles say one holds."""

from __future__ import annotations

from datetime import datetime

from bot.groups import CoChair, Situation
from bot.principles.principles import law_labels
from bot.register import Function, Kind, Side, Stakeholder
from handlers.ballots.text import long_name
from handlers.slack.blocks import TEXT_LIMIT, cut, escape
from handlers.slack.times import spoken_instant
from storage.groups import StoredGroup

FUNCTIONS = {
    Function.EXECUTIVE: "as an executive of your agency",
    Function.LEGAL: "as a legal expert",
    Function.PRIVACY: "as a privacy expert",
    Function.TECHNICAL: "as a technical expert",
    Function.BOUNDARY_SPANNER: "as someone who knows both systems",
    Function.CONSUMER: "in a consumer seat",
    Function.FAMILY: "in a family seat",
    Function.ADVOCATE: "as an advocate",
    Function.LIAISON: "as a liaison",
    Function.ADVISER: "as an adviser",
    Function.STAFF: "as staff to the group",
}


def draft(
    stored: StoredGroup, situation: Situation, entry: Stakeholder, now: datetime, *, public_body: bool, before: str = ""
) -> str:
    """The draft for one invitee, as a message; ``before`` is what a co-chair should know before they send it."""
    head = f"Draft invitation to {long_name(entry)}. Please edit and send it yourself; then mark it as invited."
    paragraphs = [
        *filter(None, [before]),
        head,
        *draft_paragraphs(stored, situation, entry, now, public_body=public_body),
    ]
    return cut("\n\n".join(map(escape, paragraphs)), TEXT_LIMIT)


def draft_paragraphs(
    stored: StoredGroup, situation: Situation, entry: Stakeholder, now: datetime, *, public_body: bool
) -> list[str]:
    """The letter itself, as of ``now`` (aware). Square brackets mark what only a person can fill in."""
    return [
        f"Dear {_addressee(entry)},",
        _purpose(stored, situation),
        _why_you(entry),
        _role(entry),
        _time_and_place(stored, now),
        _decisions(public_body=public_body),
        "Please send and bring no client information: nothing about a patient, client, defendant or case. "
        "Replies to this message may be public records.",
        _access(entry),
        "Please reply by [reply date] to [name, e-mail and telephone of the contact].",
        _signed(stored, situation),
    ]


def _addressee(entry: Stakeholder) -> str:
    if entry.kind is Kind.GROUP:
        return "colleagues"
    return entry.name if entry.kind is Kind.PERSON else "[name]"


def _purpose(stored: StoredGroup, situation: Situation) -> str:
    return (
        f"We invite you to {stored.group.name}, a working group of {situation.jurisdiction}. Its purpose is that "
        "justice and health agencies share the information they need to serve people better, within the law. "
        f"Sponsors: {_sponsors(stored)}."
    )


def _sponsors(stored: StoredGroup) -> str:
    meeting = stored.group.meeting
    if meeting and meeting.sponsors:
        return "; ".join(meeting.sponsors)
    by_side = {chair.side: chair.organization for chair in stored.group.cochairs if chair.organization}
    return "; ".join(by_side.get(side) or f"[sponsor on the {side} side]" for side in Side)


def _why_you(entry: Stakeholder) -> str:
    agency = f" ({entry.organization})" if entry.organization else ""
    laws = [law_labels()[law] for law in sorted(entry.laws)]
    known = f" You say you can advise on {', '.join(laws)}." if laws else ""
    return f"Why we ask you{agency}: [in a sentence, why this agency and this seat].{known}"


def _role(entry: Stakeholder) -> str:
    roles = [FUNCTIONS[each] for each in sorted(entry.functions)]
    role = " and ".join(roles) or "[the role]"
    return f"Your role: you would join {role}. A designee [may / may not] come in your place."


def _time_and_place(stored: StoredGroup, now: datetime) -> str:
    meeting = stored.group.meeting
    to_come = meeting is not None and meeting.starts_at > now
    when = spoken_instant(meeting.starts_at, stored.group.zone) if meeting and to_come else "[date and time]"
    return (
        "Time and term: [hours a month, for how many months]. "
        f"The next meeting: {when}, at [place]; you can also take part remotely: [link or number]."
    )


def _decisions(*, public_body: bool) -> str:
    if public_body:
        return "How decisions are made: [in public meetings, under the open-meetings law]."
    return "How decisions are made: members vote by name; both co-chairs answer for the result. [Adapt as needed.]"


def _access(entry: Stakeholder) -> str:
    words = "If you need an accommodation to take part, please ask [name and contact]."
    if entry.functions & {Function.CONSUMER, Function.FAMILY} or entry.category == "consumer":
        words += " For your time there is [pay or a stipend], and [travel, child care and other expenses] are covered."
    return words


def _signed(stored: StoredGroup, situation: Situation) -> str:
    names = {entry.slack_user: entry.name for entry in situation.stakeholders if entry.slack_user}
    signed = [_chair(chair, chair.name or names.get(chair.user_id, "")) for chair in stored.group.cochairs]
    return "The co-chairs: " + "; ".join(signed or ["[names]"])


def _chair(chair: CoChair, name: str) -> str:
    """A co-chair by name, where the group or its register has it. A mention means nothing in a letter."""
    shown = name or f"[name of the co-chair on the {chair.side} side]"
    return f"{shown}, {chair.organization}" if chair.organization else shown
