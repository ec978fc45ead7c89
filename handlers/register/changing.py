"""Changing the register: set, accept and remove. All three are the co-chairs'."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from bot.refusals import Refusal
from bot.register import Stakeholder, Status, recorded
from handlers.ballots.recusal import link_words, relink
from handlers.register.adding import effects_of, require_human
from handlers.register.fields import SET_KEYS, Fields, changed_entry
from handlers.register.text import Changed, accepted, changed, pressed_entry, removed, with_open_votes, with_words
from handlers.slack.access import require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.changes import Work, change
from handlers.slack.values import word_in
from handlers.typed.grammar import mention, parse, quoted
from handlers.typed.refs import find_stakeholder
from storage.ballot_steps import list_open_with
from storage.groups import StoredGroup
from storage.situations import get_situation
from storage.stakeholders import change_stakeholder, codes, list_stakeholders, lock_register

Decide = Callable[[Stakeholder, tuple[Stakeholder, ...]], Stakeholder]
"""What becomes of an entry, given the register."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What a co-chair does to an entry: ``what`` in a refusal's words, ``action`` in the audit's, and the answer."""

    what: str
    action: str
    decide: Decide
    render: Callable[[Changed], Answer]


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
    return await set_entry(ask, ref, fields)


async def press_status(ask: Ask) -> Answer:
    """Give the button's entry the button's status."""
    return await set_entry(*pressed_entry(ask), {"status": word_in(ask.value, 2)})


async def set_entry(ask: Ask, ref: str, fields: Fields) -> Answer:
    """Change what ``fields`` say of the entry that ``ref`` names."""
    await require_human(ask, fields)
    deed = Deed("change an entry", "stakeholder.set", partial(_with_fields, fields), changed)
    return await _do(ask, ref, deed, linked=mention(fields["slack"]) or "" if "slack" in fields else None)


async def accept(ask: Ask) -> Answer:
    """``/stakeholder accept REF``: a nomination becomes an entry. Its line of why still waits for a co-chair's own."""
    return await _do(ask, _ref(ask, "accept"), ACCEPTING)


async def press_accept(ask: Ask) -> Answer:
    """Accept the button's nomination."""
    return await _do(*pressed_entry(ask), ACCEPTING)


async def remove(ask: Ask) -> Answer:
    """``/stakeholder remove REF``: the entry is marked as left. Nothing is deleted."""
    return await _do(ask, _ref(ask, "remove"), REMOVING)


async def press_remove(ask: Ask) -> Answer:
    """Mark the button's entry as left."""
    return await _do(*pressed_entry(ask), REMOVING)


def _set_fields(text: str) -> tuple[str, Fields]:
    typed = parse(text, SET_KEYS)
    ref = typed.place(0)
    if len(typed.positional) > 1:
        raise SetStray(typed=quoted(typed.positional[1]))
    if not ref or not typed.options:
        raise SetNeedsMore
    return ref, typed.options


def _ref(ask: Ask, verb: str) -> str:
    ref = parse(ask.text).place(0)
    if not ref:
        raise RefNeeded(verb=verb)
    return ref


def _with_fields(fields: Fields, entry: Stakeholder, register: tuple[Stakeholder, ...]) -> Stakeholder:
    after = changed_entry(fields, entry, register)
    return replace(after, why_confirmed=bool(after.why)) if "why" in fields else after


def _as_accepted(entry: Stakeholder, _register: tuple[Stakeholder, ...]) -> Stakeholder:
    if entry.status is not Status.NOMINATED:
        raise NotWaiting(ref=entry.ref, status=entry.status)
    return replace(entry, status=Status.IDENTIFIED)


def _as_left(entry: Stakeholder, _register: tuple[Stakeholder, ...]) -> Stakeholder:
    if entry.status is Status.LEFT:
        raise LeftAlready(ref=entry.ref)
    return replace(entry, status=Status.LEFT)


ACCEPTING = Deed("accept a nomination", "stakeholder.accept", _as_accepted, accepted)
REMOVING = Deed("mark an entry as left", "stakeholder.remove", _as_left, removed)


async def _do(ask: Ask, ref: str, deed: Deed, linked: str | None = None) -> Answer:
    """Change one entry in one transaction, on the state that is read in it. ``linked`` is the account it gets, empty
    for none, where that is set."""
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        require_cochair(stored, ask, deed.what)
        relinked = linked is not None and await _relinked(work, stored, ref, linked)
        done = await _changed(work, stored, ref, deed)
        answer = await _with_open_votes(work, stored, done, deed.render(done))
        return await work.finish(stored, with_words(answer, link_words(done.after)) if relinked else answer)


async def _changed(work: Work, stored: StoredGroup, ref: str, deed: Deed) -> Changed:
    """Decide on the locked register, and store what is new."""
    await lock_register(work.session, stored.initiative_id)
    situation = await get_situation(work.session, stored)
    before = find_stakeholder(ref, situation.stakeholders)
    after = recorded(before, deed.decide(before, situation.stakeholders), work.ask.user_id, work.ask.now)
    if after != before:
        personal = await change_stakeholder(work.session, stored.initiative_id, before, after)
        work.note(deed.action, after.ref, before=codes(before), after=codes(after), personal=personal)
    effects = effects_of(work.ask, situation, after)
    return Changed(before, after, situation.stakeholders, effects, stored.channel_id)


async def _with_open_votes(work: Work, stored: StoredGroup, done: Changed, answer: Answer) -> Answer:
    """The answer with a word on the open votes that are left without an entry that they can approve."""
    if done.before.status is not Status.IDENTIFIED or done.after.status is Status.IDENTIFIED:
        return answer
    groups = set(await list_open_with(work.session, stored.initiative_id, done.after.number))
    return with_open_votes(answer, done.after, here=stored.id in groups, elsewhere=bool(groups - {stored.id}))


async def _relinked(work: Work, stored: StoredGroup, ref: str, linked: str) -> bool:
    """Whether an open vote on this entry is concerned by the account that it gets, or loses."""
    entry = find_stakeholder(ref, await list_stakeholders(work.session, stored.initiative_id))
    return await relink(work, stored.initiative_id, entry, linked)
