"""The words in which a finding is told: states, reasons, lists that are shortened, and what is safe in a message."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.principles.assessment import CriterionFinding, PrincipleFinding, PrincipleState
from bot.principles.principles import Level, Principle, principles
from handlers.slack.blocks import escape

SHOWN = 8
"""How many entries a list shows before it says how many more there are."""

WHAT_REF = "REF is the number in `/stakeholder list`, such as S12."

_REF = re.compile(r"\bREF\b")
_MENTION = re.compile(r"&lt;@([UW][A-Z0-9]+)&gt;")


def safe(words: str) -> str:
    """``words`` safe inside mrkdwn, with mentions of people left alive. What people typed never holds one."""
    return _MENTION.sub(r"<@\1>", escape(words))


def what_ref(*told: str) -> list[str]:
    """Where a REF is found, if what is told to type holds one; said once in a message."""
    return [WHAT_REF] if any(_REF.search(words) for words in told) else []


def principle_of(finding: PrincipleFinding) -> Principle:
    """The principle that was judged, with its words."""
    return principles()[finding.number - 1]


def named(finding: PrincipleFinding) -> str:
    """The short name, such as "3 Legal experts"."""
    return f"{finding.number} {principle_of(finding).short}"


def state_words(finding: PrincipleFinding) -> str:
    """The state in plain words."""
    if finding.state is PrincipleState.NOT_APPLICABLE:
        return "set aside" if finding.set_aside else "not asked of this group"
    return {
        PrincipleState.MET: "met",
        PrincipleState.THIN: "met, resting on one person",
        PrincipleState.NOT_YET: "not yet",
    }[finding.state]


def reason(finding: PrincipleFinding) -> str:
    """Why a principle stands where it does, in a sentence or two."""
    if finding.set_aside:
        until = finding.set_aside.until.date().isoformat()
        return f"Both co-chairs set it aside until {until}: {finding.set_aside.reason}"
    if finding.exempt:
        return "Both co-chairs agreed that this group may have one chair. That is your rule, not the source's."
    if finding.failing:
        return finding.failing.because
    return " ".join(dict.fromkeys(each.because for each in finding.criteria if _required_and_holding(each)))


def rests_on(finding: PrincipleFinding) -> str:
    """Whose leaving would make a thin principle not yet met; empty for the others."""
    if not finding.rests_on:
        return ""
    return f"For now it rests on {first_few(finding.rests_on)}. That is information, not a reproach."


def also_open(finding: PrincipleFinding) -> Sequence[CriterionFinding]:
    """The required criteria that do not hold either, after the first one."""
    return [each for each in finding.criteria if each.level is Level.REQUIRED and each.holds is False][1:]


def first_few(words: Sequence[str], shown: int = SHOWN) -> str:
    """``words`` with semicolons between them, the first few of a long list."""
    more = len(words) - shown
    return "; ".join(words[:shown]) + (f"; and {more} more" if more > 0 else "")


def _required_and_holding(each: CriterionFinding) -> bool:
    return each.level is Level.REQUIRED and each.holds is True
