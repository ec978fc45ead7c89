"""What a public body gets instead of a vote: an agenda item and the draft list, as plain text. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.groups import PublicBody, Situation
from bot.impact import PrincipleImpact, impact_of_each
from bot.principles import Level, criteria
from bot.register import Stakeholder
from handlers.asking import Answer
from handlers.ballot_text import joined_lines, name_lines, parts
from handlers.blocks import escape, section
from storage.groups import StoredGroup

WHY = {
    PublicBody.YES: "This group is a public body, so I hold no vote here; the list belongs on a public agenda.",
    PublicBody.ASK: "It is not settled yet whether this group is a public body, so I hold no vote here for now.",
}
ADVICE = (
    "Nothing was stored. I give no legal advice: ask your counsel. If this is no public body, both co-chairs can "
    "say so with /workgroup public-body no"
)


def agenda(stored: StoredGroup, situation: Situation, entries: Sequence[Stakeholder], now: datetime) -> Answer:
    """The agenda item with the draft list: who, from where, and which criterion each would close."""
    impacts = impact_of_each(situation, [entry.number for entry in entries], now)
    names = zip(name_lines(entries), entries, strict=True)
    lines = [f"{name}: {_why(impacts[entry.number])}" for name, entry in names] or ["• (no names yet)"]
    opening = WHY.get(stored.group.public_body, WHY[PublicBody.ASK])
    item = (
        f"Agenda item: whom to invite to {escape(stored.group.name)}. Discussion and possible vote. "
        "Proposed motion: to invite those listed below."
    )
    text = joined_lines([opening, "", item, "", "Draft list:", *lines, ADVICE], rest="… (shortened)")
    listed = ["\n".join(part) for part in parts(["Draft list:", *lines])]
    return Answer(text, [section(words) for words in (opening, item, *listed, ADVICE)])


def _why(impacts: Sequence[PrincipleImpact]) -> str:
    closes = closed_by(impacts)
    return f"would close {', '.join(closes)}" if closes else "would close no required criterion alone"


def closed_by(impacts: Sequence[PrincipleImpact]) -> list[str]:
    """The ids of the required criteria that would newly hold."""
    return [id_ for each in impacts for id_ in each.gained if criteria()[id_].level is Level.REQUIRED]
