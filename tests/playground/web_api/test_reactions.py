"""``reactions.*`` and ``pins.*``: what the app and people put onto messages, and what the app hears of it."""

from __future__ import annotations

import pytest

from tests.playground.conftest import WORKING, Answer, Stage


@pytest.fixture
async def ts(stage: Stage) -> str:
    """A message of Dana's."""
    return str((await stage.slack.type_("dana", WORKING, "what do you think?"))["new"][0]["ts"])


async def test_the_app_reacts_once_and_takes_it_back_once(stage: Stage, ts: str) -> None:
    """People see it; the message carries it."""
    await stage.api.reactions_add(channel=WORKING, name="eyes", timestamp=ts)
    again = await stage.refusal("reactions.add", channel=WORKING, name="eyes", timestamp=ts)
    assert again["error"] == "already_reacted"
    shown = (await stage.slack.read("dana", WORKING, last=1))[0]
    assert shown["reactions"] == {"eyes": ["U0CONVENER"]}
    await stage.api.reactions_remove(channel=WORKING, name="eyes", timestamp=ts)
    gone = await stage.refusal("reactions.remove", channel=WORKING, name="eyes", timestamp=ts)
    assert gone["error"] == "no_reaction"


async def test_people_react_and_the_app_hears_of_it(stage: Stage, ts: str) -> None:
    """Added and taken back."""
    await stage.slack.ask("react", user="marcus", channel=WORKING, message_ts=ts, name="+1")
    event = stage.app.heard[-1]["event"]
    item = {"type": "message", "channel": WORKING, "ts": ts}
    assert (event["type"], event["user"], event["reaction"]) == ("reaction_added", "U0MARCUS02", "+1")
    assert (event["item"], event["item_user"]) == (item, "U0DANA0001")
    await stage.slack.ask("react", user="lena", channel=WORKING, message_ts=ts, name="+1")
    told = (await stage.api.reactions_get(channel=WORKING, timestamp=ts))["message"]["reactions"]
    assert told == [{"name": "+1", "users": ["U0MARCUS02", "U0LENA0005"], "count": 2}]
    await stage.slack.ask("react", user="marcus", channel=WORKING, message_ts=ts, name="+1")
    assert stage.app.heard[-1]["event"]["type"] == "reaction_removed"
    listed = (await stage.api.reactions_list(user="U0LENA0005"))["items"]
    assert listed[0]["message"]["ts"] == ts


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("reactions.add", {"name": "no such thing!"}, "invalid_name"),
        ("reactions.add", {"name": "eyes", "timestamp": "1.1"}, "message_not_found"),
        ("reactions.add", {"name": "eyes", "channel": "C0CLOSED05"}, "channel_not_found"),
        ("pins.remove", {}, "no_pin"),
        ("pins.add", {"channel": "C0GENERAL4"}, "not_in_channel"),
    ],
)
async def test_what_cannot_be_put_onto_a_message(
    stage: Stage, ts: str, method: str, arguments: Answer, error: str
) -> None:
    """By Slack's names."""
    given = {"channel": WORKING, "timestamp": ts} | arguments
    assert (await stage.refusal(method, **given))["error"] == error


async def test_a_message_is_pinned_and_listed_until_it_is_unpinned(stage: Stage) -> None:
    """The app hears of it."""
    channel = await stage.slack.channel("pinboard", ["dana"])
    ts = (await stage.slack.type_("dana", channel, "keep this"))["new"][0]["ts"]
    await stage.api.pins_add(channel=channel, timestamp=ts)
    assert (await stage.refusal("pins.add", channel=channel, timestamp=ts))["error"] == "already_pinned"
    (item,) = (await stage.api.pins_list(channel=channel))["items"]
    assert (item["message"]["text"], item["created_by"]) == ("keep this", "U0CONVENER")
    assert item["message"]["pinned_to"] == [channel]
    assert (await stage.slack.read("dana", channel, last=1))[0]["pinned_by"] == "U0CONVENER"
    await stage.slack.ask("pin", user="dana", channel=channel, message_ts=ts)
    event = stage.app.heard[-1]["event"]
    assert (event["type"], event["user"], event["has_pins"]) == ("pin_removed", "U0DANA0001", False)
    assert (await stage.api.pins_list(channel=channel))["items"] == []
    await stage.slack.ask("pin", user="dana", channel=channel, message_ts=ts)
    assert stage.app.heard[-1]["event"]["pinned_info"]["pinned_by"] == "U0DANA0001"
