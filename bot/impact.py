"""What would change for each of the six principles if those on a ballot joined."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.groups import Situation
from bot.principles.assessment import CriterionFinding, PrincipleFinding, PrincipleState, assess
from bot.principles.principles import Level, criteria, named_criterion
from bot.register import Status
from bot.words import joined, resting_words

NAMES_SHOWN = 3
"""A sentence names this many entries and counts the rest, so that it stays short."""

SMALL_WORDS = frozenset({"A", "An", "Each", "Every", "No", "Someone", "The", "There"})
"""Words at the start of a reason that are small in the middle of a sentence."""

_COMMITTED = re.compile(r"\b(?:has|have) committed\b")

FIRMER = (PrincipleState.THIN, PrincipleState.MET)
STANDS = {
    PrincipleState.MET: "it is met",
    PrincipleState.THIN: "it is met",
    PrincipleState.NOT_YET: "it is not met yet",
}
"""How a sentence says that nothing changes."""


@dataclass(frozen=True, slots=True)
class PrincipleImpact:
    """What would change for one principle.

    ``gained`` are the ids of the criteria that would newly hold; ``lost`` of those that would not hold any more (an
    added group that nobody asked about data sharing does that). ``rests_on`` names the entries on each of whom it
    would still rest alone. ``sentence`` says it in plain words.
    """

    principle: int
    title: str
    before: PrincipleState
    after: PrincipleState
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    rests_on: tuple[str, ...]
    sentence: str

    @property
    def changes(self) -> bool:
        """Whether anything would change for this principle."""
        return self.before is not self.after or bool(self.gained or self.lost)


def brief_impact(impacts: Sequence[PrincipleImpact]) -> str:
    """What would change for the six, in one short sentence."""
    moved = [each for each in impacts if each.changes and each.after is not PrincipleState.NOT_APPLICABLE]
    if not moved:
        return "If those listed joined, none of the six principles would change."
    changes = [f"principle {each.principle} would {_moved(each.before, each.after)}{_resting(each)}" for each in moved]
    alike = [str(each.principle) for each in impacts if each not in moved]
    still = f"; no change for {'principle' if len(alike) == 1 else 'principles'} {joined(alike)}" if alike else ""
    return f"If those listed joined: {'; '.join(changes)}{still}."


def _resting(each: PrincipleImpact) -> str:
    return f", but depend on {resting_words(each.rests_on)}" if each.rests_on else ""


def impact(
    situation: Situation, numbers: Collection[int], now: datetime, before: Sequence[PrincipleFinding] | None = None
) -> tuple[PrincipleImpact, ...]:
    """What would change for each of the six, in order, if the entries of these ``numbers`` committed.

    ``now`` is aware. ``before`` are the findings of the same situation and instant, where they are at hand.

    Raises:
        ValueError: a number is not on the register.
    """
    now_stands = assess(situation, now) if before is None else before
    then_stands = assess(_with(situation, numbers), now)
    return tuple(_impact(old, new) for old, new in zip(now_stands, then_stands, strict=True))


@dataclass(frozen=True, slots=True)
class Share:
    """One entry's share in a criterion that those listed would close: alone, or with the entries ``together_with``."""

    criterion: str
    together_with: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """Such as "P3.b (HIPAA and state mental-health law), together with S4"."""
        others = joined(f"S{number}" for number in self.together_with)
        what = named_criterion(self.criterion)
        return f"{what}, together with {others}" if others else what


def shares(situation: Situation, numbers: Sequence[int], now: datetime) -> Mapping[int, tuple[Share, ...]]:
    """Which required criteria each of ``numbers`` would help to close if all of them joined, judged together.

    One that would close a criterion alone has it to itself. For the rest the smallest part of the list is named that
    still closes it, earlier ones before later ones.
    """
    before = assess(situation, now)
    gained = [id_ for each in impact(situation, numbers, now, before) for id_ in each.gained]
    found: dict[int, list[Share]] = {number: [] for number in numbers}
    for criterion in (id_ for id_ in gained if criteria()[id_].level is Level.REQUIRED):
        alone = [number for number in found if criterion in _closed(situation, (number,), now)]
        few = alone or _smallest(situation, list(found), criterion, now)
        for number in few:
            others = () if alone else tuple(other for other in few if other != number)
            found[number].append(Share(criterion, others))
    return {number: tuple(each) for number, each in found.items()}


def _smallest(situation: Situation, numbers: list[int], criterion: str, now: datetime) -> list[int]:
    """A part of ``numbers`` that closes ``criterion``, of which nobody can be spared."""
    for number in reversed(numbers):
        without = [other for other in numbers if other != number]
        if criterion in _closed(situation, without, now):
            numbers = without
    return numbers


def _closed(situation: Situation, numbers: Collection[int], now: datetime) -> frozenset[str]:
    """The ids of the criteria that hold once these joined."""
    findings = assess(_with(situation, numbers), now)
    return frozenset(each.id for finding in findings for each in finding.criteria if each.holds)


def _with(situation: Situation, numbers: Collection[int]) -> Situation:
    unknown = set(numbers) - {entry.number for entry in situation.stakeholders}
    if unknown:
        raise ValueError(f"not on the register: {sorted(unknown)}")
    entries = (
        replace(entry, status=Status.COMMITTED) if entry.number in numbers else entry
        for entry in situation.stakeholders
    )
    return replace(situation, stakeholders=tuple(entries))


def _impact(before: PrincipleFinding, after: PrincipleFinding) -> PrincipleImpact:
    pairs = list(zip(before.criteria, after.criteria, strict=True))
    gained = [(old, new) for old, new in pairs if new.holds and not old.holds]
    lost = [new for old, new in pairs if new.holds is False and old.holds is not False]
    return PrincipleImpact(
        principle=after.number,
        title=after.title,
        before=before.state,
        after=after.state,
        gained=tuple(new.id for _, new in gained),
        lost=tuple(new.id for new in lost),
        rests_on=after.rests_on,
        sentence=_sentence(before, after, gained, lost),
    )


Gained = Sequence[tuple[CriterionFinding, CriterionFinding]]


def _sentence(
    before: PrincipleFinding, after: PrincipleFinding, gained: Gained, lost: Sequence[CriterionFinding]
) -> str:
    whole = f"Principle {after.number}"
    if after.state is PrincipleState.NOT_APPLICABLE:
        return f"{whole} is {'not asked of this group' if after.exempt else 'set aside'}, so nothing changes there."
    if before.state is after.state and not gained and not lost:
        return f"{whole} would not change: {STANDS[after.state]}.{_rests(before, after)}"
    return f"{whole} would {_moved(before.state, after.state)}{_why(after, gained, lost)}{_rests(before, after)}"


def _moved(before: PrincipleState, after: PrincipleState) -> str:
    if after is PrincipleState.NOT_YET:
        return "not be met yet" if before is PrincipleState.NOT_YET else "not be met any more"
    firmer = " without depending on anybody alone" if (before, after) == FIRMER else ""
    return f"{'be' if before is PrincipleState.NOT_YET else 'stay'} met{firmer}"


def _why(after: PrincipleFinding, gained: Gained, lost: Sequence[CriterionFinding]) -> str:
    """The first criterion that changed, what is lost before what is gained, and what is still open."""
    if lost:
        return f": {_within(lost[0].because)}."
    if not gained:
        return "."
    old, new = min(gained, key=lambda pair: pair[1].level is not Level.REQUIRED)
    still = f" Still open: {after.failing.because}" if after.failing else ""
    but = ", but" if after.failing else ":"
    would_be = _COMMITTED.sub("would have committed", _within(new.because))
    return f"{but} {would_be}{_newly_counted(old, new)}.{still}"


def _newly_counted(old: CriterionFinding, new: CriterionFinding) -> str:
    names = [name for name in new.counted if name not in old.counted]
    rest = len(names) - NAMES_SHOWN
    shown = [*names[:NAMES_SHOWN], f"{rest} more"] if rest > 0 else names
    return f" ({joined(shown)})" if shown else ""


def _within(because: str) -> str:
    """A sentence as the rest of another one; an organization's name at its start keeps its capital."""
    start = because[0].lower() if because.split()[0] in SMALL_WORDS else because[0]
    return f"{start}{because[1:].rstrip('.')}"


def _rests(before: PrincipleFinding, after: PrincipleFinding) -> str:
    still = "still depend" if before.state is PrincipleState.THIN else "depend"
    return f" It would {still} on {resting_words(after.rests_on)}." if after.rests_on else ""
