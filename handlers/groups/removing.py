"""``/workgroup cochair remove``: one steps down at once; to end the other side's term takes their assent or silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.groups import CoChair
from bot.joint import JointKind
from bot.refusals import Refusal
from bot.register import folded
from handlers.joint.decisions import JointChange, Proposal, decide_together
from handlers.joint.text import chair_in_words
from handlers.slack.access import chairs_in_words, require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.changes import Work, change
from handlers.slack.times import spoken_day
from handlers.slack.values import number_in
from handlers.typed.grammar import mention, parse, plain, quoted
from storage.chairs import Term, close_term, list_terms
from storage.decisions import WAITS
from storage.groups import StoredGroup, list_groups, lock_group


class NoSuchChair(Refusal):
    """I found no co-chair here for {typed}. The co-chairs are: {chairs}. Please type @ and their name, or the name of
    someone who is not in this Slack as it is shown here."""


class NotAChairThere(Refusal):
    """You are not a co-chair there (any more), so there was nothing to change."""


async def remove_cochair(ask: Ask, ref: str) -> Answer:
    """End the asker's own term, or propose to end the other co-chair's; the channel is told.

    Whom the asker recorded from outside this Slack a short time ago, they take back alone.

    Raises:
        NoSuchChair, CoChairsOnly, NoCoChairLeft: it cannot be.
    """
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        await lock_group(work.session, stored.id)
        stored = (await list_groups(work.session, [stored.id]))[0]
        chair = require_cochair(stored, ask, "end a co-chair's term")
        term = await _term_of(work, stored, find_chair(ref, stored))
        if term.chair == chair:
            return await work.finish(stored, await _step_down(work, stored, term))
        if _takes_back(ask, term):
            return await work.finish(stored, await _take_back(work, stored, term))
        return await work.finish(stored, await decide_together(work, stored, chair, _proposal(work, stored, term)))


async def decline_chair(ask: Ask) -> Answer:
    """Answer "Not me": end the presser's term, and tell whoever named them.

    Raises:
        NotAChairThere: they are none.
    """
    async with change(ask) as work:
        group_id = number_in(ask.value)
        await lock_group(work.session, group_id)
        groups = await list_groups(work.session, [group_id])
        chair = groups[0].cochair(ask.user_id) if groups else None
        if chair is None:
            raise NotAChairThere
        term = await _term_of(work, groups[0], chair)
        await _step_down(work, groups[0], term)
        if term.named_by in ("", ask.user_id):
            return await work.finish(groups[0], Answer("Thank you; you are not a co-chair there."))
        words = f"<@{ask.user_id}> says they are not co-chair for {chair.side} in <#{groups[0].channel_id}>."
        work.tell(groups[0], f"not-me:{term.id}", f"{words} {what_follows(groups[0], chair)}", to=term.named_by)
        told = f"Thank you; you are not a co-chair there. I'm telling <@{term.named_by}>, who named you."
        return await work.finish(groups[0], Answer(told))


def find_chair(ref: str, stored: StoredGroup) -> CoChair:
    """The co-chair whom a mention or a name means. Raises NoSuchChair."""
    user_id, name = mention(ref), folded(plain(parse(ref).place(0)))
    for chair in stored.group.cochairs:
        if chair.user_id == user_id if user_id else (chair.name and name in _names(chair)):
            return chair
    typed = "that person" if user_id else quoted(ref)
    raise NoSuchChair(typed=typed, chairs=chairs_in_words(stored) or "nobody")


def _names(chair: CoChair) -> tuple[str, str]:
    return folded(plain(chair.name)), folded(plain(chair.shown))


def _takes_back(ask: Ask, term: Term) -> bool:
    return not term.chair.user_id and term.named_by == ask.user_id and ask.now < term.named_at + WAITS


async def _term_of(work: Work, stored: StoredGroup, chair: CoChair) -> Term:
    return next(term for term in await list_terms(work.session, stored.id) if term.chair == chair)


async def _step_down(work: Work, stored: StoredGroup, term: Term) -> Answer:
    side = term.chair.side
    await _end(work, term)
    work.tell(stored, f"removed:{term.id}", f"{chair_in_words(term.chair)} stepped down as {side} co-chair.")
    return Answer(f"You stepped down as {side} co-chair. {what_follows(stored, term.chair)}")


async def _take_back(work: Work, stored: StoredGroup, term: Term) -> Answer:
    side, who = term.chair.side, chair_in_words(term.chair)
    await _end(work, term)
    words = f"<@{work.ask.user_id}> took back that {who} is co-chair for {side}."
    work.tell(stored, f"removed:{term.id}", words)
    return Answer(f"{who} is not a co-chair any more. {what_follows(stored, term.chair)}")


def _proposal(work: Work, stored: StoredGroup, term: Term) -> Proposal:
    side, until = term.chair.side, spoken_day(work.ask.now + WAITS, stored.group.zone)
    notice = (
        f"<@{work.ask.user_id}> proposes to end {chair_in_words(term.chair)}'s term as co-chair for {side}. It takes "
        f"their assent; if they do not object by {until}, it is done then. If that looks wrong to you, a workspace "
        "admin can help."
    )
    what = f"end the term of the co-chair for {side}"
    return Proposal(REMOVE_CHANGE, {"term": term.id}, what, notice=notice)


async def apply_removal(work: Work, stored: StoredGroup, payload: Mapping[str, Any], _reason: str) -> str:
    """End the term that was meant; returns what is so now. A later term of the same person is not touched."""
    terms = await list_terms(work.session, stored.id)
    term = next((term for term in terms if term.id == payload["term"]), None)
    if term is None:
        return "That term as co-chair had ended before, so nothing was changed."
    await _end(work, term)
    side, user_id = term.chair.side, term.chair.user_id
    if user_id and user_id != work.ask.user_id:
        words = f"Your term as co-chair for {side} in <#{stored.channel_id}> has ended; you had 14 days to object."
        work.tell(stored, f"removed-told:{term.id}", words, to=user_id)
    return f"{chair_in_words(term.chair)} is not co-chair for {side} any more. {what_follows(stored, term.chair)}"


REMOVE_CHANGE = JointChange(JointKind.REMOVE, apply_removal)


async def _end(work: Work, term: Term) -> None:
    await close_term(work.session, term.id, work.ask.now)
    before = {"side": term.chair.side.value, "in_this_slack": bool(term.chair.user_id)}
    work.note("cochair.remove", f"co-chair for {term.chair.side}", before=before, personal=(term.id, None))


def what_follows(stored: StoredGroup, gone: CoChair) -> str:
    """What follows for the group once ``gone`` is gone."""
    if not any(chair.user_id for chair in stored.group.cochairs if chair != gone):
        return (
            "No co-chair of this group can act in this Slack now: nothing can be changed here until a workspace admin "
            "names one, with /workgroup cochair @user | justice (or health)."
        )
    return (
        f"The second principle asks for a co-chair from each side; to name one for {gone.side}: "
        f"/workgroup cochair @user | {gone.side}."
    )
