"""``/workgroup agree``: all that takes both co-chairs, whichever feature it belongs to."""

from __future__ import annotations

from handlers.groups.joining import JOIN_KIND
from handlers.groups.settings import EXEMPT_KIND, PUBLIC_BODY_KIND, SCOPE_KIND
from handlers.joint.decisions import agree
from handlers.principles.setting_aside import SET_ASIDE_KIND
from handlers.slack.asking import Answer, Ask

KINDS = {kind.name: kind for kind in (PUBLIC_BODY_KIND, SCOPE_KIND, EXEMPT_KIND, JOIN_KIND, SET_ASIDE_KIND)}
"""All that takes both co-chairs, by the name it waits under."""


async def answer_agree(ask: Ask) -> Answer:
    """Agree to what waits for the other co-chair, or record that they agreed."""
    return await agree(ask, KINDS)
