"""The playground serves another Bolt app as it is, over HTTP and over Socket Mode."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from playground.telling.client import Playground
from playground.telling.process import running
from tests.playground.page.conftest import visiting
from tests.support.sample_app import served
from tests.support.starter_app import starter
from tests.support.visitor import Visitor

MANIFEST = Path(__file__).parents[2] / "support" / "starter_manifest.json"
WORLD = Path(__file__).parents[2] / "support" / "starter_world.json"


@pytest_asyncio.fixture(params=["http", "socket mode"])
async def newcomer(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Visitor]:
    """Somebody at the page of a playground with the starter app behind it."""
    with running(MANIFEST, world=WORLD) as world:
        app = starter(world.settings)
        async with Playground(world.url) as slack, visiting(browser, world.url) as someone:
            if request.param == "socket mode":
                client = app.client
                handler = AsyncSocketModeHandler(app, world.settings["SLACK_APP_TOKEN"], web_client=client)
                await handler.connect_async()
                yield someone
                await handler.close_async()
                return
            receiving = AsyncSlackRequestHandler(app)

            async def events(received: Request) -> Response:
                return await receiving.handle(received)

            async with served(Starlette(routes=[Route("/slack/events", events, methods=["POST"])])) as url:
                await slack.events_to(f"{url}slack/events")
                yield someone


async def test_each_listener_of_a_beginners_app_is_reached(newcomer: Visitor) -> None:
    """Message, command, shortcut, options, submission, home tab, action."""
    page = newcomer.page
    await newcomer.opens("ada", "general")
    await newcomer.types("hello there")
    await newcomer.sees("hello, how are you?")
    await newcomer.types("/sample-command one two")
    await expect(await newcomer.sees("with: one two")).to_contain_text("Only visible to you")
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Run sample shortcut").click()
    await _fill_and_submit(newcomer, "man", "Mango")
    await newcomer.sees("@Ada Lindqvist likes mango: so good")
    await page.get_by_role("region", name="Apps").get_by_role("button", name="Starter").click()
    await expect(page.get_by_role("region", name="Home")).to_contain_text("Welcome home, @Ada Lindqvist")
    await page.get_by_role("button", name="Open the window").click()
    await _fill_and_submit(newcomer, "min", "Mint")
    await page.get_by_role("navigation").get_by_role("button", name="general").click()
    await newcomer.sees("likes mint: so good")


async def _fill_and_submit(newcomer: Visitor, typed: str, name: str) -> None:
    await newcomer.modal.get_by_role("combobox", name="Flavour").fill(typed)
    await newcomer.modal.get_by_role("option", name=name).click()
    await newcomer.modal.get_by_label("Your words").fill("so good")
    await newcomer.modal.get_by_role("button", name="Submit").click()
    await expect(newcomer.modal).to_have_count(0)
