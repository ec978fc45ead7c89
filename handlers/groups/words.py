"""How a message about a working group says its settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.groups import CoChair, Meeting, PublicBody, WorkingGroup
from bot.register import ScopeFlag, Side
from bot.schedule import is_paused, next_due
from bot.words import joined
from handlers.joint.text import chair_in_words
from handlers.slack.blocks import escape
from handlers.slack.times import spoken_date, spoken_instant, spoken_time
from handlers.typed.times import WEEKDAYS

SCOPE_LABELS: Mapping[ScopeFlag, str] = {
    ScopeFlag.SUBSTANCE_USE: "substance use",
    ScopeFlag.JUVENILE: "juvenile justice",
    ScopeFlag.EDUCATION: "education",
    ScopeFlag.MEDICAID: "Medicaid",
    ScopeFlag.RESEARCH: "research",
    ScopeFlag.TRIBAL: "tribal nations",
    ScopeFlag.VETERANS: "veterans",
    ScopeFlag.VICTIMS: "victims",
}

NOTHING = "nothing in particular"

PUBLIC_BODY: Mapping[PublicBody, str] = {
    PublicBody.YES: "yes; invitee lists go on an agenda, and there are no votes here",
    PublicBody.NO: "no; the group can vote on invitees here",
    PublicBody.ASK: "ask counsel; until that is settled, there are no votes here",
}
"""How a group's answer about being a public body reads, with what follows from it."""


def sides_in_words(chairs: Iterable[CoChair]) -> str:
    """Each side with who chairs for it, "nobody yet" included: "for justice <@U1>; for health nobody yet"."""
    sides = list(chairs)
    return "; ".join(f"for {side} {_of_side(sides, side)}" for side in Side)


def scope_in_words(scope: Iterable[ScopeFlag]) -> str:
    """What the initiative includes: "substance use and juvenile justice"."""
    included = set(scope)
    return joined(label for flag, label in SCOPE_LABELS.items() if flag in included) or NOTHING


def nudge_in_words(group: WorkingGroup, now: datetime) -> str:
    """The weekly nudge, and when the next one is due or why none is. ``now`` is an aware instant."""
    plan = group.nudge
    weekly = f"{WEEKDAYS[plan.weekday]} at {spoken_time(plan.at)} ({group.zone})"
    if is_paused(group, now) and plan.paused_until is None:
        return f"{weekly}; paused until a co-chair types `/workgroup nudge resume`"
    due = next_due(group, now)
    following = f"; the next one is due {spoken_instant(due.planned_at, group.zone)}" if due else ""
    moved = f", moved because of {due.shifted_for}" if due and due.shifted_for else ""
    if is_paused(group, now) and plan.paused_until is not None:
        return f"{weekly}; paused until {spoken_date(plan.paused_until)}{following}{moved}"
    return f"{weekly}{following}{moved}"


def meeting_in_words(meeting: Meeting | None, zone: str, now: datetime) -> str:
    """The next meeting and its sponsors; a past one is none."""
    if meeting is None or meeting.starts_at <= now:
        return "none set"
    sponsors = f", sponsored by {escape(joined(meeting.sponsors))}" if meeting.sponsors else ""
    return f"{spoken_instant(meeting.starts_at, zone)}{sponsors}"


def _of_side(chairs: list[CoChair], side: Side) -> str:
    return " and ".join(chair_in_words(chair) for chair in chairs if chair.side is side) or "nobody yet"
