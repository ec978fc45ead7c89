"""``/workgroup``: where the channel's group stands, what can be done next, and the help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.ballots.life import BallotState
from bot.groups import Situation
from bot.principles.assessment import PrincipleFinding, assess
from bot.register import Side, Stakeholder, Status
from handlers.groups.notices import how_to_begin
from handlers.groups.words import (
    PUBLIC_BODY,
    meeting_in_words,
    nudge_in_words,
    scope_in_words,
    sides_in_words,
)
from handlers.joint.text import agree_command, not_now_command, what_of
from handlers.posts.text import cannot_post
from handlers.principles.text import ALL, OPEN_ADD
from handlers.principles.words import named, principle_of, state_words
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import Blocks, button, buttons, escape, safe, sections, within_text
from handlers.slack.times import spoken_day, spoken_instant
from handlers.typed.grammar import first_word, quoted
from storage.ballots import get_last_ballot
from storage.decisions import JointDecision, list_waiting_decisions
from storage.groups import StoredGroup, get_group
from storage.situations import get_situation
from storage.trouble import get_trouble

MORE = "There is more than fits here: type `/principle` or `/stakeholder list`."
HELP = (
    "*What you can type here*\n"
    "• `/workgroup` the group at a glance\n"
    "• `/workgroup setup` begin in a channel without a group\n"
    "• `/workgroup cochair @user | health` (or `justice`); `/workgroup cochair NAME | ORGANIZATION | health` for "
    "someone who is not in this Slack; `/workgroup cochair remove @user`\n"
    "• `/workgroup public-body yes` (or `no`, `ask`)\n"
    "• `/workgroup nudge Monday 9:00 America/Chicago`; `/workgroup nudge pause`, `resume`, `snooze` or `now`\n"
    "• `/workgroup scope +juvenile -substance-use | reason`\n"
    "• `/workgroup meeting YYYY-MM-DD 14:00 | sponsors=ORGANIZATION; ORGANIZATION`\n"
    "• `/workgroup exempt | reason` (this group may have one chair); `/workgroup exempt off`\n"
    "• `/workgroup agree 12`, `/workgroup not-now 12` answer what waits for the other co-chair\n"
    "• `/workgroup history` the last changes; `/workgroup export` the register and settings as text\n"
    "Also: `/stakeholder`, `/principle`, `/invitees`. Anyone in the channel may look, nominate, and take a step; other "
    "changes are the co-chairs'. Please write nothing about patients, clients, defendants or cases."
)


@dataclass(frozen=True, slots=True)
class Glance:
    """All that a glance shows, as of ``now`` (aware). ``to_cochair`` says whether a co-chair is looking;
    ``ballot_closes_at`` is an aware instant while a ballot is open; ``trouble`` is Slack's error name where the newest
    post could not be made."""

    stored: StoredGroup
    situation: Situation
    findings: tuple[PrincipleFinding, ...]
    waiting: Sequence[JointDecision]
    now: datetime
    to_cochair: bool
    ballot_closes_at: datetime | None = None
    trouble: str = ""


async def answer_glance(ask: Ask, lead: str = "") -> Answer:
    """The group at a glance, or how to begin."""
    async with ask.services.database.read() as session:
        stored = await get_group(session, ask.channel_id, ask.team_id)
        return show_glance(await _glance(session, stored, ask), lead) if stored else how_to_begin()


async def _glance(session: AsyncSession, stored: StoredGroup, ask: Ask) -> Glance:
    situation = await get_situation(session, stored)
    waiting = await list_waiting_decisions(session, stored.id, ask.now)
    ballot = await get_last_ballot(session, stored.id)
    closes_at = ballot.closes_at if ballot and ballot.state is BallotState.OPEN else None
    findings, to_cochair = assess(situation, ask.now), stored.cochair(ask.user_id) is not None
    trouble = await get_trouble(session, stored.id, stored.channel_id)
    return Glance(stored, situation, findings, waiting, ask.now, to_cochair, closes_at, trouble)


async def answer_help(ask: Ask, lead: str = "") -> Answer:
    """What can be typed here."""
    async with ask.services.database.read() as session:
        here = await get_group(session, ask.channel_id, ask.team_id) is not None
    return show_typed(lead, here=here)


async def answer_other(ask: Ask) -> Answer:
    """The help, where words are no verb."""
    return await answer_help(ask, f"I do not know {quoted(first_word(ask.text)[0])} here.")


def show_glance(glance: Glance, lead: str = "") -> Answer:
    """The group at a glance, after ``lead`` where something has to be said first."""
    paragraphs = [*([lead] if lead else []), _settings(glance), _register(glance), _principles(glance.findings)]
    paragraphs += [words for words in (_ballot(glance), _waiting(glance), _next_steps(glance)) if words]
    blocks: Blocks = [*sections(paragraphs), ways_on()]
    return Answer(within_text(paragraphs, MORE), blocks)


def show_typed(lead: str, *, here: bool) -> Answer:
    """What can be typed, after ``lead``; the buttons only where a group is ``here``."""
    paragraphs = [lead, HELP] if lead else [HELP]
    return Answer("\n\n".join(paragraphs), [*sections(paragraphs), *([ways_on()] if here else [])])


def ways_on() -> dict[str, object]:
    """The two buttons under a glance."""
    return buttons([button("Add someone", OPEN_ADD, style="primary"), button("See all six", ALL)])


def _settings(glance: Glance) -> str:
    stored, group, now = glance.stored, glance.stored.group, glance.now
    chairs = sides_in_words(group.cochairs)
    lines = [
        f"*{escape(group.name)}*",
        f"Jurisdiction: {escape(stored.jurisdiction)}",
        *_initiative(glance),
        f"Co-chairs: {chairs}" + (" (one chair is enough here: your rule, not the source's)" if group.exempt else ""),
        f"Public body: {PUBLIC_BODY[group.public_body]}",
        f"Weekly nudge: {cannot_post(glance.trouble) or nudge_in_words(group, now)}",
        f"In scope: {scope_in_words(stored.scope)}",
        f"Next meeting: {meeting_in_words(group.meeting, group.zone, now)}",
    ]
    return "\n".join(lines)


def _initiative(glance: Glance) -> list[str]:
    """The initiative, where it is called otherwise or has other groups, which are counted and never named."""
    others = len(glance.situation.groups) - 1
    if not others and glance.stored.initiative_name == glance.stored.group.name:
        return []
    groups = f", with {others} other working group{'' if others == 1 else 's'}" if others else ""
    return [f"Initiative: {escape(glance.stored.initiative_name)}{groups}"]


def _register(glance: Glance) -> str:
    """How many entries there are of each status. Who declined is the co-chairs' to see, and so is the number of those
    who left: from it a member could tell the one from the other."""
    entries: Sequence[Stakeholder] = glance.situation.stakeholders
    count = Counter(entry.status for entry in entries)
    if not glance.to_cochair:
        del count[Status.DECLINED], count[Status.LEFT]
    parts = [f"{count[status]} {status.value}" for status in Status if count[status]]
    return f"*Register:* {', '.join(parts)}" if parts else "*Register:* nobody yet; `/stakeholder` adds the first"


def _principles(findings: Sequence[PrincipleFinding]) -> str:
    lines = [f"• {named(finding)}: {safe(state_words(finding))}" for finding in findings]
    return "\n".join([f"*The {_count(findings)} principles*", *lines])


def _count(findings: Sequence[PrincipleFinding]) -> str:
    return "six" if len(findings) == 6 else str(len(findings))


def _ballot(glance: Glance) -> str:
    """The open ballot, if there is one."""
    if glance.ballot_closes_at is None:
        return ""
    closes = spoken_instant(glance.ballot_closes_at, glance.stored.group.zone)
    return f"*A ballot is open* until {closes}: `/invitees status`"


def _waiting(glance: Glance) -> str:
    """What waits for the other co-chair."""
    zone = glance.stored.group.zone
    lines = [
        f"• to {escape(what_of(change))}, proposed by <@{change.proposed_by}>, "
        f"until {spoken_day(change.expires_at, zone)}: `{agree_command(change.id)}` or `{not_now_command(change.id)}`"
        for change in glance.waiting
    ]
    return "\n".join(["*Waiting for the other co-chair*", *lines]) if lines else ""


def _next_steps(glance: Glance) -> str:
    group = glance.stored.group
    chairing = {chair.side for chair in group.cochairs}
    steps = [
        f"• name the co-chair for {side}: `/workgroup cochair @user | {side}`"
        for side in Side
        if side not in chairing and not group.exempt
    ]
    open_one = next((finding for finding in glance.findings if finding.failing), None)
    if open_one and not (open_one.number == 2 and steps):
        step = open_one.next_step
        steps.append(f"• {principle_of(open_one).short}: {safe(step)}")
    steps.append("• everything you can type here: `/workgroup help`")
    return "\n".join(["*Next*", *steps])
