"""``/workgroup``: the channel's group at a glance, its set-up, and what its co-chairs settle about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ballots.values import BallotState
from bot.principles.assessment import assess
from handlers.groups import joining as workgroup_join
from handlers.groups import settings as workgroup_settings
from handlers.groups.cochairs import answer_cochair, decline_chair
from handlers.groups.glance import Glance, show_glance, show_help
from handlers.groups.history import answer_export, answer_history
from handlers.groups.notices import NOT_ME, how_to_begin
from handlers.groups.setup import asker_zone, open_setup, read_modal, read_setup, set_up
from handlers.groups.setup_modal import SETUP
from handlers.joint import decisions as joint
from handlers.joint.decisions import Apply
from handlers.nudges.listeners import answer_workgroup_nudge
from handlers.principles import listeners as principle
from handlers.slack.answering import Run, reply_to_action, reply_to_command, reply_to_view
from handlers.slack.asking import Answer, Ask, ask_from_action, ask_from_command, ask_from_view
from handlers.typed.grammar import first_word, quoted
from storage.ballots import get_last_ballot
from storage.decisions import list_waiting_decisions
from storage.groups import StoredGroup, get_group
from storage.posts import get_trouble
from storage.situations import get_situation

JOINT: Mapping[str, Apply] = {**workgroup_settings.JOINT, **workgroup_join.JOINT}
"""What takes both co-chairs here, and how it is applied."""

ALREADY = "This channel has a working group already, so I changed nothing. Here it is:"


async def handle_workgroup_command(
    ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer ``/workgroup``."""
    await reply_to_command(ack, ask_from_command(command, context, client), answer_workgroup)


async def handle_setup_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer "Set up"."""
    await reply_to_action(ack, replace(ask_from_action(body, context, client), text=""), answer_setup)


async def handle_setup_submitted(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer the submitted setup modal."""
    await reply_to_view(ack, ask_from_view(body, context, client), submit_setup)


async def handle_not_me_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer "Not me"."""
    await reply_to_action(ack, ask_from_action(body, context, client), decline_chair)


async def answer_workgroup(ask: Ask) -> Answer:
    """Answer what was typed after ``/workgroup``; words that are no verb get the help."""
    verb, rest = first_word(ask.text)
    if not verb:
        return await answer_glance(ask)
    if verb in VERBS:
        return await VERBS[verb](replace(ask, text=rest))
    return await answer_help(ask, f"I do not know {quoted(verb)} here.")


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
    return await (workgroup_join.ask_to_join(ask, wish) if wish.initiative else set_up(ask, wish))


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
    """The typed form of Agree, for everything that takes both co-chairs."""
    return await joint.agree(ask, {**JOINT, **principle.JOINT})


VERBS: Mapping[str, Run] = {
    "setup": answer_setup,
    "cochair": answer_cochair,
    "co-chair": answer_cochair,
    "public-body": workgroup_settings.answer_public_body,
    "nudge": answer_workgroup_nudge,
    "scope": workgroup_settings.answer_scope,
    "meeting": workgroup_settings.answer_meeting,
    "exempt": workgroup_settings.answer_exempt,
    "history": answer_history,
    "export": answer_export,
    "agree": answer_agree,
    "not-now": joint.decline,
    "help": answer_help,
}
"""The typed verbs."""


def register(app: AsyncApp) -> None:
    """Listen to ``/workgroup``, its buttons and its modal."""
    app.command("/workgroup")(handle_workgroup_command)
    app.action(SETUP)(handle_setup_pressed)
    app.view(SETUP)(handle_setup_submitted)
    app.action(NOT_ME)(handle_not_me_pressed)
