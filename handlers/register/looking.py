"""Looking at the register: list, show and export. A member sees what is open, a co-chair everything."""

from __future__ import annotations

from collections.abc import Sequence

from bot.refusals import Refusal
from bot.register import Stakeholder
from handlers.register.looking_text import exported, show_list
from handlers.register.search import find, visible
from handlers.register.text import IMPORT, answer, shown
from handlers.slack.access import require_group
from handlers.slack.asking import Answer, Ask
from handlers.typed.grammar import decoded, parse
from handlers.typed.refs import UnknownRef, find_stakeholder
from storage.stakeholders import list_stakeholders


class WhomToShow(Refusal):
    """Say whom to show, such as /stakeholder show S12. The refs are in /stakeholder list."""


class NoLongerOpen(Refusal):
    """{ref} is no longer open. A co-chair can tell you more, or open it again."""


async def list_typed(ask: Ask) -> Answer:
    """``/stakeholder list [justice, health, principle 3, committed, any words]``."""
    register, for_chair = await _register(ask)
    return show_list(find(visible(register, for_chair=for_chair), decoded(ask.text)))


async def show(ask: Ask) -> Answer:
    """``/stakeholder show REF``."""
    ref = parse(ask.text).place(0)
    if not ref:
        raise WhomToShow
    register, for_chair = await _register(ask)
    return shown(_visible_one(ref, register, for_chair), register, ask.channel_id, for_chair=for_chair)


async def export(ask: Ask) -> Answer:
    """``/stakeholder export``: the register as plain text."""
    register, for_chair = await _register(ask)
    return exported(visible(register, for_chair=for_chair))


async def explain_import(_ask: Ask) -> Answer:
    """``/stakeholder import``: how to type the register in."""
    return answer([IMPORT])


async def _register(ask: Ask) -> tuple[tuple[Stakeholder, ...], bool]:
    """The register, and whether a co-chair asks.

    Raises:
        NoGroupHere: there is no group in this channel.
    """
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        register = await list_stakeholders(session, stored.initiative_id)
    return register, stored.cochair(ask.user_id) is not None


def _visible_one(ref: str, register: Sequence[Stakeholder], for_chair: bool) -> Stakeholder:
    seen = visible(register, for_chair=for_chair)
    try:
        return find_stakeholder(ref, seen)
    except UnknownRef:
        hidden = [entry for entry in register if entry not in seen]
        if any(ref.strip().casefold() == entry.ref.casefold() for entry in hidden):
            raise NoLongerOpen(ref=ref.strip().upper()) from None
        raise
