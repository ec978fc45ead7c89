"""``/invitees``: who is proposed, who votes, what came of it. The table of what can be typed, pressed and submitted."""

from __future__ import annotations

from handlers.ballots import inviting, message, modals
from handlers.ballots.closing import close, press_close
from handlers.ballots.extending import extend, reopen
from handlers.ballots.inviting import draft_invitation, mark_accepted, mark_declined, mark_invited
from handlers.ballots.minutes import NEXT_PAGE as MINUTES_PAGE
from handlers.ballots.minutes import OTHER_FORM, minutes
from handlers.ballots.modals import open_object, open_propose, open_vote, submit_object, submit_vote
from handlers.ballots.opening import propose, submit_propose
from handlers.ballots.recording import record
from handlers.ballots.reminders import press_no_reminders, press_vote_from_reminder, reminders
from handlers.ballots.reminders_text import NO_REMINDERS, VOTE_FROM_REMINDER
from handlers.ballots.result_text import MINUTES
from handlers.ballots.status import NEXT_PAGE as STATUS_PAGE
from handlers.ballots.status import status, suggestion
from handlers.ballots.text import HELP
from handlers.ballots.voting import press_abstain, press_support, press_support_all, vote
from handlers.slack.access import require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.features import Feature, Verb


async def help_here(ask: Ask) -> Answer:
    """What can be done here."""
    async with ask.services.database.read() as session:
        await require_group(session, ask)
    return Answer(HELP)


WAYS_TO_VOTE = (
    message.SUPPORT_ALL,
    message.OPEN_VOTE,
    message.SUPPORT,
    message.OBJECT,
    message.ABSTAIN,
    VOTE_FROM_REMINDER,
    modals.VOTE,
)

FEATURE = Feature(
    command="/invitees",
    help=HELP,
    verbs={
        "": Verb(open_propose, pressed=(modals.PROPOSE,)),
        "propose": Verb(propose, form=open_propose, pressed=(modals.PROPOSE,)),
        "vote": Verb(vote, form=open_vote, pressed=WAYS_TO_VOTE),
        "record": Verb(record, typed_only="it names somebody who is not here to press, and what they said"),
        "status": Verb(status, pressed=(STATUS_PAGE,)),
        "suggest": Verb(suggestion, pressed=(modals.PROPOSE,)),
        "extend": Verb(extend, typed_only="it takes a new time and a reason, once in a while"),
        "close": Verb(close, pressed=(message.CLOSE,)),
        "reopen": Verb(reopen, typed_only="it takes a reason, and should not happen by a slip of the thumb"),
        "draft": Verb(draft_invitation, pressed=(inviting.DRAFT,)),
        "invited": Verb(mark_invited, pressed=(inviting.MARK_INVITED,)),
        "accepted": Verb(mark_accepted, pressed=(inviting.ACCEPTED,)),
        "declined": Verb(mark_declined, pressed=(inviting.DECLINED,)),
        "minutes": Verb(minutes, pressed=(MINUTES, MINUTES_PAGE, OTHER_FORM)),
        "reminders": Verb(reminders, pressed=(NO_REMINDERS,)),
        "help": Verb(help_here, typed_only="words that are no command get it too"),
    },
    other=help_here,
    actions={
        message.SUPPORT_ALL: press_support_all,
        message.OPEN_VOTE: open_vote,
        message.CLOSE: press_close,
        message.SUPPORT: press_support,
        message.OBJECT: open_object,
        message.ABSTAIN: press_abstain,
        inviting.MARK_INVITED: mark_invited,
        inviting.DRAFT: draft_invitation,
        inviting.ACCEPTED: mark_accepted,
        inviting.DECLINED: mark_declined,
        STATUS_PAGE: status,
        VOTE_FROM_REMINDER: press_vote_from_reminder,
        NO_REMINDERS: press_no_reminders,
        MINUTES: minutes,
        MINUTES_PAGE: minutes,
        OTHER_FORM: minutes,
    },
    views={
        modals.PROPOSE: submit_propose,
        modals.VOTE: submit_vote,
        modals.OBJECT: submit_object,
    },
    audit={
        "ballot.open": "opened {subject}",
        "ballot.vote": "voted on {subject}",
        "ballot.record": "recorded a view on {subject}",
        "ballot.recuse": "linked {subject} to someone who votes, who stepped aside on it by that",
        "ballot.link": "linked {subject} to someone who had voted on it; that vote stayed as it was",
        "ballot.unlink": "took back the link of {subject} to someone who votes",
        "ballot.extend": "extended {subject}",
        "ballot.close": "closed {subject}",
        "ballot.reopen": "reopened {subject}",
    },
)
