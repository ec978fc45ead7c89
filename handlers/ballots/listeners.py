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

from handlers.ballots import inviting_text as steps
from handlers.ballots import message as shown
from handlers.ballots import modal_views as forms
from handlers.ballots.closing import close, close_due_ballots, press_close
from handlers.ballots.extending import extend, reopen
from handlers.ballots.inviting import (
    draft_invitation,
    mark_accepted,
    mark_declined,
    mark_invited,
)
from handlers.ballots.minutes import ACTIONS as MINUTES_ACTIONS
from handlers.ballots.minutes import minutes
from handlers.ballots.modals import open_object, open_propose, open_vote, submit_object, submit_vote
from handlers.ballots.opening import propose, submit_propose
from handlers.ballots.recording import record
from handlers.ballots.refreshing import BallotMessages
from handlers.ballots.reminders import press_no_reminders, press_vote_from_reminder, remind_voters, reminders
from handlers.ballots.reminders_text import NO_REMINDERS, VOTE_FROM_REMINDER
from handlers.ballots.status import NEXT_PAGE as STATUS_PAGE
from handlers.ballots.status import status, suggestion
from handlers.ballots.text import HELP
from handlers.ballots.voting import press_abstain, press_support, press_support_all, vote
from handlers.slack.access import require_group
from handlers.slack.answering import Run, reply_to_action, reply_to_command, reply_to_view
from handlers.slack.asking import Answer, Ask, ask_from_action, ask_from_command, ask_from_view
from handlers.typed.grammar import first_word

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
