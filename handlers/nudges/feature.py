"""``/workgroup nudge``: when it comes, pausing it, leaving one out, and seeing it first. The table of all that."""

from __future__ import annotations

from handlers.nudges.planning import (
    answer_other,
    answer_pause,
    answer_quiet,
    answer_resume,
    answer_snooze,
    answer_when,
)
from handlers.nudges.posting import answer_now, answer_post
from handlers.nudges.text import HELP, POST
from handlers.posts.text import AGAIN
from handlers.posts.trouble import answer_again
from handlers.slack.features import Feature, Verb

FEATURE = Feature(
    help=HELP,
    verbs={
        "": Verb(answer_when, typed_only="the group at a glance says it too"),
        "help": Verb(answer_when, typed_only="words that are no command get the help too"),
        "pause": Verb(answer_pause, typed_only="it is rare, and may take a day"),
        "quiet": Verb(answer_quiet, typed_only="it takes days"),
        "resume": Verb(answer_resume, typed_only="it is rare"),
        "snooze": Verb(answer_snooze, typed_only="Snooze under the nudge leaves its one gap alone"),
        "now": Verb(answer_now, pressed=(POST,)),
        "again": Verb(answer_again, pressed=(AGAIN,)),
    },
    other=answer_other,
    actions={POST: answer_post},
    audit={
        "nudge.plan": "set when the {subject} comes",
        "nudge.pause": "paused {subject}",
        "nudge.resume": "resumed {subject}",
        "nudge.snooze": "left the next {subject} out",
        "nudge.quiet": "chose weeks without a {subject}",
        "nudge.post": "had the {subject} posted",
    },
)
"""The table of ``/workgroup nudge``, which comes by way of ``/workgroup``."""
