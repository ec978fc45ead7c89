"""``/workgroup``: the channel's group at a glance, its set-up, and what its co-chairs settle about it."""

from __future__ import annotations

from handlers.groups.agreeing import answer_agree
from handlers.groups.cochairs import answer_cochair
from handlers.groups.glance import HELP, answer_glance, answer_help, answer_other
from handlers.groups.history import AUDIT, answer_export, answer_history
from handlers.groups.notices import NOT_ME
from handlers.groups.removing import decline_chair
from handlers.groups.settings import answer_exempt, answer_meeting, answer_public_body, answer_scope
from handlers.groups.setup import answer_setup, open_setup, submit_setup
from handlers.groups.setup_modal import SETUP
from handlers.joint.decisions import decline
from handlers.joint.text import AGREE, NOT_NOW, RECORD
from handlers.nudges.feature import FEATURE as NUDGES
from handlers.slack.features import Feature, Verb

FEATURE = Feature(
    command="/workgroup",
    help=HELP,
    verbs={
        "": Verb(answer_glance, typed_only="it is what the command itself shows"),
        "setup": Verb(answer_setup, open_setup, pressed=(SETUP,)),
        "cochair": Verb(answer_cochair, pressed=(SETUP, NOT_ME)),
        "co-chair": Verb(answer_cochair, pressed=(SETUP, NOT_ME)),
        "public-body": Verb(answer_public_body, pressed=(SETUP,)),
        "nudge": Verb(NUDGES.answer, pressed=(SETUP,)),
        "scope": Verb(answer_scope, pressed=(SETUP,)),
        "meeting": Verb(answer_meeting, typed_only="it takes a day, a time and sponsors"),
        "exempt": Verb(answer_exempt, typed_only="it takes a reason, and the other co-chair's press of Agree"),
        "history": Verb(answer_history, typed_only="it is read at a keyboard"),
        "export": Verb(answer_export, typed_only="it gives plain text to copy, at a keyboard"),
        "agree": Verb(answer_agree, pressed=(AGREE, RECORD)),
        "not-now": Verb(decline, pressed=(NOT_NOW,)),
        "help": Verb(answer_help, typed_only="words that are no command get it too"),
    },
    other=answer_other,
    actions={
        SETUP: open_setup,
        NOT_ME: decline_chair,
        AGREE: answer_agree,
        RECORD: answer_agree,
        NOT_NOW: decline,
    },
    views={SETUP: submit_setup},
    audit=AUDIT,
)
