"""The register as a list and as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.principles.evidence import SPOKEN
from bot.register import Function, Law, Stakeholder, Status
from handlers.register.search import HIDDEN_FROM_MEMBERS, Found, place
from handlers.register.text import ADD_FORM, LIST, add_button, answer
from handlers.register.words import in_order, line
from handlers.slack.asking import Answer
from handlers.slack.blocks import TEXT_LIMIT, button, cut, escape
from handlers.typed.grammar import quoted

TAIL_ROOM = 300
EMPTY = f"""The register is empty so far. Begin with whoever you know: type `/stakeholder` alone for a form, or
`{ADD_FORM}`. `/principle` says whom to look for."""


def show_list(found: Found) -> Answer:
    """One page of a list, grouped by whom people speak for; what waits and what is closed stand apart."""
    if not found.everyone:
        return answer([" ".join(EMPTY.split())], [add_button("Add someone")])
    if not found.total:
        return answer([_none_words(found)], [button("Show all", LIST), add_button("Add someone")])
    groups = groupby(found.entries, lambda entry: place(entry)[0])
    told = [_group(list(entries)) for _, entries in groups]
    more = [button("Next page", LIST, f"{found.query} page {found.page + 1}".strip())] if _has_more(found) else []
    return answer([_heading(found), *told, _rest(found)], [*more, add_button("Add someone")])


def _none_words(found: Found) -> str:
    return (
        f"Nobody here fits {escape(quoted(found.query))}. There are {found.everyone} entries in all: "
        "`/stakeholder list` shows them. You can also type justice, health, principle 3, committed, or part of a name."
    )


def _heading(found: Found) -> str:
    entries = "1 entry" if found.total == 1 else f"{found.total} entries"
    what = f"{entries} for {escape(quoted(found.query))}" if found.query else f"The register: {entries}"
    return f"{what}, page {found.page} of {found.pages}" if found.pages > 1 else what


def _group(entries: Sequence[Stakeholder]) -> str:
    return "\n".join([f"*{_group_name(entries[0])}*", *map(line, entries)])


def _group_name(entry: Stakeholder) -> str:
    if entry.status is Status.NOMINATED:
        return "Waiting for a co-chair (`/stakeholder accept REF`)"
    if entry.status in HIDDEN_FROM_MEMBERS:
        return "Closed (shown to co-chairs only)"
    spoken = SPOKEN[entry.sector]
    return spoken[0].upper() + spoken[1:]


def _has_more(found: Found) -> bool:
    return found.page < found.pages


def _rest(found: Found) -> str:
    """How to see the rest, and how to see all about one."""
    one = f"All about one: `/stakeholder show {found.entries[0].ref}`."
    if not _has_more(found):
        return one
    query = f"{found.query} page {found.page + 1}".strip()
    query = query if len(query) <= 60 and "`" not in query else f"page {found.page + 1}"
    return (
        f"More: `/stakeholder list {escape(query)}`. Or narrow it: `/stakeholder list health`, "
        f"`/stakeholder list committed`. {one}"
    )


def exported(register: Sequence[Stakeholder]) -> Answer:
    """The register as plain text to copy, a line each, as much as one message holds."""
    if not register:
        return answer([" ".join(EMPTY.split())], [add_button("Add someone")])
    lines, room = [], TEXT_LIMIT - TAIL_ROOM
    for words in ["ref | name | organization | category | kind | sector | status | more", *map(_row, register)]:
        room -= len(words) + 1
        if room < 0:
            break
        lines.append(words)
    left = len(register) - (len(lines) - 1)
    return Answer("\n".join([*lines, "", _left_words(left, len(register))]))


def _left_words(left: int, total: int) -> str:
    made = "Your IT team makes the full record with `python app.py dump --channel` and this channel's id."
    return f"{left} more did not fit in one message. {made}" if left else f"All {total} entries. {made}"


def _row(entry: Stakeholder) -> str:
    more = [*in_order(entry.functions, Function), *in_order(entry.laws, Law)]
    more += ["authority"] if entry.authority else []
    parts = (entry.ref, entry.name, entry.organization, entry.category, entry.kind, entry.sector, entry.status)
    return escape(cut(" | ".join([*map(str, parts), ", ".join(more)]), 600))
