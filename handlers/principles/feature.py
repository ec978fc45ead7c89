"""``/principle``: the table of what can be typed, pressed and submitted about the six principles."""

from __future__ import annotations

from handlers.principles.attesting import attest, unattest
from handlers.principles.gap_text import NOT_OURS, OPEN, SNOOZE, TAKE
from handlers.principles.gaps import (
    disown_gap,
    open_gap,
    open_not_ours,
    open_snooze,
    press_open,
    press_take,
    snooze_gap,
    submit_not_ours,
    submit_snooze,
    take_gap,
)
from handlers.principles.looking import (
    answer_all,
    answer_brief,
    answer_help,
    answer_open,
    answer_other,
    press_principle,
)
from handlers.principles.setting_aside import set_aside
from handlers.principles.text import ALL, HELP, SHOW_BUTTONS, TREND
from handlers.principles.trend import answer_trend
from handlers.slack.features import Feature, Verb

FEATURE = Feature(
    command="/principle",
    help=HELP,
    verbs={
        "": Verb(answer_open, pressed=(ALL,)),
        "all": Verb(answer_all, pressed=(ALL,)),
        "brief": Verb(answer_brief, typed_only="it gives plain text to copy, at a keyboard"),
        "attest": Verb(attest, typed_only="it is a co-chair's own words"),
        "unattest": Verb(unattest, typed_only="it takes a co-chair's word back, which should not happen by a slip"),
        "set-aside": Verb(set_aside, typed_only="it takes a reason, and then the other co-chair's press of Agree"),
        "trend": Verb(answer_trend, pressed=(TREND,)),
        "take": Verb(take_gap, pressed=(TAKE,)),
        "snooze": Verb(snooze_gap, pressed=(SNOOZE,)),
        "not-ours": Verb(disown_gap, pressed=(NOT_OURS,)),
        "open": Verb(open_gap, pressed=(OPEN,)),
        "help": Verb(answer_help, typed_only="words that are no command get it too"),
    },
    other=answer_other,
    actions={
        ALL: answer_all,
        TREND: answer_trend,
        TAKE: press_take,
        SNOOZE: open_snooze,
        NOT_OURS: open_not_ours,
        OPEN: press_open,
        **dict.fromkeys(SHOW_BUTTONS, press_principle),
    },
    views={SNOOZE: submit_snooze, NOT_OURS: submit_not_ours},
    audit={
        "attestation.add": "attested {subject}",
        "attestation.withdraw": "took back what was attested for {subject}",
        "principle.set_aside": "set aside {subject}",
        "principle.take_up": "took up again {subject}",
        "gap.take": "took {subject}",
        "gap.snooze": "snoozed {subject}",
        "gap.not_ours": "said that {subject} is not this group's",
        "gap.open": "opened {subject} again",
        "gap.close": "closed {subject}: it holds",
        "gap.reopen": "opened {subject} again: it holds no longer",
        "gap.wake": "ended the snooze of {subject}",
    },
)
