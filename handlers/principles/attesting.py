"""``/principle attest`` and ``unattest``: what a co-chair says is so, with who said it and when."""

from __future__ import annotations

from datetime import date, datetime

from bot.groups import Attestation, WorkingGroup
from bot.principles.assessment import PrincipleFinding, assess
from bot.principles.evidence import LAPSES_AFTER, SETTLED_ONCE, lapsed
from bot.principles.principles import criteria, find_criterion
from bot.privacy import clean_text
from bot.refusals import Refusal
from handlers.principles.text import ALL, principle_button
from handlers.principles.words import named, state_words
from handlers.slack.access import require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import button, buttons, safe, section
from handlers.slack.changes import Work, change
from handlers.typed.grammar import parse, quoted
from handlers.typed.times import parse_date
from storage.evidence import add_attestation, close_attestations
from storage.groups import StoredGroup
from storage.situations import get_situation

DATED = "P6.a"
SEARCHED = "P4.a"


class WhichCriterion(Refusal):
    """{lead} These can be attested: {known}. For example: /principle attest P4.a | looked, none found"""


class NotAttestable(Refusal):
    """{criterion} is read from the register, so it cannot be attested; /principle {criterion} shows what it takes.
    These can be attested: {known}."""


class TextMissing(Refusal):
    """Please say in a few words what you attest, after a bar: /principle attest {criterion} | WORDS"""


class DateMissing(Refusal):
    """{criterion} needs the date of the panel or consultation: /principle attest {criterion} | who was consulted |
    date=YYYY-MM-DD"""


class DateAhead(Refusal):
    """{day} has not come yet. Please attest it once it has taken place, with the date it took place on."""


class DateLapsed(Refusal):
    """{day} is more than 180 days ago, so it would not count any more. Please give the date of a later one."""


class NotASearch(Refusal):
    """P4.a is attested when you looked for existing groups and found none: /principle attest P4.a | looked, none
    found. If there is a group, list it instead: /stakeholder add NAME | ORGANIZATION | existing_groups"""


class NothingAttested(Refusal):
    """Nothing is attested for {criterion} at the moment, so there is nothing to take back."""


async def attest(ask: Ask) -> Answer:
    """Store what a co-chair attests; it replaces what stood attested for that criterion."""
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        require_cochair(stored, ask, "attest something")
        attested = _read(ask, stored.group)
        criterion_id = attested.criterion
        await close_attestations(work.session, stored.initiative_id, stored.id, criterion_id, ask.user_id, ask.now)
        await add_attestation(work.session, stored.initiative_id, _speaks_of(criterion_id, stored), attested)
        held_on = attested.held_on.isoformat() if attested.held_on else None
        work.note("attestation.add", criterion_id, after={"held_on": held_on})
        until = _stands_until(attested, stored.group)
        lead = f"Noted for {criterion_id}: “{safe(attested.text)}”, said by you today. {until}"
        return await work.finish(stored, await _answer(work, stored, criterion_id, lead))


async def unattest(ask: Ask) -> Answer:
    """Take back what stands attested for a criterion."""
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        require_cochair(stored, ask, "take back what was attested")
        criterion_id = _attestable(parse(ask.text).place(0))
        closed = await close_attestations(
            work.session, stored.initiative_id, stored.id, criterion_id, ask.user_id, ask.now
        )
        if not closed:
            raise NothingAttested(criterion=criterion_id)
        work.note("attestation.withdraw", criterion_id)
        lead = f"Taken back: nothing is attested for {criterion_id} now. The record of it stays in the history."
        return await work.finish(stored, await _answer(work, stored, criterion_id, lead))


def _read(ask: Ask, group: WorkingGroup) -> Attestation:
    """What was typed as an attestation. Raises a Refusal that says what to type instead."""
    typed = parse(ask.text, frozenset({"date"}))
    criterion_id = _attestable(typed.place(0))
    if not typed.place(1):
        raise TextMissing(criterion=criterion_id)
    text = clean_text(typed.place(1), "text")
    held_on = parse_date(typed.options["date"]) if "date" in typed.options else None
    attested = Attestation(criterion_id, text, ask.user_id, ask.now, held_on)
    _require_standing(attested, ask.now, group)
    return attested


def _attestable(typed: str) -> str:
    criterion_id = find_criterion(typed)
    if criterion_id is None:
        lead = f"I do not know the criterion {quoted(typed)}." if typed else "Which criterion?"
        raise WhichCriterion(lead=lead, known=_known())
    if not criteria()[criterion_id].attestable:
        raise NotAttestable(criterion=criterion_id, known=_known())
    return criterion_id


def _known() -> str:
    return ", ".join(criterion.id for criterion in criteria().values() if criterion.attestable)


def _require_standing(attested: Attestation, now: datetime, group: WorkingGroup) -> None:
    if attested.criterion == SEARCHED and not attested.looked_none_found:
        raise NotASearch
    if attested.criterion == DATED and attested.held_on is None:
        raise DateMissing(criterion=attested.criterion)
    if attested.held_on and attested.held_on > group.day_of(now):
        raise DateAhead(day=attested.held_on.isoformat())
    if attested.held_on and lapsed(attested, now, group.zone):
        raise DateLapsed(day=attested.held_on.isoformat())


def _speaks_of(criterion_id: str, stored: StoredGroup) -> int | None:
    """Principle 2 is about this group's chairs and meetings; the others are the whole initiative's."""
    return stored.id if criteria()[criterion_id].principle == 2 else None


def _stands_until(attested: Attestation, group: WorkingGroup) -> str:
    until = _lapses_on(attested, group)
    if until:
        return f"It counts until {until.isoformat()}; after that it can be said again if it is still so."
    return f"It counts until a co-chair takes it back: `/principle unattest {attested.criterion}`."


def _lapses_on(attested: Attestation, group: WorkingGroup) -> date | None:
    if attested.criterion in SETTLED_ONCE:
        return None
    if attested.held_on:
        return attested.held_on + LAPSES_AFTER
    return group.day_of(attested.at + LAPSES_AFTER) if attested.criterion == SEARCHED else None


async def _answer(work: Work, stored: StoredGroup, criterion_id: str, lead: str) -> Answer:
    """``lead`` and how the principle stands after the change."""
    number = criteria()[criterion_id].principle
    finding = assess(await get_situation(work.session, stored), work.ask.now)[number - 1]
    words = f"{lead}\n{how_it_stands(finding)}"
    return Answer(words, [section(words), buttons([principle_button(number), button("See all six", ALL)])])


def how_it_stands(finding: PrincipleFinding) -> str:
    """One line on where a principle stands now, with the next step where one is needed."""
    failing = finding.failing
    step = f" Next: {safe(finding.next_step)}" if failing and finding.state == "not_yet" else ""
    return f"Principle {named(finding)} is now: {safe(state_words(finding))}.{step}"
