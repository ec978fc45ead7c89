"""``/workgroup agree``: all that takes both co-chairs, whichever feature it belongs to."""

from __future__ import annotations

from handlers.groups.joining import JOIN_CHANGE
from handlers.groups.settings import EXEMPT_CHANGE, PUBLIC_BODY_CHANGE, SCOPE_CHANGE
from handlers.joint.decisions import agree
from handlers.principles.setting_aside import SET_ASIDE_CHANGE
from handlers.slack.asking import Answer, Ask

CHANGES = {
    change.kind: change for change in (PUBLIC_BODY_CHANGE, SCOPE_CHANGE, EXEMPT_CHANGE, JOIN_CHANGE, SET_ASIDE_CHANGE)
}
"""All that takes both co-chairs, by its kind."""


async def answer_agree(ask: Ask) -> Answer:
    """Agree to what waits for the other co-chair, or record that they agreed."""
    return await agree(ask, CHANGES)
