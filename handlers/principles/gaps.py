"""Taking, snoozing, disowning and opening gaps: ``/principle take``, ``snooze``, ``not-ours``, ``open``, and buttons.

Any member may take a gap and give back what they took; the rest is the co-chairs'.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.gaps import life as gap_life
from bot.gaps.life import GapState, LiveGap
from bot.principles.principles import criteria
from bot.privacy import clean_text
from handlers.principles import gap_text
from handlers.principles.gap_finding import OpenAlready, WhyNotOurs, find_gap, read_due, read_weeks, require_free
from handlers.principles.gap_text import REASON, WEEKS
from handlers.slack.access import require_cochair, require_group
from handlers.slack.answering import in_field
from handlers.slack.asking import Answer, Ask, field_text
from handlers.slack.changes import Work, change
from handlers.slack.values import word_in
from handlers.typed.grammar import first_word, parse, squeezed
from storage.gaps import GapChange, record_gaps
from storage.groups import StoredGroup, lock_group

SNOOZING, DISOWNING = "snooze a gap", "say that a gap is not this group's"


@dataclass(frozen=True, slots=True)
class Case:
    """An open change of one gap, as the gap stands before it; ``today`` is the group's local day."""

    work: Work
    stored: StoredGroup
    gap: LiveGap
    today: date

    async def close(self, after: LiveGap, action: str, answer: Answer) -> Answer:
        """Store the gap as it stands ``after``, and note the ``action`` for the audit."""
        await record_gaps(self.work.session, [GapChange(self.stored.id, after)])
        self.work.note(action, after.criterion, before=_codes(self.gap), after=_codes(after))
        return await self.work.finish(self.stored, answer)


@asynccontextmanager
async def change_gap(ask: Ask, named: str, verb: str, what: str = "") -> AsyncIterator[Case]:
    """Open a change of the gap that ``named`` names. ``what`` only a co-chair may do. Other changes of the group wait
    until this one is committed."""
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        if what:
            require_cochair(stored, ask, what)
        await lock_group(work.session, stored.id)
        gap = await find_gap(work.session, stored, named, verb, ask.now)
        yield Case(work, stored, gap, stored.group.day_of(ask.now))


async def take_gap(ask: Ask) -> Answer:
    """Take a gap, until a day or for two weeks. Typed or pressed again, it changes the day."""
    named, until = first_word(ask.text)
    return await _take(ask, named, until)


async def press_take(ask: Ask) -> Answer:
    """Take the gap of the button for two weeks."""
    return await _take(ask, word_in(ask.value))


async def snooze_gap(ask: Ask) -> Answer:
    """Have the nudge leave a gap alone for 1, 2 or 4 weeks; without a number, ask for how long."""
    named, weeks = first_word(ask.text)
    return await (_snooze(ask, named, weeks) if squeezed(weeks) else _ask_how_long(ask, named))


async def open_snooze(ask: Ask) -> Answer:
    """Ask for how long to leave the button's gap alone."""
    return await _ask_how_long(ask, word_in(ask.value))


async def submit_snooze(ask: Ask) -> Answer:
    """Snooze for as long as the modal says."""
    with in_field(WEEKS):
        return await _snooze(ask, word_in(ask.value), field_text(ask.state, WEEKS))


async def disown_gap(ask: Ask) -> Answer:
    """Say that a gap is not this group's to close, and why; without a reason, ask for it."""
    named, rest = first_word(ask.text)
    reason = parse(rest).words_from(0)
    return await (_disown(ask, named, reason) if reason else _ask_why(ask, named))


async def open_not_ours(ask: Ask) -> Answer:
    """Ask why the button's gap is not this group's."""
    return await _ask_why(ask, word_in(ask.value))


async def submit_not_ours(ask: Ask) -> Answer:
    """Disown with the reason that the modal holds."""
    named, reason = word_in(ask.value), field_text(ask.state, REASON)
    with in_field(REASON):
        if not reason.strip():
            raise WhyNotOurs(criterion=named)
        return await _disown(ask, named, reason)


async def open_gap(ask: Ask) -> Answer:
    """Open a gap again that was taken, snoozed or not ours. Who took it may give it back."""
    named, _ = first_word(ask.text)
    return await _open_again(ask, named)


async def press_open(ask: Ask) -> Answer:
    """Open the button's gap again."""
    return await _open_again(ask, word_in(ask.value))


async def _take(ask: Ask, named: str, until: str = "") -> Answer:
    async with change_gap(ask, named, "take") as case:
        require_free(case.gap, ask.user_id, case.today)
        due_on = read_due(until, case.gap.criterion, case.today)
        after = gap_life.take(case.gap, ask.user_id, due_on, ask.now)
        return await case.close(after, "gap.take", gap_text.taken(after, case.today))


async def _snooze(ask: Ask, named: str, weeks: str) -> Answer:
    async with change_gap(ask, named, "snooze", SNOOZING) as case:
        until = case.today + timedelta(weeks=read_weeks(weeks, case.gap.criterion))
        after = gap_life.snooze(case.gap, until, ask.now)
        return await case.close(after, "gap.snooze", gap_text.snoozed(after, case.today))


async def _disown(ask: Ask, named: str, reason: str) -> Answer:
    async with change_gap(ask, named, "not-ours", DISOWNING) as case:
        after = gap_life.disown(case.gap, clean_text(reason, "reason"), ask.now)
        return await case.close(after, "gap.not_ours", gap_text.disowned(after))


async def _open_again(ask: Ask, named: str) -> Answer:
    async with change_gap(ask, named, "open") as case:
        if case.gap.standing(case.today) is GapState.OPEN:
            raise OpenAlready(criterion=case.gap.criterion)
        if case.gap.taken_by != ask.user_id:
            require_cochair(case.stored, ask, "open a gap again that someone else has settled")
        after, is_chair = gap_life.open_again(case.gap, ask.now), case.stored.cochair(ask.user_id) is not None
        return await case.close(after, "gap.open", gap_text.opened(after, is_chair=is_chair))


async def _ask_how_long(ask: Ask, named: str) -> Answer:
    criterion = await _gap_for_modal(ask, named, "snooze", SNOOZING)
    view = gap_text.snooze_modal(ask.channel_id, criterion, criteria()[criterion].rule)
    return Answer(gap_text.TYPED_SNOOZE.format(criterion=criterion), view=view)


async def _ask_why(ask: Ask, named: str) -> Answer:
    criterion = await _gap_for_modal(ask, named, "not-ours", DISOWNING)
    view = gap_text.not_ours_modal(ask.channel_id, criterion, criteria()[criterion].rule)
    return Answer(gap_text.TYPED_NOT_OURS.format(criterion=criterion), view=view)


async def _gap_for_modal(ask: Ask, named: str, verb: str, what: str) -> str:
    """The criterion of the gap that a co-chair is about to change with a modal."""
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        require_cochair(stored, ask, what)
        return (await find_gap(session, stored, named, verb, ask.now)).criterion


def _codes(gap: LiveGap) -> dict[str, Any]:
    """What may stand in the audit: no reason, which a person wrote."""
    days = {"due_on": gap.due_on, "snoozed_until": gap.snoozed_until}
    return {"state": str(gap.state), "taken_by": gap.taken_by} | {
        name: day.isoformat() if day else None for name, day in days.items()
    }
