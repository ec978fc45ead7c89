"""Socket Mode: the same deliveries over a WebSocket, with the SDK's own client and with a bare one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.conftest import Stage
from tests.support.sample_app import field, modal

WORKING = "C0WORKING1"


@pytest_asyncio.fixture
async def connected(stage: Stage) -> AsyncIterator[Stage]:
    """The tiny app over Socket Mode instead of HTTP."""
    await stage.slack.events_to("")
    handler = AsyncSocketModeHandler(stage.app.bolt, stage.settings["SLACK_APP_TOKEN"], web_client=stage.api)
    await handler.connect_async()
    await until_connected(stage, True)
    yield stage
    await handler.close_async()
    await until_connected(stage, False)


async def until_connected(stage: Stage, wanted: bool) -> None:
    """Wait for the connection to be there, or gone."""
    for _ in range(300):
        if (await stage.slack.look("world"))["socket_mode"] is wanted:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"connected should be {wanted}")


async def fresh_url(stage: Stage) -> str:
    """A WebSocket address, as an app asks for it."""
    client = AsyncWebClient(base_url=stage.settings["SLACK_API_URL"])
    return str((await client.apps_connections_open(app_token=stage.settings["SLACK_APP_TOKEN"]))["url"])


async def test_commands_modals_and_events_work_as_over_http(connected: Stage) -> None:
    """Answers come in the acknowledgement."""
    outcome = await connected.slack.type_("dana", WORKING, "/echo hello")
    assert (outcome["status"], outcome["messages"]) == (200, ["hello"])
    connected.app.view = modal(field("Name", {"type": "plain_text_input", "action_id": "a"}))
    await connected.slack.type_("dana", WORKING, "/modal")
    connected.app.submission_answer = {"response_action": "errors", "errors": {"name": "No"}}
    assert (await connected.slack.submit("dana", {"Name": "x"}))["errors"] == {"Name": "No"}
    connected.app.submission_answer = {}
    assert (await connected.slack.submit("dana", {"Name": "x"}))["view"] is None
    await connected.slack.type_("dana", WORKING, "good morning")
    assert connected.app.heard[-1]["event"]["text"] == "good morning"


async def test_a_refresh_makes_the_app_connect_again(connected: Stage) -> None:
    """As Slack asks for from time to time."""
    since = len(await connected.slack.calls())
    await connected.slack.faults(refresh_sockets=True)
    for _ in range(500):
        calls = [one["method"] for one in await connected.slack.calls(since)]
        if "apps.connections.open" in calls and (await connected.slack.look("world"))["socket_mode"]:
            break
        await asyncio.sleep(0.02)
    assert (await connected.slack.type_("dana", WORKING, "/echo again"))["messages"] == ["again"]


async def test_a_connection_is_warned_then_asked_to_come_again_and_only_then_closed(stage: Stage) -> None:
    """Until then it carries what there is to tell; an app that comes back later misses nothing."""
    await stage.slack.events_to("")
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(await fresh_url(stage)) as socket:
            assert (await socket.receive_json())["connection_info"] == {"app_id": "A0CONVENER"}
            await stage.slack.faults(refresh_sockets=1.2)
            assert (await socket.receive_json())["reason"] == "warning"
            typing = asyncio.create_task(stage.slack.type_("dana", WORKING, "/echo hello"))
            await socket.send_json({"envelope_id": (await socket.receive_json())["envelope_id"]})
            assert (await typing)["status"] == 200
            assert (await socket.receive_json())["reason"] == "refresh_requested"
            assert (await socket.receive()).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
        missed = asyncio.create_task(stage.slack.type_("dana", WORKING, "/echo in between"))
        await asyncio.sleep(0.1)
        async with session.ws_connect(await fresh_url(stage)) as again:
            await again.receive_json()
            envelope = await again.receive_json()
            await again.send_json({"envelope_id": envelope["envelope_id"]})
            assert ((await missed)["status"], envelope["payload"]["text"]) == (200, "in between")
    await until_connected(stage, False)


async def test_envelopes_are_slacks_and_an_unanswered_one_times_out(stage: Stage) -> None:
    """Seen by a bare WebSocket."""
    await stage.slack.events_to("")
    async with aiohttp.ClientSession() as session, session.ws_connect(await fresh_url(stage)) as socket:
        hello: dict[str, Any] = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        typing = asyncio.create_task(stage.slack.type_("dana", WORKING, "/echo hello"))
        envelope = await socket.receive_json()
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        assert envelope["payload"]["text"] == "hello"
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "by hand"}})
        assert (await typing)["messages"] == ["by hand"]
        ignored = asyncio.create_task(stage.slack.type_("dana", WORKING, "/echo hello"))
        await socket.receive_json()
        assert (await ignored)["timed_out"]
    await until_connected(stage, False)


async def test_a_ticket_is_good_once(stage: Stage) -> None:
    """And a made-up one never."""
    url = await fresh_url(stage)
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            await socket.receive_json()
        for wrong in (url, url[:-4]):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(wrong)
            assert refused.value.status == 401
    await until_connected(stage, False)


async def test_without_a_connection_the_person_is_told(stage: Stage) -> None:
    """Nobody listens."""
    await stage.slack.events_to("")
    outcome = await stage.slack.type_("dana", WORKING, "/echo hello")
    assert outcome["messages"] == ["/echo failed with the error “dispatch_unknown_error”"]
