"""``/invitees``: who is proposed, who votes, what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from handlers import ballot_message as shown
from handlers import ballot_modal as forms
from handlers import ballot_steps_text as steps
from handlers.access import require_group
from handlers.answering import Run, reply_to_action, reply_to_command, reply_to_view
from handlers.asking import Answer, Ask, ask_from_action, ask_from_command, ask_from_view
from handlers.ballot_change import extend, reopen
from handlers.ballot_close import close, close_due_ballots, press_close
from handlers.ballot_forms import open_object, open_propose, open_vote, submit_object, submit_vote
from handlers.ballot_invite import (
    draft_invitation,
    mark_accepted,
    mark_declined,
    mark_invited,
)
from handlers.ballot_minutes import ACTIONS as MINUTES_ACTIONS
from handlers.ballot_minutes import minutes
from handlers.ballot_open import propose, submit_propose
from handlers.ballot_record import record
from handlers.ballot_refresh import BallotMessages
from handlers.ballot_remind import press_no_reminders, press_vote_from_reminder, remind_voters, reminders
from handlers.ballot_remind_text import NO_REMINDERS, VOTE_FROM_REMINDER
from handlers.ballot_status import NEXT_PAGE as STATUS_PAGE
from handlers.ballot_status import status, suggestion
from handlers.ballot_text import HELP
from handlers.ballot_vote import press_abstain, press_support, press_support_all, vote
from handlers.typed import first_word

__all__ = ["BallotMessages", "close_due_ballots", "register", "remind_voters"]


async def help_here(ask: Ask) -> Answer:
    """What can be done here."""
    async with ask.services.database.read() as session:
        await require_group(session, ask)
    return Answer(HELP)


async def propose_or_form(ask: Ask) -> Answer:
    """Open a ballot; without any names, the modal for it."""
    return await (propose(ask) if ask.text.strip() else open_propose(ask))


async def vote_or_form(ask: Ask) -> Answer:
    """Vote; without any words, the modal for it."""
    return await (vote(ask) if ask.text.strip() else open_vote(ask))


VERBS: Mapping[str, Run] = {
    "": open_propose,
    "propose": propose_or_form,
    "vote": vote_or_form,
    "record": record,
    "status": status,
    "suggest": suggestion,
    "extend": extend,
    "close": close,
    "reopen": reopen,
    "draft": draft_invitation,
    "invited": mark_invited,
    "accepted": mark_accepted,
    "declined": mark_declined,
    "minutes": minutes,
    "reminders": reminders,
    "help": help_here,
}
ACTIONS: Mapping[str, Run] = {
    shown.SUPPORT_ALL: press_support_all,
    shown.OPEN_VOTE: open_vote,
    shown.CLOSE: press_close,
    shown.SUPPORT: press_support,
    shown.OBJECT: open_object,
    shown.ABSTAIN: press_abstain,
    steps.MARK_INVITED: mark_invited,
    steps.DRAFT: draft_invitation,
    steps.ACCEPTED: mark_accepted,
    steps.DECLINED: mark_declined,
    STATUS_PAGE: status,
    VOTE_FROM_REMINDER: press_vote_from_reminder,
    NO_REMINDERS: press_no_reminders,
    **dict.fromkeys(MINUTES_ACTIONS, minutes),
}
VIEWS: Mapping[str, Run] = {
    forms.PROPOSE: submit_propose,
    forms.VOTE: submit_vote,
    forms.OBJECT: submit_object,
}


async def handle_invitees_command(
    ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer ``/invitees``."""
    ask, run = _dispatched(ask_from_command(command, context, client))
    await reply_to_command(ack, ask, run)


async def handle_ballot_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer a button of a ballot, of a result or of what follows it."""
    run = ACTIONS[body["actions"][0]["action_id"]]
    await reply_to_action(ack, ask_from_action(body, context, client), run)


async def handle_ballot_submitted(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer a submitted modal of a ballot."""
    run = VIEWS[body["view"]["callback_id"]]
    await reply_to_view(ack, ask_from_view(body, context, client), run)


def register(app: AsyncApp) -> None:
    """Listen for the command, the buttons and the modals."""
    app.command("/invitees")(handle_invitees_command)
    app.action(_any_of(ACTIONS))(handle_ballot_pressed)
    app.view(_any_of(VIEWS))(handle_ballot_submitted)


def _any_of(ids: Iterable[str]) -> re.Pattern[str]:
    """What matches one of ``ids``: Bolt asks each listener in turn, and every vote waits for that."""
    return re.compile(f"^({'|'.join(map(re.escape, ids))})$")


def _dispatched(ask: Ask) -> tuple[Ask, Run]:
    """The ask without its verb, and what answers it; the help for a verb that is not known."""
    verb, rest = first_word(ask.text)
    return replace(ask, text=rest), VERBS.get(verb, help_here)
