"""Recusing the account that is linked to an entry while a vote on that entry is open."""

from __future__ import annotations

from dataclasses import replace

from bot.ballots.own import RECUSED
from bot.refusals import Refusal
from bot.register import Stakeholder
from handlers.slack.asking import Answer
from handlers.slack.blocks import section
from handlers.slack.changes import Work
from storage.audit import Change, record_changes
from storage.recusals import record_recusal
from storage.votes import lock_open_ballot


class ClosedJustNow(Refusal):
    """The vote closed at this very moment, so nothing was changed. Please type it once more."""


async def recuse_linked(work: Work, initiative_id: int, entry: Stakeholder, user_id: str) -> bool:
    """Recuse an account from ``entry`` on the open votes, since the two are one; False where there is nothing to do.

    Like a vote it is stored before its ballot is held, and both before the register is locked, as closing does.

    Raises:
        ClosedJustNow: one of the votes closed meanwhile; nothing is stored.
    """
    found = await record_recusal(work.session, initiative_id, entry.number, user_id, work.ask.now)
    for each in found:
        before = {"choice": each.before} if each.before else None
        after = {"ballot": each.ballot_id, "choice": RECUSED, "voter": user_id}
        noted = Change(work.ask.now, work.ask.user_id, "ballot.recuse", entry.ref, before, after)
        await record_changes(work.session, initiative_id, each.group_id, [noted])
        if not await lock_open_ballot(work.session, each.ballot_id, work.ask.now):
            raise ClosedJustNow
    return bool(found)


def with_recusal(answer: Answer, entry: Stakeholder, user_id: str) -> Answer:
    """The answer with a word on the recusal. It does not say whether they had voted."""
    words = (
        f"A vote on {entry.ref} is open. <@{user_id}> is recused from {entry.ref} there, since the question is "
        "about them: what they may have said on it does not count. Their other votes do."
    )
    return replace(answer, text=f"{answer.text}\n{words}", blocks=[*(answer.blocks or []), section(words)])
