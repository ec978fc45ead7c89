"""How one principle is explained: every criterion, what counted, what did not and why, and the source's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.gaps.choosing import is_gap
from bot.principles.assessment import CriterionFinding, NotCounted, PrincipleFinding, PrincipleState
from bot.principles.principles import Criterion, Level, criteria
from handlers.principles.gap_text import Offered, gap_buttons, gap_typed
from handlers.principles.text import ALL, NO_NOTES, OPEN_ADD, Notes
from handlers.principles.words import SHOWN, first_few, noted_words, principle_of, reason, state_words
from handlers.slack.asking import Answer
from handlers.slack.blocks import Blocks, button, buttons, context, header, safe, sections, within_text

Offers = Mapping[str, Offered]
"""What a reader can do about a gap, by its criterion."""

NO_OFFERS: Offers = MappingProxyType({})

MANY = 60
"""How many entries the explanation of a single criterion lists."""


def show_principle(
    finding: PrincipleFinding, notes: Notes = NO_NOTES, *, to_cochair: bool, may: Offers = NO_OFFERS
) -> Answer:
    """One principle with all its criteria. What only co-chairs may see is left out for others without a trace. ``may``
    says what the reader can do about each gap that somebody has done something about."""
    head, first = _head(finding), finding.failing
    explained = [
        _criterion(criterion, notes, SHOWN, to_cochair=to_cochair, told=criterion is first)
        for criterion in finding.criteria
    ]
    paragraphs = [head, *explained]
    rest = f"There is more than fits here: type `/principle {finding.criteria[-1].id}`, or another, for one criterion."
    title = header(f"{finding.number}. {finding.title}")
    blocks: Blocks = [title, *sections(paragraphs), *_ways_on(finding, finding.failing, may, to_cochair)]
    return Answer(within_text([f"*{finding.number}. {safe(finding.title)}*", *paragraphs], rest), blocks)


def show_criterion(
    finding: PrincipleFinding,
    criterion_id: str,
    notes: Notes = NO_NOTES,
    *,
    to_cochair: bool,
    may: Offers = NO_OFFERS,
) -> Answer:
    """One criterion, with longer lists of what counted and what did not."""
    criterion = next(criterion for criterion in finding.criteria if criterion.id == criterion_id)
    explained = _criterion(criterion, notes, MANY, to_cochair=to_cochair, whole=True)
    paragraphs = [f"*{finding.number}. {safe(finding.title)}*", explained]
    rest = "The list is too long for a message; `/stakeholder list` shows everyone."
    return Answer(
        within_text(paragraphs, rest), [*sections(paragraphs), *_ways_on(finding, criterion, may, to_cochair)]
    )


def _head(finding: PrincipleFinding) -> str:
    principle = principle_of(finding)
    state = state_words(finding)
    lines = [
        f"*{safe(state[:1].upper() + state[1:])}.* {safe(reason(finding))}",
        f"The source says *{principle.verb}*. {principle.bar}",
        f"Next: {safe(finding.next_step)}",
    ]
    return "\n".join(lines)


def _criterion(
    finding: CriterionFinding,
    notes: Notes,
    shown: int,
    *,
    to_cochair: bool,
    told: bool = False,
    whole: bool = False,
) -> str:
    """How one criterion stands: ``whole`` with its rule in full; without what the head has ``told`` already."""
    criterion = criteria()[finding.id]
    stands = f"*{finding.id}: {_stands(finding)}.*"
    lines = [f"{stands} {safe(criterion.rule if whole or told else finding.because)}"]
    lines += [safe(finding.because)] if whole else []
    lines += [f"Counted: {safe(first_few(noted_words(finding), shown))}."] if finding.counted else []
    passed = _passed_over([entry for entry in finding.not_counted if to_cochair or not entry.private], shown)
    lines += [f"Looked at, not counted: {safe(passed)}"] if passed else []
    lines += [f"Next: {safe(finding.next_step)}"] if finding.next_step and not told else []
    lines += [f"_{finding.id} is {notes[finding.id]}._"] if finding.id in notes else []
    return "\n".join([*lines, _origin(criterion)])


def _stands(finding: CriterionFinding) -> str:
    if finding.holds is None:
        return "does not apply here"
    needed = "required" if finding.level is Level.REQUIRED else "optional"
    return f"{'met' if finding.holds else 'not yet'} ({needed})"


def _passed_over(entries: Sequence[NotCounted], shown: int) -> str:
    """Who was looked at, and why each did not count; said once of all whom it is the same for."""
    alike: dict[tuple[str, bool], list[str]] = {}
    for entry in entries:
        alike.setdefault((entry.why, entry.private), []).append(entry.who)
    return " ".join(_passed_alike(why, who, shown, private=private) for (why, private), who in alike.items())


def _passed_alike(why: str, who: Sequence[str], shown: int, *, private: bool) -> str:
    listed, only = first_few(who, shown), " (co-chairs only)" if private else ""
    if why.endswith(("?", ".")):
        return f"{listed}: {why}{only}"
    return f"{listed} {'each ' if len(who) > 1 else ''}{why}{only}."


def _origin(criterion: Criterion) -> str:
    """Whose rule it is, with the source's phrases and the source's word for how much it asks."""
    if not criterion.quotes:
        return "_The source does not ask this; we suggest it._"
    quotes = "; ".join(
        f"“{safe(quote.phrase)}” (the source's word: “{safe(quote.strength)}”)" for quote in criterion.quotes
    )
    if criterion.reading:
        return f"_Our reading of the source:_ {quotes}"
    note = f" {safe(criterion.reading_note)}" if criterion.reading_note else ""
    return f"_The source:_ {quotes}.{note}"


def _ways_on(finding: PrincipleFinding, criterion: CriterionFinding | None, may: Offers, to_cochair: bool) -> Blocks:
    """The buttons below: for the gap that ``criterion`` is, if it is one, and for what else there is to see."""
    row = buttons([button("See all six", ALL), button("Add someone", OPEN_ADD)])
    if criterion is None or finding.state is not PrincipleState.NOT_YET or not is_gap(criterion):
        typed = f"Or type `/principle all`, `/stakeholder add`, or `/principle {finding.criteria[0].id}` for one."
        return [row, context(typed)]
    mine = may.get(criterion.id, Offered(settle=to_cochair))
    typed = f"Or type {', '.join([*gap_typed(criterion.id, mine), '`/principle all`'])}."
    own_row = [buttons(gap_buttons(criterion.id, mine))] if gap_buttons(criterion.id, mine) else []
    return [*own_row, row, context(typed)]
