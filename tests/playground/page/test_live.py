"""Live updates and long channels: nothing lost, nothing out of order, and the page stays usable."""

from __future__ import annotations

import asyncio
import json
import time

import aiohttp
from playwright.async_api import expect

from tests.playground.conftest import Stage
from tests.support.visitor import Visitor

BURST = 2000
LONG = 10_000
MOST_DRAWN = 260
_TEXTS = """() => [...document.querySelectorAll('.feed article.message')]
  .map((one) => [Number(one.getAttribute('aria-posinset')), one.querySelector('.content').textContent])"""


async def _everything(guest: Visitor, count: int) -> list[str]:
    """All messages of the channel, gathered while going up from the newest to the first."""
    texts: dict[int, str] = {}
    for _ in range(400):
        texts.update(dict(await guest.page.evaluate(_TEXTS)))
        if 1 in texts and count in texts:
            break
        await guest.feed.evaluate("(feed) => { feed.scrollTop = 0; }")
        await guest.page.wait_for_timeout(40)
    return [texts[place] for place in sorted(texts)]


async def test_two_thousand_updates_in_a_burst_arrive_in_order(guest: Visitor, stage: Stage) -> None:
    """While the page is open; the newest stays in sight."""
    room = await stage.slack.channel("burst", ["dana"])
    await guest.opens("dana", "burst")
    await expect(guest.feed).to_contain_text("Nothing has been said")
    for number in range(BURST):
        await stage.api.chat_postMessage(channel=room, text=f"update {number}")
    last = guest.feed.get_by_role("article").last
    await expect(last).to_contain_text(f"update {BURST - 1}")
    await expect(last).to_have_attribute("aria-setsize", str(BURST))
    await expect(last).to_be_in_viewport()
    assert await _everything(guest, BURST) == [f"update {number}" for number in range(BURST)]


async def test_changes_of_one_message_end_in_the_newest(guest: Visitor, stage: Stage) -> None:
    """A tally that counts up quickly never stops at an earlier number."""
    room = await stage.slack.channel("tally", ["dana"])
    ts = (await stage.api.chat_postMessage(channel=room, text="0 have voted"))["ts"]
    await guest.opens("dana", "tally")
    for number in range(1, 301):
        await stage.api.chat_update(channel=room, ts=ts, text=f"{number} have voted")
    await expect(guest.feed.get_by_role("article").last).to_contain_text("300 have voted")
    await expect(guest.feed.get_by_role("article")).to_have_count(1)


async def test_what_came_while_the_connection_was_lost_is_made_up_for(guest: Visitor, stage: Stage) -> None:
    """In order, and only once."""
    room = await stage.slack.channel("tunnel", ["dana"])
    await stage.api.chat_postMessage(channel=room, text="before")
    await guest.opens("dana", "tunnel")
    await guest.sees("before")
    await guest.page.context.set_offline(True)
    for number in range(50):
        await stage.api.chat_postMessage(channel=room, text=f"meanwhile {number}")
    await guest.page.context.set_offline(False)
    await guest.sees("meanwhile 49")
    assert await _everything(guest, 51) == ["before", *(f"meanwhile {number}" for number in range(50))]


async def test_a_browser_goes_on_after_the_last_number_that_it_had(stage: Stage) -> None:
    """Whoever has been away too long is told to begin anew."""
    room = await stage.slack.channel("numbered", ["dana"])
    await stage.slack.ask("history", user="dana", channel=room, texts=["one", "two", "three"])
    whole = await _heard(stage, 0, "three")
    after = next(number for number, text in whole if text == "one")
    assert [text for number, text in await _heard(stage, after, "three") if text in ("one", "two", "three")] == [
        "two",
        "three",
    ]
    assert (await _heard(stage, 10**9, ""))[0][1] == "reset"


async def _heard(stage: Stage, after: int, until: str) -> list[tuple[int, str]]:
    """The numbered changes after one, up to the message ``until``; others by their kind."""
    heard: list[tuple[int, str]] = []
    number, kind = 0, ""
    url = f"{stage.slack.base_url}page/stream?user=dana"
    async with aiohttp.ClientSession() as session, session.get(url, headers={"Last-Event-ID": str(after)}) as stream:
        while not heard or (until and heard[-1][1] != until):
            name, _, value = (await asyncio.wait_for(stream.content.readline(), 5)).decode().strip().partition(": ")
            number = int(value) if name == "id" else number
            kind = value if name == "event" else kind
            if name == "data":
                message = json.loads(value).get("message") or {}
                heard.append((number, str(message.get("text", kind))))
    return heard


async def test_ten_thousand_messages_stay_usable(guest: Visitor, stage: Stage) -> None:
    """The page opens, goes to the first, back to the last, and answers, drawing a part of them only."""
    room = await stage.slack.channel("long", ["dana"])
    await stage.slack.ask("history", user="dana", channel=room, texts=[f"line {number}" for number in range(LONG)])
    began = time.monotonic()
    await guest.opens("dana", "long")
    await guest.sees(f"line {LONG - 1}")
    assert time.monotonic() - began < 8
    await guest.feed.focus()
    await guest.page.keyboard.press("Home")
    await expect(guest.feed.get_by_role("article").first).to_contain_text("line 0")
    await expect(guest.feed.get_by_role("article").first).to_have_attribute("aria-setsize", str(LONG))
    for _ in range(30):
        await guest.feed.evaluate("(feed) => { feed.scrollTop = feed.scrollHeight; }")
        await guest.page.wait_for_timeout(30)
    assert await guest.page.locator("article").count() < MOST_DRAWN
    numbers = [int(text.split()[1]) for _, text in await guest.page.evaluate(_TEXTS)]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    await guest.page.get_by_role("button", name="Newest messages").click()
    await guest.sees(f"line {LONG - 1}")
    began = time.monotonic()
    await guest.types("/echo still quick")
    await guest.sees("still quick")
    assert time.monotonic() - began < 3
    assert await guest.page.locator("article").count() < MOST_DRAWN


async def test_another_persons_private_answer_is_not_sent_to_the_browser(guest: Visitor, stage: Stage) -> None:
    """Nor is a message of a channel that one is not in."""
    room = await stage.slack.channel("apart", ["dana", "marcus"])
    await guest.opens("marcus", "apart")
    await stage.slack.type_("dana", room, "/echo only for dana")
    await stage.api.chat_postMessage(channel=room, text="for all")
    await guest.sees("for all")
    assert "only for dana" not in await guest.page.content()
    await guest.becomes("Dana Whitfield")
    mine = await guest.sees("only for dana")
    await expect(mine).to_contain_text("Only visible to you")
    await guest.becomes("Sam Delgado")
    await expect(guest.page.get_by_role("button", name="apart")).to_have_count(0)


async def test_a_guest_and_an_outsider_are_offered_no_commands(guest: Visitor) -> None:
    """As in Slack: commands belong to the workspace, and post-only guests cannot use apps."""
    await guest.opens("sam", "county-partners")
    await guest.box.fill("/e")
    await expect(guest.page.get_by_role("listbox", name="Suggestions")).to_be_hidden()
    await expect(guest.page.get_by_role("button", name="Commands", exact=True)).to_have_count(0)
    await guest.becomes("Gail Forsythe")
    await expect(guest.page.get_by_role("button", name="Commands", exact=True)).to_have_count(0)


async def test_commands_are_completed_with_their_hint_and_description(guest: Visitor) -> None:
    """From the manifest, with the keyboard."""
    await guest.opens("dana", "reentry-working-group")
    await guest.box.press_sequentially("/e")
    await expect(guest.page.get_by_role("option", name="/echo")).to_contain_text("wordsSay it again")
    await guest.box.press("Tab")
    await expect(guest.box).to_have_value("/echo ")
    await expect(guest.page.locator(".command-hint")).to_have_text("/echo words")
    await guest.box.press_sequentially("@mar")
    await guest.box.press("Enter")
    await expect(guest.box).to_have_value("/echo @marcus ")
    await guest.box.press("Enter")
    await expect(await guest.sees("Marcus Oyelaran")).to_contain_text("@Marcus Oyelaran")


async def test_a_menu_stays_open_while_channels_come_and_go(guest: Visitor, stage: Stage) -> None:
    """And so does what is being written."""
    await stage.slack.channel("menu-room", ["dana"])
    await guest.opens("dana", "menu-room")
    await guest.box.fill("half a thought")
    await guest.page.get_by_role("button", name="Commands", exact=True).click()
    item = guest.page.get_by_role("menuitem").first
    await expect(item).to_be_visible()
    await stage.slack.channel("came-meanwhile", ["dana"])
    await expect(guest.page.get_by_role("button", name="came-meanwhile")).to_be_visible()
    await expect(item).to_be_visible()
    await expect(guest.box).to_have_value("half a thought")


async def test_unread_conversations_are_marked(guest: Visitor, stage: Stage) -> None:
    """Until one looks."""
    room = await stage.slack.channel("elsewhere", ["dana"])
    await guest.opens("dana", "reentry-working-group")
    await stage.api.chat_postMessage(channel=room, text="news")
    entry = guest.page.get_by_role("navigation").get_by_role("button", name="elsewhere")
    await expect(entry).to_contain_text("unread")
    await entry.click()
    await expect(entry).not_to_contain_text("unread")


async def test_who_is_taken_out_of_a_channel_sees_it_no_more(guest: Visitor, stage: Stage) -> None:
    """At once; and somebody in no channel at all is told so."""
    room = await stage.slack.channel("leaving", ["dana"])
    await stage.api.chat_postMessage(channel=room, text="a secret of the room")
    await guest.opens("dana", "leaving")
    await guest.sees("a secret of the room")
    await stage.slack.kick(room, "dana")
    await expect(guest.page.get_by_role("navigation").get_by_role("button", name="leaving")).to_have_count(0)
    await expect(guest.page.get_by_text("a secret of the room")).to_have_count(0)
    await stage.slack.user("lonely", real_name="Lonely Person")
    await guest.becomes("Lonely Person")
    await expect(guest.page.get_by_text("Lonely Person is in no channel.")).to_be_visible()
