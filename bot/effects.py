"""What a change of the register did to the principles, in a few sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.principles.assessment import CriterionFinding, PrincipleFinding, PrincipleState
from bot.words import resting_words

IN_WORDS = {
    PrincipleState.MET: "met",
    PrincipleState.THIN: "met, but depends on particular people",
    PrincipleState.NOT_YET: "not met yet",
    PrincipleState.NOT_APPLICABLE: "set aside",
}
"""How a sentence names each state."""


@dataclass(frozen=True, slots=True)
class Effects:
    """``changes`` are sentences on what differs; ``open_ones`` on what a principle concerned still needs."""

    changes: tuple[str, ...] = ()
    open_ones: tuple[str, ...] = ()


def effects(
    before: Sequence[PrincipleFinding], after: Sequence[PrincipleFinding], concerned: Iterable[int] = ()
) -> Effects:
    """What differs between two assessments: a state that changed, else a criterion that did.

    ``concerned`` are the numbers of the principles that the change was about.
    """
    found = [
        words for old, new in zip(before, after, strict=True) for words in (_state_words(old, new), *_lines(old, new))
    ]
    return Effects(tuple(words for words in found if words), _still_needed(after, set(concerned)))


def _state_words(before: PrincipleFinding, after: PrincipleFinding) -> str:
    if before.state is after.state:
        return ""
    if after.state is PrincipleState.THIN:
        return f"Principle {after.number} is now met, but depends on {resting_words(after.rests_on)}."
    if (before.state, after.state) == (PrincipleState.THIN, PrincipleState.MET):
        return f"Principle {after.number} is met, and depends on nobody alone any more."
    words = f"Principle {after.number} is now {IN_WORDS[after.state]}."
    if after.failing:
        return f"{words} {after.failing.because}"
    return words


def _lines(before: PrincipleFinding, after: PrincipleFinding) -> list[str]:
    """The criteria that changed while the state did not."""
    if before.state is not after.state:
        return []
    pairs = zip(before.criteria, after.criteria, strict=True)
    return [_line(new) for old, new in pairs if bool(old.holds) != bool(new.holds)] + _open_line(before, after)


def _line(finding: CriterionFinding) -> str:
    return f"{finding.id} {'is met now' if finding.holds else 'is not met any more'}: {finding.because}"


def _open_line(before: PrincipleFinding, after: PrincipleFinding) -> list[str]:
    """What a principle still needs, where one of its required criteria was just gained."""
    gained = any(new.holds and not old.holds for old, new in zip(before.criteria, after.criteria, strict=True))
    return [_needs(after)] if gained and after.failing else []


def _still_needed(findings: Sequence[PrincipleFinding], concerned: set[int]) -> tuple[str, ...]:
    waiting = [each for each in findings if each.number in concerned and each.state is PrincipleState.NOT_YET]
    return (_needs(waiting[0]),) if waiting else ()


def _needs(finding: PrincipleFinding) -> str:
    return f"Principle {finding.number} is not met yet. Next: {finding.next_step}"
