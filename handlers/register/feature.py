"""``/stakeholder``: the table of what can be typed, pressed and submitted about the register."""

from __future__ import annotations

from handlers.principles.text import OPEN_ADD
from handlers.register.adding import add_drafted, add_typed, open_add, submit_add
from handlers.register.changing import (
    accept,
    press_accept,
    press_remove,
    press_status,
    remove,
    set_typed,
)
from handlers.register.looking import explain_import, export, list_entries, press_show, show, show_entry
from handlers.register.modal import ADD
from handlers.register.text import ACCEPT, ADD_ANYWAY, HELP, LIST, REMOVE, SHOW, STATUS_BUTTONS, helped
from handlers.slack.asking import Answer, Ask
from handlers.slack.features import Feature, Verb
from handlers.typed.grammar import first_word, nearest, quoted
from handlers.typed.refs import is_ref


async def answer_help(_ask: Ask) -> Answer:
    """What can be typed."""
    return helped()


async def answer_other(ask: Ask) -> Answer:
    """An entry where a ref was typed; for other words, the help."""
    word, rest = first_word(ask.text)
    if is_ref(word) and word.startswith("s") and not rest:
        return await show_entry(ask, word)
    near = nearest(word, FEATURE.verbs)
    return helped(f"I do not know {quoted(word)} here." + (f" Did you mean `/stakeholder {near[0]}`?" if near else ""))


FEATURE = Feature(
    command="/stakeholder",
    help=HELP,
    verbs={
        "": Verb(open_add, pressed=(OPEN_ADD,)),
        "add": Verb(add_typed, form=open_add, pressed=(OPEN_ADD, ADD, ADD_ANYWAY)),
        "list": Verb(list_entries, pressed=(LIST,)),
        "show": Verb(show, pressed=(SHOW,)),
        "set": Verb(set_typed, pressed=STATUS_BUTTONS),
        "accept": Verb(accept, pressed=(ACCEPT,)),
        "remove": Verb(remove, pressed=(REMOVE,)),
        "import": Verb(explain_import, typed_only="it only says how entries are typed in"),
        "export": Verb(export, typed_only="it gives plain text to copy, at a keyboard"),
        "help": Verb(answer_help, typed_only="words that are no command get it too"),
    },
    other=answer_other,
    actions={
        OPEN_ADD: open_add,
        ADD_ANYWAY: add_drafted,
        LIST: list_entries,
        SHOW: press_show,
        ACCEPT: press_accept,
        REMOVE: press_remove,
        **dict.fromkeys(STATUS_BUTTONS, press_status),
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
