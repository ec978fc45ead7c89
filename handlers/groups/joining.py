"""A second channel joins an initiative, once one of the co-chairs there agrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from bot.groups import NudgePlan, PublicBody
from bot.joint import JointKind
from bot.refusals import Refusal
from bot.register import Side, folded
from handlers.groups.founding import SetUpAlready, SetupPlace, SetupWish, gather_chairs, place_of, store_group
from handlers.groups.notices import setup_done
from handlers.joint.decisions import JointChange
from handlers.joint.text import asked
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import escape
from handlers.slack.changes import Work, change
from handlers.slack.times import spoken_day
from storage.decisions import JointDecision, add_decision, list_waiting_decisions
from storage.groups import StoredGroup, get_group, list_group_ids, list_groups, list_initiatives
from storage.members import list_members


class NoSuchInitiative(Refusal):
    """I found no initiative of that name in this Slack, so I changed nothing. Please type its name as it was set up,
    or leave initiative= out to begin a new one."""


class SameName(Refusal):
    """More than one initiative has that name, so I cannot tell which one you mean, and I changed nothing. Please ask a
    co-chair there to set this group up, or leave initiative= out to begin a new one."""


class NobodyToAgree(Refusal):
    """That initiative has no co-chair in this Slack who could agree, so I changed nothing. A workspace admin can name
    one in its channel, with /workgroup cochair @user | justice (or health)."""


async def ask_to_join(ask: Ask, wish: SetupWish) -> Answer:
    """Join the initiative that ``wish`` names: at once for one of its co-chairs, else once one of them agrees.

    Raises:
        NoSuchInitiative, SameName, NobodyToAgree, SetUpAlready: it cannot be.
    """
    people = await gather_chairs(ask, wish)
    async with change(ask) as work:
        if await get_group(work.session, ask.channel_id, ask.team_id):
            raise SetUpAlready
        hosts = await _hosts(work, wish.initiative)
        if any(host.cochair(ask.user_id) for host in hosts):
            wish = replace(wish, jurisdiction=hosts[0].jurisdiction, scope=hosts[0].scope)
            stored = await store_group(work, place_of(ask), wish, people, hosts[0].initiative_id)
            return await work.finish(stored, setup_done(stored, wish.side, has_other=False, kept_scope=False))
        return await work.finish(hosts[0], await _request(work, hosts, wish))


async def apply_join(work: Work, host: StoredGroup, payload: Mapping[str, Any], _reason: str) -> str:
    """Set the waiting group up inside the host's initiative; names it to nobody who is not in its channel."""
    place, wish = _wish_from(payload, host)
    if await get_group(work.session, place.channel_id, place.team_id):
        return "The other channel has a group of its own by now, so nothing was joined."
    people = await list_members(work.session, [place.setter])
    await store_group(work, place, wish, people, host.initiative_id)
    count = len(await list_group_ids(work.session, [host.initiative_id]))
    return f"Another working group joined this initiative and shares its register now; there are {count} groups in it."


JOIN_CHANGE = JointChange(JointKind.JOIN, apply_join)


async def _hosts(work: Work, name: str) -> list[StoredGroup]:
    """The groups of the one initiative of this workspace that is called so."""
    known = await list_initiatives(work.session, work.ask.team_id)
    meant = [initiative_id for initiative_id, title in known if folded(title) == folded(name)]
    if not meant:
        raise NoSuchInitiative
    if len(meant) > 1:
        raise SameName
    return await list_groups(work.session, await list_group_ids(work.session, meant))


async def _request(work: Work, hosts: list[StoredGroup], wish: SetupWish) -> Answer:
    chairs = {chair.user_id for host in hosts for chair in host.group.cochairs if chair.user_id}
    if not chairs:
        raise NobodyToAgree
    decision = await _waiting(work, hosts[0], _payload(work.ask, wish))
    text, blocks = asked(decision.id, _question(work.ask, hosts[0], wish, decision))
    for user_id in sorted(chairs):
        work.tell(hosts[0], f"joint:{decision.id}:{user_id}", text, blocks, to=user_id)
    until = spoken_day(decision.expires_at, wish.zone)
    return Answer(
        f"I'm asking the co-chairs of that initiative whether {escape(wish.name)} may join. It waits for one of them "
        f"until {until}. Until then this channel has no group; I will tell you what they say."
    )


async def _waiting(work: Work, host: StoredGroup, payload: dict[str, Any]) -> JointDecision:
    """The request as it waits already, or stored now."""
    for decision in await list_waiting_decisions(work.session, host.id, work.ask.now):
        if (decision.kind, decision.payload) == (JointKind.JOIN, payload):
            return decision
    work.note("joint.propose", str(payload["what"]))
    return await add_decision(work.session, host.id, JointKind.JOIN, payload, "", work.ask.user_id, work.ask.now)


def _question(ask: Ask, host: StoredGroup, wish: SetupWish, decision: JointDecision) -> str:
    until = spoken_day(decision.expires_at, host.group.zone)
    return (
        f"<@{ask.user_id}> asks that a new working group, *{escape(wish.name)}*, join your initiative "
        f"*{escape(host.initiative_name)}*. The two would share one register and scope, and its channel would see "
        f"them. One co-chair's yes is enough. It waits until {until}."
    )


def _payload(ask: Ask, wish: SetupWish) -> dict[str, Any]:
    """The wish as stored while it waits: codes, and the group's own name."""
    return {
        "what": "let another working group join this initiative",
        "team_id": ask.team_id,
        "channel_id": ask.channel_id,
        "setter": ask.user_id,
        "name": wish.name,
        "side": wish.side.value,
        "public_body": wish.public_body.value,
        "weekday": wish.plan.weekday,
        "time": f"{wish.plan.at:%H:%M}",
        "zone": wish.zone,
    }


def _wish_from(payload: Mapping[str, Any], host: StoredGroup) -> tuple[SetupPlace, SetupWish]:
    place = SetupPlace(payload["team_id"], payload["channel_id"], payload["setter"])
    wish = SetupWish(
        name=payload["name"],
        jurisdiction=host.jurisdiction,
        side=Side(payload["side"]),
        plan=NudgePlan(payload["weekday"], time.fromisoformat(payload["time"])),
        public_body=PublicBody(payload["public_body"]),
        scope=host.scope,
        zone=payload["zone"],
    )
    return place, wish
