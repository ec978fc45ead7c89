"""The validator on blocks, surfaces and views."""

from __future__ import annotations

import pytest

from playground.validator import Surface, check_blocks, check_message_blocks, check_view
from playground.validator.blocks import BLOCKS as KNOWN
from playground.validator.payload import ALLOWED
from tests.support.block_samples import BAR, BLOCKS, BUTTON, CARD, ELEMENTS, PIE, TASK, Json, mrkdwn, plain, rich

CELL = {"type": "raw_text", "text": "a"}


def surface_of(kind: str) -> Surface:
    return Surface.MODAL if kind == "alert" else Surface.MESSAGE


def problems_of(block: Json) -> list[str]:
    return [one.message for one in check_blocks([block], surface_of(block["type"]))]


@pytest.mark.parametrize("kind", KNOWN)
def test_every_known_block_is_accepted_where_it_may_stand(kind: str) -> None:
    """The samples cover every block that the validator knows."""
    assert problems_of(BLOCKS[kind]) == []


@pytest.mark.parametrize("kind", KNOWN)
@pytest.mark.parametrize("surface", list(Surface))
def test_a_block_is_refused_on_a_surface_that_does_not_have_it(kind: str, surface: Surface) -> None:
    """And accepted on every surface that has it."""
    problems = [one.message for one in check_blocks([BLOCKS[kind]], surface)]
    assert problems == ([] if kind in ALLOWED[surface] else [f"unsupported type: {kind}"])


def test_no_table_and_no_chart_in_a_modal_and_no_alert_in_a_message() -> None:
    """The surfaces that are most easily mistaken, said by name."""
    assert not {"table", "data_table", "data_visualization", "markdown", "card"} & ALLOWED[Surface.MODAL]
    assert "alert" not in ALLOWED[Surface.MESSAGE]
    assert not {"container", "data_visualization", "markdown"} & ALLOWED[Surface.HOME]


SPOILED: list[tuple[str, Json, str]] = [
    ("actions", {"elements": [BUTTON | {"action_id": str(n)} for n in range(26)]}, "no more than 25 items allowed"),
    ("actions", {"elements": []}, "no less than 1 items allowed"),
    ("actions", {"elements": [BUTTON, BUTTON]}, "action_id press already exists in the block"),
    ("actions", {"block_id": "x" * 256}, "must be less than 256 characters"),
    ("alert", {"text": mrkdwn("x" * 201)}, "must be less than 201 characters"),
    ("alert", {"level": "loud"}, "must be a valid enum value"),
    ("card", {"title": mrkdwn("x" * 151)}, "must be less than 151 characters"),
    ("card", {"actions": [BUTTON | {"action_id": str(n)} for n in range(4)]}, "no more than 3 items allowed"),
    (
        "card",
        {"title": None, "body": None, "actions": None},
        "must define either `hero_image` or `title` or `actions` or `body`",
    ),
    ("carousel", {"elements": [CARD] * 11}, "no more than 10 items allowed"),
    ("carousel", {"elements": [{"type": "divider"}]}, "unsupported type: divider"),
    ("container", {"child_blocks": []}, "no less than 1 items allowed"),
    ("container", {"child_blocks": [CARD]}, "unsupported type: card"),
    ("container", {"title": None}, "must define either `title` or `rich_text_title`"),
    ("container", {"default_collapsed": True}, "default_collapsed needs is_collapsible"),
    ("context", {"elements": [mrkdwn()] * 11}, "no more than 10 items allowed"),
    ("context_actions", {"elements": [ELEMENTS["icon_button"]] * 6}, "no more than 5 items allowed"),
    ("data_table", {"rows": [[CELL]]}, "no less than 2 items allowed"),
    ("data_table", {"rows": [[CELL]] * 202}, "no more than 201 items allowed"),
    ("data_table", {"rows": [[CELL], [CELL, CELL]]}, "all rows must have the same number of columns"),
    ("data_table", {"rows": [[rich()], [CELL]]}, "header cells cannot be rich_text"),
    ("data_table", {"rows": [[CELL], [CELL | {"text": "x" * 20_000}]]}, "must be less than 20001 characters"),
    ("data_table", {"row_header_column_index": 2}, "must name one of the columns"),
    ("data_table", {"caption": None}, "missing required field: caption"),
    ("data_visualization", {"title": "x" * 51}, "must be less than 51 characters"),
    ("data_visualization", {"chart": {"type": "donut"}}, "unsupported type: donut"),
    ("data_visualization", {"chart": PIE | {"segments": [{"label": "x", "value": 0}]}}, "must be greater than 0"),
    (
        "data_visualization",
        {"chart": PIE | {"segments": [{"label": "x" * 21, "value": 1}]}},
        "must be less than 21 characters",
    ),
    (
        "data_visualization",
        {"chart": BAR | {"axis_config": {"categories": ["May"]}}},
        "data must have one point for each category",
    ),
    ("data_visualization", {"chart": BAR | {"series": BAR["series"] * 2}}, "series names must be unique"),
    ("divider", {"text": plain()}, "invalid additional property: text"),
    ("header", {"text": mrkdwn()}, "must be a valid enum value"),
    ("header", {"text": plain("x" * 151)}, "must be less than 151 characters"),
    ("image", {"alt_text": None}, "missing required field: alt_text"),
    ("image", {"title": plain("x" * 2001)}, "must be less than 2001 characters"),
    ("input", {"label": mrkdwn()}, "must be a valid enum value"),
    ("input", {"label": plain("x" * 2001)}, "must be less than 2001 characters"),
    ("input", {"element": None}, "missing required field: element"),
    ("input", {"hint": plain("x" * 2001)}, "must be less than 2001 characters"),
    ("markdown", {"text": "x" * 12_001}, "must be less than 12001 characters"),
    ("plan", {"tasks": [TASK, TASK]}, "task_id must be unique"),
    ("rich_text", {"elements": [{"type": "rich_text_table"}]}, "unsupported type: rich_text_table"),
    ("section", {"text": mrkdwn("x" * 3001)}, "must be less than 3001 characters"),
    ("section", {"text": None, "fields": None}, "must define either `text` or `fields`"),
    ("section", {"fields": [plain()] * 11}, "no more than 10 items allowed"),
    ("section", {"fields": [plain("x" * 2001)]}, "must be less than 2001 characters"),
    ("table", {"rows": []}, "no less than 1 items allowed"),
    ("table", {"rows": [[CELL] * 21]}, "no more than 20 items allowed"),
    ("table", {"rows": [[CELL], [CELL, CELL]]}, "all rows must have the same number of columns"),
    ("table", {"column_settings": [{"align": "middle"}]}, "must be a valid enum value"),
    ("task_card", {"status": "pending"}, "must be a valid enum value"),
    ("video", {"title": plain("x" * 201)}, "must be less than 201 characters"),
    ("video", {"author_name": "x" * 51}, "must be less than 51 characters"),
]


@pytest.mark.parametrize(("kind", "change", "words"), SPOILED)
def test_a_spoiled_block_is_refused_in_slacks_words(kind: str, change: Json, words: str) -> None:
    """One change to a valid sample, one complaint."""
    assert words in problems_of(BLOCKS[kind] | change)


def test_every_known_block_has_a_spoiled_sample() -> None:
    """No block goes untested."""
    assert {kind for kind, _, _ in SPOILED} == set(KNOWN)


RICH: list[tuple[Json, str | None]] = [
    ({"type": "rich_text_list", "style": "bullet", "elements": rich()["elements"]}, None),
    ({"type": "rich_text_list", "style": "dashed", "elements": rich()["elements"]}, "must be a valid enum value"),
    (
        {"type": "rich_text_list", "style": "bullet", "indent": 9, "elements": rich()["elements"]},
        "must be less than or equal to 8",
    ),
    ({"type": "rich_text_quote", "elements": [{"type": "user", "user_id": "U1"}]}, None),
    ({"type": "rich_text_quote", "border": 2, "elements": []}, "must be less than or equal to 1"),
    ({"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x"}]}, None),
    ({"type": "rich_text_preformatted", "elements": [{"type": "emoji", "name": "x"}]}, "unsupported type: emoji"),
    ({"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}, "must be more than 0 characters"),
    (
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "x", "style": {"blink": True}}]},
        "invalid additional property: blink",
    ),
    ({"type": "rich_text_section", "elements": [{"type": "link", "url": "https://example.org"}]}, None),
    ({"type": "rich_text_section", "elements": [{"type": "broadcast", "range": "all"}]}, "must be a valid enum value"),
    ({"type": "rich_text_section", "elements": [{"type": "date", "timestamp": 1, "format": "{date}"}]}, None),
    ({"type": "rich_text_section", "elements": [{"type": "color", "value": "red"}]}, "must be a hex color"),
]


@pytest.mark.parametrize(("part", "words"), RICH)
def test_rich_text_is_checked_down_to_its_smallest_parts(part: Json, words: str | None) -> None:
    """Lists, quotes, preformatted text and what stands inside them."""
    problems = problems_of({"type": "rich_text", "elements": [part]})
    assert problems == ([words] if words else [])


def test_a_problem_reads_as_slacks_own_line() -> None:
    """With the JSON pointer at the end."""
    problems = check_blocks([BLOCKS["section"] | {"text": mrkdwn("x" * 3001)}], Surface.MESSAGE)
    assert [one.line for one in problems] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


def test_a_message_holds_fifty_blocks_and_a_view_a_hundred() -> None:
    """One more is refused."""
    divider = BLOCKS["divider"]
    assert check_blocks([divider] * 50, Surface.MESSAGE) == []
    assert [one.message for one in check_blocks([divider] * 51, Surface.MESSAGE)] == ["no more than 50 items allowed"]
    assert check_blocks([divider] * 100, Surface.HOME) == []
    assert [one.message for one in check_blocks([divider] * 101, Surface.MODAL)] == ["no more than 100 items allowed"]


def test_a_block_id_stands_once_in_a_payload_also_inside_containers() -> None:
    """The second one is pointed at."""
    named = {"type": "divider", "block_id": "same"}
    container = {"type": "container", "title": plain(), "child_blocks": [named]}
    assert [one.message for one in check_blocks([named, container], Surface.MESSAGE)] == [
        "block_id same already exists"
    ]


def test_only_one_element_takes_the_focus() -> None:
    """Two are refused."""
    focused = {"type": "input", "label": plain(), "element": {"type": "plain_text_input", "focus_on_load": True}}
    assert check_blocks([focused], Surface.MODAL) == []
    assert [one.constraint for one in check_blocks([focused, focused], Surface.MODAL)] == ["focus_on_load"]


def test_a_message_has_two_charts_and_twelve_thousand_characters_of_markdown_at_most() -> None:
    """Totals hold over the whole message."""
    chart, half = BLOCKS["data_visualization"], {"type": "markdown", "text": "x" * 6_001}
    assert check_message_blocks([chart, chart]) == []
    assert len(check_message_blocks([chart, chart, chart])) == 1
    assert len(check_message_blocks([half, half])) == 1


@pytest.mark.parametrize("blocks", ["text", {"type": "divider"}, 7])
def test_blocks_are_a_list(blocks: object) -> None:
    """Anything else is refused as a whole."""
    assert [one.message for one in check_blocks(blocks, Surface.MESSAGE)] == ["must be an array"]


@pytest.mark.parametrize("block", ["text", {}, {"type": 7}, {"type": "unheard_of"}, None])
def test_a_block_of_no_known_type_is_refused(block: object) -> None:
    """Exactly one complaint each."""
    assert len(check_blocks([block], Surface.MESSAGE)) == 1


MODAL = {"type": "modal", "title": plain("Title"), "submit": plain("Save"), "blocks": [BLOCKS["input"]]}
HOME = {"type": "home", "blocks": [BLOCKS["section"]]}


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (MODAL, None),
        (HOME, None),
        (MODAL | {"submit": None}, "missing required field: submit"),
        (MODAL | {"title": None}, "missing required field: title"),
        (MODAL | {"title": plain("x" * 25)}, "must be less than 25 characters"),
        (MODAL | {"title": mrkdwn("x")}, "must be a valid enum value"),
        (MODAL | {"submit": plain("x" * 25)}, "must be less than 25 characters"),
        (MODAL | {"close": plain("x" * 25)}, "must be less than 25 characters"),
        (MODAL | {"private_metadata": "x" * 3001}, "must be less than 3001 characters"),
        (MODAL | {"callback_id": "x" * 256}, "must be less than 256 characters"),
        (MODAL | {"external_id": "x" * 256}, "must be less than 256 characters"),
        (MODAL | {"notify_on_close": "yes"}, "must be a boolean"),
        (MODAL | {"blocks": []}, "no less than 1 items allowed"),
        (MODAL | {"blocks": [BLOCKS["table"]]}, "unsupported type: table"),
        (MODAL | {"state": {}}, "invalid additional property: state"),
        (HOME | {"submit": plain("Save")}, "invalid additional property: submit"),
        ({"type": "dialog"}, "unsupported type: dialog"),
        ({"blocks": []}, "missing required field: type"),
        ("text", "must be an object"),
    ],
)
def test_views_are_checked(view: object, words: str | None) -> None:
    """Modals and home tabs, each with its own fields."""
    assert [one.message for one in check_view(view)] == ([words] if words else [])


def test_a_column_may_be_left_as_it_is_with_null() -> None:
    """Slack's own example does so."""
    table = BLOCKS["table"] | {"column_settings": [None, {"align": "right"}]}
    assert check_blocks([table], Surface.MESSAGE) == []


def test_when_an_input_acts_may_be_said_though_it_does_not_act() -> None:
    """The builder's own samples do so; it means nothing then, and is not refused."""
    when = {"type": "plain_text_input", "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    block = {"type": "input", "label": {"type": "plain_text", "text": "Name"}, "element": when}
    assert check_blocks([block], Surface.MODAL) == []
