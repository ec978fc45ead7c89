"""``/workgroup nudge now``: seeing the nudge first, alone, and posting it at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.nudges.text import preview
from handlers.nudges.week import render, review_group
from handlers.slack.access import require_cochair, require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.changes import change
from handlers.typed.grammar import squeezed
from storage.gaps import list_gaps, list_snapshots
from storage.groups import StoredGroup
from storage.nudges import list_recent
from storage.posts import get_post
from storage.situations import get_situation


async def answer_now(ask: Ask) -> Answer:
    """Show the nudge to the co-chair alone; ``now post`` posts it at once."""
    if squeezed(ask.text) == "post":
        return await answer_post(replace(ask, value=ask.key))
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        require_cochair(stored, ask, "see the nudge first")
        payload = await _current(session, stored, ask.now)
    return preview(payload, ask.now.isoformat())


async def answer_post(ask: Ask) -> Answer:
    """Post the nudge that was previewed, once; ``ask.value`` tells previews apart. The week's own nudge still comes."""
    async with change(ask) as work:
        stored = await require_group(work.session, ask)
        require_cochair(stored, ask, "post the nudge")
        key = f"nudge:{stored.id}:extra:{ask.value}"
        if await get_post(work.session, key):
            return await work.finish(stored, Answer("You posted this one already, so I don't post it twice."))
        payload = await _current(work.session, stored, ask.now)
        work.tell(stored, key, payload["text"], payload["blocks"])
        work.note("nudge.post", "nudge")
        return await work.finish(stored, Answer("I'm posting it now. The weekly one still comes at its time."))


async def _current(session: AsyncSession, stored: StoredGroup, now: datetime) -> dict[str, Any]:
    """The nudge as it would read now."""
    situation = await get_situation(session, stored)
    recent = (await list_recent(session, [stored.id]))[stored.id]
    gaps, last = (await list_gaps(session, [stored.id]))[stored.id], await list_snapshots(session, [stored.id])
    return render(review_group(stored, situation, gaps, last.get(stored.id), recent, now))
