"""``/workgroup setup``: setting a working group up, typed or by the modal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any
from zoneinfo import available_timezones

from bot.groups import NudgePlan, PublicBody
from bot.privacy import NAME_LIMIT, ORGANIZATION_LIMIT, clean_text
from bot.refusals import Refusal
from bot.register import ScopeFlag, Side
from handlers.groups import setup_modal as fields
from handlers.groups.founding import START_SCOPE, SetupWish, set_up
from handlers.groups.glance import answer_glance
from handlers.groups.joining import ask_to_join
from handlers.groups.notices import SETUP_TYPED
from handlers.slack.answering import in_field
from handlers.slack.asking import Answer, Ask, field_choices, field_text
from handlers.typed.grammar import parse
from handlers.typed.times import parse_time, parse_weekday, parse_zone
from handlers.typed.values import parse_choice
from storage.groups import get_group

FIRST_NUDGE = NudgePlan()
SETUP_KEYS = frozenset({"public-body", "initiative"})
ALREADY = "This channel has a working group already, so I changed nothing. Here it is:"


class SetupUnclear(Refusal):
    """To set a group up I need three things between bars: its name, the jurisdiction, and your side. Please type
    /workgroup setup NAME | JURISDICTION | justice (or health), or /workgroup setup alone for a form."""


async def open_setup(ask: Ask) -> Answer:
    """The setup modal, once it is clear that the bot is in the channel; where a group is here already, the group."""
    if await _has_group(ask):
        return await answer_glance(ask, ALREADY)
    await ask.services.directory.require_presence(ask.client, ask.channel_id)
    view = fields.setup_modal(ask.channel_id, await asker_zone(ask))
    return Answer(f"To set up this channel's working group, type {SETUP_TYPED}", view=view)


async def submit_setup(ask: Ask) -> Answer:
    """Set up what the submitted modal holds; where a group is here already, show it."""
    if await _has_group(ask):
        return await answer_glance(ask, ALREADY)
    wish = read_modal(ask.state, await asker_zone(ask))
    await ask.services.directory.require_presence(ask.client, ask.channel_id)
    return await set_up(ask, wish)


async def answer_setup(ask: Ask) -> Answer:
    """Set up what was typed, or ask to join the initiative that it names; where a group is here already, show it."""
    if await _has_group(ask):
        return await answer_glance(ask, ALREADY)
    wish = read_setup(ask.text)
    await ask.services.directory.require_presence(ask.client, ask.channel_id)
    wish = replace(wish, zone=await asker_zone(ask))
    return await (ask_to_join(ask, wish) if wish.initiative else set_up(ask, wish))


def read_setup(text: str) -> SetupWish:
    """What was typed after ``setup``.

    Raises:
        Refusal: it cannot be read, and what to type instead.
    """
    typed = parse(text, SETUP_KEYS)
    if len(typed.positional) != 3 or not all(typed.positional):
        raise SetupUnclear
    initiative = typed.options.get("initiative", "")
    return SetupWish(
        name=clean_text(typed.place(0), "name", NAME_LIMIT),
        jurisdiction=clean_text(typed.place(1), "jurisdiction", ORGANIZATION_LIMIT),
        side=Side(parse_choice(typed.place(2), list(Side), "side")),
        plan=FIRST_NUDGE,
        public_body=read_public_body(typed.options.get("public-body", "ask")),
        initiative=clean_text(initiative, "initiative", NAME_LIMIT) if "initiative" in typed.options else "",
    )


def read_public_body(text: str) -> PublicBody:
    """The answer to the public-body question. Raises UnknownChoice."""
    word = text.casefold().replace("counsel", "").strip() or text
    return PublicBody(parse_choice(word, list(PublicBody), "answer about a public body"))


def read_modal(state: Mapping[str, Any], zone: str) -> SetupWish:
    """What the submitted modal holds; ``zone`` stands in for an empty one.

    Raises:
        FieldRefusal: a field cannot be read.
    """
    with in_field(fields.NAME):
        name = clean_text(field_text(state, fields.NAME), "name", NAME_LIMIT)
    with in_field(fields.JURISDICTION):
        jurisdiction = clean_text(field_text(state, fields.JURISDICTION), "jurisdiction", ORGANIZATION_LIMIT)
    with in_field(fields.SIDE):
        side = Side(parse_choice(field_text(state, fields.SIDE), list(Side), "side"))
    scope = frozenset(map(ScopeFlag, field_choices(state, fields.SCOPE)))
    with in_field(fields.ZONE):
        zone = parse_zone(field_text(state, fields.ZONE) or zone)
    return SetupWish(
        name=name,
        jurisdiction=jurisdiction,
        side=side,
        plan=_plan(state),
        zone=zone,
        public_body=PublicBody(field_text(state, fields.PUBLIC_BODY) or PublicBody.ASK),
        scope=scope | START_SCOPE,
        other=field_text(state, fields.OTHER_CHAIR),
        kept_scope=not scope >= START_SCOPE,
    )


def _plan(state: Mapping[str, Any]) -> NudgePlan:
    with in_field(fields.DAY):
        weekday = parse_weekday(field_text(state, fields.DAY) or "Monday")
    with in_field(fields.TIME):
        at = parse_time(field_text(state, fields.TIME) or "9:00")
    return NudgePlan(weekday, time(at.hour, at.minute))


async def asker_zone(ask: Ask) -> str:
    """The asker's zone by their Slack profile; UTC where it names none that exists.

    Raises:
        SlackSilent: Slack did not answer.
    """
    zone = (await ask.services.directory.member(ask.client, ask.user_id, ask.now)).zone
    return zone if zone in available_timezones() else "UTC"


async def _has_group(ask: Ask) -> bool:
    async with ask.services.database.read() as session:
        return await get_group(session, ask.channel_id, ask.team_id) is not None
