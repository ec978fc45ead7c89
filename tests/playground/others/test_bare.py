"""Apps without Bolt: one on Express that verifies signatures itself, and one on slack-go."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.playground.others.conftest import placed

pytestmark = pytest.mark.others
WORKING = "C0WORKING1"
ADDRESSES = {
    "    - command: /sample-command\n": "    - command: /sample-command\n      url: {url}commands\n",
    "  interactivity: {is_enabled: true}": '  interactivity: {is_enabled: true, request_url: "{url}acts"}',
    "  event_subscriptions:\n": "  event_subscriptions:\n    request_url: https://bare.example.org/events\n",
}


async def test_an_app_on_express_hears_each_kind_at_its_own_address(tmp_path: Path, node_folder: Path) -> None:
    """It answers a command, a button, and a mention with a status of its own; a wrong signature it refuses."""
    async with placed(tmp_path, ADDRESSES, "events") as place:
        slack = place.slack
        with place.running(["node", "express.mjs"], node_folder):
            await slack.type_("dana", WORKING, "/sample-command seven")
            assert (await slack.read("marcus", WORKING, last=1))[0]["text"] == "Heard /sample-command"
            await slack.press("marcus", "And now?", channel=WORKING)
            await slack.wait_for("marcus", "Pressed with seven")
            await slack.type_("dana", WORKING, "@Convener!")
            assert (await slack.wait_for("dana", "You called?"))["thread_ts"]
            assert (await slack.deliver("x=1", {"X-Slack-Signature": "v0=wrong"}))["status"] == 401
        assert await slack.violations() == []


async def test_a_bot_on_slack_go_talks_in_socket_mode(tmp_path: Path, slack_go: Path) -> None:
    """Message, reaction, command, button, window, submission."""
    async with placed(tmp_path) as place:
        slack = place.slack
        with place.running([str(slack_go)], tmp_path, listens=False):
            await place.connects()
            await slack.type_("dana", WORKING, "hello gopher")
            await slack.wait_for("dana", "hello from Go")
            answer = await slack.type_("dana", WORKING, "/sample-command seven")
            assert answer["messages"] == ["Go heard seven"]
            await slack.press("dana", "Open", channel=WORKING)
            for _ in range(300):
                if await slack.view("dana") is not None:
                    break
            await slack.submit("dana", {"Your words": "over and out"})
            await slack.wait_for("dana", "You said: over and out")
        assert await slack.violations() == []
