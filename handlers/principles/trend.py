"""``/principle trend``: how the six principles stood, week by week, as a chart, a table and words."""

from __future__ import annotations

from urllib.parse import urlsplit

from handlers.principles.trend_text import WEEKS_SHOWN, show_trend
from handlers.slack.access import require_group
from handlers.slack.asking import Answer, Ask
from storage.gaps import list_weeks

GOVERNMENT_SLACK = "slack-gov.com"
"""Its documents name no charts and no tables."""


async def answer_trend(ask: Ask) -> Answer:
    """The newest weeks. Any member of the channel may look."""
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        weeks = await list_weeks(session, stored.id, WEEKS_SHOWN)
    return show_trend(stored.group.name, weeks, drawn=can_draw(ask.client.base_url))


def can_draw(api_url: str) -> bool:
    """Whether the Slack behind this address of its Web API is known to take charts and tables."""
    host = urlsplit(api_url).hostname or ""
    return host != GOVERNMENT_SLACK and not host.endswith(f".{GOVERNMENT_SLACK}")
