"""The setup modal."""

from __future__ import annotations

import json
from typing import Any

from bot.groups import PublicBody
from bot.register import ScopeFlag, Side
from handlers.groups.words import SCOPE_LABELS
from handlers.slack.blocks import choice_field, choices_field, modal, section, text_field, time_field, user_field
from handlers.typed.times import WEEKDAYS

SETUP = "workgroup.setup"
"""The button that opens the modal, and the modal's own name."""

NAME, JURISDICTION, SIDE, OTHER_CHAIR = "name", "jurisdiction", "side", "other_chair"
PUBLIC_BODY, ZONE, DAY, TIME, SCOPE = "public_body", "zone", "day", "time", "scope"

PUBLIC_BODY_QUESTION = (
    "*Public body:* Is this group a public body under your state's law? If it is, or until you know, I keep voting "
    "off and prepare agenda items instead. I give no legal advice; please ask your counsel."
)


def setup_modal(channel_id: str, zone: str) -> dict[str, Any]:
    """The modal that sets a group up in a channel; ``zone`` is the asker's own, as a start."""
    blocks = [
        text_field(NAME, "Name", hint="Of the working group, such as County Crisis Data Group."),
        text_field(JURISDICTION, "Jurisdiction", hint="The county, city or state whose law applies."),
        choice_field(SIDE, "Your side", [(side.value, side.value.capitalize()) for side in Side]),
        user_field(
            OTHER_CHAIR, "Other co-chair", optional=True, hint="They chair for the other side. I will tell them."
        ),
        section(PUBLIC_BODY_QUESTION),
        choice_field(PUBLIC_BODY, "Public body", _public_body_choices(), initial=PublicBody.ASK),
        text_field(ZONE, "Time zone", initial=zone, optional=True, hint="Such as America/Chicago, or Central."),
        choice_field(DAY, "Nudge day", [(day, day) for day in WEEKDAYS], initial=WEEKDAYS[0]),
        time_field(TIME, "Nudge time", initial="09:00"),
        choices_field(SCOPE, "Scope", _scope_choices(), initial=[ScopeFlag.SUBSTANCE_USE]),
    ]
    return modal("Set up a group", blocks, SETUP, submit="Set up", metadata=json.dumps({"channel": channel_id}))


def _public_body_choices() -> list[tuple[str, str]]:
    words = {PublicBody.YES: "Yes", PublicBody.NO: "No", PublicBody.ASK: "Ask counsel"}
    return [(choice.value, label) for choice, label in words.items()]


def _scope_choices() -> list[tuple[str, str]]:
    return [(flag.value, label[0].upper() + label[1:]) for flag, label in SCOPE_LABELS.items()]
