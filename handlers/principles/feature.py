"""``/principle``: which of the six is not met yet, why, and the next step. Any member of the channel may look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.gaps.life import LiveGap
from bot.principles.assessment import PrincipleFinding, assess
from handlers.principles.attesting import attest, read_criterion, unattest
from handlers.principles.detail import show_criterion, show_principle
from handlers.principles.gap_text import NOT_OURS, OPEN, SNOOZE, TAKE, notes
from handlers.principles.gaps import disown_gap, open_gap, snooze_gap, submit_not_ours, submit_snooze, take_gap
from handlers.principles.setting_aside import set_aside
from handlers.principles.text import ALL, HELP, SHOW, TREND, show_all, show_brief, show_help, show_open
from handlers.principles.trend import answer_trend
from handlers.slack.access import NoGroupHere
from handlers.slack.asking import Answer, Ask
from handlers.slack.features import Feature, Verb
from handlers.typed.grammar import first_word
from storage.gaps import list_gaps
from storage.groups import StoredGroup
from storage.situations import get_situation_of_channel


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look at the group found on its local day ``today``, and whether a co-chair is looking."""

    stored: StoredGroup
    findings: tuple[PrincipleFinding, ...]
    gaps: tuple[LiveGap, ...]
    today: date
    empty: bool
    to_cochair: bool

    @property
    def notes(self) -> dict[str, str]:
        """What is being done about each gap, in words."""
        return notes(self.findings, self.gaps, self.today)


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
    told = notes(look.findings, look.gaps, look.today, names=False)
    return show_brief(look.stored.group.name, look.findings, look.today.isoformat(), told)


async def answer_one(ask: Ask, number: int) -> Answer:
    """One principle, explained."""
    look = await _look(ask)
    return show_principle(look.findings[number - 1], look.notes, to_cochair=look.to_cochair)


async def answer_criterion(ask: Ask, criterion_id: str) -> Answer:
    """One criterion, explained."""
    look = await _look(ask)
    finding = look.findings[int(criterion_id[1]) - 1]
    return show_criterion(finding, criterion_id, look.notes, to_cochair=look.to_cochair)


async def answer_other(ask: Ask) -> Answer:
    """One principle by its number or one criterion by its id, typed or pressed; for other words, the help."""
    which, _ = first_word(ask.about)
    if re.fullmatch(r"#?[1-6]\.?", which):
        return await answer_one(ask, int(which.strip("#.")))
    if criterion_id := read_criterion(which):
        return await answer_criterion(ask, criterion_id)
    return await answer_help(ask)


async def answer_help(ask: Ask) -> Answer:
    """What can be typed; asked for, or because something was not understood."""
    verb, _ = first_word(ask.text)
    asked = verb in ("?", "")
    return show_help(
        "The principles, here:" if asked else "I did not understand that. There are six principles, 1 to 6."
    )


async def _look(ask: Ask) -> _Look:
    async with ask.services.database.read() as session:
        found = await get_situation_of_channel(session, ask.channel_id, ask.team_id)
        if found is None:
            raise NoGroupHere
        stored, situation = found
        gaps = (await list_gaps(session, [stored.id]))[stored.id]
    return _Look(
        stored,
        assess(situation, ask.now),
        gaps,
        stored.group.day_of(ask.now),
        empty=not situation.stakeholders,
        to_cochair=stored.cochair(ask.user_id) is not None,
    )


SHOWN = (SHOW, *(f"{SHOW}.{number}" for number in range(1, 7)))
"""The buttons that explain one principle, or one criterion."""

FEATURE = Feature(
    command="/principle",
    help=HELP,
    verbs={
        "": Verb(answer_open, pressed=(ALL,)),
        "all": Verb(answer_all, pressed=(ALL,)),
        "brief": Verb(answer_brief, typed_only="it gives plain text to copy, at a keyboard"),
        "attest": Verb(attest, typed_only="it is a co-chair's own words"),
        "unattest": Verb(unattest, typed_only="it takes a co-chair's word back, which should not happen by a slip"),
        "set-aside": Verb(set_aside, typed_only="it takes a reason, and then the other co-chair's press of Agree"),
        "trend": Verb(answer_trend, pressed=(TREND,)),
        "take": Verb(take_gap, pressed=(TAKE,)),
        "snooze": Verb(snooze_gap, pressed=(SNOOZE,)),
        "not-ours": Verb(disown_gap, pressed=(NOT_OURS,)),
        "open": Verb(open_gap, pressed=(OPEN,)),
        "help": Verb(answer_help, typed_only="words that are no command get it too"),
    },
    other=answer_other,
    actions={
        ALL: answer_all,
        TREND: answer_trend,
        TAKE: take_gap,
        SNOOZE: snooze_gap,
        NOT_OURS: disown_gap,
        OPEN: open_gap,
        **dict.fromkeys(SHOWN, answer_other),
    },
    views={SNOOZE: submit_snooze, NOT_OURS: submit_not_ours},
    audit={
        "attestation.add": "attested {subject}",
        "attestation.withdraw": "took back what was attested for {subject}",
        "principle.set_aside": "set aside {subject}",
        "principle.take_up": "took up again {subject}",
        "gap.take": "took {subject}",
        "gap.snooze": "snoozed {subject}",
        "gap.not_ours": "said that {subject} is not this group's",
        "gap.open": "opened {subject} again",
        "gap.close": "closed {subject}: it holds",
        "gap.reopen": "opened {subject} again: it holds no longer",
        "gap.wake": "ended the snooze of {subject}",
    },
)
