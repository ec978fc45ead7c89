"""Blocks and elements as the page draws them, and what acting on them tells the app."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.playground.conftest import Stage
from tests.support.block_samples import BAR, BLOCKS, CONFIRM, ELEMENTS, PIE, holder_of
from tests.support.sample_app import button, field, modal, options, section
from tests.support.visitor import Visitor

WORKING = "C0WORKING1"
ROOM = "reentry-working-group"
NOT_IN_MESSAGES = {"alert", "input"}


async def post(stage: Stage, *blocks: dict[str, Any], text: str = "words") -> str:
    """The app posts; answers the timestamp."""
    return str((await stage.api.chat_postMessage(channel=WORKING, text=text, blocks=list(blocks)))["ts"])


def state_of(heard: dict[str, Any]) -> dict[str, Any]:
    """What the submitted modal held, by block id, without the types."""
    values = heard["view"]["state"]["values"]
    return {
        block_id: next(value for name, value in held.items() if name not in ("type", "timezone"))
        for block_id, actions in values.items()
        for held in actions.values()
    }


async def test_every_block_is_drawn(guest: Visitor, stage: Stage) -> None:
    """And no block is unknown to the page."""
    await guest.opens("dana", ROOM)
    for kind in sorted(set(BLOCKS) - NOT_IN_MESSAGES):
        ts = await post(stage, BLOCKS[kind])
        message = guest.page.locator(f'article[data-ts="{ts}"]')
        await expect(message.locator(f".block-{kind}").first, kind).to_be_attached()
        await expect(message.locator(".odd"), kind).to_have_count(0)


async def test_every_element_is_drawn(guest: Visitor, stage: Stage) -> None:
    """In a modal, or in a message where it stands only there."""
    await guest.opens("dana", ROOM)
    for kind, element in sorted(ELEMENTS.items()):
        block = holder_of(kind, element)
        if block["type"] in ("context_actions", "task_card", "context"):
            ts = await post(stage, block)
            place = guest.page.locator(f'article[data-ts="{ts}"]')
        else:
            stage.app.view = modal(block)
            await guest.types("/modal")
            place = guest.modal
        drawn = place.locator(".block").locator("button, input, select, textarea, img, a, span").first
        await expect(drawn, kind).to_be_attached()
        await expect(place.locator(".odd"), kind).to_have_count(0)
        if await guest.modal.count():
            await guest.modal.get_by_role("button", name="Dismiss").click()
            await expect(guest.modal).to_have_count(0)


async def test_a_modal_with_every_input_tells_the_app_what_was_filled_in(guest: Visitor, stage: Stage) -> None:
    """Each by its label, as a screen reader names it."""
    stage.app.view = modal(
        field("Name", {"type": "plain_text_input"}, hint={"type": "plain_text", "text": "In full"}),
        field("Notes", {"type": "plain_text_input", "multiline": True}),
        field("Email", {"type": "email_text_input"}),
        field("Site", {"type": "url_text_input"}),
        field("Count", {"type": "number_input", "is_decimal_allowed": False}),
        field("Side", {"type": "radio_buttons", "options": options("Justice", "Health")}),
        field("Laws", {"type": "checkboxes", "options": options("HIPAA", "FERPA", "Part2")}),
        field("Category", {"type": "static_select", "options": options("Courts", "Police")}),
        field("Topics", {"type": "multi_static_select", "options": options("Reentry", "Crisis")}),
        field("Chair", {"type": "users_select"}),
        field("Members", {"type": "multi_users_select"}),
        field("Room", {"type": "channels_select"}),
        field("Place", {"type": "conversations_select"}),
        field("Day", {"type": "datepicker"}),
        field("Hour", {"type": "timepicker"}),
        field("Moment", {"type": "datetimepicker"}),
        field("Story", {"type": "rich_text_input"}),
    )
    await guest.opens("dana", ROOM)
    await guest.types("/modal")
    form = guest.modal
    for label, value in {"Name": "Dana", "Notes": "a\nb", "Email": "a@b.example", "Site": "https://b.example"}.items():
        await form.get_by_label(label, exact=True).fill(value)
    await form.get_by_label("Count").fill("7")
    await form.get_by_role("group", name="Side").get_by_label("Health").check()
    await form.get_by_role("group", name="Laws").get_by_label("FERPA").check()
    await form.get_by_label("Category").select_option("Police")
    await form.get_by_role("group", name="Topics").get_by_label("Crisis").check()
    await form.get_by_label("Chair").select_option("Marcus Oyelaran")
    await form.get_by_role("group", name="Members").get_by_label("Priya Raman").check()
    await form.get_by_label("Room").select_option("#general")
    await form.get_by_label("Place").select_option("#privacy-counsel")
    await form.get_by_label("Day").fill("2026-12-07")
    await form.get_by_label("Hour").fill("09:30")
    await form.get_by_label("Moment").fill("2026-12-07T09:30")
    await form.get_by_label("Story").fill("Once")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_have_count(0)
    held = state_of(stage.app.heard[-1])
    texts = ("name", "notes", "email", "site", "count", "chair", "members", "room", "place", "day", "hour", "moment")
    assert {name: held[name] for name in texts} == {
        "name": "Dana",
        "notes": "a\nb",
        "email": "a@b.example",
        "site": "https://b.example",
        "count": "7",
        "chair": "U0MARCUS02",
        "members": ["U0PRIYA003"],
        "room": "C0GENERAL4",
        "place": "C0PRIVATE3",
        "day": "2026-12-07",
        "hour": "09:30",
        "moment": 1796653800,
    }
    chosen = [held["side"]["value"], held["category"]["value"], held["laws"][0]["value"], held["topics"][0]["value"]]
    assert chosen == ["health", "police", "ferpa", "crisis"]
    assert held["story"]["elements"][0]["elements"][0]["text"] == "Once"


async def test_a_file_is_attached_to_a_modal(guest: Visitor, stage: Stage, tmp_path: Path) -> None:
    """It reaches the app with its name and size, and survives an error shown under another field."""
    register = tmp_path / "register.csv"
    register.write_text("name\nDana\n", "utf-8")
    stage.app.view = modal(field("Name", {"type": "plain_text_input"}), field("File", {"type": "file_input"}))
    stage.app.submission_answer = {"response_action": "errors", "errors": {"name": "Not that"}}
    await guest.opens("dana", ROOM)
    await guest.types("/modal")
    await guest.modal.get_by_label("Name").fill("x")
    await guest.modal.get_by_label("File").set_input_files(register)
    await guest.modal.get_by_role("button", name="Save").click()
    await expect(guest.modal.get_by_text("Not that")).to_be_visible()
    stage.app.submission_answer = {}
    await guest.modal.get_by_role("button", name="Save").click()
    await expect(guest.modal).to_have_count(0)
    file = state_of(stage.app.heard[-1])["file"][0]
    assert (file["name"], file["size"]) == ("register.csv", 10)


async def test_errors_stand_under_their_fields_and_what_was_filled_in_stays(guest: Visitor, stage: Stage) -> None:
    """The field that is wrong gets the focus, and its error is its description."""
    stage.app.view = modal(field("Name", {"type": "plain_text_input"}), field("Why", {"type": "plain_text_input"}))
    stage.app.submission_answer = {"response_action": "errors", "errors": {"why": "Say more"}}
    await guest.opens("dana", ROOM)
    await guest.types("/modal")
    await guest.modal.get_by_label("Name").fill("Dana")
    await guest.modal.get_by_role("button", name="Save").click()
    await expect(guest.modal.get_by_text("Please complete this required field.")).to_be_visible()
    await guest.modal.get_by_label("Why").fill("so")
    await guest.modal.get_by_role("button", name="Save").click()
    await expect(guest.modal.get_by_label("Why")).to_have_accessible_description("Say more")
    await expect(guest.modal.get_by_label("Why")).to_be_focused()
    await expect(guest.modal.get_by_label("Name")).to_have_value("Dana")


async def test_a_pushed_window_goes_back_to_the_one_below(guest: Visitor, stage: Stage) -> None:
    """With what was filled in there."""
    stage.app.view = modal(field("Name", {"type": "plain_text_input"}))
    upper = modal(section("Above"), title={"type": "plain_text", "text": "Second"})
    stage.app.submission_answer = {"response_action": "push", "view": upper}
    await guest.opens("dana", ROOM)
    await guest.types("/modal")
    await guest.modal.get_by_label("Name").fill("Dana")
    await guest.modal.get_by_role("button", name="Save").click()
    await expect(guest.modal.get_by_role("heading", name="Second")).to_be_visible()
    await guest.page.keyboard.press("Escape")
    await expect(guest.modal.get_by_label("Name")).to_have_value("Dana")
    await guest.page.keyboard.press("Escape")
    await expect(guest.modal).to_have_count(0)
    await expect(guest.box).to_be_focused()


async def test_an_external_select_asks_the_app_while_one_types(guest: Visitor, stage: Stage) -> None:
    """And holds what was chosen with the keyboard."""
    stage.app.view = modal(field("Agency", ELEMENTS["external_select"] | {"action_id": "any"}))
    await guest.opens("dana", ROOM)
    await guest.types("/modal")
    await guest.modal.get_by_role("combobox", name="Agency").fill("be")
    await expect(guest.modal.get_by_role("option", name="Beta")).to_be_visible()
    await guest.page.keyboard.press("ArrowDown")
    await guest.page.keyboard.press("ArrowDown")
    await guest.page.keyboard.press("Enter")
    await guest.modal.get_by_role("button", name="Save").click()
    await expect(guest.modal).to_have_count(0)
    assert state_of(stage.app.heard[-1])["agency"]["value"] == "beta"


async def test_buttons_ask_first_where_they_have_a_confirm_dialog(guest: Visitor, stage: Stage) -> None:
    """No means that the app hears nothing."""
    await post(stage, {"type": "actions", "elements": [button("Press", "any", confirm=CONFIRM, value="v")]})
    await guest.opens("dana", ROOM)
    press = guest.feed.get_by_role("button", name="Press").last
    await press.click()
    await guest.page.get_by_role("alertdialog").get_by_role("button", name="No").click()
    await expect(guest.page.get_by_role("alertdialog")).to_have_count(0)
    assert stage.app.heard == []
    await press.click()
    await guest.page.get_by_role("alertdialog").get_by_role("button", name="Yes").click()
    await expect(guest.page.get_by_role("alertdialog")).to_have_count(0)
    assert (await next_heard(guest, stage))["actions"][0]["value"] == "v"


async def next_heard(guest: Visitor, stage: Stage) -> dict[str, Any]:
    """What the app heard last, once it has heard something."""
    for _ in range(100):
        if stage.app.heard:
            return stage.app.heard[-1]
        await guest.page.wait_for_timeout(30)
    raise AssertionError("the app has heard nothing")


@pytest.mark.parametrize(
    ("element", "act", "expected"),
    [
        ({"type": "static_select", "options": options("One", "Two")}, "select:Two", ("selected_option", "two")),
        ({"type": "radio_buttons", "options": options("One", "Two")}, "check:Two", ("selected_option", "two")),
        ({"type": "checkboxes", "options": options("One", "Two")}, "check:One", ("selected_options", "one")),
        ({"type": "overflow", "options": options("One", "Two")}, "menu:Two", ("selected_option", "two")),
        ({"type": "users_select"}, "select:Priya Raman", ("selected_user", "U0PRIYA003")),
        ({"type": "datepicker"}, "date:2026-12-07", ("selected_date", "2026-12-07")),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else None,
)
async def test_choices_in_a_message_act_at_once(
    guest: Visitor, stage: Stage, element: dict[str, Any], act: str, expected: tuple[str, str]
) -> None:
    """The app hears what was chosen, without anything to submit."""
    await post(stage, section("Choose here", accessory=element | {"action_id": "any"}))
    await guest.opens("dana", ROOM)
    message = guest.feed.get_by_role("article").last
    how, _, what = act.partition(":")
    if how == "select":
        await message.get_by_label("Choose here").select_option(what)
    elif how == "check":
        await message.get_by_label(what).check()
    elif how == "date":
        await message.get_by_label("Choose here").fill(what)
    else:
        await message.get_by_role("button", name="More actions: Choose here").click()
        await guest.page.get_by_role("menuitem", name=what).click()
    action = (await next_heard(guest, stage))["actions"][0]
    held = action[expected[0]]
    held = held[0] if isinstance(held, list) else held
    assert (held["value"] if isinstance(held, dict) else held) == expected[1]


async def test_a_table_sorts_and_turns_its_pages(guest: Visitor, stage: Stage) -> None:
    """By its headings."""
    head = [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Votes"}]
    rows = [
        [{"type": "raw_text", "text": f"N{n}"}, {"type": "raw_number", "value": n, "text": str(n)}] for n in range(7)
    ]
    await post(stage, {"type": "data_table", "caption": "Tally", "rows": [head, *rows], "page_size": 3})
    await guest.opens("dana", ROOM)
    table = guest.feed.get_by_role("article").last
    await table.get_by_role("button", name="Votes").click()
    await table.get_by_role("button", name="Votes").click()
    await expect(table.get_by_role("row").nth(1)).to_contain_text("N6")
    await table.get_by_role("button", name="Later rows").click()
    await expect(table).to_contain_text("Page 2 of 3")
    await expect(table.get_by_role("row").nth(1)).to_contain_text("N3")


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (PIE, "Pie chart. Met: 4, Not yet: 2."),
        (BAR, "Bar chart. Votes: May 3, June -1."),
        (BAR | {"type": "line"}, "Line chart. Votes: May 3, June -1."),
        (BAR | {"type": "area"}, "Area chart. Votes: May 3, June -1."),
    ],
    ids=["pie", "bar", "line", "area"],
)
async def test_a_chart_says_its_numbers(guest: Visitor, stage: Stage, made: dict[str, Any], words: str) -> None:
    """As a picture with a name and a description, and as a table."""
    await post(stage, {"type": "data_visualization", "title": "Six principles", "chart": made})
    await guest.opens("dana", ROOM)
    message = guest.feed.get_by_role("article").last
    picture = message.get_by_role("img", name="Six principles")
    await expect(picture).to_have_accessible_description(words)
    await message.get_by_text("The same as a table").click()
    await expect(message.get_by_role("table")).to_be_visible()
