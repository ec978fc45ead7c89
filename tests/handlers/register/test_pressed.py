"""``/stakeholder`` with the mouse: the form by its labels, the buttons by theirs."""

from __future__ import annotations

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from handlers.register.text import ACCEPT, INVITED
from handlers.slack.blocks import button, buttons
from tests.support.county import DANA, PRIYA, County, Room

SHERIFF = "Sheriff Jane Doe | County Sheriff | Jails and prisons"
JANE = {"Name": "Jane Doe", "Organization": "County Health", "Category": "Public health department"}


async def entries(room: Room) -> dict[str, Any]:
    """The register as ``dump`` has it, by ref."""
    return {entry["ref"]: entry for entry in (await room.dump())["stakeholders"]}


async def test_the_form_adds_someone_with_all_that_was_filled_in(county: County) -> None:
    room = await county.group()
    opened = await room.types(DANA, "/stakeholder")
    assert opened.view is not None
    await room.submits(
        DANA,
        JANE
        | {
            "Sector": "Justice",
            "Kind": "Person",
            "Title": "Commissioner",
            "Functions": ["Executive", "Boundary spanner"],
            "Authority": "Yes",
            "Laws": ["HIPAA", "42 CFR Part 2"],
            "Why": "ran the jail clinic",
            "Status": "Committed",
        },
    )
    await room.sees(DANA, "Added S1 Jane Doe")
    entry = (await entries(room))["S1"]
    assert (entry["sector"], entry["status"], entry["title"]) == ("justice", "committed", "Commissioner")
    assert sorted(entry["functions"]) == ["boundary-spanner", "executive"]
    assert sorted(entry["laws"]) == ["hipaa", "part2"]
    assert (await room.assess())["P5.c"]


async def test_the_form_needs_no_more_than_name_organization_and_category(county: County) -> None:
    room = await county.group()
    await room.types(DANA, "/stakeholder add")
    await room.submits(DANA, JANE)
    await room.sees(DANA, "Added S1 Jane Doe")
    entry = (await entries(room))["S1"]
    assert (entry["sector"], entry["kind"], entry["status"]) == ("health", "person", "identified")


async def test_what_is_wrong_stands_under_its_field_and_nothing_is_stored(county: County) -> None:
    room = await county.group()
    await room.types(DANA, "/stakeholder")
    legal = JANE | {"Category": "Legal and privacy experts"}
    assert "whose authority" in (await room.submits(DANA, legal)).errors["Sector"]
    assert "formatting" in (await room.submits(DANA, JANE | {"Name": "<b>Jane"})).errors["Name"]
    seat = JANE | {"Category": "Consumer community, families and advocates", "Why": "knows both"}
    assert "Leave Why empty" in (await room.submits(DANA, seat)).errors["Why"]
    assert (
        "belong to seats" in (await room.submits(DANA, JANE | {"Why": "", "Functions": ["Family"]})).errors["Functions"]
    )
    assert await entries(room) == {}
    await room.submits(DANA, JANE | {"Functions": []})
    await room.sees(DANA, "Added S1 Jane Doe")


async def test_a_member_s_form_makes_a_nomination(county: County) -> None:
    room = await county.group()
    await room.types(PRIYA, "/stakeholder")
    await room.submits(PRIYA, JANE | {"Status": "Committed"})
    await room.sees(PRIYA, "stored as a nomination")
    assert (await entries(room))["S1"]["status"] == "nominated"


async def test_the_form_asks_where_someone_like_it_is_there_already(county: County) -> None:
    room = await county.group()
    await room.types(DANA, "/stakeholder add Jane Doe | County Health | public health")
    await room.types(DANA, "/stakeholder")
    asked = await room.submits(DANA, JANE | {"Title": "Deputy"})
    assert asked.view is not None
    assert set(await entries(room)) == {"S1"}
    await room.presses_in_modal(DANA, "Show S1")
    await room.sees(DANA, "Category: Public health department")
    await room.submits(DANA, {})
    await room.sees(DANA, "Added S2 Jane Doe")
    assert (await entries(room))["S2"]["title"] == "Deputy"


async def test_add_someone_opens_the_form_wherever_it_stands(county: County) -> None:
    room = await county.group()
    await room.types(PRIYA, "/stakeholder list")
    assert (await room.presses(PRIYA, "Add someone")).view is not None


async def test_a_co_chair_moves_an_entry_along_with_the_buttons(county: County) -> None:
    room = await county.group()
    await room.types(DANA, f"/stakeholder add {SHERIFF}")
    for label, status in (("Invited", "invited"), ("Committed", "committed"), ("Remove", "left")):
        await room.types(DANA, "/stakeholder show S1")
        await room.presses(DANA, label)
        await room.sees(DANA, "marked as left" if status == "left" else f"→ {status}")
        assert (await entries(room))["S1"]["status"] == status


async def test_a_nomination_is_accepted_from_where_it_is_shown(county: County) -> None:
    room = await county.group()
    await room.types(PRIYA, f"/stakeholder add {SHERIFF}")
    await room.types(DANA, "/stakeholder show S1")
    await room.presses(DANA, "Accept")
    await room.sees(DANA, "is now identified")
    assert (await entries(room))["S1"]["status"] == "identified"


async def test_buttons_that_were_posted_before_an_upgrade_still_do_what_they_say(county: County) -> None:
    room, elsewhere = await county.group(), await county.room()
    await room.types(PRIYA, f"/stakeholder add {SHERIFF}")
    old = [
        button("Accept", ACCEPT, f"{room.channel} S1"),
        button("Invited", INVITED, f"{room.channel} S1 | status=invited"),
    ]
    slack = AsyncWebClient(
        token=county.world.settings["SLACK_BOT_TOKEN"], base_url=county.world.settings["SLACK_API_URL"]
    )
    await slack.chat_postMessage(channel=elsewhere.channel, text="A nomination", blocks=[buttons(old)])
    for label, status in (("Accept", "identified"), ("Invited", "invited")):
        await elsewhere.presses(DANA, label)
        await elsewhere.sees(DANA, status)
        assert (await entries(room))["S1"]["status"] == status


async def test_the_next_page_and_the_whole_list_are_a_button_away(county: County) -> None:
    room = await county.group()
    for number in range(1, 28):
        await room.types(DANA, f"/stakeholder add Office {number} | Agency | courts")
    assert "page 1 of 2" in (await room.types(DANA, "/stakeholder list courts")).text
    await room.presses(DANA, "Next page")
    assert "S27 Office 27" in (await room.sees(DANA, "page 2 of 2"))["text"]
    await room.types(DANA, "/stakeholder list zebra")
    await room.presses(DANA, "Show all")
    await room.sees(DANA, "The register: 27 entries, page 1 of 2")
    await room.types(DANA, "/stakeholder help")
    await room.presses(DANA, "Show the list")
