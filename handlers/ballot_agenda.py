"""What a public body gets instead of a vote: an agenda item and the draft list, as plain text. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.groups import PublicBody, Situation
from bot.impact import PrincipleImpact, impact_of_each
from bot.principles import Level, criteria
from bot.register import Stakeholder
from handlers.asking import Answer
from handlers.ballot_text import joined_lines, long_name
from handlers.blocks import escape, sections
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
    lines = [f"• {_line(entry, impacts[entry.number])}" for entry in entries] or ["• (no names yet)"]
    opening = WHY.get(stored.group.public_body, WHY[PublicBody.ASK])
    item = (
        f"Agenda item: whom to invite to {escape(stored.group.name)}. Discussion and possible vote. "
        "Proposed motion: to invite those listed below."
    )
    text = joined_lines([opening, "", item, "", "Draft list:", *lines, ADVICE], rest="… (shortened)")
    return Answer(text, sections([opening, item, *_packed(lines), ADVICE]))


def _packed(lines: Sequence[str]) -> list[str]:
    """The list in paragraphs that fit a section."""
    return ["\n".join(["Draft list:", *lines[:8]]), *("\n".join(lines[at : at + 8]) for at in range(8, len(lines), 8))]


def _line(entry: Stakeholder, impacts: Sequence[PrincipleImpact]) -> str:
    closes = closed_by(impacts)
    why = f"would close {', '.join(closes)}" if closes else "would close no required criterion alone"
    return f"{escape(long_name(entry))}: {why}"


def closed_by(impacts: Sequence[PrincipleImpact]) -> list[str]:
    """The ids of the required criteria that would newly hold."""
    return [id_ for each in impacts for id_ in each.gained if criteria()[id_].level is Level.REQUIRED]
