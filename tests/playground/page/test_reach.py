"""Within everybody's reach: axe finds nothing serious, a phone is wide enough, light and dark, without motion."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.playground.conftest import Stage
from tests.playground.page.test_whole_loop import room_name
from tests.support.block_samples import BLOCKS, ELEMENTS
from tests.support.county import DANA, MARCUS, County, Room
from tests.support.sample_app import field, modal
from tests.support.visitor import Visitor

GRAVE = ("serious", "critical")


async def findings(page: Page) -> list[str]:
    """What axe finds that is serious or critical."""
    violations: list[dict[str, Any]] = (await Axe().run(page)).response["violations"]
    grave = [one for one in violations if one["impact"] in GRAVE]
    return [f"{one['id']}: {json.dumps(one['nodes'][0]['target'])} {one['nodes'][0]['html'][:160]}" for one in grave]


@pytest_asyncio.fixture
async def room(county: County) -> AsyncIterator[Room]:
    """A group with an entry and an open ballot."""
    await county.travel("2026-12-07T15:00:00+00:00")
    room = await county.room([DANA, MARCUS])
    await room.types(DANA, "/workgroup setup Within reach | Middleton County | justice | public-body=no")
    await room.types(DANA, "/workgroup cochair @marcus | health")
    await room.types(DANA, "/stakeholder add General Counsel | Health | legal | sector=health functions=legal")
    await room.types(DANA, "/principle")
    await room.types(DANA, "/invitees propose S1")
    yield room


async def test_axe_finds_nothing_serious_in_the_chat(visitor: Visitor, room: Room) -> None:
    """In light and in dark, with the panel and menus open."""
    await visitor.opens("dana", await room_name(room))
    await visitor.sees("have voted")
    for scheme in ("light", "dark"):
        await visitor.page.emulate_media(color_scheme=scheme)
        assert await findings(visitor.page) == []
        await visitor.shows(f"chat-{scheme}")
    await visitor.page.emulate_media(color_scheme="light")
    await visitor.box.fill("/")
    assert await findings(visitor.page) == []
    await visitor.box.fill("")
    await visitor.page.get_by_role("button", name="Inspector").click()
    await visitor.page.locator(".call summary").first.click()
    await expect(visitor.page.get_by_role("button", name="Copy as curl")).to_be_visible()
    assert await findings(visitor.page) == []
    await visitor.shows("inspector")
    await visitor.page.get_by_role("button", name="Faults").click()
    await expect(visitor.page.get_by_role("switch", name="Rate limit")).to_be_visible()
    assert await findings(visitor.page) == []
    await visitor.page.locator("#now").click()
    assert await findings(visitor.page) == []


async def test_axe_finds_nothing_serious_in_windows(visitor: Visitor, room: Room) -> None:
    """Of the bot: the register's and the ballot's."""
    await visitor.opens("dana", await room_name(room))
    for command in ("/stakeholder", "/invitees vote", "/invitees"):
        if command == "/invitees":  # the form to propose, once no vote is open
            await room.types(DANA, "/invitees close")
        await visitor.types(command)
        await expect(visitor.modal).to_be_visible()
        assert await findings(visitor.page) == []
        await visitor.modal.get_by_role("button", name="Dismiss").click()
        await expect(visitor.modal).to_have_count(0)


async def test_axe_finds_nothing_serious_in_any_block_or_input(guest: Visitor, stage: Stage) -> None:
    """With all samples on one page, and all inputs in one window."""
    room = await stage.slack.channel("gallery", ["dana"])
    for kind, block in BLOCKS.items():
        if kind not in ("alert", "input"):
            await stage.api.chat_postMessage(channel=room, text=kind, blocks=[block])
    inputs = {kind: one for kind, one in ELEMENTS.items() if kind.endswith(("_input", "_select", "picker", "buttons"))}
    known = {kind: one for kind, one in inputs.items() if kind != "feedback_buttons"}
    stage.app.view = modal(*(field(kind, one) for kind, one in known.items()))
    await guest.opens("dana", "gallery")
    assert await findings(guest.page) == []
    await guest.shows("gallery")
    await guest.types("/modal")
    await expect(guest.modal).to_be_visible()
    assert await findings(guest.page) == []


async def test_a_phone_is_wide_enough(phone: Visitor, room: Room) -> None:
    """Nothing sticks out at 360 pixels; the list, a window, the clock and the inspector open and close."""
    await phone.opens("dana", await room_name(room))
    await phone.sees("have voted")
    await phone.shows("phone")
    await _fits(phone)
    await phone.page.get_by_role("button", name="Menu").click()
    await _fits(phone)
    await phone.shows("phone-menu")
    await phone.page.get_by_role("region", name="Be anyone").get_by_role("button", name="Marcus Oyelaran").click()
    await expect(phone.page.get_by_role("navigation")).to_be_hidden()
    await phone.feed.get_by_role("button", name="Support S1").last.click()
    await phone.sees("1 of 2")
    await phone.types("/stakeholder")
    await expect(phone.modal).to_be_visible()
    await _fits(phone)
    await phone.shows("phone-window")
    await phone.modal.get_by_role("button", name="Dismiss").click()
    await phone.page.locator("#now").click()
    await _fits(phone)
    await phone.page.keyboard.press("Escape")
    await phone.page.get_by_role("button", name="Inspector").click()
    await _fits(phone)
    await phone.page.get_by_role("button", name="Close Inspector").click()
    await expect(phone.box).to_be_visible()
    assert await findings(phone.page) == []


async def _fits(phone: Visitor) -> None:
    """The page is no wider than the window, and neither is anything one can press."""
    wide = await phone.page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, textarea, .message, dialog, .menu')]
          .filter((one) => one.checkVisibility() && !one.closest('.scroller, pre'))
          .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 80)])
          .filter(([box]) => box.width && (box.right > innerWidth + 1 || box.left < -1)).map(([, html]) => html)"""
    )
    assert wide == []
    assert await phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_page_says_what_it_is(visitor: Visitor) -> None:
    """In its heading and its title."""
    await visitor.opens("dana")
    await expect(visitor.page.get_by_text("Pretend workspace. This is not Slack.")).to_be_visible()
    assert "not Slack" in await visitor.page.title()
