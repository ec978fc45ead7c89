"""How a ballot speaks: names, times, one's own ballot, who has voted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from bot.ballots.own import RECUSED, OwnBallot, may_step_aside
from bot.ballots.values import Choice, Rule, Unit
from bot.suggestion.suggestion import Pick
from handlers.slack.blocks import TEXT_LIMIT, cut, escape, joined_lines, parts
from handlers.slack.times import spoken_instant

NAME_SHOWN = 60
ORGANIZATION_SHOWN = 60

RULE_LABELS = {
    Rule.MAJORITY: "Majority",
    Rule.TWO_THIRDS: "Two thirds",
    Rule.CONSENSUS: "Consensus",
    Rule.BOTH_SIDES: "Both sides",
}
UNIT_LABELS = {Unit.PERSON: "One vote per person", Unit.AGENCY: "One vote per agency"}
CHOICE_WORDS = {
    "support": "support",
    "object": "object",
    "abstain": "abstain",
    "recuse": "step aside",
    RECUSED: "recused, since it is about you",
    "": "no vote yet",
}
ADVICE = (
    "The result is advice to the co-chairs. Names with enough support move to “approved”; "
    "a person sends each invitation."
)
NAMED_VOTES = (
    "Votes are named. Until closing only the number of people who have voted is shown; after it, who voted how. "
    "Reasons go to the co-chairs only."
)

ENDED = "The vote was ended because this group is (or may be) a public body: nothing was decided."

GONE = "They left the register before the vote closed, so nothing was decided."


def ended_words(refs: Iterable[str]) -> str:
    """What is said of a vote that ended so, and what to do instead."""
    return f"{ENDED} The list belongs on a public agenda: `/invitees propose {'; '.join(refs)}`."


HELP = """Here is what you can do with /invitees:
• /invitees status: the vote that is open, or the last result
• /invitees vote S3 | support (or abstain, recuse, withdraw); /invitees vote all | support
• /invitees vote S3 | object | your reason
• /invitees suggest: whom you might invite, and what that would close
• /invitees minutes (or minutes csv): the minutes of the last vote that closed; with the reasons for co-chairs
• /invitees reminders off (or on): no more private reminders before a vote closes
For co-chairs:
• /invitees propose S3; S7 | closes=YYYY-MM-DD 17:00: open a vote (also rule=, unit=, quorum=, roll=@a @b)
• /invitees record @user or NAME | S3 | support: note the view of someone who cannot vote here (withdraw takes it back)
• /invitees draft S3: an invitation to edit; /invitees invited S3, then accepted S3 or declined S3
• /invitees extend YYYY-MM-DD 17:00 | reason; /invitees close | reason; /invitees reopen | reason"""


LINE = 900
"""Characters up to which names stay on one line."""

LIST_ROOM = 7500
"""Characters that a list of names may take of a message, whose blocks may hold some 13,000 together."""

WIDTHS = ((NAME_SHOWN, ORGANIZATION_SHOWN), (NAME_SHOWN, 30), (NAME_SHOWN, 0), (30, 0))
"""How much of names and organizations is shown, where many long ones would take too much room."""


class Named(Protocol):
    """Whatever has a ref, a name and an organization."""

    @property
    def ref(self) -> str:
        """Such as ``S12``."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def organization(self) -> str:
        """The organization."""


def short_name(entry: Named) -> str:
    """Ref and name, such as ``S3 Ana Ruiz``."""
    return f"{entry.ref} {cut(entry.name, NAME_SHOWN)}"


def long_name(entry: Named) -> str:
    """Ref, name and organization, such as ``S3 Ana Ruiz (Public Health)``."""
    return _within(entry, NAME_SHOWN, ORGANIZATION_SHOWN)


def name_lines(entries: Iterable[Named]) -> list[str]:
    """A line for each, safe in mrkdwn; names and organizations are shortened where the list would be too long."""
    known = list(entries)
    lines: list[str] = []
    for width, more in WIDTHS:
        lines = [f"• {escape(_within(entry, width, more))}" for entry in known]
        if sum(map(len, lines)) <= LIST_ROOM:
            return lines
    return lines


def _within(entry: Named, width: int, more: int) -> str:
    organization = f" ({cut(entry.organization, more)})" if entry.organization and more else ""
    return f"{entry.ref} {cut(entry.name, width)}{organization}"


def labelled_lines(label: str, names: Iterable[str], mark: str = ", ") -> Iterator[str]:
    """Names behind a label, on as many lines as it takes; no line where there are none."""
    return (f"{label}: {mark.join(lot)}" for lot in parts(names, LINE, mark))


def pick_line(pick: Pick, entry: Named) -> str:
    """A line for someone on the suggested list, with what they would close, and why they of equals; safe in mrkdwn."""
    closes = "; ".join(closing.words for closing in pick.closes)
    choice = f". {pick.choice_words}" if pick.choice_words else ""
    return f"• {escape(long_name(entry))}: {escape(closes)}{choice}"


def in_both_zones(at: datetime, zone: str) -> str:
    """An instant for mrkdwn: in the group's zone, and in that of whoever reads it."""
    spoken = spoken_instant(at, zone)
    return f"{spoken}; for you <!date^{int(at.timestamp())}^{{date_short_pretty}}, {{time}}|{spoken}>"


def spoken_voter(voter: str) -> str:
    """A voter: a mention, or the name of someone whose view was recorded."""
    return f"<@{voter}>" if is_account(voter) else escape(voter)


def is_account(voter: str) -> bool:
    """Whether a voter is a Slack user id rather than a recorded name."""
    return voter[:1] in ("U", "W") and len(voter) > 1 and voter[1:].isalnum() and voter.upper() == voter


def until(closes_at: datetime, zone: str, *, reopened: bool = False) -> str:
    """How long one can vote. What was reopened waits for its time, whoever has voted."""
    spoken = f"until {spoken_instant(closes_at, zone)}"
    return spoken if reopened else f"{spoken}, or until everyone has voted"


def own_ballot(own: OwnBallot, limit: int = TEXT_LIMIT) -> str:
    """One's own ballot, for the voter alone."""
    return joined_lines(own_lines(own), limit, "… and more: /invitees status lists them")


def own_lines(own: OwnBallot) -> list[str]:
    """The same line by line; the last one says what to do next."""
    lines = [f"• {escape(short_name(place))}: {CHOICE_WORDS.get(place.choice, place.choice)}" for place in own.places]
    offer = _step_aside_words(own)
    open_names = [place for place in own.places if not place.choice]
    rest = (
        f"{len(open_names)} still to go. To vote on the next: `/invitees vote {open_names[0].ref} | support`."
        if open_names
        else "That is your whole ballot."
    )
    change = f"You can change it {until(own.closes_at, own.zone, reopened=own.reopened)}."
    return ["Your ballot, which only you see:", *lines, f"{offer}{rest} {change}"]


def _step_aside_words(own: OwnBallot) -> str:
    """That the voter may step aside about those of their own agency, as long as they have not; with a line end."""
    asked = [place for place in own.places if place.choice not in (Choice.RECUSE, RECUSED)]
    refs = [place.ref for place in asked if may_step_aside(own.agency, place.organization)]
    if not refs:
        return ""
    agency = escape(cut(own.agency, ORGANIZATION_SHOWN))
    return f"You work for {agency}; you may step aside on {', '.join(refs)}: `/invitees vote {refs[0]} | recuse`\n"
