"""The life of a gap: opened, taken, snoozed, not ours, closed by evidence, opened again. States and steps are data.

A gap is one required criterion that does not hold in one working group. People take, snooze, disown and open it; the
weekly look opens it, wakes it, closes it when it holds, and opens it again when that lapses. Nothing in the source sets
these steps: they are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from bot.life import Life
from bot.principles.assessment import CriterionFinding, PrincipleFinding, PrincipleState
from bot.principles.principles import Level
from bot.refusals import Refusal

TAKEN_FOR = timedelta(weeks=2)
"""How long someone has who takes a gap and names no date."""
SNOOZES = (1, 2, 4)
"""For how many weeks a gap can be snoozed."""


class GapState(StrEnum):
    """What is being done about a gap. ``not_ours`` hides it from this group's nudges; it makes nothing met."""

    OPEN = "open"
    TAKEN = "taken"
    SNOOZED = "snoozed"
    NOT_OURS = "not_ours"
    CLOSED = "closed"


class GapStep(StrEnum):
    """What can happen to a gap. People take, snooze, disown and open; the weekly look wakes, closes and reopens."""

    TAKE = "take"
    SNOOZE = "snooze"
    DISOWN = "disown"
    OPEN = "open"
    WAKE = "wake"
    CLOSE = "close"
    REOPEN = "reopen"


GAP_LIFE = Life(
    GapState.OPEN,
    "seen",
    MappingProxyType(
        {
            GapStep.TAKE: ((GapState.OPEN, GapState.TAKEN, GapState.SNOOZED), GapState.TAKEN),
            GapStep.SNOOZE: ((GapState.OPEN, GapState.TAKEN, GapState.SNOOZED), GapState.SNOOZED),
            GapStep.DISOWN: ((GapState.OPEN, GapState.TAKEN, GapState.SNOOZED), GapState.NOT_OURS),
            GapStep.OPEN: ((GapState.TAKEN, GapState.SNOOZED, GapState.NOT_OURS), GapState.OPEN),
            GapStep.WAKE: ((GapState.SNOOZED,), GapState.OPEN),
            GapStep.CLOSE: (
                (GapState.OPEN, GapState.TAKEN, GapState.SNOOZED, GapState.NOT_OURS),
                GapState.CLOSED,
            ),
            GapStep.REOPEN: ((GapState.CLOSED,), GapState.OPEN),
        }
    ),
)


class StepImpossible(Refusal):
    """{criterion} is {state} now, so there is nothing to {step}. To see how it stands: /principle {criterion}"""


@dataclass(frozen=True, slots=True)
class LiveGap:
    """One gap. ``opened_at``, ``closed_at`` and ``touched_at`` (a person's last step) are aware instants; ``due_on``
    and ``snoozed_until`` local dates of the group. ``version`` counts its changes where it is stored; 0 is not stored.
    """

    criterion: str
    opened_at: datetime
    state: GapState = GapState.OPEN
    taken_by: str = ""
    due_on: date | None = None
    snoozed_until: date | None = None
    reason: str = ""
    closed_at: datetime | None = None
    touched_at: datetime | None = None
    reopened: int = 0
    version: int = 0

    @property
    def principle(self) -> int:
        """The number of its principle."""
        return int(self.criterion[1])

    def standing(self, today: date) -> GapState:
        """Its state on the local day ``today``: a snooze whose day has come is over, whether noted so or not."""
        over = self.state is GapState.SNOOZED and self.snoozed_until is not None and self.snoozed_until <= today
        return GapState.OPEN if over else self.state

    def is_overdue(self, today: date) -> bool:
        """Whether someone took it and the day they gave has passed."""
        return self.state is GapState.TAKEN and self.due_on is not None and self.due_on < today

    def waits(self, today: date) -> bool:
        """Whether it waits for someone: open, or taken and overdue."""
        return self.standing(today) is GapState.OPEN or self.is_overdue(today)


def take(gap: LiveGap, by: str, due_on: date, now: datetime) -> LiveGap:
    """``gap`` taken by the user ``by`` until the end of ``due_on``. Raises StepImpossible."""
    return _stepped(gap, GapStep.TAKE, taken_by=by, due_on=due_on, touched_at=now)


def snooze(gap: LiveGap, until: date, now: datetime) -> LiveGap:
    """``gap`` left alone until the day ``until``. Raises StepImpossible."""
    return _stepped(gap, GapStep.SNOOZE, snoozed_until=until, touched_at=now)


def disown(gap: LiveGap, reason: str, now: datetime) -> LiveGap:
    """``gap`` as not this group's to close. Raises StepImpossible."""
    return _stepped(gap, GapStep.DISOWN, reason=reason, touched_at=now)


def open_again(gap: LiveGap, now: datetime) -> LiveGap:
    """``gap`` given back to everyone. Raises StepImpossible."""
    return _stepped(gap, GapStep.OPEN, touched_at=now)


def reopen(gap: LiveGap, now: datetime) -> LiveGap:
    """A closed ``gap`` whose criterion has lapsed. Raises StepImpossible."""
    return _stepped(gap, GapStep.REOPEN, opened_at=now, closed_at=None, reopened=gap.reopened + 1)


def follow(
    findings: Iterable[PrincipleFinding], live: Mapping[str, LiveGap], today: date, now: datetime
) -> tuple[LiveGap, ...]:
    """The gaps that the findings of ``now`` open, wake, close or reopen, as they stand after it.

    What is set aside, or lies with another group, stays as it is: nothing shows that it is settled. ``live`` holds the
    group's gaps by criterion; ``today`` is the group's local day.
    """
    changed = []
    for finding in findings:
        for each in finding.criteria:
            if each.level is Level.REQUIRED:
                gap = live.get(each.id)
                after = _followed(each, gap, acts=finding.state is PrincipleState.NOT_YET, today=today, now=now)
                if after is not None and after is not gap:
                    changed.append(after)
    return tuple(changed)


def _followed(each: CriterionFinding, gap: LiveGap | None, *, acts: bool, today: date, now: datetime) -> LiveGap | None:
    if each.holds is not False:
        ends = gap is not None and gap.state is not GapState.CLOSED
        return _closed(gap, now) if gap is not None and ends else gap
    if not acts or each.elsewhere:
        return gap
    if gap is None:
        return _opened(each.id, now)
    if gap.state is GapState.CLOSED:
        return reopen(gap, now)
    return gap if gap.standing(today) is gap.state else _stepped(gap, GapStep.WAKE)


def _closed(gap: LiveGap, now: datetime) -> LiveGap:
    """A gap whose criterion holds. Who had taken it stays on record."""
    return replace(gap, state=GAP_LIFE.after(GapStep.CLOSE), closed_at=now)


@lru_cache(maxsize=512)
def _opened(criterion: str, now: datetime) -> LiveGap:
    """A new gap; remembered, since the groups that one sweep looks at open the same ones."""
    return LiveGap(criterion, now)


def _stepped(gap: LiveGap, step: GapStep, **values: object) -> LiveGap:
    if not GAP_LIFE.allows(gap.state, step):
        raise StepImpossible(criterion=gap.criterion, state=gap.state.replace("_", " "), step=step)
    blank = replace(gap, taken_by="", due_on=None, snoozed_until=None, reason="")
    return replace(blank, state=GAP_LIFE.after(step), **values)  # type: ignore[arg-type]
