"""Which gap a person means, and the day, weeks or reason they give with it; what is wrong with it in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gaps import life as gap_life
from bot.gaps.choosing import open_gaps
from bot.gaps.life import SNOOZES, TAKEN_FOR, GapState, LiveGap
from bot.principles.assessment import PrincipleFinding, PrincipleState, assess
from bot.principles.principles import Level, criteria, find_criterion
from bot.refusals import Refusal
from handlers.principles.words import spoken_until, state_words
from handlers.slack.times import day_ahead
from handlers.typed.grammar import quoted, squeezed
from handlers.typed.times import parse_date
from handlers.typed.values import whole_number
from storage.gaps import list_gaps
from storage.groups import StoredGroup
from storage.situations import get_situation

LONGEST = timedelta(days=366)


class WhichGap(Refusal):
    """{lead} {open} Please type /principle {verb} {example}"""


class NoGap(Refusal):
    """{criterion} is no open gap here: {why}. {open}"""


class TakenByAnother(Refusal):
    """{criterion} is taken by {who} until {day}. You can ask them, or a co-chair can open it again:
    /principle open {criterion}"""


class NotOursNow(Refusal):
    """This group said that {criterion} is not its own. A co-chair can open it again: /principle open {criterion}"""


class OpenAlready(Refusal):
    """{criterion} is open already. To take it: /principle take {criterion}"""


class DueUnclear(Refusal):
    """I could not read {typed} as a day. Please type /principle take {criterion}, or with a day:
    /principle take {criterion} until {ahead}"""


class DuePast(Refusal):
    """{day} has passed. Please give a day to come: /principle take {criterion} until {ahead}"""


class DueTooFar(Refusal):
    """{day} is more than a year ahead. Please give an earlier day, such as /principle take {criterion} until
    {ahead}"""


class WeeksUnclear(Refusal):
    """I could not read {typed} as 1, 2 or 4 weeks. Please type /principle snooze {criterion} 2"""


class WhyNotOurs(Refusal):
    """Please say in a few words why it is not this group's: /principle not-ours {criterion} | reason"""


async def find_gap(session: AsyncSession, stored: StoredGroup, typed: str, verb: str, now: datetime) -> LiveGap:
    """The gap that ``typed`` names, as it stands at ``now``; one that the weekly look has not seen yet is new.

    Raises:
        WhichGap, NoGap: there is none.
        NotOursNow: it is not this group's, and ``verb`` does not open it.
    """
    findings = assess(await get_situation(session, stored), now)
    criterion = _which(typed, findings, verb)
    live = {gap.criterion: gap for gap in (await list_gaps(session, [stored.id]))[stored.id]}
    gap = live.get(criterion) or LiveGap(criterion, now)
    if gap.state is GapState.NOT_OURS and verb != "open":
        raise NotOursNow(criterion=criterion)
    return gap_life.reopen(gap, now) if gap.state is GapState.CLOSED else gap


def require_free(gap: LiveGap, user_id: str, today: date) -> None:
    """Let nobody take what somebody else has taken and is not overdue with. Raises TakenByAnother."""
    if gap.state is GapState.TAKEN and gap.taken_by != user_id and not gap.is_overdue(today):
        until = spoken_until(gap.due_on or today, today)
        raise TakenByAnother(criterion=gap.criterion, who=f"<@{gap.taken_by}>", day=until)


def read_due(typed: str, criterion: str, today: date) -> date:
    """The day in "until 2026-12-18"; two weeks from ``today`` where none was typed. Raises DueUnclear, DuePast or
    DueTooFar."""
    words = re.sub(r"^(?:\| ?)?(?:until |by )?", "", squeezed(typed))
    if not words:
        return today + TAKEN_FOR
    example = {"criterion": criterion, "ahead": day_ahead(today)}
    try:
        day = parse_date(words)
    except Refusal as unclear:
        raise DueUnclear(typed=quoted(typed), **example) from unclear
    if today <= day <= today + LONGEST:
        return day
    raise (DuePast if day < today else DueTooFar)(day=day.isoformat(), **example)


def read_weeks(typed: str, criterion: str) -> int:
    """The number in "2" or "for 2 weeks". Raises WeeksUnclear."""
    words = re.fullmatch(r"(?:\| ?)?(?:for )?(\S)(?: ?(?:w|weeks?))?", squeezed(typed))
    weeks = whole_number(words[1]) if words else None
    if weeks not in SNOOZES:
        raise WeeksUnclear(typed=quoted(typed), criterion=criterion)
    return weeks


def _which(typed: str, findings: Sequence[PrincipleFinding], verb: str) -> str:
    """The criterion of the gap that ``typed`` names; a principle's number names its first one."""
    open_ids = [gap.criterion_id for gap in open_gaps(findings)]
    criterion = find_criterion(typed) or _first_of_principle(typed, open_ids)
    open_words = f"Open here: {', '.join(open_ids)}." if open_ids else "Nothing is open here now."
    if criterion is None:
        lead = f"I could not read {quoted(typed)} as a criterion." if typed else "Which gap?"
        raise WhichGap(lead=lead, open=open_words, verb=verb, example=open_ids[0] if open_ids else "P3.a")
    if criterion not in open_ids:
        raise NoGap(criterion=criterion, why=_why_none(findings, criterion), open=open_words)
    return criterion


def _first_of_principle(typed: str, open_ids: Sequence[str]) -> str | None:
    """The first open gap of the principle that ``typed`` numbers, or else its first criterion."""
    if not re.fullmatch("p?[1-6]", typed):
        return None
    principle = f"P{typed[-1]}."
    return next((criterion for criterion in open_ids if criterion.startswith(principle)), f"{principle}a")


def _why_none(findings: Sequence[PrincipleFinding], criterion_id: str) -> str:
    """Why a criterion is no open gap, in words that follow "no open gap here: "."""
    finding = findings[criteria()[criterion_id].principle - 1]
    criterion = next(criterion for criterion in finding.criteria if criterion.id == criterion_id)
    if criterion.level is not Level.REQUIRED:
        return "it strengthens its principle and is never required"
    if criterion.holds is None:
        return "it does not apply here"
    if criterion.holds:
        return "it holds"
    if finding.state is PrincipleState.NOT_APPLICABLE:
        return f"principle {finding.number} is {state_words(finding)}"
    return "only another working group can close it"
