"""How the six principles are shown: not met yet, all, and as plain text for an e-mail. Pure: values to answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from slackblocks import Button

from bot.principles.assessment import PrincipleFinding, PrincipleState
from bot.principles.principles import principles
from handlers.principles.words import (
    also_open,
    first_few,
    named,
    principle_of,
    reason,
    rests_on,
    safe,
    state_words,
    what_ref,
)
from handlers.slack.asking import Answer
from handlers.slack.blocks import TEXT_LIMIT, Blocks, button, buttons, context, cut, sections
from handlers.slack.packing import within_text

Findings = Sequence[PrincipleFinding]

Notes = Mapping[str, str]
"""What is being done about a gap, in words, by its criterion."""

ALL = "principle.all"
TREND = "principle.trend"
SHOW = "principle.show"
OPEN_ADD = "stakeholder.open_add"

HELP = (
    "Here is what you can type:\n"
    "• `/principle` which principles are not met yet, why, and the next step for each\n"
    "• `/principle all` all six\n"
    "• `/principle 3` one of them, with what counted and what did not\n"
    "• `/principle brief` the same as plain text for an e-mail or an agenda\n"
    "• `/principle trend` how the six stood, week by week\n"
    "• `/principle take P3.a` or `/principle take P3.a until YYYY-MM-DD`: you see to it (anyone)\n"
    "• `/principle snooze P3.a 2` the nudge leaves it alone for 1, 2 or 4 weeks (co-chairs)\n"
    "• `/principle not-ours P3.a | reason` it is not this group's to close (co-chairs)\n"
    "• `/principle open P3.a` it waits for someone again\n"
    "• `/principle attest P4.a | looked, none found` (co-chairs)\n"
    "• `/principle attest P6.a | who was consulted | date=YYYY-MM-DD` (co-chairs)\n"
    "• `/principle unattest P6.a` (co-chairs)\n"
    "• `/principle set-aside 2 | reason` and `/principle set-aside 2 off` (co-chairs)"
)
NO_NOTES: Notes = MappingProxyType({})
SHORTENED = "There is more than fits here: type `/principle` and a number from 1 to 6 for one principle at a time."


def show_help(lead: str) -> Answer:
    """What can be typed here, after ``lead``, which says what was not understood."""
    return Answer(f"{safe(lead)}\n\n{HELP}", [*sections([safe(lead), HELP]), buttons([button("See all six", ALL)])])


def show_open(group_name: str, findings: Findings, notes: Notes = NO_NOTES, *, empty: bool) -> Answer:
    """The principles that are not met yet, each with a reason, a next step and who is at it; the others in a line."""
    open_ones = [each for each in findings if each.state is PrincipleState.NOT_YET]
    told = [_open_words(each, notes) for each in open_ones]
    paragraphs = [_opening(group_name, open_ones, empty=empty), *told, *what_ref(*told), *_settled(findings)]
    blocks: Blocks = [*sections(paragraphs), *_ways_on(open_ones or list(findings))]
    return Answer(within_text(paragraphs, SHORTENED), blocks)


def show_all(group_name: str, findings: Findings, notes: Notes = NO_NOTES) -> Answer:
    """The six in order: state, reason, what rests on one person, and who is at it."""
    six = [_one_of_six(each, notes) for each in findings]
    paragraphs = [f"*The six principles* for {safe(group_name)}", *six, *what_ref(*six)]
    blocks: Blocks = [*sections(paragraphs), *_ways_on(findings, six=False)]
    return Answer(within_text(paragraphs, SHORTENED), blocks)


def show_brief(group_name: str, findings: Findings, day: str, notes: Notes = NO_NOTES) -> Answer:
    """The same without markup, to be copied into an e-mail or an agenda. ``day`` is the group's date today; ``notes``
    mention nobody."""
    open_ones = [each for each in findings if each.state is PrincipleState.NOT_YET]
    lines = [f"{group_name}: where the six guiding principles stand on {day}", ""]
    lines += ["Not met yet:"] if open_ones else ["None is open."]
    for each in open_ones:
        step = each.next_step.replace("`", "")
        told = "".join(f" {line}" for line in noted(each, notes))
        lines += [f"- {each.number}. {each.title}. {reason(each)} Next step: {step}{told}"]
    settled = [_settled_plainly(each) for each in findings if each.state is not PrincipleState.NOT_YET]
    lines += [words.replace("`", "") for words in what_ref(*lines)]
    lines += ["", *settled] if settled else []
    return Answer(cut(safe("\n".join(lines)), TEXT_LIMIT))


def _opening(group_name: str, open_ones: Findings, *, empty: bool) -> str:
    name = safe(group_name)
    if not open_ones:
        return f"*Nothing is open* for {name}. Every principle is met or set aside. Thank you all."
    if empty:
        return (
            f"*{name} is just beginning.* The register is empty, so most is still ahead, as for every new group. "
            "Start with any of these:"
        )
    return f"*Not met yet* for {name}, with one next step each:"


def noted(finding: PrincipleFinding, notes: Notes) -> list[str]:
    """What is being done about each gap of a principle, in a sentence each."""
    return [f"{each.id} is {notes[each.id]}." for each in finding.criteria if each.id in notes]


def _open_words(finding: PrincipleFinding, notes: Notes) -> str:
    failing = finding.failing
    which = f" ({failing.id})" if failing else ""
    others = also_open(finding)
    more = (
        f"\nAlso not yet: {', '.join(each.id for each in others)}; see `/principle {finding.number}`." if others else ""
    )
    told = "".join(f"\n_{line}_" for line in noted(finding, notes))
    return f"*{named(finding)}: not yet.* {safe(reason(finding))}{which}\nNext: {safe(finding.next_step)}{more}{told}"


def _settled(findings: Findings) -> list[str]:
    """One line for what is met, one for each that is thin, one for each that is set aside."""
    met = [named(each) for each in findings if each.state is PrincipleState.MET]
    lines = [f"*Met:* {', '.join(met)}."] if met else []
    for each in findings:
        if each.state is PrincipleState.THIN:
            lines.append(f"*Met:* {named(each)}. {safe(rests_on(each))}")
        elif each.state is PrincipleState.NOT_APPLICABLE:
            lines.append(f"*{named(each)}: {state_words(each)}.* {safe(reason(each))}")
    return ["\n".join(lines)] if lines else []


def _one_of_six(finding: PrincipleFinding, notes: Notes) -> str:
    resting = f" {rests_on(finding)}" if finding.rests_on else ""
    words = f"*{named(finding)}: {state_words(finding)}.* {safe(reason(finding) + resting)}"
    told = "".join(f"\n_{line}_" for line in noted(finding, notes))
    return f"{words}\nNext: {safe(finding.next_step)}{told}" if finding.state is PrincipleState.NOT_YET else words


def _settled_plainly(finding: PrincipleFinding) -> str:
    resting = f" It rests on {first_few(finding.rests_on)}." if finding.rests_on else ""
    why = f" {reason(finding)}" if finding.state is PrincipleState.NOT_APPLICABLE else ""
    return f"- {finding.number}. {principle_of(finding).short}: {state_words(finding)}.{why}{resting}"


def _ways_on(findings: Findings, *, six: bool = True) -> Blocks:
    """The buttons under a list of principles: one for each, all six, someone new, and the trend."""
    return list(_row(tuple(each.number for each in findings), six=six))


@lru_cache(maxsize=256)
def _row(numbers: tuple[int, ...], *, six: bool) -> tuple[dict[str, Any], ...]:
    """Built once for each choice of principles: most of the time that an answer takes to render went here."""
    first = [button("See all six", ALL)] if six else []
    row = [*first, button("Add someone", OPEN_ADD), *map(show_button, numbers), button("Trend", TREND)]
    typed = "Or type `/principle all`, `/principle 3` for one, `/principle brief` for plain text, `/principle trend`."
    return buttons(row), context(typed)


def show_button(number: int) -> Button:
    """The button that shows one principle."""
    short = principles()[number - 1].short
    return button(f"{number} {short}", f"{SHOW}.{number}", str(number), spoken=f"Show principle {number}, {short}")
