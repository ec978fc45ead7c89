"""Linking an account to an entry, or taking that back, while a vote on the entry is open.

The voter and the channel are told. A vote that was cast stays as it was; only the voter's own word changes it.
"""

from __future__ import annotations

from bot.ballots.own import RECUSED
from bot.refusals import Refusal
from bot.register import Stakeholder
from handlers.ballots.text import short_name
from handlers.slack.blocks import escape
from handlers.slack.changes import Work
from storage.audit import Change, record_changes
from storage.groups import StoredGroup, list_groups
from storage.recusals import LinkedVoter, add_linked_recusal, close_linked_recusal, list_linked_voters
from storage.votes import lock_open_ballot


class ClosedJustNow(Refusal):
    """The vote closed at this very moment, so nothing was changed. Please type it once more."""


async def relink(work: Work, initiative_id: int, entry: Stakeholder, user_id: str) -> bool:
    """Carry a link from the account that ``entry`` had to ``user_id`` (empty: to none) into the open votes; whether one
    of them is concerned.

    Like a vote it is stored before its ballot is held, and both before the register is locked, as closing does.

    Raises:
        ClosedJustNow: one of the votes closed meanwhile; nothing is stored.
    """
    if entry.slack_user == user_id:
        return False
    session, now = work.session, work.ask.now
    left = await list_linked_voters(session, initiative_id, entry.number, entry.slack_user, now)
    linked = await list_linked_voters(session, initiative_id, entry.number, user_id, now)
    for place in left:
        await _unlink(work, initiative_id, entry, place)
    for place in linked:
        await _link(work, initiative_id, entry, user_id, place)
    return bool(left or linked)


async def _link(work: Work, initiative_id: int, entry: Stakeholder, user_id: str, place: LinkedVoter) -> None:
    if place.recused:
        return
    if not place.choice:
        await add_linked_recusal(work.session, place.ballot_id, entry.number, user_id, work.ask.user_id, work.ask.now)
    after = {"ballot": place.ballot_id, "choice": place.choice or RECUSED, "voter": user_id}
    await _note(work, initiative_id, entry, place, "ballot.link" if place.choice else "ballot.recuse", after)
    await _tell(work, entry, user_id, place, LINKED_CHANNEL, LINKED_VOTER)


async def _unlink(work: Work, initiative_id: int, entry: Stakeholder, place: LinkedVoter) -> None:
    was = entry.slack_user
    await close_linked_recusal(work.session, place.ballot_id, entry.number, was, work.ask.now)
    await _note(work, initiative_id, entry, place, "ballot.unlink", {"ballot": place.ballot_id, "voter": was})
    await _tell(work, entry, was, place, UNLINKED_CHANNEL, UNLINKED_VOTER)


async def _note(
    work: Work, initiative_id: int, entry: Stakeholder, place: LinkedVoter, action: str, after: dict[str, object]
) -> None:
    before = {"choice": place.choice} if place.choice else None
    change = Change(work.ask.now, work.ask.user_id, action, entry.ref, before, after)
    await record_changes(work.session, initiative_id, place.group_id, [change])
    if not await lock_open_ballot(work.session, place.ballot_id, work.ask.now):
        raise ClosedJustNow


LINKED_CHANNEL = (
    "{who} noted that {voter} is {name}, who is on the open vote. {voter} is asked to step aside on {name}; "
    "a vote cast before stays as it is, unless {voter} changes it."
)
LINKED_VOTER = (
    "{who} noted that you are {name}, who is on the open vote in {room}. If you have not voted on {ref} yet, you step "
    "aside on it. If you have, your vote stays as it is; to step aside: /invitees vote {ref} | recuse. If you are not "
    "{name}, tell {who}."
)
UNLINKED_CHANNEL = "{who} took back that {voter} is {name}. {voter} can vote on {name} as before."
UNLINKED_VOTER = (
    "{who} took back that you are {name}. You can vote on {ref} in {room} as before: /invitees vote {ref} | support"
)


async def _tell(work: Work, entry: Stakeholder, user_id: str, place: LinkedVoter, channel: str, voter: str) -> None:
    stored: StoredGroup = (await list_groups(work.session, [place.group_id]))[0]
    words = {
        "who": f"<@{work.ask.user_id}>",
        "voter": f"<@{user_id}>",
        "name": escape(short_name(entry)),
        "ref": entry.ref,
        "room": f"<#{stored.channel_id}>",
    }
    key = f"ballot:{place.ballot_id}:link:{entry.number}:{work.ask.key or work.ask.now.isoformat()}"
    work.tell(stored, f"{key}:{user_id}", channel.format(**words))
    work.tell(stored, f"{key}:{user_id}:told", voter.format(**words), to=user_id)


def link_words(entry: Stakeholder) -> str:
    """What the co-chair reads who set the link or took it back. It does not say whether the voter had voted."""
    return (
        f"A vote on {entry.ref} is open, so I'm telling the channel and the voter. A vote on {entry.ref} that was cast "
        "before stays as it is."
    )
