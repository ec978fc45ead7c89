"""Changing the register: set, accept and remove. All three are the co-chairs'."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.effects import Effects
from bot.refusals import Refusal
from bot.register import Stakeholder, Status
from handlers.ballots.recusal import link_words, relink
from handlers.register.adding import effects_of, require_human
from handlers.register.fields import SET_KEYS, Fields, changed_entry
from handlers.register.text import accepted, changed, removed, with_open_votes
from handlers.slack.access import require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import section
from handlers.slack.changes import Work, change
from handlers.typed.grammar import mention, parse, quoted
from handlers.typed.refs import find_stakeholder
from storage.ballot_steps import list_open_with
from storage.groups import StoredGroup
from storage.situations import get_situation
from storage.stakeholders import change_stakeholder, codes, list_stakeholders, lock_register

Decide = Callable[[Stakeholder, tuple[Stakeholder, ...]], Stakeholder]
"""What becomes of an entry, given the register."""

Render = Callable[[Stakeholder, Stakeholder, tuple[Stakeholder, ...], Effects, str], Answer]
"""The answer from the entry before and after, the register, the effects, and the channel."""


class SetNeedsMore(Refusal):
    """Say whom to change, and after a bar what, such as /stakeholder set S12 | status=committed, or
    /stakeholder set S12 | functions=+legal, title=... The refs are in /stakeholder list."""


class SetStray(Refusal):
    """I could not place {typed}. After the ref each change needs its key, as in
    /stakeholder set S12 | title=Director."""


class RefNeeded(Refusal):
    """Say which one, such as /stakeholder {verb} S12. The refs are in /stakeholder list."""


class NotWaiting(Refusal):
    """{ref} is not waiting for anybody: it is {status} already. To change it: /stakeholder set {ref} | status=..."""


class LeftAlready(Refusal):
    """{ref} is marked as left already, so nothing was changed. To open it again: /stakeholder set {ref} |
    status=identified."""


async def set_typed(ask: Ask) -> Answer:
    """``/stakeholder set REF | key=value …``."""
    ref, fields = _set_fields(ask.text)
    await require_human(ask, fields)

    def decide(entry: Stakeholder, register: tuple[Stakeholder, ...]) -> Stakeholder:
        after = changed_entry(fields, entry, register)
        return replace(after, why_confirmed=bool(after.why)) if "why" in fields else after

    linked = mention(fields["slack"]) or "" if "slack" in fields else None
    return await _apply(ask, ref, "change an entry", "stakeholder.set", decide, changed, linked)


def _set_fields(text: str) -> tuple[str, Fields]:
    typed = parse(text, SET_KEYS)
    ref = typed.place(0)
    if len(typed.positional) > 1:
        raise SetStray(typed=quoted(typed.positional[1]))
    if not ref or not typed.options:
        raise SetNeedsMore
    return ref, typed.options


async def accept(ask: Ask) -> Answer:
    """``/stakeholder accept REF``: a nomination becomes an entry. Its line of why still waits for a co-chair's own."""

    def decide(entry: Stakeholder, _register: tuple[Stakeholder, ...]) -> Stakeholder:
        if entry.status is not Status.NOMINATED:
            raise NotWaiting(ref=entry.ref, status=entry.status)
        return replace(entry, status=Status.IDENTIFIED)

    def render(
        _before: Stakeholder, after: Stakeholder, register: tuple[Stakeholder, ...], effects: Effects, room: str
    ) -> Answer:
        return accepted(after, register, effects, room)

    return await _apply(ask, _ref(ask, "accept"), "accept a nomination", "stakeholder.accept", decide, render)


async def remove(ask: Ask) -> Answer:
    """``/stakeholder remove REF``: the entry is marked as left. Nothing is deleted."""

    def decide(entry: Stakeholder, _register: tuple[Stakeholder, ...]) -> Stakeholder:
        if entry.status is Status.LEFT:
            raise LeftAlready(ref=entry.ref)
        return replace(entry, status=Status.LEFT)

    def render(
        before: Stakeholder, after: Stakeholder, _register: tuple[Stakeholder, ...], effects: Effects, room: str
    ) -> Answer:
        return removed(after, before.status, effects, room)

    return await _apply(ask, _ref(ask, "remove"), "mark an entry as left", "stakeholder.remove", decide, render)


def _ref(ask: Ask, verb: str) -> str:
    ref = parse(ask.text).place(0)
    if not ref:
        raise RefNeeded(verb=verb)
    return ref


async def _apply(
    ask: Ask, ref: str, what: str, action: str, decide: Decide, render: Render, linked: str | None = None
) -> Answer:
    """Change one entry in one transaction, on the state that is read in it. ``linked`` is the account it
    gets, empty for none, where that is set."""
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        require_cochair(stored, ask, what)
        relinked = linked is not None and await _relinked(work, stored, ref, linked)
        await lock_register(work.session, stored.initiative_id)
        situation = await get_situation(work.session, stored)
        before = find_stakeholder(ref, situation.stakeholders)
        after = decide(before, situation.stakeholders)
        if after != before:
            personal = await change_stakeholder(work.session, stored.initiative_id, before, after)
            work.note(action, after.ref, before=codes(before), after=codes(after), personal=personal)
        effects = effects_of(ask, situation, after)
        answer = render(before, after, situation.stakeholders, effects, stored.channel_id)
        if before.status is Status.IDENTIFIED and after.status is not Status.IDENTIFIED:
            groups = await list_open_with(work.session, stored.initiative_id, after.number)
            answer = with_open_votes(answer, after, here=stored.id in groups, elsewhere=bool(set(groups) - {stored.id}))
        if relinked:
            answer = with_words(answer, link_words(after))
        return await work.finish(stored, answer)


async def _relinked(work: Work, stored: StoredGroup, ref: str, linked: str) -> bool:
    """Whether an open vote on this entry is concerned by the account that it gets, or loses."""
    entry = find_stakeholder(ref, await list_stakeholders(work.session, stored.initiative_id))
    return await relink(work, stored.initiative_id, entry, linked)


def with_words(answer: Answer, words: str) -> Answer:
    """The answer with another paragraph."""
    return replace(answer, text=f"{answer.text}\n{words}", blocks=[*(answer.blocks or []), section(words)])
