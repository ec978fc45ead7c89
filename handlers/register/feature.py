"""``/stakeholder``: the register of people, seats and groups for the table."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.register import Stakeholder
from handlers.principles.text import OPEN_ADD
from handlers.register.adding import add, add_drafted, add_typed, drafted, twin_typed
from handlers.register.changing import accept, remove, set_typed
from handlers.register.fields import Fields
from handlers.register.looking import explain_import, export, list_typed, show
from handlers.register.modal import ADD, add_modal, modal_fields, twin_modal
from handlers.register.text import ACCEPT, ADD_ANYWAY, HELP, LIST, REMOVE, SHOW, STATUS_BUTTONS, helped
from handlers.register.words import told
from handlers.slack.access import require_group
from handlers.slack.answering import Run, in_field
from handlers.slack.asking import Answer, Ask
from handlers.slack.features import Feature, Verb
from handlers.typed.grammar import first_word, nearest, quoted
from handlers.typed.refs import is_ref

_TARGET = re.compile(r"([CGD][A-Z0-9]+) (S\d+.*)")


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


async def answer_other(ask: Ask) -> Answer:
    """An entry where a ref was typed; for other words, the help."""
    verb, rest = first_word(ask.text)
    if is_ref(verb) and verb.startswith("s") and not rest:
        return await show(replace(ask, text=verb))
    near = nearest(verb, FEATURE.verbs)
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


FEATURE = Feature(
    command="/stakeholder",
    help=HELP,
    verbs={
        "": Verb(open_add, pressed=(OPEN_ADD,)),
        "add": Verb(add_or_open, pressed=(OPEN_ADD, ADD)),
        "list": Verb(list_typed, pressed=(LIST,)),
        "show": Verb(show, pressed=(SHOW,)),
        "set": Verb(set_typed, pressed=STATUS_BUTTONS),
        "accept": Verb(accept, pressed=(ACCEPT,)),
        "remove": Verb(remove, pressed=(REMOVE,)),
        "import": Verb(explain_import, typed_only="it only says how entries are typed in"),
        "export": Verb(export, typed_only="it gives plain text to copy, at a keyboard"),
        "help": Verb(help_typed, typed_only="words that are no command get it too"),
    },
    other=answer_other,
    actions={
        OPEN_ADD: open_add,
        ADD_ANYWAY: add_drafted,
        LIST: list_typed,
        SHOW: in_its_channel(show),
        ACCEPT: in_its_channel(accept),
        REMOVE: in_its_channel(remove),
        **dict.fromkeys(STATUS_BUTTONS, in_its_channel(set_typed)),
    },
    views={ADD: submit_add, ADD_ANYWAY: add_drafted},
    audit={
        "stakeholder.add": "added {subject}",
        "stakeholder.nominate": "nominated {subject}",
        "stakeholder.accept": "accepted {subject}",
        "stakeholder.set": "changed {subject}",
        "stakeholder.remove": "removed {subject}",
    },
)
