"""What takes both co-chairs: one proposes, the other agrees within 14 days, and then it is done, once.

A co-chair who is not in this Slack has their agreement recorded by the one who is, marked so; but not by whoever named
them within the last 14 days, or one person could decide what takes two.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.groups import CoChair
from bot.joint import JointKind
from bot.refusals import Refusal
from handlers.joint import text as joint_text
from handlers.slack.access import other_chairs
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import escape
from handlers.slack.changes import Work, change
from handlers.slack.times import spoken_day
from storage.chairs import Term, get_term
from storage.decisions import (
    WAITS,
    JointDecision,
    add_decision,
    close_decision,
    get_decision,
    list_waiting_decisions,
    record_assent,
    record_silence,
)
from storage.groups import StoredGroup, list_group_ids, list_groups, lock_group

Apply = Callable[[Work, StoredGroup, Mapping[str, Any], str], Awaitable[str]]
"""Applies what was agreed, given (work, group, payload, reason); returns the sentence of what is so now."""


@dataclass(frozen=True, slots=True)
class JointChange:
    """What takes both co-chairs: its kind, under which it waits, and what applies it once they agree. ``alone`` where
    the only co-chair of a group decides it by themself."""

    kind: JointKind
    apply: Apply
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that one co-chair wants. ``payload`` is what will be applied; ``what`` completes "to …" in plain words
    ("take substance use out of scope"), for whoever is asked. ``notice`` is what the channel is told at once."""

    change: JointChange
    payload: Mapping[str, Any]
    what: str
    reason: str = ""
    notice: str = ""

    @property
    def kept(self) -> dict[str, Any]:
        """The payload as it waits, with the words in it."""
        return {**self.payload, "what": self.what}


class NoOtherChair(Refusal):
    """To {what} takes both co-chairs, and this group has none for {side} yet. First name one:
    /workgroup cochair @user | {side}, or for someone who is not in this Slack:
    /workgroup cochair NAME | ORGANIZATION | {side}."""


class NamedYourself(Refusal):
    """Since you named {who} yourself on {day}, you cannot record what they agree to before {until}. Nothing was
    changed. From then on, type the same command again."""


class NothingWaiting(Refusal):
    """That does not wait for an answer any more: it was settled, or its 14 days are over. What stands now:
    /workgroup. To propose it again, a co-chair types the same command again."""


class NotYoursToAgree(Refusal):
    """That waits for the other co-chair, so you cannot answer it. To see who chairs here, type /workgroup."""


class WhichOne(Refusal):
    """Please type the number that the message names, as in /workgroup {verb} 12."""


async def decide_together(work: Work, stored: StoredGroup, chair: CoChair, proposal: Proposal) -> Answer:
    """Take one co-chair's word for a change that takes both, and apply it where the other one's is there already.

    The caller has checked that ``chair`` is the asker, and ends with ``work.finish``.

    Raises:
        NoOtherChair: nobody chairs for the other side, and it cannot be decided alone.
        NamedYourself: the asker named the other one, who is not in this Slack, a short time ago.
    """
    await lock_group(work.session, stored.id)
    apply, waiting = proposal.change.apply, await _waiting(work, stored, proposal)
    if waiting and waiting.proposed_by != chair.user_id:
        return await _agree(work, stored, waiting, f"<@{chair.user_id}>", apply)
    others = other_chairs(stored, chair)
    if not others and (stored.group.exempt or proposal.change.alone):
        return await _decide_alone(work, stored, proposal)
    if not others:
        raise NoOtherChair(what=proposal.what, side=chair.side.other)
    if waiting and not any(other.user_id for other in others):
        return await _record(work, stored, waiting, others[0], apply)
    decision = waiting or await _propose(work, stored, proposal)
    return await _ask_the_others(work, stored, others, decision, still=waiting is not None)


async def agree(ask: Ask, changes: Mapping[JointKind, JointChange]) -> Answer:
    """Answer a waiting change, by its number, with yes: as the other co-chair, or for the one who is not in this Slack.

    Raises:
        WhichOne, NothingWaiting, NotYoursToAgree, NamedYourself: it cannot be.
    """
    decision_id = _number(ask, "agree")
    async with change(ask) as work:
        decision, stored = await _open(work, decision_id)
        apply = changes[decision.kind].apply
        if await _may_answer(work, stored, decision):
            return await work.finish(stored, await _agree(work, stored, decision, f"<@{ask.user_id}>", apply))
        outside = _outside(stored, decision, ask.user_id)
        if outside is None:
            raise NotYoursToAgree
        return await work.finish(stored, await _record(work, stored, decision, outside, apply))


async def decline(ask: Ask) -> Answer:
    """Answer a waiting change, by its number, with "not now"; its proposer may take it back so.

    Raises:
        WhichOne, NothingWaiting, NotYoursToAgree: it cannot be.
    """
    decision_id = _number(ask, "not-now")
    async with change(ask) as work:
        decision, stored = await _open(work, decision_id)
        mine = decision.proposed_by == ask.user_id
        if not mine and not await _may_answer(work, stored, decision):
            raise NotYoursToAgree
        if not await close_decision(work.session, decision.id):
            raise NothingWaiting
        _tell_declined(work, stored, decision, mine=mine)
        told = "You withdrew your proposal." if mine else f"I'm telling <@{decision.proposed_by}>: not now."
        return await work.finish(stored, Answer(f"{told} Nothing was changed."))


def _tell_declined(work: Work, stored: StoredGroup, decision: JointDecision, *, mine: bool) -> None:
    """Note that a change is off, and tell its proposer; the channel too, where it was told of the proposal."""
    what, asker = joint_text.what_of(decision), work.ask.user_id
    work.note("joint.withdraw" if mine else "joint.decline", what)
    if not mine:
        sentence = f"<@{asker}> says not now to your proposal to {escape(what)}. Nothing was changed."
        work.tell(stored, f"joint:{decision.id}:declined", sentence, to=decision.proposed_by)
    if decision.by_silence:
        did = "withdrew the proposal" if mine else "objected to the proposal"
        work.tell(stored, f"joint:{decision.id}:off", f"<@{asker}> {did} to {escape(what)}. Nothing was changed.")


async def settle(work: Work, stored: StoredGroup, decision: JointDecision, apply: Apply) -> bool:
    """Apply what nobody objected to until its time had come, once; False where it is over already, or where its
    proposer is no co-chair any more. The caller has locked the group."""
    asked_by = stored.cochair(decision.proposed_by)
    if not asked_by or not await record_silence(work.session, decision.id, work.ask.user_id, work.ask.now):
        return False
    work.note("joint.settle", joint_text.what_of(decision), after={"proposed_by": decision.proposed_by})
    sentence = await apply(work, stored, _payload(decision), decision.reason)
    work.tell(stored, f"joint:{decision.id}:channel", joint_text.unanswered(sentence, decision))
    return True


async def _waiting(work: Work, stored: StoredGroup, proposal: Proposal) -> JointDecision | None:
    """The same change, waiting, proposed by someone who still is a co-chair."""
    for decision in await list_waiting_decisions(work.session, stored.id, work.ask.now):
        same = (decision.kind, decision.payload) == (proposal.change.kind, proposal.kept)
        if same and stored.cochair(decision.proposed_by):
            return decision
    return None


async def _decide_alone(work: Work, stored: StoredGroup, proposal: Proposal) -> Answer:
    sentence = await proposal.change.apply(work, stored, proposal.payload, proposal.reason)
    work.note("joint.alone", proposal.what)
    alone = f"<@{work.ask.user_id}> decided this as the only co-chair."
    words = f"{sentence} {alone}{joint_text.reason_in_words(proposal.reason)}"
    work.tell(stored, f"joint:alone:{work.ask.key or work.ask.now.isoformat()}", words)
    return Answer(f"Done. {sentence}")


async def _agree(work: Work, stored: StoredGroup, decision: JointDecision, by: str, apply: Apply) -> Answer:
    if not await record_assent(work.session, decision.id, work.ask.user_id, "", work.ask.now):
        raise NothingWaiting
    work.note("joint.agree", joint_text.what_of(decision), after={"proposed_by": decision.proposed_by})
    sentence = await _apply(work, stored, decision, by, "", apply)
    if decision.proposed_by != work.ask.user_id:
        words = f"{by} agreed. {sentence}"
        work.tell(stored, f"joint:{decision.id}:proposer", words, to=decision.proposed_by)
    return Answer(f"Agreed. {sentence}")


async def _record(work: Work, stored: StoredGroup, decision: JointDecision, other: CoChair, apply: Apply) -> Answer:
    """Record what a co-chair outside this Slack agreed to. Their name stays out of the decision and the audit."""
    asker = work.ask.user_id
    if lately := await _named_lately(work, stored, other):
        zone, who = stored.group.zone, joint_text.chair_in_words(other)
        day, until = spoken_day(lately.named_at, zone), spoken_day(lately.named_at + WAITS, zone)
        raise NamedYourself(who=who, day=day, until=until)
    if not await record_assent(work.session, decision.id, f"co-chair for {other.side}", asker, work.ask.now):
        raise NothingWaiting
    after = {"agreed_for": other.side.value, "recorded_by": asker}
    work.note("joint.record", joint_text.what_of(decision), after=after)
    sentence = await _apply(work, stored, decision, joint_text.chair_in_words(other), asker, apply)
    return Answer(f"Recorded: {joint_text.chair_in_words(other)} agreed. {sentence}")


async def _named_lately(work: Work, stored: StoredGroup, other: CoChair) -> Term | None:
    """The term of a co-chair whom the asker named so short a time ago that they cannot speak for them."""
    term = await get_term(work.session, stored.id, other)
    mine = term is not None and term.named_by == work.ask.user_id
    return term if term and mine and work.ask.now < term.named_at + WAITS else None


async def _apply(
    work: Work, stored: StoredGroup, decision: JointDecision, by: str, recorded_by: str, apply: Apply
) -> str:
    sentence = await apply(work, stored, _payload(decision), decision.reason)
    words = joint_text.agreed(sentence, decision, by, recorded_by)
    work.tell(stored, f"joint:{decision.id}:channel", words)
    return sentence


def _payload(decision: JointDecision) -> dict[str, Any]:
    return {key: value for key, value in decision.payload.items() if key != "what"}


async def _propose(work: Work, stored: StoredGroup, proposal: Proposal) -> JointDecision:
    kind, asker, now = proposal.change.kind, work.ask.user_id, work.ask.now
    decision = await add_decision(work.session, stored.id, kind, proposal.kept, proposal.reason, asker, now)
    work.note("joint.propose", joint_text.what_of(decision))
    if proposal.notice:
        work.tell(stored, f"joint:{decision.id}:proposed", proposal.notice)
    return decision


async def _ask_the_others(
    work: Work, stored: StoredGroup, others: list[CoChair], decision: JointDecision, *, still: bool
) -> Answer:
    """Have those asked who are in this Slack; ``still`` where they were asked before."""
    zone = stored.group.zone
    here = [other for other in others if other.user_id]
    if not here:
        lately = await _named_lately(work, stored, others[0])
        return joint_text.waits_outside(decision, others[0], zone, lately.named_at + WAITS if lately else None)
    text, blocks = joint_text.request(decision, stored.channel_id, zone)
    for other in here:
        work.tell(stored, f"joint:{decision.id}:{other.user_id}", text, blocks, to=other.user_id)
    return joint_text.waits(decision, here[0].shown, zone, still=still)


async def _open(work: Work, decision_id: int) -> tuple[JointDecision, StoredGroup]:
    """The waiting change and its group, locked; of two answers at once only one finds it still waiting."""
    decision = await get_decision(work.session, decision_id, work.ask.now)
    if decision is None:
        raise NothingWaiting
    await lock_group(work.session, decision.group_id)
    return decision, (await list_groups(work.session, [decision.group_id]))[0]


async def _may_answer(work: Work, stored: StoredGroup, decision: JointDecision) -> bool:
    """Whether the asker is the one whose word is waited for."""
    asker = work.ask.user_id
    if decision.kind is JointKind.JOIN:
        group_ids = await list_group_ids(work.session, [stored.initiative_id])
        return any(group.cochair(asker) for group in await list_groups(work.session, group_ids))
    proposer, chair = stored.cochair(decision.proposed_by), stored.cochair(asker)
    return bool(proposer and chair and proposer.side is not chair.side)


def _outside(stored: StoredGroup, decision: JointDecision, user_id: str) -> CoChair | None:
    """The other co-chair, where they are not in this Slack and the asker is the proposer."""
    chair = stored.cochair(user_id)
    if chair is None or decision.proposed_by != user_id:
        return None
    others = other_chairs(stored, chair)
    return others[0] if others and not any(other.user_id for other in others) else None


def _number(ask: Ask, verb: str) -> int:
    if ask.number is None:
        raise WhichOne(verb=verb)
    return ask.number
