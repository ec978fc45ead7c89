"""What stands beside the words: reactions, pins, the topic, bookmarks, how the app helps in a thread."""

from __future__ import annotations

from playwright.async_api import expect

from tests.playground.conftest import Stage
from tests.support.visitor import Visitor


async def test_reactions_are_shown_and_pressed(guest: Visitor, stage: Stage) -> None:
    """The app's own and those of people, added and taken back with one press, or from the message's menu."""
    channel = await stage.slack.channel("opinions", ["dana", "lena"])
    posted = await stage.api.chat_postMessage(channel=channel, text="Shall we?")
    await stage.api.reactions_add(channel=channel, name="+1", timestamp=posted["ts"])
    await guest.opens("dana", "opinions")
    message = await guest.sees("Shall we?")
    pressed = message.get_by_role("group", name="Reactions").get_by_role("button", name="+1")
    await expect(pressed).to_have_text("👍 1")
    await pressed.click()
    await expect(pressed).to_have_text("👍 2")
    await expect(pressed).to_have_attribute("aria-pressed", "true")
    (event,) = await stage.hears("reaction_added")
    assert event["user"] == "U0DANA0001"
    await message.hover()
    await message.get_by_role("button", name="More for this message").click()
    await message.get_by_role("menuitem", name="React with 👀").click()
    await expect(message.get_by_role("button", name="eyes")).to_have_text("👀 1")
    await pressed.click()
    await expect(pressed).to_have_text("👍 1")


async def test_pins_topic_and_bookmarks_stand_at_the_top(guest: Visitor, stage: Stage) -> None:
    """And a pinned message says who pinned it."""
    channel = str((await stage.api.conversations_create(name="noticeboard"))["channel"]["id"])
    await stage.api.conversations_invite(channel=channel, users="U0DANA0001")
    await guest.opens("dana", "noticeboard")
    await stage.api.conversations_setTopic(channel=channel, topic="Read this first")
    await stage.api.bookmarks_add(channel_id=channel, title="Minutes", type="link", link="https://example.org/m")
    posted = await stage.api.chat_postMessage(channel=channel, text="House rules")
    await stage.api.pins_add(channel=channel, timestamp=posted["ts"])
    head = guest.page.locator("#head")
    await expect(head).to_contain_text("Read this first")
    await expect(head.get_by_role("link", name="Minutes")).to_have_attribute("href", "https://example.org/m")
    await expect(await guest.sees("House rules")).to_contain_text("Pinned by Sample")
    await guest.sees("set the channel topic: Read this first")
    await head.get_by_role("button", name="Pinned").click()
    await expect(guest.page.get_by_role("complementary", name="Pinned")).to_contain_text("House rules")


async def test_group_messages_stand_among_the_direct_ones(guest: Visitor, stage: Stage) -> None:
    """By the names of the others in them, the app's among them."""
    opened = await stage.api.conversations_open(users="U0DANA0001,U0LENA0005")
    await stage.api.chat_postMessage(channel=opened["channel"]["id"], text="Among the three of us")
    await guest.opens("dana", "general")
    direct = guest.page.get_by_role("region", name="Direct messages")
    await direct.get_by_role("button", name="Lena Kowalczyk").click()
    await guest.sees("Among the three of us")


async def test_an_assistant_says_what_it_does_and_offers_what_to_ask(guest: Visitor, stage: Stage) -> None:
    """In the thread; pressing what it offers asks it."""
    begun = await stage.slack.ask("assistant", user="dana")
    where = {"channel_id": begun["channel"], "thread_ts": begun["thread_ts"]}
    await guest.opens("dana", "reentry-working-group")
    await guest.page.get_by_role("region", name="Apps").get_by_role("button").click()
    await guest.page.get_by_role("button", name="Messages").click()
    message = await guest.sees("New Assistant Thread")
    prompts = [{"title": "Who votes?", "message": "Who may vote here?"}]
    await stage.api.assistant_threads_setSuggestedPrompts(**where, prompts=prompts)
    await stage.api.assistant_threads_setStatus(**where, status="is thinking…")
    await expect(message).to_contain_text("is thinking…")
    await message.get_by_role("button", name="Who votes?").click()
    await expect(message.get_by_role("button", name="1 reply")).to_be_visible()
    assert (await stage.hears("message"))[0]["text"] == "Who may vote here?"
