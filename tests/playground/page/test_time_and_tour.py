"""Time travel and the guided tour on the page, with the real bot; the inspector and the faults."""

from __future__ import annotations

import shlex
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from playground.telling.client import Playground
from playground.telling.demo import PAGE_PORT
from playground.telling.tour import read_tour
from tests.playground.conftest import Stage
from tests.playground.page.conftest import visiting
from tests.playground.page.test_whole_loop import room_name
from tests.support.county import DANA, MARCUS, ROOT, County
from tests.support.sample_app import button
from tests.support.visitor import Visitor

STORY = ROOT / "playground" / "telling" / "stories" / "reentry.toml"
ROOM = "reentry-working-group"
WORKING = "C0WORKING1"


@contextmanager
def demo_started() -> Iterator[str]:
    """The address that the demo prints, as a newcomer starts it; it ends in peace when it is interrupted."""
    app = [sys.executable, "app.py", "serve"]
    command = [
        sys.executable,
        "-m",
        "playground.telling.demo",
        "--page",
        "--manifest",
        "manifest.json",
        "--story",
        str(STORY),
    ]
    process = subprocess.Popen([*command, "--", *app], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    announced = next(line for line in process.stdout if "http://" in line)
    yield next(word for word in announced.split() if word.startswith("http://"))
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    process.stdout.close()


@pytest.fixture
def demo() -> Iterator[str]:
    """The address of a demo."""
    with demo_started() as address:
        yield address


@pytest_asyncio.fixture
async def on_tour(browser: Browser, demo: str) -> AsyncIterator[Visitor]:
    """Somebody at the demo's page, which offers the county's month as a tour."""
    async with visiting(browser, demo) as someone:
        yield someone


async def test_the_tour_plays_the_countys_month_to_its_end(on_tour: Visitor) -> None:
    """Each step types or presses by itself and says in one line what is going on."""
    steps = read_tour(STORY)["steps"]
    await on_tour.page.goto(on_tour.url)
    tour = on_tour.page.get_by_role("complementary", name="Tour")
    await expect(tour).to_contain_text(steps[0]["say"])
    for number, step in enumerate(steps, 1):
        await expect(tour.locator(".say")).to_have_text(step["say"])
        await tour.get_by_role("button", name="Next step").click()
        told = tour.get_by_role("list", name="Steps so far").get_by_role("listitem")
        await expect(told).to_have_count(number, timeout=120_000)
        if number == 20:
            await on_tour.shows("tour")
    await expect(tour).to_contain_text("That was one month")
    await expect(on_tour.feed.get_by_role("article").last).to_contain_text("Met")


async def test_the_tour_may_be_left_and_played_on_from(on_tour: Visitor) -> None:
    """What it did stays, and one goes on by hand."""
    await on_tour.page.goto(on_tour.url)
    await on_tour.page.get_by_role("button", name="Next step").click()
    await expect(on_tour.page.get_by_text("Step 2 of")).to_be_visible()
    await on_tour.page.get_by_role("button", name="Close Tour").click()
    await on_tour.types("/workgroup")
    await on_tour.sees("Middlesex reentry data group")
    await on_tour.page.get_by_role("button", name="Tour", exact=True).click()
    await expect(on_tour.page.get_by_text("Step 2 of")).to_be_visible()


@pytest.mark.xdist_group("the demo's usual port")
def test_the_demo_finds_another_port_where_the_usual_one_is_taken() -> None:
    """And says which."""
    with socket.socket() as taken:
        with suppress(OSError):
            taken.bind(("127.0.0.1", PAGE_PORT))
            taken.listen()
        with demo_started() as address, urllib.request.urlopen(address) as page:  # noqa: S310  our own address
            assert page.status == 200
            assert f":{PAGE_PORT}/" not in address


async def test_a_week_goes_by_with_everything_due_on_the_way_in_order(visitor: Visitor, county: County) -> None:
    """First the ballot closes, then the nudge comes, each at its time."""
    await county.travel("2026-12-06T20:00:00+00:00")
    room = await county.room([DANA, MARCUS])
    await room.types(DANA, "/workgroup setup Week | Middleton County | justice | public-body=no")
    await room.types(DANA, "/workgroup cochair @marcus | health")
    await room.types(DANA, "/stakeholder add General Counsel | Health | legal | sector=health functions=legal")
    await room.types(DANA, "/invitees propose S1 | closes=2026-12-06 17:00")
    await visitor.opens("dana", await room_name(room))
    await visitor.sees("have voted")
    await visitor.travels("To the ballot’s close")
    await visitor.sees("Result of the vote")
    await expect(visitor.page.locator("#now")).to_have_text("Sun, Dec 6, 2026, 5:00 PM EST")
    await visitor.travels("Next Monday, 9:00")
    await visitor.sees("Set up by")
    stamps = [float(one["ts"]) for one in await room.reads(DANA)]
    assert stamps == sorted(stamps)
    nudges = (await room.dump())["nudges"]
    assert [(one["period"], one["late"]) for one in nudges] == [("2026-W50", False)]


async def test_a_travel_can_be_stopped(visitor: Visitor, county: County) -> None:
    """The clock stays where it has come to."""
    await county.travel("2026-12-01T15:00:00+00:00")
    await visitor.opens("dana", ROOM)
    await visitor.page.locator("#now").click()
    await visitor.page.get_by_role("button", name="One week").click()
    await expect(visitor.page.locator("#now")).not_to_contain_text("10:00 AM")
    await visitor.page.get_by_role("button", name="Stop").click()
    await expect(visitor.page.locator("#halt")).to_be_hidden()
    assert (await county.slack.look("clock"))["now"] < "2026-12-07"


async def test_the_inspector_shows_both_ways_and_what_was_wrong(guest: Visitor, stage: Stage) -> None:
    """A refused payload stands there with Slack's words and where they point."""
    await guest.opens("dana", ROOM)
    await guest.page.get_by_role("button", name="Inspector").click()
    panel = guest.page.get_by_role("complementary", name="Inspector")
    await guest.types("/echo hello")
    row = panel.get_by_role("listitem").filter(has_text="/echo").first
    await expect(row).to_contain_text("signed · valid")
    wrong = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {stage.settings['SLACK_BOT_TOKEN']}"}) as http:
        url = f"{stage.settings['SLACK_API_URL']}chat.postMessage"
        async with http.post(url, json={"channel": WORKING, "text": "x", "blocks": [wrong]}) as answer:
            assert (await answer.json())["error"] == "invalid_blocks"
    refused = panel.get_by_role("listitem").filter(has_text="chat.postMessage").first
    await expect(refused).to_contain_text("invalid")
    await refused.locator("summary").click()
    await expect(refused.get_by_role("list")).to_contain_text(
        "must be less than 3001 characters [json-pointer:/blocks/0"
    )
    await expect(refused).not_to_contain_text(stage.settings["SLACK_BOT_TOKEN"])


async def test_a_delivery_copied_as_curl_reaches_the_app_again(guest: Visitor, stage: Stage) -> None:
    """Signed afresh, byte for byte."""
    await guest.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await guest.opens("dana", ROOM)
    await guest.types("/echo again & <again>")
    await guest.sees("again")
    await guest.page.get_by_role("button", name="Inspector").click()
    row = guest.page.get_by_role("complementary").get_by_role("listitem").filter(has_text="/echo").first
    await row.locator("summary").click()
    await row.get_by_role("button", name="Copy as curl").click()
    await expect(row.locator(".curl")).to_be_visible()
    parts = shlex.split(await guest.page.evaluate("navigator.clipboard.readText()"))
    headers = dict(parts[at + 1].split(": ", 1) for at, one in enumerate(parts) if one == "-H")
    stage.app.heard.clear()
    async with aiohttp.ClientSession(headers=headers) as http, http.post(parts[2], data=parts[-1].encode()) as answer:
        assert answer.status == 200
    assert stage.app.heard[-1]["text"] == "again &amp; &lt;again&gt;"


async def test_each_fault_is_a_switch(guest: Visitor, stage: Stage) -> None:
    """It shows how it stands, and all go off together."""
    await guest.opens("dana", ROOM)
    await guest.page.get_by_role("button", name="Faults").click()
    for name in ("Rate limit", "Slow network", "Server errors", "Lost acknowledgements", "Token revoked"):
        await guest.page.get_by_role("switch", name=name).check()
    await expect(guest.page.locator("#say")).to_have_text("Token revoked: on")
    now = await stage.slack.look("faults")
    assert (now["rate_limit"][0]["times"], now["delay_ms"], now["lose_ack"], now["revoke_token"]) == (5, 2000, 3, True)
    await guest.page.get_by_role("button", name="All off").click()
    await expect(guest.page.get_by_role("switch", name="Token revoked")).not_to_be_checked()
    assert not (await stage.slack.look("faults"))["revoke_token"]


async def test_an_archived_channel_takes_no_more_messages(guest: Visitor, stage: Stage) -> None:
    """The box gives way to words that say so, live."""
    await stage.slack.channel("archive-me", ["dana"])
    await guest.opens("dana", "archive-me")
    await guest.page.get_by_role("button", name="Faults").click()
    await guest.page.get_by_role("switch", name="Archive #archive-me").check()
    await expect(guest.page.get_by_text("This channel is archived.")).to_be_visible()


async def test_an_expired_trigger_opens_no_window(guest: Visitor, stage: Stage) -> None:
    """And a failure of the app is told to the person who acted, alone."""
    await stage.slack.faults(expire_triggers=True)
    await guest.opens("dana", ROOM)
    await guest.page.get_by_role("button", name="Inspector").click()
    await guest.types("/modal")
    refused = guest.page.get_by_role("complementary").get_by_role("listitem").filter(has_text="views.open").first
    await refused.locator("summary").click()
    await expect(refused).to_contain_text("expired_trigger_id")
    await expect(guest.modal).to_have_count(0)
    await stage.slack.faults(clear=True)
    await stage.slack.faults(lose_ack=1)
    actions = {"type": "actions", "elements": [button("Press me", "any")]}
    await stage.api.chat_postMessage(channel=WORKING, text="x", blocks=[actions])
    await guest.feed.get_by_role("button", name="Press me").last.click()
    await expect(await guest.sees("That did not work")).to_contain_text("Only visible to you")


async def test_the_page_can_be_used_by_scripts_at_the_same_time(guest: Visitor, stage: Stage) -> None:
    """What the control API does is seen at once."""
    await guest.opens("dana", ROOM)
    async with Playground(guest.url) as script:
        await script.type_("marcus", WORKING, "typed by a script")
    await expect(await guest.sees("typed by a script")).to_contain_text("Marcus Oyelaran")
