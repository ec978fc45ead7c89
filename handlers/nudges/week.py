"""One group's week as the sweep sees it: what its gaps are, what its nudge says, and what is stored with it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gaps.choosing import Asking
from bot.gaps.life import GapState, LiveGap
from bot.gaps.week import Snapshot, Week, is_long_unanswered, review_week, said_by, snapshot
from bot.groups import Situation
from bot.posts import PostKind
from bot.principles.assessment import PrincipleFinding, PrincipleState, assess
from handlers.nudges.text import (
    Beside,
    news_words,
    render_nothing_open,
    render_nudge,
    render_reminder,
    render_resting,
    taken_words,
    unanswered,
)
from storage.audit import Change, GroupChange, record_group_changes
from storage.gaps import GapChange, NewSnapshot, record_gaps, record_snapshots
from storage.groups import StoredGroup
from storage.nudges import Unposted
from storage.posts import NewPost, add_posts

CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Review:
    """One group, reviewed at the instant ``now`` (aware): how it stands, and what its week comes to. ``last`` is the
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
    def why_unposted(self) -> Unposted | None:
        """Why its nudge would be left out this week; None where there is something to say."""
        if self.week.topic.asking is Asking.REST:
            return Unposted.RESTING
        if self.week.topic.gap is None and not self._is_worth_saying():
            return Unposted.NOTHING_OPEN
        return None

    def _is_worth_saying(self) -> bool:
        """Whether to say that nothing is open: all is met, and the newest nudge did not say so already."""
        all_met = all(finding.state is not PrincipleState.NOT_YET for finding in self.findings)
        return all_met and not (self.recent and self.recent[0] is None)


@dataclass(frozen=True, slots=True)
class WeekRows:
    """What a review stores beside the week's nudge: the gaps it changed, the snapshot, and private words."""

    stored: StoredGroup
    gaps: tuple[LiveGap, ...]
    snapshot: Snapshot
    told: tuple[NewPost, ...]


def review_group(
    stored: StoredGroup,
    situation: Situation,
    gaps: Sequence[LiveGap],
    last: Snapshot | None,
    recent: Sequence[int | None],
    now: datetime,
) -> Review:
    """Judge one group at ``now``."""
    findings = assess(situation, now)
    live = {gap.criterion: gap for gap in gaps}
    named = [number for number in recent if number is not None]
    week = review_week(situation, findings, live, last, named, stored.group.day_of(now), now)
    return Review(stored, situation, findings, week, last, recent, now)


def render(review: Review, late_since: str = "") -> dict[str, Any]:
    """The message of a review; ``late_since`` says in words when it was due, where it comes late."""
    topic, zone = review.week.topic, review.stored.group.zone
    beside = Beside(review.stored.nudge_set_by, late_since, news_words(review.week.news, zone))
    taken = taken_words(topic.taken, review.today) if topic.taken else ""
    if topic.gap and topic.asking is Asking.REMIND:
        return render_reminder(topic.gap, taken, beside)
    if topic.gap:
        return render_nudge(topic.gap, beside, taken)
    if topic.asking is Asking.REST:
        return render_resting(beside)
    return render_nothing_open({finding.state for finding in review.findings}, beside)


def rows_of(review: Review, period: str, *, posted: bool) -> WeekRows:
    """What is stored of a review of the week ``period``, whose nudge was ``posted`` or not."""
    week, said = review.week, said_by(review.week.topic, posted=posted)
    shot = snapshot(
        period, review.situation, review.findings, review.last, said, answered=week.answered, now=review.now
    )
    told = _private_words(review, period) if is_long_unanswered(review.last, shot) else ()
    return WeekRows(review.stored, week.changes, shot, told)


async def store_weeks(session: AsyncSession, weeks: Sequence[WeekRows], now: datetime) -> None:
    """Store all of it, in a number of statements that does not grow with the groups."""
    stored = await record_gaps(session, [GapChange(week.stored.id, gap) for week in weeks for gap in week.gaps])
    await record_snapshots(session, [NewSnapshot(week.stored.id, week.snapshot) for week in weeks])
    if noted := [line for week in weeks for line in _noted(week, stored, now)]:
        await record_group_changes(session, noted)
    if told := [post for week in weeks for post in week.told]:
        await add_posts(session, told, now)


def _private_words(review: Review, period: str) -> tuple[NewPost, ...]:
    stored, gap = review.stored, review.week.topic.gap
    payload = unanswered(stored.channel_id, stored.group.name, gap.criterion_id if gap else "P1.a", review.today)
    key = f"unanswered:{stored.id}:{period}"
    chairs = [chair.user_id for chair in stored.group.cochairs if chair.user_id]
    return tuple(NewPost(f"{key}:{user}", stored.team_id, user, PostKind.NOTICE, payload, stored.id) for user in chairs)


def _noted(week: WeekRows, stored: Container[tuple[int, str]], now: datetime) -> list[GroupChange]:
    """The audit's lines on those gaps that were there before and that the review changed. ``stored`` are all that were
    stored: another process may have been faster."""
    group_id = week.stored.id
    changed = [gap for gap in week.gaps if gap.version and (group_id, gap.criterion) in stored]
    return [GroupChange(week.stored.initiative_id, group_id, _change(gap, now)) for gap in changed]


def _change(gap: LiveGap, now: datetime) -> Change:
    ended = "gap.close" if gap.state is GapState.CLOSED else "gap.wake"
    did = "gap.reopen" if gap.opened_at == now else ended
    return Change(now, CLOCK, did, gap.criterion, after={"state": str(gap.state)})
