"""The form to add someone, and the one that says that someone like it is there already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.checklist import checklist
from bot.principles.principles import law_labels
from bot.register import Function, Kind, Sector, Stakeholder, Status
from handlers.register.text import ADD_ANYWAY, bulleted, show_button, twin_words
from handlers.slack.asking import field_choices, field_text
from handlers.slack.blocks import (
    Blocks,
    buttons,
    choice_field,
    choices_field,
    context,
    modal,
    sections,
    text_field,
)
from handlers.slack.values import modal_metadata

ADD = "stakeholder.add"
METADATA_LIMIT = 3000

PRIVACY = (
    "Please write nothing about anyone's health, treatment, custody or case. What you write may be a public record, "
    "and everyone in this channel can see it."
)
NAME_HINT = "A person's name or their office. For the consumer community name the seat, not a person."
SECTOR_HINT = "Whose authority they speak for, not their profession. Left empty: the category's own, where it has one."
KIND_HINT = "Left empty: a group for existing groups, a seat for the consumer community, otherwise a person."
FUNCTIONS_HINT = "A title alone counts for nothing: a sheriff is no executive here until someone says so."
LAWS_HINT = "Laws they say they can advise on. Nobody checks this."
WHY_HINT = "For a boundary spanner: one line on why, up to 500 characters. A co-chair's line confirms it."
STATUS_HINT = "Only a co-chair's choice counts; from anyone else the entry waits as a nomination."

_SINGLE = ("name", "organization", "category", "sector", "kind", "title", "authority", "why", "status")
_SEVERAL = ("functions", "laws")


def add_modal(channel_id: str, *, for_chair: bool) -> dict[str, Any]:
    """The form to add someone."""
    blocks = [context(PRIVACY), *_who(), *_what(), *_standing(for_chair)]
    return modal("Add someone", blocks, ADD, submit="Add", metadata=modal_metadata(channel_id))


def _who() -> Blocks:
    categories = [(category.id, category.label) for category in checklist()]
    return [
        text_field("name", "Name", hint=NAME_HINT),
        text_field("organization", "Organization"),
        choice_field("category", "Category", categories),
        choice_field("sector", "Sector", _labelled(Sector), optional=True, hint=SECTOR_HINT),
        choice_field("kind", "Kind", _labelled(Kind), optional=True, hint=KIND_HINT),
        text_field("title", "Title", optional=True),
    ]


def _what() -> Blocks:
    laws = [(law.value, label[0].upper() + label[1:]) for law, label in law_labels().items()]
    return [
        choices_field("functions", "Functions", _labelled(Function), hint=FUNCTIONS_HINT),
        choice_field(
            "authority", "Authority", [("yes", "Yes"), ("no", "No")], initial="no", hint="Can approve policy."
        ),
        choices_field("laws", "Laws", laws, hint=LAWS_HINT),
        text_field("why", "Why", optional=True, long=True, hint=WHY_HINT),
    ]


def _standing(for_chair: bool) -> Blocks:
    initial = Status.IDENTIFIED if for_chair else Status.NOMINATED
    hint = "" if for_chair else STATUS_HINT
    return [choice_field("status", "Status", _labelled(Status), initial=initial, hint=hint)]


def _labelled(codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(code), str(code).replace("-", " ").capitalize()) for code in codes]


def modal_fields(state: Mapping[str, Any]) -> dict[str, str]:
    """What a submitted form holds, by key; what was left empty is left out, save for what is needed."""
    single = {key: field_text(state, key) for key in _SINGLE}
    several = {key: ",".join(field_choices(state, key)) for key in _SEVERAL}
    needed = ("name", "organization", "category")
    return {key: words for key, words in (single | several).items() if words or key in needed}


def twin_modal(
    entry: Stakeholder, lines: Sequence[str], channel_id: str, draft: str, *, for_chair: bool
) -> dict[str, Any] | None:
    """The form's successor where someone like it is there already; None where the draft is too long to keep in it."""
    metadata = modal_metadata(channel_id, value=draft)
    if len(metadata) > METADATA_LIMIT:
        return None
    details = [bulleted(lines)] if lines else []
    last = "To add it all the same, press Add anyway below."
    words = [twin_words(entry, for_chair=for_chair), *details, last]
    blocks = [*sections(words), buttons([show_button(entry, channel_id)])]
    return modal("Already here?", blocks, ADD_ANYWAY, submit="Add anyway", metadata=metadata)
