"""People type, press, fill in and read, and the app hears it as Slack would tell it."""

from __future__ import annotations

from tests.playground.conftest import Stage

WORKING = "C0WORKING1"


async def test_a_typed_command_reaches_the_app_signed_and_its_answer_is_seen_by_its_author_alone(stage: Stage) -> None:
    """The tiny app verifies the signature with Bolt's own verifier."""
    outcome = await stage.slack.type_("dana", WORKING, "/echo hello")
    assert (outcome["status"], outcome["messages"]) == (200, ["hello"])
    assert outcome["new"][0]["ephemeral"]
    seen_by_marcus = await stage.slack.read("marcus", WORKING)
    assert "hello" not in [message["text"] for message in seen_by_marcus]
