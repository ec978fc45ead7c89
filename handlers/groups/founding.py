"""Founding a working group, in an initiative of its own or in another's: what is wanted, who chairs it, storing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from bot.groups import CoChair, NudgePlan, PublicBody, WorkingGroup
from bot.jurisdictions import state_of
from bot.refusals import Refusal
from bot.register import ScopeFlag, Side
from bot.schedule import next_due
from handlers.groups import setup_modal as fields
from handlers.groups.notices import channel_notice, named_notice, setup_done
from handlers.slack.answering import FieldRefusal
from handlers.slack.asking import Answer, Ask
from handlers.slack.changes import Work, change
from storage.audit import Change, record_changes
from storage.groups import NewGroup, StoredGroup, add_cochair, add_group, get_group
from storage.members import Member

START_SCOPE = frozenset({ScopeFlag.SUBSTANCE_USE})


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
    for user_id, side in ((setter, wish.side), (wish.other, wish.side.other)):
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
