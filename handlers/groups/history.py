"""``/workgroup history`` and ``/workgroup export``: what was changed lately, and the group as plain text."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.groups import Situation
from bot.register import Kind, Stakeholder
from handlers.ballots.feature import FEATURE as BALLOTS
from handlers.groups.words import (
    PUBLIC_BODY,
    meeting_in_words,
    nudge_in_words,
    scope_in_words,
    sides_in_words,
)
from handlers.nudges.feature import FEATURE as NUDGES
from handlers.posts.feature import FEATURE as POSTS
from handlers.principles.feature import FEATURE as PRINCIPLES
from handlers.register.feature import FEATURE as REGISTER
from handlers.slack.access import require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import TEXT_LIMIT, escape, fitted
from storage.audit import Change, list_shown_changes
from storage.groups import StoredGroup
from storage.situations import get_situation

SHOWN = 20
CLOCK = "clock"
FULL_RECORD = "The full record, with every change, is made by your IT team: `python app.py dump`."
AUDIT = {
    "workgroup.setup": "set up the group",
    "cochair.add": "named a {subject}",
    "cochair.remove": "ended the term of the {subject}",
    "public_body.change": "changed the public-body setting",
    "scope.change": "changed the scope",
    "meeting.change": "changed the next meeting",
    "exempt.change": "changed whether one chair is enough",
    "joint.propose": "proposed to {subject}",
    "joint.agree": "agreed to {subject}",
    "joint.record": "recorded the other co-chair's agreement to {subject}",
    "joint.alone": "decided alone, as the only co-chair, to {subject}",
    "joint.settle": "did what nobody had objected to: to {subject}",
    "joint.withdraw": "withdrew the proposal to {subject}",
    "joint.decline": "said not now to the proposal to {subject}",
}
"""How a line of the history says what was settled about the group, also by both co-chairs."""

RETIRED = {"ballot.roll": "added to the roll of {subject}"}
"""What is done no more, and may stand in a history that was begun before."""

OTHERS = (BALLOTS, PRINCIPLES, REGISTER, NUDGES, POSTS)
DONE = AUDIT | RETIRED | {action: words for feature in OTHERS for action, words in feature.audit.items()}
"""How a line of the history says what was done, by the audit's action."""


async def answer_history(ask: Ask) -> Answer:
    """The last changes, newest first; who has voted is told once the vote is closed."""
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        changes = await list_shown_changes(session, stored.initiative_id, stored.id, SHOWN)
    return Answer(show_history(changes, stored.group.zone))


def show_history(changes: list[Change], zone: str) -> str:
    """Changes, given oldest first, as lines with the newest first; local times in ``zone``."""
    lines = [_line(change, zone) for change in reversed(changes)]
    head = f"The last {len(lines)} changes" if len(lines) == SHOWN else "All changes so far"
    return _within([f"*{head}*, newest first ({zone}):", *lines])


def _line(change: Change, zone: str) -> str:
    local = change.at.astimezone(ZoneInfo(zone))
    who = "Convener" if change.by == CLOCK else f"<@{change.by}>"
    did = change_in_words(change.action, change.subject)
    return f"• {local.date().isoformat()} {local.hour}:{local.minute:02d} {who} {did}"


def change_in_words(action: str, subject: str) -> str:
    """What was done, in plain words."""
    return DONE[action].format(subject=escape(subject))


async def answer_export(ask: Ask) -> Answer:
    """The settings and the register as plain text, for a co-chair."""
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        require_cochair(stored, ask, "export the group's record")
        situation = await get_situation(session, stored)
    return Answer(show_export(stored, situation, ask))


def show_export(stored: StoredGroup, situation: Situation, ask: Ask) -> str:
    """The group as plain text within Slack's limit; says how many entries did not fit. Holds no address."""
    group, now = stored.group, ask.now
    head = [
        f"{escape(group.name)}, {escape(stored.jurisdiction)}",
        f"Co-chairs: {sides_in_words(group.cochairs)}",
        f"Public body: {PUBLIC_BODY[group.public_body]}",
        f"Weekly nudge: {nudge_in_words(group, now)}",
        f"In scope: {scope_in_words(stored.scope)}",
        f"Next meeting: {meeting_in_words(group.meeting, group.zone, now)}",
        "",
        f"Register ({len(situation.stakeholders)}):",
    ]
    return _within([*head, *map(_entry, situation.stakeholders)])


def _entry(entry: Stakeholder) -> str:
    organization = f", {escape(entry.organization)}" if entry.organization else ""
    title = f", {escape(entry.title)}" if entry.title else ""
    kind = "" if entry.kind is Kind.PERSON else f" ({entry.kind})"
    functions = f"; {', '.join(sorted(entry.functions))}" if entry.functions else ""
    return f"{entry.ref} {escape(entry.name)}{title}{organization}{kind}; {entry.sector}; {entry.status}{functions}"


def _within(lines: list[str]) -> str:
    """As many lines as fit, how many more there are, and where the rest is."""
    shown = fitted(lines, lambda left: f"… and {left} more.", TEXT_LIMIT - len(FULL_RECORD) - 1)
    return f"{shown}\n{FULL_RECORD}"
