"""One group's week: how it stood when it was looked at, what is new since the last look, and what its nudge is about.

A snapshot is taken of every week that is looked at, with a post or without. All of this is ours, not the source's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.gaps.choosing import Asking, Topic, choose
from bot.gaps.life import GapState, LiveGap, follow
from bot.groups import Situation
from bot.principles.assessment import PrincipleFinding, PrincipleState
from bot.register import Kind

UNANSWERED_WEEKS = 3
"""After this many nudges running that nobody answered, the co-chairs hear of it, once."""

SETTLED = (PrincipleState.MET, PrincipleState.THIN)


class Said(StrEnum):
    """What a week's nudge did: asked for a step, reminded of one, said that nothing is open; or there was none."""

    ASKED = "asked"
    REMINDED = "reminded"
    ALL_WELL = "all well"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How a group stood in the week ``period``, as of the aware instant ``taken_at``.

    ``states`` are those of the six principles in order; ``counting`` the numbers of the register's entries that
    counted, ``entries`` how many there were of any status. ``unanswered`` says how many nudges running that asked for
    something, up to the one before, got no answer.
    """

    period: str
    taken_at: datetime
    states: tuple[PrincipleState, ...]
    counting: tuple[int, ...]
    entries: int
    said: Said = Said.NOTHING
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """What is new since a snapshot. ``met``, ``lapsed``, ``aside`` and ``resumed`` are numbers of principles,
    ``closed`` criteria of principles whose state is the same; ``added`` entries that count now and did not then.

    ``since_nudge`` says that the week of the snapshot had a nudge; else ``since`` (aware) is to be named.
    """

    since: datetime
    since_nudge: bool
    met: tuple[int, ...] = ()
    lapsed: tuple[int, ...] = ()
    aside: tuple[int, ...] = ()
    resumed: tuple[int, ...] = ()
    closed: tuple[str, ...] = ()
    added: int = 0
    only_people: bool = True


@dataclass(frozen=True, slots=True)
class Week:
    """What a look at one group found. ``changes`` are the gaps that it changed, to be stored with the look;
    ``answered`` says whether anything was done about the group's gaps since the last one."""

    topic: Topic
    changes: tuple[LiveGap, ...]
    news: News | None
    answered: bool


def review_week(
    situation: Situation,
    findings: Sequence[PrincipleFinding],
    live: Mapping[str, LiveGap],
    last: Snapshot | None,
    recent: Sequence[int],
    today: date,
    now: datetime,
) -> Week:
    """Judge one group's week at ``now`` (aware), the group's local day ``today``.

    ``live`` are its gaps by criterion, ``last`` its newest snapshot, ``recent`` the principles that its newest nudges
    named, newest first.
    """
    changes = follow(findings, live, today, now)
    after = {**live, **{gap.criterion: gap for gap in changes}}
    closed = tuple(gap.criterion for gap in changes if gap.state is GapState.CLOSED)
    news = news_since(last, situation, findings, closed) if last else None
    answered = last is not None and _answered(last, situation, findings, after, closed)
    return Week(choose(findings, after, recent, today), changes, news, answered)


def news_since(
    last: Snapshot, situation: Situation, findings: Sequence[PrincipleFinding], closed: Collection[str] = ()
) -> News:
    """What is new since ``last``; ``closed`` are the criteria that hold now and did not then."""
    pairs = [(finding.number, before, finding.state) for finding, before in zip(findings, last.states, strict=True)]
    changed = [(number, before, after) for number, before, after in pairs if _kind(before) is not _kind(after)]
    new = [entry for entry in situation.stakeholders if entry.status.counts and entry.number not in last.counting]
    told = {number for number, _, _ in changed}
    return News(
        since=last.taken_at,
        since_nudge=last.said is not Said.NOTHING,
        met=tuple(number for number, _, after in changed if after in SETTLED),
        lapsed=tuple(
            number for number, before, after in changed if before in SETTLED and after is PrincipleState.NOT_YET
        ),
        aside=tuple(number for number, _, after in changed if after is PrincipleState.NOT_APPLICABLE),
        resumed=tuple(number for number, before, after in changed if (before, after) == _TAKEN_UP),
        closed=tuple(criterion for criterion in closed if int(criterion[1]) not in told),
        added=len(new),
        only_people=all(entry.kind is Kind.PERSON for entry in new),
    )


_TAKEN_UP = (PrincipleState.NOT_APPLICABLE, PrincipleState.NOT_YET)


def snapshot(
    period: str,
    situation: Situation,
    findings: Sequence[PrincipleFinding],
    last: Snapshot | None,
    said: Said,
    *,
    answered: bool,
    now: datetime,
) -> Snapshot:
    """How the group stands at ``now``, after a week whose nudge ``said`` that. ``last`` is the snapshot before."""
    return Snapshot(
        period,
        now,
        tuple(finding.state for finding in findings),
        tuple(entry.number for entry in situation.stakeholders if entry.status.counts),
        len(situation.stakeholders),
        said,
        _unanswered(last, answered=answered),
    )


def said_by(topic: Topic, *, posted: bool) -> Said:
    """What a nudge about this topic does, where it is posted."""
    if not posted:
        return Said.NOTHING
    return {Asking.ASK: Said.ASKED, Asking.REMIND: Said.REMINDED}.get(topic.asking, Said.ALL_WELL)


def is_long_unanswered(last: Snapshot | None, now: Snapshot) -> bool:
    """Whether the co-chairs should hear, this once, that nobody answers: with the first nudge after so many.

    Where the week in which the count was reached had no nudge, they hear with the next one.
    """
    if now.said is Said.NOTHING or now.unanswered < UNANSWERED_WEEKS:
        return False
    untold = last is not None and last.said is Said.NOTHING and last.unanswered == UNANSWERED_WEEKS
    return untold or last is None or last.unanswered < UNANSWERED_WEEKS


def _unanswered(last: Snapshot | None, *, answered: bool) -> int:
    if last is None or answered:
        return 0
    return last.unanswered + 1 if last.said is Said.ASKED else last.unanswered


def _answered(
    last: Snapshot,
    situation: Situation,
    findings: Sequence[PrincipleFinding],
    live: Mapping[str, LiveGap],
    closed: Collection[str],
) -> bool:
    """Whether since ``last`` someone took, snoozed, disowned or opened a gap, was added, or a state changed."""
    touched = (gap.touched_at for gap in live.values() if gap.touched_at is not None)
    return (
        bool(closed)
        or len(situation.stakeholders) != last.entries
        or tuple(finding.state for finding in findings) != last.states
        or tuple(entry.number for entry in situation.stakeholders if entry.status.counts) != last.counting
        or any(at > last.taken_at for at in touched)
    )


def _kind(state: PrincipleState) -> PrincipleState:
    """The state for telling what is new: thin is met."""
    return PrincipleState.MET if state is PrincipleState.THIN else state
