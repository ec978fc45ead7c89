"""The sweep over the groups whose nudge is due: look, decide, claim, in a number of queries that does not grow."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.assessment import PrincipleFinding, State, assess
from bot.gaps import Gap, gap_for_nudge
from bot.groups import Situation
from bot.schedule import Due, Timing, due_now, next_look
from handlers.nudge_text import late_words, render_nothing_open, render_nudge
from handlers.services import Services
from storage.groups import StoredGroup
from storage.nudges import (
    NOTHING_OPEN,
    OLDER_THAN_A_DAY,
    PAUSED,
    QUIET,
    Claim,
    NewNudge,
    claim_nudges,
    list_due,
    list_recent,
)
from storage.situations import list_situations

log = structlog.get_logger(__name__)

BATCH = 2_000
"""Groups that are looked at, decided on and claimed in one go, each lot in a transaction of its own: it bounds memory,
and how long anybody else waits to write."""
BREATH = 50
"""Groups decided on before other work of the process gets its turn."""
JUST_BEFORE = timedelta(microseconds=1)
UNPOSTED = {Timing.DROPPED: OLDER_THAN_A_DAY, Timing.PAUSED: PAUSED, Timing.QUIET: QUIET}
"""Why there is no post for a nudge that stands so."""


@dataclass(frozen=True, slots=True)
class DueGroup:
    """A group whose time has come, with all that its nudge is decided by. ``recent``: see storage.nudges."""

    stored: StoredGroup
    situation: Situation
    recent: Sequence[int | None]
    seen_at: datetime


async def claim_due_nudges(services: Services, now: datetime) -> list[dict[str, Any]]:
    """Claim every nudge that is due at ``now`` and store its post; returns what was done, for the log and ``tick``."""
    done: list[dict[str, Any]] = []
    while due := await _look(services, now):
        claims = await _decide_all(due, now)
        async with services.database.write() as session:
            moved, claimed = await claim_nudges(session, claims, now)
        done += [action for nudge in claimed if (action := _told(nudge))]
        if not moved:  # another process has them
            break
    return done


async def _look(services: Services, now: datetime) -> list[DueGroup]:
    async with services.database.read() as session:
        due = await list_due(session, now, BATCH)
        if not due:
            return []
        found = await list_situations(session, due)
        recent = await list_recent(session, due)
    return [DueGroup(stored, situation, recent[stored.id], due[stored.id]) for stored, situation in found]


async def _decide_all(due: Sequence[DueGroup], now: datetime) -> list[Claim]:
    claims = []
    for number, each in enumerate(due):
        if number % BREATH == BREATH - 1:
            await asyncio.sleep(0)
        claims.append(decide(each, now))
    return claims


def decide(each: DueGroup, now: datetime) -> Claim:
    """What is due in one group: a post, or a row that says why there is none; and when to look next."""
    plan = each.stored.group.nudge
    dues = due_now(plan, each.seen_at - JUST_BEFORE, now)
    nudges = tuple(_nudge(each, due, timing, now) for due, timing in dues)
    return Claim(each.stored.id, each.seen_at, next_look(plan, now).planned_at, nudges)


def pick(findings: Sequence[PrincipleFinding], recent: Sequence[int | None]) -> Gap | None:
    """The gap that a nudge speaks of, given the principles that the newest ones spoke of."""
    return gap_for_nudge(findings, [number for number in recent if number is not None])


def render(
    stored: StoredGroup, findings: Sequence[PrincipleFinding], gap: Gap | None, late: str = ""
) -> dict[str, Any]:
    """The message for a gap, or for none."""
    if gap:
        return render_nudge(gap, stored.nudge_set_by, late)
    return render_nothing_open({finding.state for finding in findings}, stored.nudge_set_by, late)


def _nudge(each: DueGroup, due: Due, timing: Timing, now: datetime) -> NewNudge:
    stored = each.stored
    if timing in UNPOSTED:
        return _unposted(stored, due, UNPOSTED[timing])
    findings = assess(each.situation, now)
    gap = pick(findings, each.recent)
    if gap is None and not _worth_saying(findings, each.recent):
        return _unposted(stored, due, NOTHING_OPEN)
    late = timing is Timing.LATE
    words = late_words(due.planned_at, stored.group.nudge.zone) if late else ""
    return NewNudge(
        group_id=stored.id,
        team_id=stored.team_id,
        channel_id=stored.channel_id,
        period=due.period,
        planned_at=due.planned_at,
        late=late,
        principle=gap.principle if gap else None,
        criterion=gap.criterion_id if gap else "",
        payload=render(stored, findings, gap, words),
    )


def _worth_saying(findings: Sequence[PrincipleFinding], recent: Sequence[int | None]) -> bool:
    """Whether to say that nothing is open: all is met, and the newest nudge did not say so already."""
    all_met = all(finding.state is not State.NOT_YET for finding in findings)
    return all_met and not (recent and recent[0] is None)


def _unposted(stored: StoredGroup, due: Due, why: str) -> NewNudge:
    return NewNudge(stored.id, stored.team_id, stored.channel_id, due.period, due.planned_at, why=why)


def _told(nudge: NewNudge) -> dict[str, Any] | None:
    """What ``tick`` says of a claimed nudge; nothing where there was nothing to say."""
    where = {"channel": nudge.channel_id, "period": nudge.period}
    log.info("nudge", **where, principle=nudge.principle, criterion=nudge.criterion, late=nudge.late, why=nudge.why)
    if nudge.why == OLDER_THAN_A_DAY:
        return {"did": "nudge_dropped", **where}
    if nudge.why:
        return None
    return {"did": "nudge", **where, "principle": nudge.principle, "late": nudge.late}
