"""Where deliveries go: the manifest's addresses per command, for acts, options and events, on this machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from playground.deliveries.addresses import address_for
from playground.telling.client import Playground
from playground.telling.process import running
from playground.world.manifest import Manifest, RequestUrls, read_manifest
from tests.playground.conftest import MANIFEST, WORKING
from tests.support.sample_app import served

HERE = "http://127.0.0.1:3000/slack/events"
LOCAL = RequestUrls("http://localhost:3000/events", "http://localhost:3000/acts", "http://localhost:3000/options")
PUBLIC = RequestUrls("https://x.example.org/e", "https://x.example.org/a?b=1", "https://x.example.org/a?b=1")


def sample(urls: RequestUrls, command: str = "") -> Manifest:
    """The sample app's manifest with addresses; ``command`` is that of ``/echo``."""
    manifest = read_manifest(MANIFEST)
    commands = manifest.commands | {"/echo": replace(manifest.commands["/echo"], url=command)}
    return replace(manifest, request_urls=urls, commands=commands)


@pytest.mark.parametrize(
    ("kind", "label", "address"),
    [
        ("events_api", "message", "http://localhost:3000/events"),
        ("interactive", "block_actions", "http://localhost:3000/acts"),
        ("interactive", "block_suggestion", "http://localhost:3000/options"),
        ("slash_commands", "/echo", "http://localhost:3000/echo"),
        ("slash_commands", "/raw", HERE),
    ],
)
def test_an_address_on_this_machine_is_taken_as_it_is(kind: str, label: str, address: str) -> None:
    """What has none goes where the app is said to listen."""
    assert address_for(sample(LOCAL, "http://localhost:3000/echo"), HERE, kind, label) == address


@pytest.mark.parametrize(
    ("kind", "label", "address"),
    [
        ("events_api", "message", HERE),
        ("interactive", "block_actions", "http://127.0.0.1:3000/a?b=1"),
        ("slash_commands", "/echo", "http://127.0.0.1:3000/commands/echo"),
    ],
)
def test_an_address_elsewhere_is_sought_on_this_machine_under_its_path(kind: str, label: str, address: str) -> None:
    """Events go where the app is said to listen; nothing leaves this machine."""
    assert address_for(sample(PUBLIC, "https://x.example.org/commands/echo"), HERE, kind, label) == address
    assert address_for(sample(PUBLIC, "https://x.example.org/commands/echo"), "", kind, label) == ""


def test_one_address_for_everything_elsewhere_is_where_the_app_listens() -> None:
    """Whatever its path: most apps have one."""
    everything = RequestUrls("https://x.example.org/e", "https://x.example.org/e", "https://x.example.org/e")
    assert address_for(sample(everything, "https://x.example.org/e"), HERE, "slash_commands", "/echo") == HERE


async def test_each_delivery_arrives_at_its_own_address(tmp_path: Path) -> None:
    """Of an app that has one for each."""
    heard: list[str] = []

    async def hear(request: Request) -> Response:
        heard.append(request.url.path)
        return Response()

    async with served(Starlette(routes=[Route("/{path:path}", hear, methods=["POST"])])) as url:
        text = MANIFEST.read_text("utf-8").replace('"/raw",', f'"/raw", "url": "{url}commands",')
        manifest = tmp_path / "manifest.json"
        manifest.write_text(text.replace('"bot_events"', f'"request_url": "{url}events", "bot_events"'), "utf-8")
        with running(manifest, events=f"{url}rest") as world:
            async with Playground(world.url) as slack:
                for words in ("/raw x", "/echo x", "good morning"):
                    await slack.type_("dana", WORKING, words)
    assert heard == ["/commands", "/rest", "/events"]
