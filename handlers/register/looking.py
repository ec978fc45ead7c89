"""Looking at the register: list, show and export. A member sees what is open, a co-chair everything."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.principles.telling import SPOKEN
from bot.refusals import Refusal
from bot.register import Function, Law, Stakeholder, Status
from handlers.register.search import HIDDEN_FROM_MEMBERS, Page, find_page, list_order, visible
from handlers.register.text import ADD_FORM, IMPORT, LIST, add_button, answered, pressed_entry, shown
from handlers.register.words import in_order, line, recorded_lines
from handlers.slack.access import require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import TEXT_LIMIT, button, cut, escape, parts
from handlers.typed.grammar import decoded, parse, quoted
from handlers.typed.refs import UnknownRef, find_stakeholder
from storage.groups import StoredGroup
from storage.stakeholders import list_stakeholders

TAIL_ROOM = 300
COLUMNS = "ref | name | organization | category | kind | sector | status | more"
EMPTY = f"""The register is empty so far. Begin with whoever you know: type `/stakeholder` alone for a form, or
`{ADD_FORM}`. `/principle` says whom to look for."""


class WhomToShow(Refusal):
    """Say whom to show, such as /stakeholder show S12. The refs are in /stakeholder list."""


class NoLongerOpen(Refusal):
    """{ref} is no longer open. A co-chair can tell you more, or open it again."""


async def list_entries(ask: Ask) -> Answer:
    """``/stakeholder list [justice, health, principle 3, committed, any words]``; a button carries the same words."""
    _, register, for_chair = await _register(ask)
    return show_list(find_page(visible(register, for_chair=for_chair), decoded(ask.about)))


async def show(ask: Ask) -> Answer:
    """``/stakeholder show REF``."""
    ref = parse(ask.text).place(0)
    if not ref:
        raise WhomToShow
    return await show_entry(ask, ref)


async def press_show(ask: Ask) -> Answer:
    """Show the button's entry."""
    return await show_entry(*pressed_entry(ask))


async def show_entry(ask: Ask, ref: str) -> Answer:
    """All about the entry that ``ref`` names, as far as the asker may see it."""
    stored, register, for_chair = await _register(ask)
    entry = _visible_one(ref, register, for_chair)
    by_whom = recorded_lines(entry, stored.group, ask.now)
    return shown(entry, register, ask.channel_id, by_whom, for_chair=for_chair)


async def export(ask: Ask) -> Answer:
    """``/stakeholder export``: the register as plain text."""
    _, register, for_chair = await _register(ask)
    return exported(visible(register, for_chair=for_chair))


async def explain_import(_ask: Ask) -> Answer:
    """``/stakeholder import``: how to type the register in."""
    return answered([IMPORT])


async def _register(ask: Ask) -> tuple[StoredGroup, tuple[Stakeholder, ...], bool]:
    """The group, its register, and whether a co-chair asks.

    Raises:
        NoGroupHere: there is no group in this channel.
    """
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        register = await list_stakeholders(session, stored.initiative_id)
    return stored, register, stored.cochair(ask.user_id) is not None


def _visible_one(ref: str, register: Sequence[Stakeholder], for_chair: bool) -> Stakeholder:
    seen = visible(register, for_chair=for_chair)
    try:
        return find_stakeholder(ref, seen)
    except UnknownRef:
        hidden = [entry for entry in register if entry not in seen]
        if any(ref.strip().casefold() == entry.ref.casefold() for entry in hidden):
            raise NoLongerOpen(ref=ref.strip().upper()) from None
        raise


def show_list(page: Page) -> Answer:
    """One page of a list, grouped by whom people speak for; what waits and what is closed stand apart."""
    if not page.everyone:
        return answered([" ".join(EMPTY.split())], [add_button("Add someone")])
    if not page.total:
        return answered([_none_words(page)], [button("Show all", LIST), add_button("Add someone")])
    by_group = groupby(page.entries, lambda entry: list_order(entry)[0])
    groups = [_group(list(entries)) for _, entries in by_group]
    more = [button("Next page", LIST, page.next_query)] if page.has_more else []
    return answered([_heading(page), *groups, _rest(page)], [*more, add_button("Add someone")])


def _none_words(page: Page) -> str:
    return (
        f"Nobody here fits {escape(quoted(page.query))}. There are {page.everyone} entries in all: "
        "`/stakeholder list` shows them. You can also type justice, health, principle 3, committed, or part of a name."
    )


def _heading(page: Page) -> str:
    entries = "1 entry" if page.total == 1 else f"{page.total} entries"
    what = f"{entries} for {escape(quoted(page.query))}" if page.query else f"The register: {entries}"
    return f"{what}, page {page.number} of {page.count}" if page.count > 1 else what


def _group(entries: Sequence[Stakeholder]) -> str:
    return "\n".join([f"*{_group_name(entries[0])}*", *map(line, entries)])


def _group_name(entry: Stakeholder) -> str:
    if entry.status is Status.NOMINATED:
        return "Waiting for a co-chair (`/stakeholder accept REF`)"
    if entry.status in HIDDEN_FROM_MEMBERS:
        return "Closed (shown to co-chairs only)"
    spoken = SPOKEN[entry.sector]
    return spoken[0].upper() + spoken[1:]


def _rest(page: Page) -> str:
    """How to see the rest, and how to see all about one."""
    one = f"All about one: `/stakeholder show {page.entries[0].ref}`."
    if not page.has_more:
        return one
    fits = len(page.next_query) <= 60 and "`" not in page.next_query
    query = page.next_query if fits else f"page {page.number + 1}"
    return (
        f"More: `/stakeholder list {escape(query)}`. Or narrow it: `/stakeholder list health`, "
        f"`/stakeholder list committed`. {one}"
    )


def exported(register: Sequence[Stakeholder]) -> Answer:
    """The register as plain text to copy, a line each, as much as one message holds."""
    if not register:
        return answered([" ".join(EMPTY.split())], [add_button("Add someone")])
    head, *rows = next(parts([COLUMNS, *map(_export_line, register)], TEXT_LIMIT - TAIL_ROOM - 1))
    return Answer("\n".join([head, *rows, "", _left_words(len(register) - len(rows), len(register))]))


def _left_words(left: int, total: int) -> str:
    made = "Your IT team makes the full record with `python app.py dump --channel` and this channel's id."
    return f"{left} more did not fit in one message. {made}" if left else f"All {total} entries. {made}"


def _export_line(entry: Stakeholder) -> str:
    more = [*in_order(entry.functions, Function), *in_order(entry.laws, Law)]
    more += ["authority"] if entry.authority else []
    cells = (entry.ref, entry.name, entry.organization, entry.category, entry.kind, entry.sector, entry.status)
    return escape(cut(" | ".join([*map(str, cells), ", ".join(more)]), 600))
