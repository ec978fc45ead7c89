"""A playground in a process of its own with a tiny Bolt app behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from playground.telling.client import Playground
from playground.telling.process import Running, running
from playground.world.clock import PretendClock
from playground.world.manifest import read_manifest
from playground.world.workspace import Workspace
from playground.world.world import read_world
from tests.support.sample_app import Payload, SampleApp, field, modal, plain, served
from tests.support.starting import Starter

WORKING = "C0WORKING1"
Answer = dict[str, Any]
MANIFEST = Path(__file__).parents[1] / "support" / "sample_manifest.json"


@dataclass
class Stage:
    """What a test plays with: the playground's client, the app, and the app's Web API client."""

    slack: Playground
    app: SampleApp
    api: AsyncWebClient
    settings: dict[str, str]
    events_url: str
    clock_file: Path

    async def called(self, method: str, token: str | None = None, **sent: Any) -> Answer:
        """Call a method raw; ``sent`` goes to aiohttp, and no token where it is empty."""
        headers = {"Authorization": f"Bearer {self.settings['SLACK_BOT_TOKEN'] if token is None else token}"}
        url = f"{self.settings['SLACK_API_URL']}{method}"
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, headers=headers if token != "" else {}, **sent) as answer,
        ):
            body: Answer = await answer.json()
        return body

    async def refusal(self, method: str, **arguments: Any) -> Answer:
        """Call a method with JSON arguments, expecting a refusal."""
        answer = await self.called(method, json=arguments)
        assert answer["ok"] is False
        return answer

    async def page_act(self, act: str, **asked: Any) -> Answer:
        """Do what the page does."""
        url = f"{self.slack.base_url}page/act/{act}"
        async with aiohttp.ClientSession() as session, session.post(url, json=asked) as answer:
            body: Answer = await answer.json()
        return body

    async def hears(self, kind: str, times: int = 1) -> list[Payload]:
        """The newest events of a kind, once the app has heard of so many; an event may come after what brought it."""
        for _ in range(1000):
            events = [body["event"] for body in self.app.heard if body.get("event", {}).get("type") == kind]
            if len(events) >= times:
                return events[-times:]
            await asyncio.sleep(0.01)
        raise AssertionError(f"the app has not heard of {kind} {times} times")

    async def opens(self, view: Payload, user: str = "dana") -> Payload:
        """Have a person open a modal of the app's; answers it as they see it."""
        self.app.view = view
        shown: Payload = (await self.slack.type_(user, WORKING, "/modal"))["view"]
        return shown

    async def trigger(self, user: str = "dana") -> str:
        """A fresh trigger id, from a command."""
        await self.slack.type_(user, WORKING, "/echo hello")
        return str(self.app.heard[-1]["trigger_id"])


def named(words: str = "Sample", **more: Any) -> Payload:
    """A modal with one field."""
    return modal(field("Name", {"type": "plain_text_input", "action_id": "name"}), title=plain(words), **more)


@pytest.fixture
def workspace() -> Workspace:
    """A pretend workspace of the test's own, that nothing is served from."""
    return Workspace(read_world(), read_manifest(MANIFEST), PretendClock(), "http://127.0.0.1:4000/", "")


@pytest.fixture(scope="session")
def clock_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the playground writes pretend time."""
    return tmp_path_factory.mktemp("clock") / "now"


@pytest.fixture(scope="session")
def process(clock_file: Path, starter: Starter) -> Iterator[Running]:
    """One playground for the whole run of these tests."""
    with running(MANIFEST, clock_file=clock_file, start=starter.start_talking) as started:
        yield started


@pytest_asyncio.fixture(scope="session")
async def _stage(process: Running, clock_file: Path) -> AsyncIterator[Stage]:
    app = SampleApp(process.settings)
    async with served(app.starlette()) as url, Playground(process.url) as slack:
        await slack.events_to(f"{url}slack/events")
        yield Stage(slack, app, app.client, process.settings, f"{url}slack/events", clock_file)


@pytest_asyncio.fixture
async def stage(_stage: Stage) -> AsyncIterator[Stage]:
    """The stage, with faults off, real time, and an app that has heard nothing yet."""
    _stage.app.reset()
    yield _stage
    await _stage.slack.faults(clear=True)
    await _stage.slack.set_clock(None)
    await _stage.slack.events_to(_stage.events_url)
