"""The home tab, shortcuts and threads on the page."""

from __future__ import annotations

from playwright.async_api import expect

from tests.playground.conftest import Stage
from tests.playground.page.test_blocks_on_page import ROOM, next_heard, post
from tests.support.sample_app import button, section
from tests.support.visitor import Visitor


async def test_the_home_tab_is_the_persons_own_and_acts(guest: Visitor, stage: Stage) -> None:
    """Opened from the apps in the list."""
    stage.app.home = {"type": "home", "blocks": [section("At home", accessory=button("Press home", "any"))]}
    await guest.opens("dana", ROOM)
    await guest.page.get_by_role("region", name="Apps").get_by_role("button", name="Sample").click()
    home = guest.page.get_by_role("region", name="Home")
    await expect(home).to_contain_text("At home")
    stage.app.heard.clear()
    await home.get_by_role("button", name="Press home").click()
    assert (await next_heard(guest, stage))["container"]["type"] == "view"


async def test_shortcuts_are_at_the_box_and_at_each_message(guest: Visitor, stage: Stage) -> None:
    """Both kinds reach the app."""
    await post(stage, section("Keep me"))
    await guest.opens("dana", ROOM)
    await guest.page.get_by_role("button", name="Shortcuts").click()
    await guest.page.get_by_role("menuitem", name="Begin").click()
    assert (await next_heard(guest, stage))["callback_id"] == "begin"
    stage.app.heard.clear()
    message = guest.feed.get_by_role("article").last
    await message.hover()
    await message.get_by_role("button", name="More for this message").click()
    await guest.page.get_by_role("menuitem", name="Keep").click()
    assert (await next_heard(guest, stage))["message"]["text"] == "words"


async def test_a_thread_opens_beside_the_channel(guest: Visitor, stage: Stage) -> None:
    """Replies stand there, and the message says how many there are."""
    await post(stage, section("Talk about this"))
    await guest.opens("dana", ROOM)
    message = guest.feed.get_by_role("article").last
    await message.hover()
    await message.get_by_role("button", name="More for this message").click()
    await guest.page.get_by_role("menuitem", name="Reply in thread").click()
    reply = guest.page.get_by_role("textbox", name="Reply")
    await reply.fill("I agree")
    await reply.press("Enter")
    await expect(guest.page.get_by_label("Thread").get_by_text("I agree")).to_be_visible()
    await expect(guest.feed.get_by_role("article").last.get_by_role("button", name="1 reply")).to_be_visible()
