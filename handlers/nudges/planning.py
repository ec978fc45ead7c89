"""``/workgroup nudge DAY TIME``, ``pause``, ``resume``, ``snooze`` and ``quiet``: when the nudge comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.groups import WorkingGroup
from bot.refusals import Refusal
from bot.schedule import DueNudge, is_paused, next_due, next_to_settle
from handlers.nudges import text as nudge_text
from handlers.nudges.quiet import quiet_words, read_quiet
from handlers.slack.access import require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.changes import Work, change
from handlers.slack.times import day_ahead
from handlers.typed.grammar import first_word, quoted, squeezed
from handlers.typed.times import NudgeUnclear, parse_date, parse_nudge
from storage.groups import StoredGroup, change_group, lock_group
from storage.nudges import list_periods
from storage.trouble import get_trouble

SETTLED_SINCE = timedelta(weeks=3)
"""How far back a settled week can still be the week of a nudge to come: a holiday moves one by days only."""
LONGEST_PAUSE = timedelta(days=366)


class PauseUnclear(Refusal):
    """I could not read {typed} as a day to pause until. Please type /workgroup nudge pause, or with a day:
    /workgroup nudge pause until {ahead}"""


class PausePast(Refusal):
    """{day} is not a day to come. Please give the day on which nudges should start again, such as
    /workgroup nudge pause until {ahead}"""


class PauseTooLong(Refusal):
    """{day} is more than a year ahead. Please give an earlier day, or pause until someone resumes it:
    /workgroup nudge pause"""


async def answer_when(ask: Ask) -> Answer:
    """Say when the next one is due. Anyone in the channel may ask."""
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        due = await _next(session, stored.id, stored.group, ask.now)
        trouble = await get_trouble(session, stored.id, stored.channel_id)
    return nudge_text.when_next(stored.group, due, stored.nudge_set_by, trouble)


async def answer_other(ask: Ask) -> Answer:
    """Set the day and time that were typed; for a single word, the help."""
    _, rest = first_word(ask.text)
    if not rest:
        return nudge_text.with_help(NudgeUnclear(typed=quoted(ask.text)).sentence)
    return await answer_plan(ask)


async def answer_plan(ask: Ask) -> Answer:
    """Set the weekly day and time. A pause stays; a week that had its nudge gets no second one."""
    async with change(ask) as work:
        stored = await _to_change(work, "set when the nudge comes")
        weekday, at, zone = parse_nudge(ask.text)
        plan = replace(stored.group.nudge, weekday=weekday, at=at)
        group = replace(stored.group, nudge=plan, zone=zone or stored.group.zone)
        due = await _set(work, stored, group, "nudge.plan", nudge_set_by=ask.user_id)
        return await work.finish(stored, nudge_text.planned_now(group, due))


async def answer_pause(ask: Ask) -> Answer:
    """Pause until a day, or until someone resumes."""
    async with change(ask) as work:
        stored = await _to_change(work, "pause the nudge")
        group = _pause(stored.group, ask)
        due = await _set(work, stored, group, "nudge.pause")
        return await work.finish(stored, nudge_text.paused(group, due))


async def answer_resume(ask: Ask) -> Answer:
    """End a pause."""
    async with change(ask) as work:
        stored = await _to_change(work, "resume the nudge")
        group = _planned(stored.group, paused=False, paused_until=None)
        due = await _set(work, stored, group, "nudge.resume")
        return await work.finish(stored, nudge_text.resumed(group, due))


async def answer_snooze(ask: Ask) -> Answer:
    """Leave the next nudge out: pause until the day of the one after it. Pressed again, it changes nothing more."""
    async with change(ask) as work:
        stored = await _to_change(work, "snooze the nudge")
        group = stored.group
        if is_paused(group, ask.now):
            due = await _next(work.session, stored.id, group, ask.now)
            return await work.finish(stored, nudge_text.next_left_out(group, due, already=True))
        group = await _past_the_next(work.session, stored, ask.now)
        due = await _set(work, stored, group, "nudge.snooze")
        return await work.finish(stored, nudge_text.next_left_out(group, due, already=False))


async def answer_quiet(ask: Ask) -> Answer:
    """Leave the nudges of some weeks out, or bring them back."""
    async with change(ask) as work:
        stored = await _to_change(work, "choose weeks without a nudge")
        group = stored.group
        quiet = read_quiet(ask.text, group.nudge.quiet, group.day_of(ask.now))
        due = await _set(work, stored, _planned(group, quiet=quiet), "nudge.quiet")
        return await work.finish(stored, Answer(f"{quiet_words(quiet)} {nudge_text.next_words(group, due)}"))


async def _to_change(work: Work, what: str) -> StoredGroup:
    """The group for a co-chair to change, as it stands once other changes of it are committed; new ones wait for this
    one, so that what two co-chairs set at the same moment is kept."""
    stored = await require_group(work.session, work.ask)
    require_cochair(stored, work.ask, what)
    await lock_group(work.session, stored.id)
    return await require_group(work.session, work.ask)


def _planned(group: WorkingGroup, **changed: Any) -> WorkingGroup:
    """The group with these parts of its nudge's plan changed."""
    return replace(group, nudge=replace(group.nudge, **changed))


async def _next(session: AsyncSession, group_id: int, group: WorkingGroup, after: datetime) -> DueNudge | None:
    """The next nudge by the group's plan; weeks that had theirs are passed over."""
    settled = await list_periods(session, group_id, after - SETTLED_SINCE)
    return next_due(group, after, settled)


async def _past_the_next(session: AsyncSession, stored: StoredGroup, now: datetime) -> WorkingGroup:
    awake = _planned(stored.group, paused=False, paused_until=None)
    for _ in range(2):
        due = await _next(session, stored.id, awake, now)
        now = due.planned_at if due else now
    return _planned(stored.group, paused=True, paused_until=stored.group.day_of(now))


async def _set(work: Work, stored: StoredGroup, group: WorkingGroup, action: str, **values: Any) -> DueNudge | None:
    """Store the plan and zone of ``group`` and when to look next; returns the next nudge. A paused week is looked at
    too, to note why it had none."""
    settled = await list_periods(work.session, stored.id, work.ask.now - SETTLED_SINCE)
    due, first = next_due(group, work.ask.now, settled), next_to_settle(group, work.ask.now, settled)
    plan = group.nudge
    await change_group(
        work.session,
        stored.id,
        nudge_weekday=plan.weekday,
        nudge_time=f"{plan.at:%H:%M}",
        zone=group.zone,
        nudge_paused=plan.paused,
        nudge_paused_until=plan.paused_until,
        nudge_quiet=sorted(plan.quiet),
        next_nudge_at=first.planned_at,
        **values,
    )
    work.note(action, "nudge", before=_codes(stored.group), after=_codes(group))
    return due


def _codes(group: WorkingGroup) -> dict[str, Any]:
    plan = group.nudge
    until = plan.paused_until.isoformat() if plan.paused_until else None
    return {
        "weekday": plan.weekday,
        "at": f"{plan.at:%H:%M}",
        "zone": group.zone,
        "paused": plan.paused,
        "paused_until": until,
        "quiet": sorted(plan.quiet),
    }


def _pause(group: WorkingGroup, ask: Ask) -> WorkingGroup:
    words = squeezed(ask.text)
    if not words:
        return _planned(group, paused=True, paused_until=None)
    today = group.day_of(ask.now)
    if not words.startswith("until "):
        raise PauseUnclear(typed=quoted(ask.text), ahead=day_ahead(today))
    day = parse_date(words.removeprefix("until "))
    if day <= today:
        raise PausePast(day=day.isoformat(), ahead=day_ahead(today))
    if day > today + LONGEST_PAUSE:
        raise PauseTooLong(day=day.isoformat())
    return _planned(group, paused=True, paused_until=day)
