"""Setting a working group up, typed or by the modal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy.exc import IntegrityError

from bot.groups import CoChair, NudgePlan, PublicBody, WorkingGroup
from bot.jurisdictions import state_of
from bot.privacy import NAME_LIMIT, ORGANIZATION_LIMIT, clean_text
from bot.refusals import Refusal
from bot.register import ScopeFlag, Side
from bot.schedule import next_due
from handlers.groups import setup_modal as fields
from handlers.groups.notices import SETUP_TYPED, channel_notice, named_notice, setup_done
from handlers.groups.words import OTHER
from handlers.slack.answering import FieldRefusal, in_field
from handlers.slack.asking import Answer, Ask, field_choices, field_text
from handlers.slack.changes import Work, change
from handlers.typed.grammar import parse
from handlers.typed.times import parse_time, parse_weekday, parse_zone
from handlers.typed.values import parse_choice
from storage.audit import Change, record_changes
from storage.groups import NewGroup, StoredGroup, add_cochair, add_group, get_group
from storage.members import Member

FIRST_NUDGE = NudgePlan()
START_SCOPE = frozenset({ScopeFlag.SUBSTANCE_USE})
SETUP_KEYS = frozenset({"public-body", "initiative"})


class SetupUnclear(Refusal):
    """To set a group up I need three things between bars: its name, the jurisdiction, and your side. Please type
    /workgroup setup NAME | JURISDICTION | justice (or health), or /workgroup setup alone for a form."""


class SetUpAlready(Refusal):
    """This channel has a working group already, so I changed nothing. To see it, type /workgroup."""


class NotSomeoneElse(Refusal):
    """The other co-chair is someone else than you, from the other side. Please choose them, or leave this empty."""


class CannotChair(Refusal):
    """That is an app, or a guest who cannot use apps here. Please choose someone who can, or name them by
    /workgroup cochair NAME | ORGANIZATION | side."""


@dataclass(frozen=True, slots=True)
class SetupWish:
    """What someone wants set up. ``other`` is the Slack user id of the other co-chair; ``initiative`` one to join."""

    name: str
    jurisdiction: str
    side: Side
    plan: NudgePlan
    public_body: PublicBody = PublicBody.ASK
    scope: frozenset[ScopeFlag] = START_SCOPE
    other: str = ""
    initiative: str = ""
    kept_scope: bool = False
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class SetupPlace:
    """Where a group is set up, and by whom."""

    team_id: str
    channel_id: str
    setter: str


def read_setup(text: str, zone: str) -> SetupWish:
    """What was typed after ``setup``; ``zone`` is the asker's.

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
        zone=zone,
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
        public_body=read_public_body(field_text(state, fields.PUBLIC_BODY) or "ask"),
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


async def open_setup(ask: Ask) -> Answer:
    """The setup modal, once it is clear that the bot is in the channel."""
    await ask.services.directory.require_presence(ask.client, ask.channel_id)
    view = fields.setup_modal(ask.channel_id, await asker_zone(ask))
    return Answer(f"To set up this channel's working group, type {SETUP_TYPED}", view=view)


async def set_up(ask: Ask, wish: SetupWish) -> Answer:
    """Set the channel's group up as wished, in an initiative of its own, and tell the channel.

    Raises:
        SetUpAlready: someone else was faster.
    """
    people = await gather_chairs(ask, wish)
    try:
        async with change(ask) as work:
            if await get_group(work.session, ask.channel_id, ask.team_id):
                raise SetUpAlready
            stored = await store_group(work, place_of(ask), wish, people)
            answer = setup_done(stored, wish.side, has_other=bool(wish.other), kept_scope=wish.kept_scope)
            return await work.finish(stored, answer)
    except IntegrityError as error:  # two setups of one channel at the same instant: one of them was stored
        raise SetUpAlready from error


async def gather_chairs(ask: Ask, wish: SetupWish) -> Mapping[str, Member]:
    """What Slack says of the asker and of the other co-chair.

    Raises:
        FieldRefusal: the other one cannot be it.
    """
    if wish.other == ask.user_id:
        raise FieldRefusal(fields.OTHER_CHAIR, NotSomeoneElse().sentence)
    wanted = [user_id for user_id in (ask.user_id, wish.other) if user_id]
    people = await ask.services.directory.members(ask.client, wanted, ask.now)
    if wish.other and (wish.other not in people or people[wish.other].is_bot or people[wish.other].is_guest):
        raise FieldRefusal(fields.OTHER_CHAIR, CannotChair().sentence)
    return people


def place_of(ask: Ask) -> SetupPlace:
    """The channel that was asked in, with the asker as the setter."""
    return SetupPlace(ask.team_id, ask.channel_id, ask.user_id)


async def store_group(
    work: Work, place: SetupPlace, wish: SetupWish, people: Mapping[str, Member], initiative_id: int | None = None
) -> StoredGroup:
    """Store a group with its co-chairs and tell the channel, inside an open change. The caller finishes it."""
    now, setter = work.ask.now, place.setter
    stored = await add_group(work.session, _new_group(place, wish, now, initiative_id), now)
    changes = [Change(now, setter, "workgroup.setup", "group", None, _codes(wish))]
    for user_id, side in ((setter, wish.side), (wish.other, OTHER[wish.side])):
        if user_id:
            home = people[user_id].home if user_id in people else ""
            changes.append(await _chair(work, stored, CoChair("", "", side, user_id), home, setter))
    await record_changes(work.session, stored.initiative_id, stored.id, changes)
    work.tell(stored, f"setup:{stored.id}", *channel_notice(stored, setter))
    return stored


def _new_group(place: SetupPlace, wish: SetupWish, now: datetime, initiative_id: int | None) -> NewGroup:
    plan = replace(wish.plan, state=state_of(wish.jurisdiction))
    due = next_due(WorkingGroup(place.channel_id, wish.name, nudge=plan, zone=wish.zone), now)
    return NewGroup(
        team_id=place.team_id,
        channel_id=place.channel_id,
        name=wish.name,
        jurisdiction=wish.jurisdiction,
        scope=wish.scope,
        public_body=wish.public_body,
        nudge=wish.plan,
        next_nudge_at=due.planned_at if due else None,
        created_by=place.setter,
        initiative_id=initiative_id,
        zone=wish.zone,
    )


async def _chair(work: Work, stored: StoredGroup, chair: CoChair, home: str, setter: str) -> Change:
    now = work.ask.now
    personal_id = await add_cochair(work.session, stored.id, chair, home, setter, now)
    if chair.user_id != setter:
        text, blocks = named_notice(stored, chair, setter)
        work.tell(stored, f"cochair:{personal_id}", text, blocks, to=chair.user_id)
    after = {"side": chair.side.value}
    return Change(now, setter, "cochair.add", f"co-chair for {chair.side}", None, after, None, personal_id)


def _codes(wish: SetupWish) -> dict[str, Any]:
    return {
        "public_body": wish.public_body.value,
        "scope": sorted(wish.scope),
        "nudge": {"weekday": wish.plan.weekday, "time": f"{wish.plan.at:%H:%M}", "zone": wish.zone},
    }
