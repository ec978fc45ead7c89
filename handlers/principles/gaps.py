"""Taking, snoozing, disowning and opening gaps: ``/principle take``, ``snooze``, ``not-ours``, ``open``, and buttons.

Any member may take a gap and give back what they took; the rest is the co-chairs'.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.gaps import life as gap_life
from bot.gaps.life import GapState, LiveGap
from bot.principles.principles import criteria
from bot.privacy import clean_text
from handlers.principles import gap_text
from handlers.principles.gap_finding import OpenAlready, ReasonMissing, find_gap, read_due, read_weeks, require_free
from handlers.principles.gap_text import REASON, WEEKS
from handlers.slack.access import require_cochair, require_group
from handlers.slack.answering import in_field
from handlers.slack.asking import Answer, Ask, field_text
from handlers.slack.changes import Work, change
from handlers.typed.grammar import first_word, parse, squeezed
from storage.gaps import GapChange, record_gaps
from storage.groups import StoredGroup, lock_group

SNOOZING, DISOWNING = "snooze a gap", "say that a gap is not this group's"


async def take_gap(ask: Ask) -> Answer:
    """Take a gap, until a day or for two weeks. Pressed or typed again, it changes the day."""
    typed, rest = first_word(ask.text)
    async with change(ask) as work:
        stored, gap, today = await _gap(work, typed, "take")
        require_free(gap, ask.user_id, today)
        after = gap_life.take(gap, ask.user_id, read_due(rest, gap.criterion, today), ask.now)
        return await _store(work, stored, gap, after, "gap.take", gap_text.taken(after, today))


async def snooze_gap(ask: Ask) -> Answer:
    """Have the nudge leave a gap alone for 1, 2 or 4 weeks; without a number, ask for how long."""
    typed, rest = first_word(ask.text)
    if not squeezed(rest):
        return await _open_modal(ask, "snooze", SNOOZING)
    async with change(ask) as work:
        stored, gap, today = await _gap(work, typed, "snooze", SNOOZING)
        until = today + timedelta(weeks=read_weeks(rest, gap.criterion))
        after = gap_life.snooze(gap, until, ask.now)
        return await _store(work, stored, gap, after, "gap.snooze", gap_text.snoozed(after, today))


async def disown_gap(ask: Ask) -> Answer:
    """Say that a gap is not this group's to close, and why; without a reason, ask for it."""
    typed, rest = first_word(ask.text)
    words = " | ".join(each for each in parse(rest).positional if each)
    if not words:
        return await _open_modal(ask, "not-ours", DISOWNING)
    async with change(ask) as work:
        stored, gap, _ = await _gap(work, typed, "not-ours", DISOWNING)
        after = gap_life.disown(gap, clean_text(words, "reason"), ask.now)
        return await _store(work, stored, gap, after, "gap.not_ours", gap_text.disowned(after))


async def open_gap(ask: Ask) -> Answer:
    """Open a gap again that was taken, snoozed or not ours. Who took it may give it back."""
    typed, _ = first_word(ask.text)
    async with change(ask) as work:
        stored, gap, today = await _gap(work, typed, "open")
        if gap.standing(today) is GapState.OPEN:
            raise OpenAlready(criterion=gap.criterion)
        if gap.taken_by != ask.user_id:
            require_cochair(stored, ask, "open a gap again that someone else has settled")
        after = gap_life.open_again(gap, ask.now)
        return await _store(work, stored, gap, after, "gap.open", gap_text.opened(after))


async def submit_snooze(ask: Ask) -> Answer:
    """Snooze for as long as the modal says."""
    with in_field(WEEKS):
        return await snooze_gap(replace(ask, text=f"{ask.text} {field_text(ask.state, WEEKS)}"))


async def submit_not_ours(ask: Ask) -> Answer:
    """Disown with the reason that the modal holds."""
    with in_field(REASON):
        reason = field_text(ask.state, REASON)
        if not reason.strip():
            raise ReasonMissing(criterion=ask.text)
        return await disown_gap(replace(ask, text=f"{ask.text} | {reason}"))


async def _open_modal(ask: Ask, verb: str, what: str) -> Answer:
    """The modal of a verb, for a gap that it can be done to."""
    typed, _ = first_word(ask.text)
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        require_cochair(stored, ask, what)
        gap = await find_gap(session, stored, typed, verb, ask.now)
    show = gap_text.snooze_modal if verb == "snooze" else gap_text.not_ours_modal
    view = show(ask.channel_id, gap.criterion, criteria()[gap.criterion].rule)
    return Answer(gap_text.typed_forms(verb, gap.criterion), view=view)


async def _gap(work: Work, typed: str, verb: str, what: str = "") -> tuple[StoredGroup, LiveGap, date]:
    """The group, the gap that ``typed`` names as it stands now, and the group's local day; ``what`` only a co-chair
    may do. Other changes of the group wait until this one is committed."""
    stored = await require_group(work.session, work.ask)
    if what:
        require_cochair(stored, work.ask, what)
    await lock_group(work.session, stored.id)
    gap = await find_gap(work.session, stored, typed, verb, work.ask.now)
    return stored, gap, stored.group.day_of(work.ask.now)


async def _store(
    work: Work, stored: StoredGroup, before: LiveGap, after: LiveGap, action: str, answer: Answer
) -> Answer:
    await record_gaps(work.session, [GapChange(stored.id, after)])
    work.note(action, after.criterion, before=_codes(before), after=_codes(after))
    return await work.finish(stored, answer)


def _codes(gap: LiveGap) -> dict[str, Any]:
    """What may stand in the audit: no reason, which a person wrote."""
    days = {"due_on": gap.due_on, "snoozed_until": gap.snoozed_until}
    return {"state": str(gap.state), "taken_by": gap.taken_by} | {
        name: day.isoformat() if day else None for name, day in days.items()
    }
