"""Giving answers: in the acknowledgement where Slack allows it, else right after, to the one who asked."""

from __future__ import annotations

import json
import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.refusals import Refusal
from handlers.slack.asking import Answer, Ask
from handlers.slack.calls import SLACK_FAILURES
from storage.deliveries import Repeated

log = structlog.get_logger(__name__)

Run = Callable[[Ask], Awaitable[Answer]]

AGAIN = "I have that one already; it is done, and nothing was done twice."
APOLOGY = (
    "Sorry, something went wrong on my side, and I changed nothing. Please try again in a minute. "
    "If it happens again, give your IT team this reference: {reference}."
)


class FieldRefusal(Refusal):
    """{sentence}"""

    def __init__(self, block_id: str, sentence: str) -> None:
        self.block_id = block_id
        super().__init__(sentence=sentence)


@contextmanager
def in_field(block_id: str) -> Iterator[None]:
    """Let a refusal appear under the modal's field with this ``block_id``."""
    try:
        yield
    except FieldRefusal:
        raise
    except Refusal as refusal:
        raise FieldRefusal(block_id, refusal.plain_sentence) from refusal


async def reply_to_command(ack: AsyncAck, ask: Ask, run: Run) -> None:
    """Answer a slash command in its acknowledgement; a modal is opened before it."""
    answer = await _answer(ask, run)
    if answer.view and await _opened(ask, answer.view):
        await ack()
    else:
        await ack(answer.as_body())


async def reply_to_action(ack: AsyncAck, ask: Ask, run: Run) -> None:
    """Answer a pressed button: open its modal, or tell the one who pressed it, right after acknowledging."""
    answer = await _answer(ask, run)
    if answer.view and await _opened(ask, answer.view):
        await ack()
        return
    await ack()
    if answer.text:
        ask.services.sender.answer_later(ask.response_url, ask.team_id, ask.channel_id, ask.user_id, answer.as_body())


async def reply_to_view(ack: AsyncAck, ask: Ask, run: Run) -> None:
    """Answer a submitted modal: what is wrong under its field, another view, or close it and say what was done.

    One whose metadata say ``privately`` was opened from a private message, and is answered there.
    """
    try:
        answer = await run(ask)
    except FieldRefusal as refusal:
        await ack(response_action="errors", errors={refusal.block_id: refusal.plain_sentence})
        return
    except Refusal as refusal:
        block_id = next(iter(ask.state), "")
        answer = Answer(refusal.sentence)
        if block_id:
            await ack(response_action="errors", errors={block_id: refusal.plain_sentence})
            return
    except Repeated as repeated:
        answer = _earlier(repeated)
    if answer.view:
        await ack(response_action="update", view=answer.view)
        return
    await ack(response_action="clear")
    channel_id = "" if ask.metadata.get("privately") else ask.channel_id
    ask.services.sender.answer_later("", ask.team_id, channel_id, ask.user_id, answer.as_body())


async def _answer(ask: Ask, run: Run) -> Answer:
    try:
        return await run(ask)
    except Refusal as refusal:
        return Answer(refusal.sentence)
    except Repeated as repeated:
        return _earlier(repeated)


def _earlier(repeated: Repeated) -> Answer:
    earlier = repeated.answer or {}
    return Answer(str(earlier.get("text") or AGAIN), earlier.get("blocks"))


async def _opened(ask: Ask, view: dict[str, Any]) -> bool:
    """Open a modal; False where Slack would not, and the typed form has to do."""
    try:
        await ask.client.views_open(trigger_id=ask.trigger_id, view=view)
    except SLACK_FAILURES as error:  # the answer's text still helps, and names the typed form
        log.warning("modal_not_opened", callback_id=view.get("callback_id"), error=type(error).__name__)
        return False
    return True


async def handle_bug(error: Exception, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
    """Apologise for a bug with a reference that the log carries too. The log holds no request body."""
    reference = secrets.token_hex(4)
    log.error("bug", reference=reference, kind=body.get("type") or body.get("command"), exc_info=error)
    sentence = APOLOGY.format(reference=reference)
    if body.get("command"):
        return _json({"response_type": "ephemeral", "text": sentence})
    if body.get("type") == "view_submission":
        block_id = next(iter((body["view"].get("state") or {}).get("values") or {}), None)
        return _json({"response_action": "errors", "errors": {block_id: sentence}} if block_id else {})
    services, url = context.get("services"), str(body.get("response_url") or "")
    if services and body.get("type") == "block_actions":
        services.sender.answer_later(url, "", "", "", {"response_type": "ephemeral", "text": sentence})
    return _json({})


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(body) if body else "", headers={"content-type": "application/json"})
