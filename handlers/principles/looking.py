"""``/principle``: which of the six is not met yet, why, and the next step. Any member of the channel may look.

What renders is pure: values to answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from bot.gaps.life import LiveGap
from bot.principles.assessment import PrincipleFinding, PrincipleState, assess
from bot.principles.principles import criteria, find_criterion
from bot.words import resting_words
from handlers.principles.detail import show_criterion, show_principle
from handlers.principles.gap_text import Offered, offered_to
from handlers.principles.text import ALL, NO_NOTES, OPEN_ADD, TREND, Findings, Notes, principle_button, show_help
from handlers.principles.words import also_open, gap_notes, named, principle_of, reason, state_words
from handlers.slack.access import NoGroupHere
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import TEXT_LIMIT, Blocks, button, buttons, context, cut, safe, sections, within_text
from handlers.slack.values import number_in
from handlers.typed.grammar import first_word
from storage.gaps import list_gaps
from storage.groups import StoredGroup
from storage.situations import get_situation_of_channel

SHORTENED = "There is more than fits here: type `/principle` and a number from 1 to 6 for one principle at a time."

_NUMBERS = range(1, 7)
_NUMBER = re.compile(r"#?([1-6])\.?")


@dataclass(frozen=True, slots=True)
class Look:
    """How the group stands on its local day ``today``, who is looking (``reader``), and whether as a co-chair."""

    stored: StoredGroup
    findings: tuple[PrincipleFinding, ...]
    gaps: tuple[LiveGap, ...]
    today: date
    empty: bool
    to_cochair: bool
    reader: str

    @property
    def may(self) -> dict[str, Offered]:
        """What the reader can do about each gap that is known."""
        return {gap.criterion: offered_to(gap, self.reader, self.today, is_chair=self.to_cochair) for gap in self.gaps}

    @property
    def notes(self) -> dict[str, str]:
        """What is being done about each gap, in words."""
        return gap_notes(self.findings, self.gaps, self.today)


async def answer_open(ask: Ask) -> Answer:
    """What is not met yet."""
    look = await _look(ask)
    return show_open(look.stored.group.name, look.findings, look.notes, empty=look.empty)


async def answer_all(ask: Ask) -> Answer:
    """All six."""
    look = await _look(ask)
    return show_all(look.stored.group.name, look.findings, look.notes)


async def answer_brief(ask: Ask) -> Answer:
    """Plain text."""
    look = await _look(ask)
    nameless = gap_notes(look.findings, look.gaps, look.today, names=False)
    return show_brief(look.stored.group.name, look.findings, look.today.isoformat(), nameless)


async def press_principle(ask: Ask) -> Answer:
    """One principle, explained to whoever pressed its button."""
    number = number_in(ask.value)
    return await (answer_one(ask, number) if number in _NUMBERS else answer_help(ask))


async def answer_one(ask: Ask, number: int) -> Answer:
    """One principle, explained."""
    look = await _look(ask)
    return show_principle(look.findings[number - 1], look.notes, to_cochair=look.to_cochair, may=look.may)


async def answer_criterion(ask: Ask, criterion_id: str) -> Answer:
    """One criterion, explained."""
    look = await _look(ask)
    finding = look.findings[criteria()[criterion_id].principle - 1]
    return show_criterion(finding, criterion_id, look.notes, to_cochair=look.to_cochair, may=look.may)


async def answer_other(ask: Ask) -> Answer:
    """One principle by its number or one criterion by its id; for other words, the help."""
    word, _ = first_word(ask.text)
    if number := _NUMBER.fullmatch(word):
        return await answer_one(ask, int(number[1]))
    if criterion_id := find_criterion(word):
        return await answer_criterion(ask, criterion_id)
    return await answer_help(ask)


async def answer_help(ask: Ask) -> Answer:
    """What can be typed; asked for, or because something was not understood."""
    verb, _ = first_word(ask.text)
    asked = verb in ("?", "")
    return show_help(
        "The principles, here:" if asked else "I did not understand that. There are six principles, 1 to 6."
    )


async def _look(ask: Ask) -> Look:
    async with ask.services.database.read() as session:
        group_and_situation = await get_situation_of_channel(session, ask.channel_id, ask.team_id)
        if group_and_situation is None:
            raise NoGroupHere
        stored, situation = group_and_situation
        gaps = (await list_gaps(session, [stored.id]))[stored.id]
    findings, today = assess(situation, ask.now), stored.group.day_of(ask.now)
    to_cochair = stored.cochair(ask.user_id) is not None
    return Look(stored, findings, gaps, today, not situation.stakeholders, to_cochair, ask.user_id)


def show_open(group_name: str, findings: Findings, notes: Notes = NO_NOTES, *, empty: bool) -> Answer:
    """The principles that are not met yet, each with a reason, a next step and who is at it; the others in a line."""
    unmet = [finding for finding in findings if finding.state is PrincipleState.NOT_YET]
    steps = [_open_words(finding, notes) for finding in unmet]
    paragraphs = [_opening(group_name, unmet, empty=empty), *steps, *_settled(findings)]
    blocks: Blocks = [*sections(paragraphs), *_buttons_below(unmet or list(findings))]
    return Answer(within_text(paragraphs, SHORTENED), blocks)


def show_all(group_name: str, findings: Findings, notes: Notes = NO_NOTES) -> Answer:
    """The six in order: state, whom it depends on, reason, and who is at it."""
    six = [_one_of_six(finding, notes) for finding in findings]
    paragraphs = [f"*The six principles* for {safe(group_name)}", *six]
    blocks: Blocks = [*sections(paragraphs), *_buttons_below(findings, six=False)]
    return Answer(within_text(paragraphs, SHORTENED), blocks)


def show_brief(group_name: str, findings: Findings, day: str, notes: Notes = NO_NOTES) -> Answer:
    """The same without markup, to be copied into an e-mail or an agenda. ``day`` is the group's date today; ``notes``
    mention nobody."""
    unmet = [_unmet_plainly(finding, notes) for finding in findings if finding.state is PrincipleState.NOT_YET]
    settled = [_settled_plainly(finding) for finding in findings if finding.state is not PrincipleState.NOT_YET]
    lines = [f"{group_name}: where the six guiding principles stand on {day}", ""]
    lines += ["Not met yet:", *unmet] if unmet else ["All six are met or set aside."]
    lines += ["", *settled] if settled else []
    return Answer(cut(safe("\n".join(lines)), TEXT_LIMIT))


def _opening(group_name: str, unmet: Findings, *, empty: bool) -> str:
    name = safe(group_name)
    if not unmet:
        return f"*Nothing is open* for {name}. Every principle is met or set aside. Thank you all."
    if empty:
        return (
            f"*{name} is just beginning.* The register is empty, so most is still ahead, as for every new group. "
            "Start with any of these:"
        )
    return f"*Not met yet* for {name}, with one next step each:"


def noted(finding: PrincipleFinding, notes: Notes) -> list[str]:
    """What is being done about each gap of a principle, in a sentence each."""
    return [f"{criterion.id} is {notes[criterion.id]}." for criterion in finding.criteria if criterion.id in notes]


def _noted_below(finding: PrincipleFinding, notes: Notes) -> str:
    return "".join(f"\n_{sentence}_" for sentence in noted(finding, notes))


def _open_words(finding: PrincipleFinding, notes: Notes) -> str:
    failing = finding.failing
    which = f" ({failing.id})" if failing else ""
    others = ", ".join(criterion.id for criterion in also_open(finding))
    more = f"\nAlso not yet: {others}; see `/principle {finding.number}`." if others else ""
    step = f"Next: {safe(finding.next_step)}{more}{_noted_below(finding, notes)}"
    return f"*{named(finding)}: not yet.* {safe(reason(finding))}{which}\n{step}"


def _settled(findings: Findings) -> list[str]:
    """One line for what is met, one for each that depends on somebody, one for each that is set aside."""
    met = [named(finding) for finding in findings if finding.state is PrincipleState.MET]
    lines = [f"*Met:* {', '.join(met)}."] if met else []
    for finding in findings:
        if finding.state is PrincipleState.THIN:
            lines.append(f"*Met, but depends on {safe(resting_words(finding.rests_on))}:* {named(finding)}.")
        elif finding.state is PrincipleState.NOT_APPLICABLE:
            lines.append(f"*{named(finding)}: {safe(state_words(finding))}.* {safe(reason(finding))}")
    return ["\n".join(lines)] if lines else []


def _one_of_six(finding: PrincipleFinding, notes: Notes) -> str:
    words = f"*{named(finding)}: {safe(state_words(finding))}.* {safe(reason(finding))}"
    if finding.state is not PrincipleState.NOT_YET:
        return words
    return f"{words}\nNext: {safe(finding.next_step)}{_noted_below(finding, notes)}"


def _unmet_plainly(finding: PrincipleFinding, notes: Notes) -> str:
    step = finding.next_step.replace("`", "")
    after = "".join(f" {sentence}" for sentence in noted(finding, notes))
    return f"- {finding.number}. {finding.title}. {reason(finding)} Next step: {step}{after}"


def _settled_plainly(finding: PrincipleFinding) -> str:
    why = f" {reason(finding)}" if finding.state is PrincipleState.NOT_APPLICABLE else ""
    return f"- {finding.number}. {principle_of(finding).short}: {state_words(finding)}.{why}"


def _buttons_below(findings: Findings, *, six: bool = True) -> Blocks:
    """The buttons under a list of principles: one for each, all six, someone new, and the trend."""
    return list(_row(tuple(finding.number for finding in findings), six=six))


@lru_cache(maxsize=256)
def _row(numbers: tuple[int, ...], *, six: bool) -> tuple[dict[str, Any], ...]:
    """Built once for each choice of principles: most of the time that an answer takes to render went here."""
    first = [button("See all six", ALL)] if six else []
    row = [*first, button("Add someone", OPEN_ADD), *map(principle_button, numbers), button("Trend", TREND)]
    typed = "Or type `/principle all`, `/principle 3` for one, `/principle brief` for plain text, `/principle trend`."
    return buttons(row), context(typed)
