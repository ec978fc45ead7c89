"""What a failed call means, from what really came over the line."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from handlers.slack.calls import SLACK_FAILURES, Failure, Fault, SlackClient, failure_of

Said = tuple[int, str, str]
"""A status, a content type and a body."""


@pytest.fixture
async def line() -> AsyncIterator[tuple[SlackClient, list[Said]]]:
    """A client, and what is answered to its next call."""
    said: list[Said] = []

    async def answer(_request: web.Request) -> web.Response:
        status, kind, body = said[-1]
        return web.Response(status=status, content_type=kind, text=body, headers={"Retry-After": "17"})

    application = web.Application()
    application.router.add_post("/api/{method}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with aiohttp.ClientSession() as session:
        yield SlackClient(token="xoxb-1", base_url=f"http://127.0.0.1:{port}/api/", session=session), said
    await runner.cleanup()


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ((200, "text/html", "<html>Please sign in to the network</html>"), Fault.UNKNOWN),
        ((200, "text/plain", "blocked by policy"), Fault.UNKNOWN),
        ((200, "application/json", "<html>"), Fault.UNKNOWN),
        ((200, "application/json", "[]"), Fault.UNKNOWN),
        ((200, "application/json", "null"), Fault.UNKNOWN),
        ((200, "application/json", '"ok"'), Fault.UNKNOWN),
        ((403, "text/html", "<html>Forbidden</html>"), Fault.UNKNOWN),
        ((502, "text/html", "<html>Bad gateway</html>"), Fault.WAIT),
        ((503, "text/plain", "away"), Fault.WAIT),
        ((429, "text/plain", "slow down"), Fault.WAIT),
        ((200, "application/json", '{"ok": false, "error": "is_archived"}'), Fault.NEVER),
        ((200, "application/json", '{"ok": false, "error": "internal_error"}'), Fault.UNKNOWN),
        ((200, "application/json", '{"ok": false, "error": "service_unavailable"}'), Fault.WAIT),
    ],
)
async def test_what_is_not_slacks_answer_is_never_taken_for_a_refusal(
    line: tuple[SlackClient, list[Said]], said: Said, fault: Fault
) -> None:
    client, answers = line
    answers.append(said)
    failure = await failed(client)
    assert failure.fault is fault
    assert failure.wait.total_seconds() == (17 if said[0] == 429 else 2)


async def failed(client: SlackClient) -> Failure:
    """How a call failed."""
    try:
        await client.chat_postMessage(channel="C1", text="x")
    except SLACK_FAILURES as error:
        return failure_of(error)
    raise AssertionError("it was taken")
