"""``/principle trend``: how the six principles stood, week by week, as a chart, a table and words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from handlers.principles.text import TREND
from handlers.principles.trend_text import WEEKS_SHOWN, show_trend
from handlers.slack.access import require_group
from handlers.slack.answering import reply_to_action
from handlers.slack.asking import Answer, Ask, ask_from_action
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


async def handle_trend_pressed(
    ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer "Trend"."""
    await reply_to_action(ack, ask_from_action(body, context, client), answer_trend)


def register(app: AsyncApp) -> None:
    """Register this feature's listener. ``/principle trend`` comes by way of ``/principle``."""
    app.action(TREND)(handle_trend_pressed)
