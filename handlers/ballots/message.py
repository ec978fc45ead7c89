"""The message that shows a ballot in the channel: open, with its buttons; closed, without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.ballots.life import BallotState
from bot.ballots.values import Participation
from bot.ballots.words import terms_words
from bot.impact import PrincipleImpact, brief_impact
from handlers.ballots.text import (
    ADVICE,
    NAMED_VOTES,
    RULE_LABELS,
    ended_words,
    in_both_zones,
    long_name,
    name_lines,
    short_name,
)
from handlers.slack.blocks import Blocks, button, buttons, context, escape, header, joined_lines, parts, section
from handlers.slack.times import spoken_instant
from handlers.slack.values import pack
from storage.ballots import Invitee, StoredBallot

SUPPORT_ALL = "ballot.support_all"
OPEN_VOTE = "ballot.open_vote"
CLOSE = "ballot.close"
SUPPORT = "ballot.support"
OBJECT = "ballot.object"
ABSTAIN = "ballot.abstain"

ROWS_UP_TO = 5
"""Invitees up to which each has buttons of its own."""

TITLE = "Vote: whom to invite"
REOPENED = "It was closed and opened again: who had voted how was shown in between."


@dataclass(frozen=True, slots=True)
class BallotView:
    """A ballot with how many have voted, the group's zone, and what would change if those listed joined."""

    ballot: StoredBallot
    participation: Participation
    zone: str
    impacts: tuple[PrincipleImpact, ...] = ()

    @property
    def turnout(self) -> str:
        """Such as "5 of 8 have voted"."""
        return self.participation.in_words

    @property
    def is_open(self) -> bool:
        """Whether it takes votes."""
        return self.ballot.state is BallotState.OPEN


def ballot_payload(view: BallotView) -> dict[str, Any]:
    """Text and blocks of the message."""
    return {"text": _text(view), "blocks": _blocks(view)}


def _text(view: BallotView) -> str:
    ballot = view.ballot
    names = name_lines(ballot.invitees)
    head = f"{TITLE}. {view.turnout}." if view.is_open else f"{TITLE}: closed. {view.turnout}."
    rules = [" ".join(terms_words(ballot.terms, len(ballot.roll))), _until(view), ADVICE]
    brief = [brief_impact(view.impacts)] if view.impacts and view.is_open else []
    return joined_lines([head, *rules, *brief, *names, _how(view)], rest="… and more: /invitees status lists them")


def _how(view: BallotView) -> str:
    first = view.ballot.invitees[0].ref
    if view.ballot.ended:
        return ended_words(view.ballot.refs)
    if not view.is_open:
        return "The result: /invitees status"
    return (
        f"Vote: /invitees vote {first} | support (or abstain), /invitees vote {first} | object | your reason, "
        "/invitees vote all | support. A co-chair can close it: /invitees close"
    )


def _blocks(view: BallotView) -> Blocks:
    ballot = view.ballot
    top = [header(TITLE), section(_summary(view))]
    if not view.is_open:
        where = "The result is in a message of its own, and under `/invitees status`."
        return [*top, *_names(view), context(ended_words(ballot.refs) if ballot.ended else where)]
    rows = len(ballot.invitees) <= ROWS_UP_TO
    body = _rows(view) if rows else _names(view)
    return [*top, *body, *_impact(view), buttons(_main_buttons(ballot), "ballot.main"), context(_small(view))]


def _summary(view: BallotView) -> str:
    who = f"<@{view.ballot.opened_by}> asks the group whom to invite."
    return (
        f"{who}\n*{view.turnout}.* {escape(_until(view, both=True)) if not view.is_open else _until(view, both=True)}"
    )


def _until(view: BallotView, *, both: bool = False) -> str:
    ballot = view.ballot
    if not view.is_open:
        at = ballot.closed_at or ballot.closes_at
        return f"Closed {spoken_instant(at, view.zone)}."
    closes = in_both_zones(ballot.closes_at, view.zone) if both else spoken_instant(ballot.closes_at, view.zone)
    return (
        f"Closes {closes}. {REOPENED}" if ballot.reopened else f"Closes {closes}, or when all on the roll have voted."
    )


def _small(view: BallotView) -> str:
    ballot = view.ballot
    rules = " ".join(terms_words(ballot.terms, len(ballot.roll)))
    vote = f"/invitees vote {ballot.invitees[0].ref}"
    typed = f"Or type `{vote} | support`, `{vote} | object | your reason`, `/invitees close`"
    return f"{RULE_LABELS[ballot.terms.rule]}. {rules}\n{NAMED_VOTES} {ADVICE}\n{typed}"


def _names(view: BallotView) -> Blocks:
    return [section("\n".join(part)) for part in parts(name_lines(view.ballot.invitees))]


def _rows(view: BallotView) -> Blocks:
    return [block for invitee in view.ballot.invitees for block in _row(view.ballot, invitee)]


def _row(ballot: StoredBallot, invitee: Invitee) -> Blocks:
    value, name = pack(ballot.id, invitee.number), short_name(invitee)
    return [
        section(f"*{escape(long_name(invitee))}*"),
        buttons(
            [
                button("Support", SUPPORT, value, spoken=f"Support {name}"),
                button("Object", OBJECT, value, spoken=f"Object to {name}"),
                button("Abstain", ABSTAIN, value, spoken=f"Abstain on {name}"),
            ],
            f"ballot.row.{invitee.number}",
        ),
    ]


def _main_buttons(ballot: StoredBallot) -> list[Any]:
    value = str(ballot.id)
    return [
        button("Support all", SUPPORT_ALL, value, style="primary"),
        button("Vote one by one", OPEN_VOTE, value),
        button("Close now", CLOSE, value, spoken="Close now, for co-chairs"),
    ]


def _impact(view: BallotView) -> Blocks:
    return [section("\n".join(part)) for part in parts(impact_lines(view.impacts))]


def impact_lines(impacts: Sequence[PrincipleImpact]) -> list[str]:
    """What would change for each principle, a line each; those that stay as they are in one line."""
    if not impacts:
        return []
    lines = [f"• {escape(each.sentence)}" for each in impacts if each.changes]
    alike = [str(each.principle) for each in impacts if not each.changes]
    if alike:
        lines.append(f"• No change for {'principle' if len(alike) == 1 else 'principles'} {', '.join(alike)}.")
    return ["*If those listed joined*", *lines]
