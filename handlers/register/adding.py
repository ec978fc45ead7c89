"""Adding to the register: a co-chair's entry, or a member's nomination that waits for a co-chair."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.effects import Effects, effects
from bot.entries import alike, principles_of
from bot.groups import CoChair, Situation
from bot.principles.assessment import assess
from bot.refusals import Refusal
from bot.register import Stakeholder, Status, recorded
from bot.words import joined
from handlers.register.fields import ADD_KEYS, PLACES, Around, Fields, new_entry, no_field
from handlers.register.modal import add_modal, modal_fields, twin_modal
from handlers.register.text import ADD_FORM, HELP, KEYS_HELP, added, nominated, nomination_notice, twin
from handlers.register.words import details
from handlers.slack.access import require_group
from handlers.slack.answering import in_field
from handlers.slack.asking import Answer, Ask
from handlers.slack.changes import Work, change
from handlers.typed.grammar import mention, parse, quoted
from handlers.typed.values import parse_yes_no
from storage.groups import StoredGroup
from storage.situations import get_situation
from storage.stakeholders import add_stakeholder, codes, lock_register

OnTwin = Callable[[Ask, Stakeholder, Fields, bool], Answer]
"""What to answer where someone of the same name and organization is there already; True for a co-chair."""


class AddNeedsThree(Refusal):
    """To add someone, type three things with a bar between each: {form}. I found {count} so far. Or type /stakeholder
    alone for a form."""


class StrayWords(Refusal):
    """I could not place {typed}. After the category each thing needs its key, as in title=Director. {keys}"""


class NotAHuman(Refusal):
    """That is an app, not a person. Please mention a person, or leave slack= out."""


class DraftGone(Refusal):
    """I could not read that button any more, so nothing was added. Please type /stakeholder add again."""


async def open_add(ask: Ask) -> Answer:
    """The form to add someone; where Slack would not open it, the typed forms."""
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
    view = add_modal(stored.channel_id, for_chair=stored.cochair(ask.user_id) is not None)
    return Answer(HELP, view=view)


async def submit_add(ask: Ask) -> Answer:
    """The submitted form. Where someone like it is there already, another form asks."""
    return await add(ask, modal_fields(ask.state), around=in_field, on_twin=_ask_in_form)


async def add_typed(ask: Ask) -> Answer:
    """``/stakeholder add NAME | ORGANIZATION | CATEGORY [| key=value …]``."""
    fields = typed_fields(ask.text)
    anyway = parse_yes_no(fields.pop("anyway", "no"))
    return await add(ask, fields, anyway=anyway)


async def add_drafted(ask: Ask) -> Answer:
    """Add anyway: what was written before is added although someone like it is there; pressed twice, once."""
    try:
        draft = json.loads(ask.value)
    except ValueError:
        raise DraftGone from None
    return await add(replace(ask, key=f"anyway:{draft['once']}"), draft["fields"], anyway=True)


def typed_fields(text: str) -> dict[str, str]:
    """What was typed after ``add``, by key.

    Raises AddNeedsThree, StrayWords, or what the grammar raises.
    """
    typed = parse(text, ADD_KEYS)
    if len(typed.positional) > len(PLACES):
        raise StrayWords(typed=quoted(typed.positional[len(PLACES)]), keys=KEYS_HELP)
    given = {key: words for key, words in zip(PLACES, typed.positional, strict=False) if words}
    if len(given) < len(PLACES):
        raise AddNeedsThree(form=ADD_FORM, count=len(given) or "none")
    return given | dict(typed.options)


def drafted(ask: Ask, fields: Fields) -> str:
    """What a button keeps of an entry that was not added. ``once`` keeps two presses from adding two."""
    tidy = {key: " ".join(words.split()) for key, words in fields.items()}
    return json.dumps({"once": ask.key, "fields": tidy}, ensure_ascii=False, separators=(",", ":"))


def twin_typed(ask: Ask, entry: Stakeholder, fields: Fields, for_chair: bool) -> Answer:
    """What is answered to a typed line where someone like it is there already."""
    return twin(entry, drafted(ask, fields), ask.channel_id, for_chair=for_chair)


def _ask_in_form(ask: Ask, entry: Stakeholder, fields: Fields, for_chair: bool) -> Answer:
    """The other form; a member is not told more than the name, since the entry may be closed."""
    lines = details(entry, [entry]) if for_chair else []
    view = twin_modal(entry, lines, ask.channel_id, drafted(ask, fields), for_chair=for_chair)
    return replace(twin_typed(ask, entry, fields, for_chair), view=view)


async def add(
    ask: Ask, fields: Fields, *, anyway: bool = False, around: Around = no_field, on_twin: OnTwin = twin_typed
) -> Answer:
    """Store what ``fields`` describe: an entry where a co-chair asks, a nomination otherwise."""
    await require_human(ask, fields)
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        await lock_register(work.session, stored.initiative_id)
        situation = await get_situation(work.session, stored)
        wanted = new_entry(fields, situation.stakeholders, around)
        twins = () if anyway else alike(wanted, situation.stakeholders)
        if twins:
            answer = on_twin(ask, twins[0], fields, stored.cochair(ask.user_id) is not None)
        else:
            answer = await _added(work, stored, situation, wanted)
        return await work.finish(stored, answer)


async def _added(work: Work, stored: StoredGroup, situation: Situation, wanted: Stakeholder) -> Answer:
    chair = stored.cochair(work.ask.user_id)
    entry = await _store(work, stored, _by(chair, wanted))
    if chair is None:
        return _nominated(work, stored, entry, wanted.status)
    return added(entry, effects_of(work.ask, situation, entry), stored.channel_id)


async def require_human(ask: Ask, fields: Mapping[str, str]) -> None:
    """Make sure that whoever ``slack=`` mentions is a person of this Slack.

    Raises:
        UnknownPerson, SlackSilent: Slack does not know them, or did not answer.
        NotAHuman: it is an app.
    """
    user_id = mention(fields.get("slack", ""))
    if user_id and (await ask.services.directory.member(ask.client, user_id, ask.now)).is_bot:
        raise NotAHuman


def effects_of(ask: Ask, situation: Situation, entry: Stakeholder) -> Effects:
    """What ``entry``, new or changed, does to the principles of ``situation``."""
    others = tuple(other for other in situation.stakeholders if other.number != entry.number)
    register = tuple(sorted((*others, entry), key=lambda one: one.number))
    after = replace(situation, stakeholders=register)
    return effects(assess(situation, ask.now), assess(after, ask.now), principles_of(entry))


def _by(chair: CoChair | None, entry: Stakeholder) -> Stakeholder:
    """The entry as it stands when a co-chair, or a member, adds it."""
    if chair is None:
        return replace(entry, status=Status.NOMINATED, why_confirmed=False)
    return replace(entry, why_confirmed=bool(entry.why))


async def _store(work: Work, stored: StoredGroup, entry: Stakeholder) -> Stakeholder:
    ask = work.ask
    noted = recorded(None, entry, ask.user_id, ask.now)
    kept, personal_id = await add_stakeholder(work.session, stored.initiative_id, noted, ask.user_id, ask.now)
    action = "stakeholder.nominate" if kept.status is Status.NOMINATED else "stakeholder.add"
    work.note(action, kept.ref, after=codes(kept), personal=(None, personal_id))
    return kept


def _nominated(work: Work, stored: StoredGroup, entry: Stakeholder, asked_for: Status) -> Answer:
    """Tell each co-chair who is in this Slack, once, and the member what was done."""
    here = [chair for chair in stored.group.cochairs if chair.user_id]
    text, blocks = nomination_notice(entry, work.ask.user_id, stored.channel_id)
    for chair in here:
        key = f"nomination:{stored.initiative_id}:{entry.number}:{chair.user_id}"
        work.tell(stored, key, text, blocks, to=chair.user_id)
    return nominated(entry, asked_for, joined(chair.shown for chair in here), stored.channel_id)
