"""The whole loop on the page, with the real bot: set up, add, ask, nudge, vote, result; in three ways."""

from __future__ import annotations

from playwright.async_api import expect

from tests.support.county import DANA, MARCUS, PRIYA, County, Room
from tests.support.visitor import Keys, Visitor


async def room_name(room: Room) -> str:
    """What the room is called."""
    channels = (await room.county.slack.look("world"))["channels"]
    return next(str(one["name"]) for one in channels if one["id"] == room.channel)


EARLY_MONDAY = "2026-12-07T11:30:00+00:00"
"""6:30 in the county; the nudge comes at 9:00."""


async def test_by_typed_commands_alone(visitor: Visitor, county: County) -> None:
    """Nothing but the message box, and the person that one is."""
    await county.travel(EARLY_MONDAY)
    room = await county.room([DANA, MARCUS])
    await visitor.opens("dana", await room_name(room))
    await visitor.types("/workgroup setup Typed group | Middleton County | justice | public-body=no")
    await visitor.sees("Typed group")
    await visitor.types("/workgroup cochair @marcus | health")
    await visitor.types("/stakeholder add General Counsel | Health Department | legal | sector=health functions=legal")
    await visitor.types("/principle")
    await visitor.sees("Not met yet")
    await county.travel("2026-12-07T14:00:30+00:00")
    await visitor.sees("Set up by")
    await visitor.types("/invitees propose S1")
    await visitor.sees("have voted")
    await visitor.types("/invitees vote all | support")
    await visitor.sees("1 of 2")
    await visitor.opens("marcus", await room_name(room))
    await visitor.types("/invitees vote all | support")
    await visitor.types("/invitees close | everyone has spoken")
    await visitor.sees("1 of 1 approved")
    assert (await room.dump())["ballots"][0]["outcome"] == [{"ref": "S1", "approved": True}]


async def test_by_mouse_alone(visitor: Visitor, county: County) -> None:
    """Clicks everywhere; the keyboard only writes into the fields of windows."""
    await county.travel(EARLY_MONDAY)
    room = await county.room([DANA, MARCUS, PRIYA])
    await visitor.opens("dana", await room_name(room))
    await visitor.runs("/workgroup")
    await (await visitor.sees("/workgroup setup")).get_by_role("button", name="Set up").first.click()
    await visitor.modal.get_by_label("Name", exact=True).fill("Mouse group")
    await visitor.modal.get_by_label("Jurisdiction").fill("Middleton County")
    await visitor.modal.get_by_role("group", name="Your side").get_by_label("Justice").click()
    await visitor.modal.get_by_label("Other co-chair").select_option("Marcus Oyelaran")
    await visitor.modal.get_by_role("group", name="Public body").get_by_label("No", exact=True).click()
    await visitor.shows("window")
    await visitor.modal.get_by_role("button", name="Set up").click()
    await visitor.sees("Mouse group")
    await visitor.runs("/stakeholder")
    await visitor.modal.get_by_label("Name", exact=True).fill("General Counsel")
    await visitor.modal.get_by_label("Organization").fill("Health Department")
    await visitor.modal.get_by_label("Category").select_option("Legal and privacy experts")
    await visitor.modal.get_by_label("Sector").select_option("Health")
    await visitor.modal.get_by_role("group", name="Functions").get_by_label("Legal").click()
    await visitor.modal.get_by_role("button", name="Add", exact=True).click()
    await visitor.sees("S1")
    await visitor.runs("/principle")
    await visitor.sees("Not met yet")
    await visitor.shows("principles")
    await visitor.travels("To the next nudge")
    nudge = await visitor.sees("Set up by")
    await expect(nudge.get_by_role("button", name="Snooze")).to_be_visible()
    await visitor.shows("nudge")
    await visitor.runs("/invitees")
    await visitor.modal.get_by_label("S1 General Counsel").click()
    await visitor.modal.get_by_role("button", name="Open the vote").click()
    await (await visitor.sees("have voted")).get_by_role("button", name="Support all").click()
    await visitor.sees("1 of 3")
    await visitor.shows("ballot")
    await visitor.becomes("Marcus Oyelaran")
    await (await visitor.sees("1 of 3")).get_by_role("button", name="Support all").click()
    await visitor.sees("2 of 3")
    await visitor.feed.get_by_role("button", name="Close now").last.click()
    if await visitor.page.locator("dialog[open]").count():
        await visitor.page.locator("dialog[open] .primary, dialog[open] .danger").first.click()
    await visitor.sees("1 of 1 approved")
    await visitor.shows("result")
    assert (await room.dump())["ballots"][0]["outcome"] == [{"ref": "S1", "approved": True}]


async def test_by_keyboard_alone(visitor: Visitor, county: County) -> None:
    """Tab, arrows, Enter, Space and Escape reach everything; the mouse is never touched."""
    await county.travel(EARLY_MONDAY)
    room = await county.room([DANA, MARCUS, PRIYA])
    keys = Keys(visitor.page)
    await visitor.opens("dana", await room_name(room))
    await keys.tab_to("Message #")
    await keys.write("/workg")
    await keys.press("Enter", "Enter")
    await visitor.sees("/workgroup setup")
    await keys.shift_tab_to("Set up")
    await keys.press("Enter")
    await expect(visitor.modal).to_be_visible()
    await keys.write("Keyboard group")
    await keys.tab_to("Jurisdiction")
    await keys.write("Middleton County")
    await keys.tab_to("Justice")
    await keys.press("Space")
    await keys.tab_to("Other co-chair")
    await keys.write("Marcus")
    await keys.tab_to("Ask counsel")
    await keys.press("ArrowUp")
    await keys.tab_to("Set up")
    await keys.press("Enter")
    await visitor.sees("Keyboard group")
    await keys.tab_to("Message #")
    await keys.write("/stakeholder")
    await keys.press("Escape", "Enter")
    await expect(visitor.modal).to_be_visible()
    await keys.write("General Counsel")
    await keys.tab_to("Organization")
    await keys.write("Health Department")
    await keys.tab_to("Category")
    await keys.write("Legal")
    await keys.tab_to("Sector")
    await keys.write("Health")
    await keys.tab_to("Legal")
    await keys.press("Space")
    await keys.tab_to("Add")
    await keys.press("Enter")
    await visitor.sees("S1")
    await keys.tab_to("Message #")
    await keys.write("/principle")
    await keys.press("Escape", "Enter")
    await visitor.sees("Not met yet")
    await keys.shift_tab_to("Clock:")
    await keys.press("Enter", "Enter")
    await visitor.sees("Set up by", 30)
    await keys.tab_to("Message #")
    await keys.write("/invitees")
    await keys.press("Escape", "Enter")
    await expect(visitor.modal).to_be_visible()
    await keys.tab_to("S1 General Counsel")
    await keys.press("Space")
    await keys.tab_to("Open the vote")
    await keys.press("Enter")
    await visitor.sees("have voted")
    await keys.shift_tab_to("Support all")
    await keys.press("Enter")
    await visitor.sees("1 of 3")
    await keys.shift_tab_to("MOMarcus")
    await keys.press("Space")
    await expect(visitor.page.get_by_role("button", name="Marcus Oyelaran")).to_have_attribute("aria-pressed", "true")
    await keys.tab_to("Support all")
    await keys.press("Enter")
    await visitor.sees("2 of 3")
    await keys.tab_to("Close now")
    await keys.press("Enter")
    await visitor.sees("1 of 1 approved")
    assert (await room.dump())["ballots"][0]["outcome"] == [{"ref": "S1", "approved": True}]
