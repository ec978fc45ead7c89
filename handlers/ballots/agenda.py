"""What a public body gets instead of a vote: an agenda item and the draft list, as plain text. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.groups import PublicBody, Situation
from bot.impact import Share, shares
from bot.register import Stakeholder
from handlers.ballots.refusals import NoVoteHere
from handlers.ballots.text import long_name, name_lines
from handlers.slack.asking import Answer
from handlers.slack.blocks import escape, joined_lines, parts, section
from storage.groups import StoredGroup

WHY = {
    PublicBody.YES: "This group is a public body, so I hold no vote here; the list belongs on a public agenda.",
    PublicBody.ASK: "It is not settled yet whether this group is a public body, so I hold no vote here for now.",
}
ADVICE = (
    "Nothing was stored. I give no legal advice: ask your counsel. If this is no public body, both co-chairs can "
    "say so with /workgroup public-body no"
)

NO_NAMES = "No names yet."


def require_no_public_body(public_body: PublicBody) -> None:
    """Raise NoVoteHere where the group is, or may be, a public body."""
    if public_body is not PublicBody.NO:
        raise NoVoteHere(why=WHY[public_body])


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An agenda item in plain words: why it is one, the item itself, and the draft list: whom, and why."""

    opening: str
    item: str
    names: tuple[tuple[str, str], ...]


def agenda_item(stored: StoredGroup, situation: Situation, entries: Sequence[Stakeholder], now: datetime) -> AgendaItem:
    """The agenda item with the draft list: who, from where, and what each would help to close; nothing escaped."""
    closes = shares(situation, [entry.number for entry in entries], now)
    names = tuple((long_name(entry), _why(closes[entry.number])) for entry in entries)
    item = (
        f"Agenda item: whom to invite to {stored.group.name}. Discussion and possible vote. "
        "Proposed motion: to invite those listed below."
    )
    return AgendaItem(WHY.get(stored.group.public_body, WHY[PublicBody.ASK]), item, names)


def agenda(stored: StoredGroup, situation: Situation, entries: Sequence[Stakeholder], now: datetime) -> Answer:
    """The agenda item as an answer."""
    found = agenda_item(stored, situation, entries, now)
    item = escape(found.item)
    names = zip(name_lines(entries), found.names, strict=True)
    lines = [f"{shown}: {why}" for shown, (_, why) in names] or [NO_NAMES]
    last = f"{_how(stored, entries)}\n{ADVICE}"
    text = joined_lines([found.opening, "", item, "", "Draft list:", *lines, last], rest="… (shortened)")
    listed = ["\n".join(part) for part in parts(["Draft list:", *lines])]
    return Answer(text, [section(words) for words in (found.opening, item, *listed, last)])


def _how(stored: StoredGroup, entries: Sequence[Stakeholder]) -> str:
    """How to put other names on the list, and how to have it on paper."""
    command = f"python app.py documents --channel {stored.channel_id} --out FOLDER"
    names = f' --names "{"; ".join(entry.ref for entry in entries)}"' if entries else ""
    return (
        "To choose the names yourself: /invitees propose S3; S7\n"
        f"For this as a document, your IT team runs: `{command}{names}`"
    )


def _why(closes: Sequence[Share]) -> str:
    words = "; ".join(share.words for share in closes)
    return f"would close {words}" if words else "would close no required criterion"
