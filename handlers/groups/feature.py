"""``/workgroup``: the channel's group at a glance, its set-up, and what its co-chairs settle about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.ballots.life import BallotState
from bot.joint import JointKind
from bot.principles.assessment import assess
from handlers.groups import joining, settings
from handlers.groups.cochairs import answer_cochair, decline_chair
from handlers.groups.glance import HELP, Glance, show_glance, show_help
from handlers.groups.history import AUDIT, answer_export, answer_history
from handlers.groups.notices import NOT_ME, how_to_begin
from handlers.groups.setup import asker_zone, open_setup, read_modal, read_setup, set_up
from handlers.groups.setup_modal import SETUP
from handlers.joint import decisions
from handlers.joint.decisions import Apply
from handlers.joint.text import AGREE, NOT_NOW, RECORD
from handlers.nudges.feature import FEATURE as NUDGES
from handlers.principles import setting_aside
from handlers.slack.asking import Answer, Ask
from handlers.slack.features import Feature, Verb
from handlers.typed.grammar import first_word, quoted
from storage.ballots import get_last_ballot
from storage.decisions import list_waiting_decisions
from storage.groups import StoredGroup, get_group
from storage.posts import get_trouble
from storage.situations import get_situation

JOINT: Mapping[JointKind, Apply] = {**settings.JOINT, **joining.JOINT, **setting_aside.JOINT}
"""All that takes both co-chairs, and how it is applied."""

ALREADY = "This channel has a working group already, so I changed nothing. Here it is:"


async def answer_glance(ask: Ask, lead: str = "") -> Answer:
    """The group at a glance, or how to begin."""
    async with ask.services.database.read() as session:
        stored = await get_group(session, ask.channel_id, ask.team_id)
        return show_glance(await _glance(session, stored, ask), lead) if stored else how_to_begin()


async def _glance(session: AsyncSession, stored: StoredGroup, ask: Ask) -> Glance:
    situation = await get_situation(session, stored)
    waiting = await list_waiting_decisions(session, stored.id, ask.now)
    ballot = await get_last_ballot(session, stored.id)
    closes_at = ballot.closes_at if ballot and ballot.state is BallotState.OPEN else None
    findings, to_cochair = assess(situation, ask.now), stored.cochair(ask.user_id) is not None
    trouble = await get_trouble(session, stored.id, stored.channel_id)
    return Glance(stored, situation, findings, waiting, ask.now, to_cochair, closes_at, trouble)


async def answer_nudge(ask: Ask) -> Answer:
    """``/workgroup nudge`` has a table of its own."""
    return await NUDGES.answer(ask)


async def answer_other(ask: Ask) -> Answer:
    """The help, where words are no verb."""
    return await answer_help(ask, f"I do not know {quoted(first_word(ask.text)[0])} here.")


async def answer_help(ask: Ask, lead: str = "") -> Answer:
    """What can be typed here."""
    async with ask.services.database.read() as session:
        here = await get_group(session, ask.channel_id, ask.team_id) is not None
    return show_help(lead, here=here)


async def answer_setup(ask: Ask) -> Answer:
    """Open the setup modal, or set up what was typed; where a group is here already, show it."""
    if await _has_group(ask):
        return await answer_glance(ask, ALREADY)
    if not ask.text.strip():
        return await open_setup(ask)
    wish = read_setup(ask.text, "UTC")
    await ask.services.directory.require_presence(ask.client, ask.channel_id)
    wish = replace(wish, zone=await asker_zone(ask))
    return await (joining.ask_to_join(ask, wish) if wish.initiative else set_up(ask, wish))


async def press_setup(ask: Ask) -> Answer:
    """Open the setup modal."""
    return await answer_setup(ask)


async def submit_setup(ask: Ask) -> Answer:
    """Set up what the submitted modal holds."""
    if await _has_group(ask):
        return await answer_glance(ask, ALREADY)
    wish = read_modal(ask.state, await asker_zone(ask))
    await ask.services.directory.require_presence(ask.client, ask.channel_id)
    return await set_up(ask, wish)


async def _has_group(ask: Ask) -> bool:
    async with ask.services.database.read() as session:
        return await get_group(session, ask.channel_id, ask.team_id) is not None


async def answer_agree(ask: Ask) -> Answer:
    """Agree to what waits for the other co-chair, or record that they agreed."""
    return await decisions.agree(ask, JOINT)


FEATURE = Feature(
    command="/workgroup",
    help=HELP,
    verbs={
        "": Verb(answer_glance, typed_only="it is what the command itself shows"),
        "setup": Verb(answer_setup, pressed=(SETUP,)),
        "cochair": Verb(answer_cochair, pressed=(SETUP, NOT_ME)),
        "co-chair": Verb(answer_cochair, pressed=(SETUP, NOT_ME)),
        "public-body": Verb(settings.answer_public_body, pressed=(SETUP,)),
        "nudge": Verb(answer_nudge, pressed=(SETUP,)),
        "scope": Verb(settings.answer_scope, pressed=(SETUP,)),
        "meeting": Verb(settings.answer_meeting, typed_only="it takes a day, a time and sponsors"),
        "exempt": Verb(settings.answer_exempt, typed_only="it takes a reason, and the other co-chair's press of Agree"),
        "history": Verb(answer_history, typed_only="it is read at a keyboard"),
        "export": Verb(answer_export, typed_only="it gives plain text to copy, at a keyboard"),
        "agree": Verb(answer_agree, pressed=(AGREE, RECORD)),
        "not-now": Verb(decisions.decline, pressed=(NOT_NOW,)),
        "help": Verb(answer_help, typed_only="words that are no command get it too"),
    },
    other=answer_other,
    actions={
        SETUP: press_setup,
        NOT_ME: decline_chair,
        AGREE: answer_agree,
        RECORD: answer_agree,
        NOT_NOW: decisions.decline,
    },
    views={SETUP: submit_setup},
    audit=AUDIT,
)
