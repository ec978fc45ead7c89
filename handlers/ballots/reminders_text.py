"""What a reminder to vote says, and what those read who want none, or want them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from handlers.ballots.text import in_both_zones, name_lines
from handlers.slack.blocks import Blocks, button, buttons, context, joined_lines, parts, section
from handlers.slack.times import spoken_instant
from handlers.slack.values import pack
from storage.ballots import Invitee, StoredBallot
from storage.groups import StoredGroup

"""The kind of the posts that remind."""

VOTE_FROM_REMINDER = "ballot.vote_from_reminder"
NO_REMINDERS = "ballot.no_reminders"

OFF = (
    "You will get no more reminders to vote, in any channel here. You can still vote as before. "
    "To have them again: /invitees reminders on"
)
ON = (
    "You will be reminded to vote 24 hours and 2 hours before a vote closes, in a private message, where you have "
    "not voted yet. To have no more of them: /invitees reminders off"
)
STANDING: Mapping[bool, str] = MappingProxyType(
    {
        True: f"Reminders are on. {ON}",
        False: "Reminders are off: you get none before a vote closes. To have them: /invitees reminders on",
    }
)
PRIVATE = "Only you see this, and nobody is told who has not voted yet."


def reminder_payload(stored: StoredGroup, ballot: StoredBallot, names: Sequence[Invitee]) -> dict[str, Any]:
    """The private message to someone for whom ``names`` still wait."""
    return {"text": _text(stored, ballot, names), "blocks": _blocks(stored, ballot, names)}


def _text(stored: StoredGroup, ballot: StoredBallot, names: Sequence[Invitee]) -> str:
    closes = spoken_instant(ballot.closes_at, stored.group.zone)
    last = f"{_how(stored, names)} {PRIVATE} No more reminders: /invitees reminders off"
    return joined_lines([_opening(stored, ballot, names, closes), *name_lines(names), last])


def _blocks(stored: StoredGroup, ballot: StoredBallot, names: Sequence[Invitee]) -> Blocks:
    closes = in_both_zones(ballot.closes_at, stored.group.zone)
    row = [
        button("Vote one by one", VOTE_FROM_REMINDER, pack(ballot.id, stored.channel_id), style="primary"),
        button("No more reminders", NO_REMINDERS, stored.team_id),
    ]
    return [
        section(_opening(stored, ballot, names, closes)),
        *(section("\n".join(part)) for part in parts(name_lines(names))),
        buttons(row, "ballot.reminder"),
        context(f"{_how(stored, names)} {PRIVATE} Or type `/invitees reminders off` for no more reminders."),
    ]


def _opening(stored: StoredGroup, ballot: StoredBallot, names: Sequence[Invitee], closes: str) -> str:
    waiting, all_of = len(names), len(ballot.invitees)
    which = (
        f"{waiting} of {all_of} names still {'waits' if waiting == 1 else 'wait'} for your answer"
        if waiting < all_of
        else "you have not voted yet"
    )
    return f"The vote on whom to invite in <#{stored.channel_id}> closes {closes}, and {which}:"


def _how(stored: StoredGroup, names: Sequence[Invitee]) -> str:
    return (
        f"To vote, press Vote one by one. In <#{stored.channel_id}> you can also type "
        f"`/invitees vote {names[0].ref} | support` (or abstain, recuse), or `/invitees vote all | support`."
    )
