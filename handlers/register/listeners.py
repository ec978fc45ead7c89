"""``/stakeholder``: the register of people, seats and groups for the table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.register import Stakeholder
from handlers.register.adding import add, add_drafted, add_typed, drafted, twin_typed
from handlers.register.changing import accept, remove, set_typed
from handlers.register.fields import Fields
from handlers.register.looking import explain_import, export, list_typed, show
from handlers.register.modal import ADD, add_modal, modal_fields, twin_modal
from handlers.register.text import ACCEPT, ADD_ANYWAY, HELP, LIST, OPEN_ADD, REMOVE, SHOW, helped
from handlers.register.words import told
from handlers.slack.access import require_group
from handlers.slack.answering import Run, in_field, reply_to_action, reply_to_command, reply_to_view
from handlers.slack.asking import Answer, Ask, ask_from_action, ask_from_command, ask_from_view
from handlers.typed.grammar import first_word, nearest, quoted

_REF = re.compile(r"s\d{1,9}")
_TARGET = re.compile(r"([CGD][A-Z0-9]+) (S\d+.*)")
STATUS_BUTTONS = re.compile(r"^stakeholder\.status\.(invited|committed)$")


async def open_add(ask: Ask) -> Answer:
    """The form to add someone; where Slack would not open it, the typed forms."""
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
    view = add_modal(stored.channel_id, for_chair=stored.cochair(ask.user_id) is not None)
    return Answer(HELP, view=view)


async def add_or_open(ask: Ask) -> Answer:
    """``/stakeholder add``: with nothing behind it, the form."""
    return await (add_typed(ask) if ask.text else open_add(ask))


async def help_typed(_ask: Ask) -> Answer:
    """``/stakeholder help``."""
    return helped()


VERBS: Mapping[str, Run] = {
    "add": add_or_open,
    "list": list_typed,
    "show": show,
    "set": set_typed,
    "accept": accept,
    "remove": remove,
    "import": explain_import,
    "export": export,
    "help": help_typed,
}


async def answer_stakeholder(ask: Ask) -> Answer:
    """Do what was typed after ``/stakeholder``."""
    verb, rest = first_word(ask.text)
    if not verb:
        return await open_add(ask)
    if run := VERBS.get(verb):
        return await run(replace(ask, text=rest))
    if _REF.fullmatch(verb) and not rest:
        return await show(replace(ask, text=verb))
    near = nearest(verb, VERBS)
    return helped(f"I do not know {quoted(verb)} here." + (f" Did you mean `/stakeholder {near[0]}`?" if near else ""))


async def submit_add(ask: Ask) -> Answer:
    """The submitted form. Where someone like it is there already, another form asks."""
    return await add(ask, modal_fields(ask.state), around=in_field, on_twin=_ask_in_form)


def _ask_in_form(ask: Ask, entry: Stakeholder, fields: Fields, for_chair: bool) -> Answer:
    """The other form; a member is not told more than the name, since the entry may be closed."""
    said = told(entry, [entry]) if for_chair else []
    view = twin_modal(entry, said, ask.channel_id, drafted(ask, fields), for_chair=for_chair)
    return replace(twin_typed(ask, entry, fields, for_chair), view=view)


def in_its_channel(run: Run) -> Run:
    """``run`` in the channel that the button names, since it may stand in a private message."""

    async def run_there(ask: Ask) -> Answer:
        found = _TARGET.fullmatch(ask.text)
        return await run(replace(ask, channel_id=found[1], text=found[2]) if found else ask)

    return run_there


async def handle_stakeholder_command(
    ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer ``/stakeholder``."""
    await reply_to_command(ack, ask_from_command(command, context, client), answer_stakeholder)


async def handle_add_submitted(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer the submitted form."""
    await reply_to_view(ack, ask_from_view(body, context, client), submit_add)


async def handle_add_anyway_submitted(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer Add anyway in the form that says that someone is there already."""
    await reply_to_view(ack, ask_from_view(body, context, client), add_drafted)


async def handle_open_add_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer Add someone, wherever it stands."""
    await reply_to_action(ack, ask_from_action(body, context, client), open_add)


async def handle_add_anyway_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer Add anyway below a typed line's answer."""
    await reply_to_action(ack, ask_from_action(body, context, client), add_drafted)


async def handle_show_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer Show S12."""
    await reply_to_action(ack, ask_from_action(body, context, client), in_its_channel(show))


async def handle_list_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer Show the list, Show all and Next page."""
    await reply_to_action(ack, ask_from_action(body, context, client), list_typed)


async def handle_accept_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer Accept."""
    await reply_to_action(ack, ask_from_action(body, context, client), in_its_channel(accept))


async def handle_status_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer Invited and Committed; the button's value is what ``set`` takes."""
    await reply_to_action(ack, ask_from_action(body, context, client), in_its_channel(set_typed))


async def handle_remove_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer Remove."""
    await reply_to_action(ack, ask_from_action(body, context, client), in_its_channel(remove))


def register(app: AsyncApp) -> None:
    """Register this feature's listeners."""
    app.command("/stakeholder")(handle_stakeholder_command)
    app.view(ADD)(handle_add_submitted)
    app.view(ADD_ANYWAY)(handle_add_anyway_submitted)
    app.action(OPEN_ADD)(handle_open_add_pressed)
    app.action(ADD_ANYWAY)(handle_add_anyway_pressed)
    app.action(SHOW)(handle_show_pressed)
    app.action(LIST)(handle_list_pressed)
    app.action(ACCEPT)(handle_accept_pressed)
    app.action(STATUS_BUTTONS)(handle_status_pressed)
    app.action(REMOVE)(handle_remove_pressed)
