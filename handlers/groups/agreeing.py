"""``/workgroup agree``: all that takes both co-chairs, whichever feature it belongs to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from handlers.groups.history import CLOCK
from handlers.groups.joining import JOIN_CHANGE
from handlers.groups.removing import REMOVE_CHANGE
from handlers.groups.settings import EXEMPT_CHANGE, PUBLIC_BODY_CHANGE, SCOPE_CHANGE
from handlers.joint.decisions import agree, settle
from handlers.principles.setting_aside import SET_ASIDE_CHANGE
from handlers.slack.asking import Answer, Ask
from handlers.slack.changes import change
from handlers.slack.each_alone import alone
from handlers.slack.services import Services
from storage.decisions import JointDecision, list_unanswered
from storage.groups import list_groups, lock_group

CHANGES = {
    change.kind: change
    for change in (PUBLIC_BODY_CHANGE, SCOPE_CHANGE, EXEMPT_CHANGE, JOIN_CHANGE, SET_ASIDE_CHANGE, REMOVE_CHANGE)
}
"""All that takes both co-chairs, by its kind."""


async def answer_agree(ask: Ask) -> Answer:
    """Agree to what waits for the other co-chair, or record that they agreed."""
    return await agree(ask, CHANGES)


async def settle_unanswered(services: Services, now: datetime) -> list[dict[str, Any]]:
    """Do what nobody objected to in time, each in a transaction of its own."""
    async with services.database.read() as session:
        unanswered = await list_unanswered(session, now)
    done = [
        await alone(services, each.group_id, "do what was proposed", _settle(services, each, now), now)
        for each in unanswered
    ]
    return [action for action in done if action]


async def _settle(services: Services, decision: JointDecision, now: datetime) -> dict[str, Any] | None:
    ask = Ask(services, AsyncWebClient(), user_id=CLOCK, team_id="", channel_id="", key="", now=now)
    async with change(ask) as work:
        await lock_group(work.session, decision.group_id)
        stored = (await list_groups(work.session, [decision.group_id]))[0]
        if not await settle(work, stored, decision, CHANGES[decision.kind].apply):
            return None
        await work.finish(stored, Answer(""))
    return {"did": "settled", "channel": stored.channel_id, "kind": decision.kind.value}
