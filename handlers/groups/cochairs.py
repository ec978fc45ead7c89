"""``/workgroup cochair``: naming co-chairs, in this Slack or outside it."""

from __future__ import annotations

from bot.groups import CoChair
from bot.privacy import NAME_LIMIT, ORGANIZATION_LIMIT, clean_text
from bot.refusals import Refusal
from bot.register import Side
from handlers.groups.founding import CannotChair
from handlers.groups.notices import named_notice
from handlers.groups.removing import remove_cochair
from handlers.joint.text import chair_in_words
from handlers.slack.access import CoChairsOnly, NoCoChairLeft, chairs_in_words, has_acting_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.changes import Work, change
from handlers.typed.grammar import first_word, mention, parse
from handlers.typed.values import parse_choice
from storage.groups import StoredGroup, add_cochair, list_groups, lock_group
from storage.members import Member

NAMING = "name a co-chair"


class ChairUnclear(Refusal):
    """I could not tell whom you mean. Please type /workgroup cochair @user | justice (or health), or for someone who
    is not in this Slack: /workgroup cochair NAME | ORGANIZATION | justice. To end a term:
    /workgroup cochair remove @user, or their name."""


class ChairsAlready(Refusal):
    """{who} is a co-chair here already, for {side}. Nothing was changed."""


class SideTaken(Refusal):
    """{who} already chairs for {side}. To name someone else, first type /workgroup cochair remove {ref}."""

    plainly = "Someone else already chairs for {side}. Who it is: /workgroup"


async def answer_cochair(ask: Ask) -> Answer:
    """Answer what was typed after ``cochair``."""
    word, rest = first_word(ask.text)
    if word in ("remove", "off") and rest:
        return await remove_cochair(ask, rest)
    typed = parse(ask.text)
    user_id = mention(typed.place(0))
    if user_id and len(typed.positional) == 2:
        return await name_member(ask, user_id, read_side(typed.place(1)))
    if not user_id and len(typed.positional) == 3:
        return await name_outsider(ask, read_outsider(*typed.positional))
    raise ChairUnclear


def read_side(text: str) -> Side:
    """The side that ``text`` names. Raises UnknownChoice."""
    return Side(parse_choice(text, list(Side), "side"))


def read_outsider(name: str, organization: str, side: str) -> CoChair:
    """A co-chair who is not in this Slack. Raises a Refusal for what cannot be kept."""
    clean_name = clean_text(name, "name", NAME_LIMIT)
    return CoChair(clean_name, clean_text(organization, "organization", ORGANIZATION_LIMIT), read_side(side))


async def name_member(ask: Ask, user_id: str, side: Side) -> Answer:
    """Name someone of this Slack, tell them privately with "Not me", and tell the channel.

    Raises:
        CannotChair, ChairsAlready, SideTaken, CoChairsOnly, NoCoChairLeft: it cannot be.
    """
    member = await ask.services.directory.member(ask.client, user_id, ask.now)
    asker = await ask.services.directory.member(ask.client, ask.user_id, ask.now)
    async with change(ask) as work:
        stored = await _require_naming(work, asker)
        if member.is_bot or member.is_guest:
            raise CannotChair
        chair = CoChair("", "", side, user_id)
        personal_id = await _store(work, stored, chair, member.home)
        if user_id != ask.user_id:
            text, blocks = named_notice(stored, chair, ask.user_id)
            work.tell(stored, f"cochair:{personal_id}", text, blocks, to=user_id)
        told = "" if user_id == ask.user_id else " They get a private message from me, and can answer “Not me”."
        return await work.finish(stored, Answer(f"{chair_in_words(chair)} is co-chair for {side} now.{told}"))


async def name_outsider(ask: Ask, chair: CoChair) -> Answer:
    """Record a co-chair who is not in this Slack, and tell the channel.

    Raises:
        ChairsAlready, SideTaken, CoChairsOnly, NoCoChairLeft: it cannot be.
    """
    asker = await ask.services.directory.member(ask.client, ask.user_id, ask.now)
    async with change(ask) as work:
        stored = await _require_naming(work, asker)
        await _store(work, stored, chair, "")
        words = (
            f"{chair_in_words(chair)} is recorded as co-chair for {chair.side}. Since they are not in this Slack, the "
            f"co-chair for {chair.side.other} records what they agree to, marked so. Please tell them yourself."
        )
        return await work.finish(stored, Answer(words))


async def _require_naming(work: Work, asker: Member) -> StoredGroup:
    """The group, locked, if the asker may name a co-chair: one of its co-chairs, or an admin where none of them can act
    in this Slack."""
    stored = await require_group(work.session, work.ask)
    await lock_group(work.session, stored.id)
    stored = (await list_groups(work.session, [stored.id]))[0]
    acting = has_acting_cochair(stored)
    if stored.cochair(asker.user_id) or (asker.is_admin and not acting):
        return stored
    if not acting:
        raise NoCoChairLeft(what=NAMING)
    raise CoChairsOnly(what=NAMING, chairs=chairs_in_words(stored))


async def _store(work: Work, stored: StoredGroup, chair: CoChair, home: str) -> int:
    _require_room(stored, chair)
    asker = work.ask.user_id
    personal_id = await add_cochair(work.session, stored.id, chair, home, asker, work.ask.now)
    after = {"side": chair.side.value, "in_this_slack": bool(chair.user_id)}
    work.note("cochair.add", f"co-chair for {chair.side}", after=after, personal=(None, personal_id))
    work.tell(
        stored,
        f"cochair:{personal_id}:channel",
        f"<@{asker}> named {chair_in_words(chair)} co-chair for {chair.side}.",
    )
    return personal_id


def _require_room(stored: StoredGroup, chair: CoChair) -> None:
    if same := stored.cochair(chair.user_id):
        raise ChairsAlready(who=chair_in_words(same), side=same.side)
    for fellow in stored.group.cochairs:
        if fellow.side is chair.side:
            ref = f"<@{fellow.user_id}>" if fellow.user_id else fellow.name
            raise SideTaken(who=chair_in_words(fellow), side=fellow.side, ref=ref)
