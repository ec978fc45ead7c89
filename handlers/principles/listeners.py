"""``/principle``: which of the six is not met yet, why, and the next step. Any member of the channel may look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.gaps.life import LiveGap
from bot.principles.assessment import PrincipleFinding, assess
from handlers.principles import gaps as gap
from handlers.principles import trend as principle_trend
from handlers.principles.attesting import attest, read_criterion, unattest
from handlers.principles.detail import show_criterion, show_principle
from handlers.principles.gap_text import notes
from handlers.principles.setting_aside import JOINT, set_aside
from handlers.principles.text import ALL, SHOW, show_all, show_brief, show_help, show_open
from handlers.principles.trend import answer_trend
from handlers.slack.access import NoGroupHere
from handlers.slack.answering import Run, reply_to_action, reply_to_command
from handlers.slack.asking import Answer, Ask, ask_from_action, ask_from_command
from handlers.typed.grammar import first_word
from storage.gaps import list_gaps
from storage.groups import StoredGroup
from storage.situations import find_situation

__all__ = ["JOINT", "VERBS", "answer_principle", "register"]


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


async def handle_principle_command(
    ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer ``/principle``."""
    await reply_to_command(ack, ask_from_command(command, context, client), answer_principle)


async def handle_all_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer "See all six"."""
    await reply_to_action(ack, ask_from_action(body, context, client), answer_all)


async def handle_show_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer the button of one principle."""
    await reply_to_action(ack, ask_from_action(body, context, client), answer_principle)


async def answer_principle(ask: Ask) -> Answer:
    """Answer what was typed after ``/principle``, or the number on the pressed button."""
    verb, rest = first_word(ask.text)
    if not verb:
        return await answer_open(ask)
    if verb in VERBS:
        return await VERBS[verb](replace(ask, text=rest))
    if re.fullmatch(r"#?[1-6]\.?", verb):
        return await answer_one(ask, int(verb.strip("#.")))
    if criterion_id := read_criterion(verb):
        return await answer_criterion(ask, criterion_id)
    return await answer_help(ask)


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


async def answer_help(ask: Ask) -> Answer:
    """What can be typed; asked for, or because something was not understood."""
    verb, _ = first_word(ask.text)
    asked = verb in ("help", "?", "")
    return show_help(
        "The principles, here:" if asked else "I did not understand that. There are six principles, 1 to 6."
    )


async def _look(ask: Ask) -> _Look:
    async with ask.services.database.read() as session:
        found = await find_situation(session, ask.channel_id, ask.team_id)
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


def register(app: AsyncApp) -> None:
    """Register this feature's listeners."""
    app.command("/principle")(handle_principle_command)
    app.action(ALL)(handle_all_pressed)
    app.action(re.compile(rf"^{re.escape(SHOW)}(\.[1-6])?$"))(handle_show_pressed)
    gap.register(app)
    principle_trend.register(app)


VERBS: Mapping[str, Run] = {
    "all": answer_all,
    "brief": answer_brief,
    "attest": attest,
    "unattest": unattest,
    "set-aside": set_aside,
    "trend": answer_trend,
    **gap.VERBS,
}
