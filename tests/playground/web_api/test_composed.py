"""What a person types, as the rich text that the message box makes of it."""

from __future__ import annotations

from typing import Any

import pytest

from playground.validator import Surface, check_blocks
from playground.web_api.composed import rich_text
from tests.playground.conftest import WORKING, Stage

Element = dict[str, Any]


def words(text: str, **style: bool) -> Element:
    """A piece of text."""
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def section(*elements: Element) -> Element:
    """A part of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("a &amp; b &lt;c&gt;", [section(words("a & b <c>"))]),
        ("one\ntwo", [section(words("one\ntwo"))]),
        ("hi <@U1>, see", [section(words("hi "), {"type": "user", "user_id": "U1"}, words(", see"))]),
        ("<#C1|general>", [section({"type": "channel", "channel_id": "C1"})]),
        (
            "<!here> <!subteam^S1>",
            [section({"type": "broadcast", "range": "here"}, words(" "), {"type": "usergroup", "usergroup_id": "S1"})],
        ),
        ("<https://x.org/?a=1&amp;b=2>", [section({"type": "link", "url": "https://x.org/?a=1&b=2"})]),
        ("<mailto:a@x.org|a@x.org>", [section({"type": "link", "url": "mailto:a@x.org", "text": "a@x.org"})]),
        ("*bold* and _it_", [section(words("bold", bold=True), words(" and "), words("it", italic=True))]),
        ("*_both_*", [section(words("both", bold=True, italic=True))]),
        ("~gone~ `*code*`", [section(words("gone", strike=True), words(" "), words("*code*", code=True))]),
        ("2 * 3 * 4 snake_case_word", [section(words("2 * 3 * 4 snake_case_word"))]),
        (":tada: at 10:30:45", [section({"type": "emoji", "name": "tada"}, words(" at 10:30:45"))]),
        (
            "&gt; said\n&gt; twice\nmine",
            [{"type": "rich_text_quote", "elements": [words("said\ntwice")]}, section(words("mine"))],
        ),
        (
            "so:\n```x = *1*```",
            [
                section(words("so:\n")),
                {"type": "rich_text_preformatted", "elements": [words("x = *1*")], "border": 0},
            ],
        ),
    ],
)
def test_text_becomes_rich_text(text: str, parts: list[Element]) -> None:
    """Mentions, links, emoji, styles, quotes, code; and it is rich text that Slack takes."""
    block = rich_text(text, "b1")
    assert block == {"type": "rich_text", "block_id": "b1", "elements": parts}
    assert check_blocks([block], Surface.MESSAGE) == []


async def test_a_persons_message_carries_its_id_and_its_rich_text(stage: Stage) -> None:
    """In the event and in history alike; the app's own message has neither."""
    await stage.slack.type_("dana", WORKING, "good *morning*")
    event = stage.app.heard[-1]["event"]
    assert event["blocks"][0]["elements"] == [section(words("good "), words("morning", bold=True))]
    assert (event["channel_type"], event["event_ts"]) == ("channel", event["ts"])
    await stage.api.chat_postMessage(channel=WORKING, text="mine")
    mine, theirs = (await stage.api.conversations_history(channel=WORKING, limit=2))["messages"]
    assert (theirs["client_msg_id"], theirs["blocks"]) == (event["client_msg_id"], event["blocks"])
    assert "client_msg_id" not in mine
    assert mine["bot_profile"]["app_id"] == mine["app_id"]
