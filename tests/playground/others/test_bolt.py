"""Apps such as Bolt's own starters, for Python and for JavaScript: over HTTP, in Socket Mode, installed by OAuth."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yarl

from tests.playground.others.conftest import APPS, Place, placed

pytestmark = pytest.mark.others
ROOT = Path(__file__).parents[3]
WORKING = "C0WORKING1"
HTTP, SOCKET, INSTALLED = "slack/events", "", "slack/events"
REDIRECT = {"oauth_config:\n": 'oauth_config:\n  redirect_urls: ["{url}slack/oauth_redirect"]\n'}


def started(language: str, kind: str, request: pytest.FixtureRequest) -> tuple[list[str], Path]:
    """How an app is started, and where."""
    if language == "python":
        return [sys.executable, str(APPS / "bolt_starter.py"), kind], ROOT
    name = "oauth.mjs" if kind == "oauth" else "bolt.mjs"
    return ["node", name], request.getfixturevalue("node_folder")


@pytest.mark.parametrize("language", ["python", "javascript"])
@pytest.mark.parametrize("kind", ["http", "socket"])
async def test_each_listener_of_a_starter_app_is_reached(
    tmp_path: Path, request: pytest.FixtureRequest, language: str, kind: str
) -> None:
    """Message, command, shortcut, options, submission, home tab, action, mention; nothing in it is refused."""
    command, cwd = started(language, kind, request)
    async with placed(tmp_path, events=HTTP if kind == "http" else SOCKET) as place:
        socket = "yes" if kind == "socket" else ""
        with place.running(command, cwd, listens=kind == "http", SOCKET_MODE=socket):
            if kind == "socket":
                await place.connects()
            await _talk(place)
            await _windows(place)
            assert await place.slack.violations() == []
            if kind == "socket":
                await _come_again(place)


async def _talk(place: Place) -> None:
    slack = place.slack
    await slack.type_("dana", WORKING, "hello there")
    await slack.wait_for("dana", "hello, how are you?")
    greeting = next(one for one in await slack.read("dana", WORKING) if one["text"] == "hello there")
    assert greeting["reactions"] == {"wave": ["U0CONVENER"]}
    await slack.type_("dana", WORKING, "/sample-command one two")
    answer = await slack.wait_for("dana", "Responding to the sample command with: one two")
    assert answer["ephemeral"]
    await slack.type_("dana", WORKING, "@Convener, your notes please")
    notes = await slack.wait_for("dana", "Here are my notes")
    assert notes["files"][0]["name"] == "notes.txt"


async def _windows(place: Place) -> None:
    slack = place.slack
    await slack.ask("shortcut", user="dana", callback_id="sample_shortcut_id", channel=WORKING)
    window = await _window(place)
    assert window["inputs"][0]["value"] == WORKING
    await slack.submit("dana", {"Your words": "so good", "Flavour": "Mango"})
    await slack.wait_for("dana", "submitted: so good")
    await slack.open_home("dana")
    assert "Open the window" in (await _window(place, **{"in": "home"}))["buttons"]
    await slack.press("dana", "Open the window", **{"in": "home"})
    assert (await _window(place))["title"] == "From home"
    await slack.close_modal("dana")


async def _window(place: Place, **where: str) -> dict[str, Any]:
    """The window that the app opens, or its home tab, which may come after its acknowledgement."""
    for _ in range(300):
        if (shown := await place.slack.view("dana", **where)) is not None:
            return shown
        await asyncio.sleep(0.01)
    raise AssertionError("nothing opened")


async def _come_again(place: Place) -> None:
    """An app whose connection is refreshed comes back; its SDK takes up to some five seconds for it."""
    since = len(await place.slack.calls())
    await place.slack.faults(refresh_sockets=1)
    for number in range(40):
        asked = await place.slack.type_("dana", WORKING, f"/sample-command again {number}")
        if asked["status"] == 200 and "apps.connections.open" in await _methods(place, since):
            await place.slack.wait_for("dana", f"with: again {number}")
            return
        await asyncio.sleep(0.5)
    raise AssertionError("the app did not come back")


async def _methods(place: Place, since: int) -> list[str]:
    return [call["method"] for call in await place.slack.calls(since)]


@pytest.mark.parametrize("language", ["python", "javascript"])
async def test_an_app_is_installed_by_oauth(tmp_path: Path, request: pytest.FixtureRequest, language: str) -> None:
    """By following its own address to Slack's and back; from then on it has a token of its own."""
    command, cwd = started(language, "oauth", request)
    async with placed(tmp_path, REDIRECT, INSTALLED) as place:
        with place.running(command, cwd, KEPT_IN=str(tmp_path)):
            await place.slack.type_("dana", WORKING, "/sample-command before")
            await _installed(f"{place.url}slack/install")
            await place.slack.type_("dana", WORKING, "/sample-command after")
            installed = await place.slack.wait_for("dana", "Installed as U0CONVENER")
            assert installed["author"] == "U0CONVENER"


async def _installed(url: str) -> None:
    """Follow the app's address in a browser, to Slack and back to the app."""
    jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=yarl.URL(url).origin())  # as browsers take loopback
    async with aiohttp.ClientSession(cookie_jar=jar) as browser, browser.get(url) as done:
        assert (done.status, "oauth_redirect" in str(done.url)) == (200, True), await done.text()
