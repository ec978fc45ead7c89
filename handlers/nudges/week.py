"""One group's week as the sweep sees it: what its gaps are, what its nudge says, and what is stored with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gaps.choosing import Asking
from bot.gaps.life import GapState, LiveGap
from bot.gaps.week import Snapshot, Week, is_long_unanswered, look, said_by, snapshot
from bot.groups import Situation
from bot.principles.assessment import PrincipleFinding, PrincipleState, assess
from handlers.nudges.text import Beside, render_nothing_open, render_nudge, render_reminder, render_resting
from handlers.nudges.words import news_words, taken_words, unanswered
from storage.audit import Change, GroupChange, record_group_changes
from storage.gaps import GapChange, NewSnapshot, store_gaps, store_snapshots
from storage.groups import StoredGroup
from storage.nudges import NOTHING_OPEN, RESTING
from storage.posts import NewPost, add_posts

CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Look:
    """A look at one group at the instant ``now`` (aware): what was found, and what its week comes to. ``last`` is the
    snapshot before, ``recent`` the principles of its newest nudges, None for one that nothing was open."""

    stored: StoredGroup
    situation: Situation
    findings: Sequence[PrincipleFinding]
    week: Week
    last: Snapshot | None
    recent: Sequence[int | None]
    now: datetime

    @property
    def today(self) -> date:
        """The group's local day."""
        return self.stored.group.day_of(self.now)

    @property
    def why_unposted(self) -> str:
        """Why its nudge would be left out this week; empty where there is something to say."""
        if self.week.topic.asking is Asking.REST:
            return RESTING
        if self.week.topic.gap is None and not self._is_worth_saying():
            return NOTHING_OPEN
        return ""

    def _is_worth_saying(self) -> bool:
        """Whether to say that nothing is open: all is met, and the newest nudge did not say so already."""
        all_met = all(finding.state is not PrincipleState.NOT_YET for finding in self.findings)
        return all_met and not (self.recent and self.recent[0] is None)


@dataclass(frozen=True, slots=True)
class WeekRows:
    """What a look stores beside the week's nudge: the gaps it changed, the snapshot, and private words."""

    stored: StoredGroup
    gaps: tuple[LiveGap, ...]
    snapshot: Snapshot
    told: tuple[NewPost, ...]


def look_at(
    stored: StoredGroup,
    situation: Situation,
    gaps: Sequence[LiveGap],
    last: Snapshot | None,
    recent: Sequence[int | None],
    now: datetime,
) -> Look:
    """Judge one group at ``now``."""
    findings = assess(situation, now)
    live = {gap.criterion: gap for gap in gaps}
    named = [number for number in recent if number is not None]
    week = look(situation, findings, live, last, named, stored.group.day_of(now), now)
    return Look(stored, situation, findings, week, last, recent, now)


def render(found: Look, late_since: str = "") -> dict[str, Any]:
    """The message of a look; ``late_since`` says in words when it was due, where it comes late."""
    topic, zone = found.week.topic, found.stored.group.zone
    beside = Beside(found.stored.nudge_set_by, late_since, news_words(found.week.news, zone))
    taken = taken_words(topic.taken, found.today) if topic.taken else ""
    if topic.gap and topic.asking is Asking.REMIND:
        return render_reminder(topic.gap, taken, beside)
    if topic.gap:
        return render_nudge(topic.gap, beside, taken)
    if topic.asking is Asking.REST:
        return render_resting(beside)
    return render_nothing_open({finding.state for finding in found.findings}, beside)


def rows_of(found: Look, period: str, *, posted: bool) -> WeekRows:
    """What is stored of a look at the week ``period``, whose nudge was ``posted`` or not."""
    week, said = found.week, said_by(found.week.topic, posted=posted)
    shot = snapshot(period, found.situation, found.findings, found.last, said, answered=week.answered, now=found.now)
    told = _private_words(found, period) if is_long_unanswered(found.last, shot) else ()
    return WeekRows(found.stored, week.changes, shot, told)


async def store_weeks(session: AsyncSession, weeks: Sequence[WeekRows], now: datetime) -> None:
    """Store all of it, in a number of statements that does not grow with the groups."""
    changes = [GapChange(each.stored.id, gap) for each in weeks for gap in each.gaps]
    stored = await store_gaps(session, changes)
    await store_snapshots(session, [NewSnapshot(each.stored.id, each.snapshot) for each in weeks])
    await record_group_changes(
        session,
        [
            GroupChange(each.stored.initiative_id, each.stored.id, _noted(gap, now))
            for each in weeks
            for gap in each.gaps
            if gap.version and (each.stored.id, gap.criterion) in stored
        ],
    )
    await add_posts(session, [post for each in weeks for post in each.told], now)


def _private_words(found: Look, period: str) -> tuple[NewPost, ...]:
    stored, gap = found.stored, found.week.topic.gap
    payload = unanswered(stored.channel_id, stored.group.name, gap.criterion_id if gap else "P1.a", found.today)
    key = f"unanswered:{stored.id}:{period}"
    chairs = [chair.user_id for chair in stored.group.cochairs if chair.user_id]
    return tuple(NewPost(f"{key}:{user}", stored.team_id, user, "notice", payload, stored.id) for user in chairs)


def _noted(gap: LiveGap, now: datetime) -> Change:
    """The audit's line on a gap that was there before and that the look changed."""
    ended = "gap.close" if gap.state is GapState.CLOSED else "gap.wake"
    did = "gap.reopen" if gap.opened_at == now else ended
    return Change(now, CLOCK, did, gap.criterion, after={"state": str(gap.state)})
