"""The words in which a finding and a gap are told: states, reasons, shortened lists, and what is safe in a message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.gaps.choosing import open_gaps
from bot.gaps.life import GapState, LiveGap
from bot.principles.assessment import CriterionFinding, PrincipleFinding, PrincipleState
from bot.principles.principles import Level, Principle, principles
from bot.words import resting_words
from handlers.slack.blocks import safe
from handlers.slack.times import spoken_date

SHOWN = 8
"""How many entries a list shows before it says how many more there are."""


def principle_of(finding: PrincipleFinding) -> Principle:
    """The principle that was judged, with its words."""
    return principles()[finding.number - 1]


def named(finding: PrincipleFinding) -> str:
    """The short name, such as "3 Legal experts"."""
    return f"{finding.number} {principle_of(finding).short}"


def state_words(finding: PrincipleFinding) -> str:
    """The state in plain words, unescaped; where it depends on somebody, they are named."""
    match finding.state:
        case PrincipleState.NOT_APPLICABLE:
            return "set aside" if finding.set_aside else "not asked of this group"
        case PrincipleState.THIN:
            return f"met, but depends on {resting_words(finding.rests_on)}"
        case PrincipleState.MET:
            return "met"
        case PrincipleState.NOT_YET:
            return "not yet"


def reason(finding: PrincipleFinding) -> str:
    """Why a principle stands where it does, in a sentence or two."""
    if finding.set_aside:
        until = finding.set_aside.until.date().isoformat()
        return f"Both co-chairs set it aside until {until}: {finding.set_aside.reason}"
    if finding.exempt:
        return "Both co-chairs agreed that this group may have one chair. That is your rule, not the source's."
    if finding.failing:
        return finding.failing.because
    holding = [criterion for criterion in _required(finding) if criterion.holds is True]
    said = [f"{noted_words(criterion)[-1]}." for criterion in holding if criterion.said]
    return " ".join(dict.fromkeys([*(criterion.because for criterion in holding), *said]))


def noted_words(criterion: CriterionFinding) -> list[str]:
    """What was counted for a criterion, each with who recorded or said it, and when."""
    return [", ".join(filter(None, (what, criterion.notes.get(what, "")))) for what in criterion.counted]


def also_open(finding: PrincipleFinding) -> Sequence[CriterionFinding]:
    """The required criteria that do not hold either, after the first one."""
    return [criterion for criterion in _required(finding) if criterion.holds is False][1:]


def first_few(words: Sequence[str], shown: int = SHOWN) -> str:
    """``words`` with semicolons between them, the first few of a long list."""
    more = len(words) - shown
    return "; ".join(words[:shown]) + (f"; and {more} more" if more > 0 else "")


def gap_notes(
    findings: Iterable[PrincipleFinding], gaps: Iterable[LiveGap], today: date, *, names: bool = True
) -> dict[str, str]:
    """What is being done about each gap that is open now, by criterion; nothing for those that wait for someone."""
    words = {gap.criterion: standing_words(gap, today, names=names) for gap in gaps}
    if not any(words.values()):
        return {}
    open_ids = [gap.criterion_id for gap in open_gaps(findings)]
    return {criterion_id: words[criterion_id] for criterion_id in open_ids if words.get(criterion_id)}


def standing_words(gap: LiveGap, today: date, *, names: bool = True) -> str:
    """How a gap stands, such as "taken by <@U1>, until Friday 18 December"; empty where it is simply open."""
    by = f" by <@{gap.taken_by}>" if names else ""
    meant = "who meant to have it" if names else "and was meant to be done"
    match gap.standing(today):
        case GapState.TAKEN if gap.is_overdue(today):
            return f"taken{by}, {meant} by {until_words(gap.due_on, today)}"
        case GapState.TAKEN:
            return f"taken{by}, until {until_words(gap.due_on, today)}"
        case GapState.SNOOZED:
            return f"snoozed until {until_words(gap.snoozed_until, today)}"
        case GapState.NOT_OURS:
            return f"not ours, this group says: {safe(gap.reason)}"
    return ""


def until_words(day: date | None, today: date) -> str:
    """Until when something holds; where it has no end, "further notice"."""
    return spoken_until(day, today) if day else "further notice"


def spoken_until(day: date, today: date) -> str:
    """A day to come, as people say it: with its year only where that is another one."""
    words = spoken_date(day)
    return words.removesuffix(f" {day.year}") if day.year == today.year else words


def _required(finding: PrincipleFinding) -> list[CriterionFinding]:
    return [criterion for criterion in finding.criteria if criterion.level is Level.REQUIRED]
