"""``/principle set-aside``: both co-chairs set a principle aside for 90 days, with a reason; one of them lifts it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.groups import SetAside
from bot.principles.assessment import assess
from bot.principles.principles import principles
from bot.privacy import clean_text
from bot.refusals import Refusal
from handlers.joint.decisions import JointKind, Proposal, decide_together
from handlers.principles.attesting import how_it_stands
from handlers.slack.access import require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import section
from handlers.slack.changes import Work, change
from handlers.typed.grammar import first_word, parse, quoted, squeezed
from storage.evidence import add_set_aside, lift_set_aside, list_set_asides
from storage.groups import StoredGroup
from storage.situations import get_situation

SET_ASIDE_FOR = timedelta(days=90)
"""Our reading; the source sets no such time."""

_OFF = "off"
_NO_REASONS = frozenset({"no", "yes", "on", "ok", "end", "stop", "lift", "none", "na", "n/a", "y", "n"})
"""Words that answer something, and say nothing to whoever reads later why a principle was set aside."""


class WhichPrinciple(Refusal):
    """I could not read {typed} as one of the six principles. Please type its number and a reason:
    /principle set-aside 2 | reason"""


class ReasonMissing(Refusal):
    """Setting a principle aside needs a reason that both co-chairs can stand by: /principle set-aside {number} |
    reason"""


class NoReason(Refusal):
    """{typed} is no reason that both co-chairs can stand by. Please say in a few words why: /principle set-aside
    {number} | reason. To take it up again where it is set aside: /principle set-aside {number} off"""


class AsideAlready(Refusal):
    """Principle {number} is set aside already, until {until}. To take it up again: /principle set-aside {number} off"""


class NotAside(Refusal):
    """Principle {number} is not set aside, so there is nothing to lift."""


async def set_aside(ask: Ask) -> Answer:
    """Set a principle aside once both co-chairs agree, or lift that."""
    word, rest = first_word(ask.text)
    number = _number(word)
    words = parse(rest).words_from(0)
    if squeezed(words) == _OFF:
        return await _lift(ask, number)
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        chair = require_cochair(stored, ask, "set a principle aside")
        await _require_in_force(work, stored, number)
        reason = _reason(words, number)
        what = f"set principle {number} ({principles()[number - 1].short}) aside for 90 days"
        proposal = Proposal(SET_ASIDE_KIND, {"principle": number}, what, reason)
        return await work.finish(stored, await decide_together(work, stored, chair, proposal))


async def apply_set_aside(work: Work, stored: StoredGroup, payload: Mapping[str, Any], reason: str) -> str:
    """Store what both agreed; returns a sentence of what is so now."""
    number = int(payload["principle"])
    until = work.ask.now + SET_ASIDE_FOR
    await add_set_aside(work.session, stored.initiative_id, SetAside(number, reason, until))
    work.note("principle.set_aside", f"principle {number}", after={"until": until.isoformat()})
    day = stored.group.day_of(until).isoformat()
    return (
        f"Principle {number}, {principles()[number - 1].short}, is set aside until {day}. "
        f"A co-chair can take it up again before: `/principle set-aside {number} off`."
    )


SET_ASIDE_KIND = JointKind("set_aside", apply_set_aside)


async def _lift(ask: Ask, number: int) -> Answer:
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        require_cochair(stored, ask, "take a principle up again")
        if not await lift_set_aside(work.session, stored.initiative_id, number, ask.now):
            raise NotAside(number=number)
        work.note("principle.take_up", f"principle {number}")
        finding = assess(await get_situation(work.session, stored), ask.now)[number - 1]
        words = f"Principle {number} counts again. {how_it_stands(finding)}"
        return await work.finish(stored, Answer(words, [section(words)]))


def _reason(words: str, number: int) -> str:
    """The reason, fit to be kept. Raises ReasonMissing, NoReason, or what ``clean_text`` does."""
    if not words:
        raise ReasonMissing(number=number)
    if squeezed(words).rstrip(".!") in _NO_REASONS:
        raise NoReason(typed=quoted(words), number=number)
    return clean_text(words, "reason")


async def _require_in_force(work: Work, stored: StoredGroup, number: int) -> None:
    for aside in (await list_set_asides(work.session, [stored.initiative_id]))[stored.initiative_id]:
        if aside.principle == number and aside.until > work.ask.now:
            raise AsideAlready(number=number, until=stored.group.day_of(aside.until).isoformat())


def _number(word: str) -> int:
    number = re.fullmatch(r"(?:p|#)?([1-6])\.?", word)
    if not number:
        raise WhichPrinciple(typed=quoted(word))
    return int(number[1])
