"""Web API calls: who may call what, with which arguments, and what Slack answers."""

from __future__ import annotations

import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.web_api.endpoint import HANDLERS
from playground.world.methods import METHODS, slack_knows
from tests.playground.conftest import Answer, Stage
from tests.support.sample_app import button, section

WORKING = "C0WORKING1"


async def test_the_token_says_who_the_app_is(stage: Stage) -> None:
    """With the sdk's client, unmodified."""
    who = await stage.api.auth_test()
    assert (who["team_id"], who["user_id"], who["bot_id"]) == ("T0MIDDLETN", "U0CONVENER", "B0CONVENER")


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-1-wrong", "invalid_auth")])
async def test_without_the_right_token_nothing_is_answered(stage: Stage, token: str, error: str) -> None:
    """None, or a wrong one."""
    assert (await stage.called("auth.test", token, data={}))["error"] == error


async def test_the_app_token_is_for_socket_mode_alone(stage: Stage) -> None:
    """And the bot token is not."""
    app_token = stage.settings["SLACK_APP_TOKEN"]
    assert (await stage.called("auth.test", app_token, data={}))["error"] == "not_allowed_token_type"
    assert (await stage.called("apps.connections.open", data={}))["error"] == "not_allowed_token_type"


async def test_a_revoked_token_says_so(stage: Stage) -> None:
    """A switch."""
    await stage.slack.faults(revoke_token=True)
    assert (await stage.called("auth.test", data={}))["error"] == "token_revoked"


async def test_an_unknown_method_is_refused(stage: Stage) -> None:
    """And recorded as a violation."""
    answer = await stage.refusal("chat.shout")
    assert answer["error"] == "unknown_method"
    assert (await stage.slack.violations())[-1]["where"] == "chat.shout"


@pytest.mark.parametrize(
    ("method", "needed"),
    [("users.lookupByEmail", "users:read.email"), ("conversations.list", "mpim:read")],
)
async def test_a_scope_that_the_manifest_does_not_ask_for_is_missing(stage: Stage, method: str, needed: str) -> None:
    """Slack says which is needed and which are there."""
    answer = await stage.refusal(method, email="a@example.org", types="mpim")
    assert (answer["error"], answer["needed"]) == ("missing_scope", needed)
    assert "chat:write" in answer["provided"].split(",")


async def test_missing_arguments_are_named(stage: Stage) -> None:
    """All of them."""
    answer = await stage.refusal("chat.postEphemeral", text="Hello")
    assert answer["error"] == "invalid_arguments"
    lines = answer["response_metadata"]["messages"]
    assert [line.split(" [json")[0] for line in lines] == [
        "[ERROR] missing required field: channel",
        "[ERROR] missing required field: user",
    ]


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.members", {"channel": WORKING, "limit": "many"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": WORKING, "text": "x", "unfurl_links": "perhaps"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": WORKING, "text": ["x"]}, "invalid_arguments"),
        ("chat.postMessage", {"channel": WORKING, "blocks": "[{"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": WORKING, "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": WORKING, "attachments": "none"}, "invalid_arguments"),
        ("views.open", {"trigger_id": "1.2.3", "view": "{"}, "invalid_arguments"),
    ],
)
async def test_arguments_of_another_kind_are_refused(stage: Stage, method: str, arguments: Answer, error: str) -> None:
    """By Slack's names."""
    assert (await stage.refusal(method, **arguments))["error"] == error


@pytest.mark.parametrize(("body", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object")])
async def test_json_that_is_none_is_refused(stage: Stage, body: bytes, error: str) -> None:
    """Or that is no object."""
    url = f"{stage.settings['SLACK_API_URL']}auth.test"
    headers = {"Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        assert (await answer.json())["error"] == error


async def test_an_argument_that_slack_does_not_document_passes_but_is_recorded(stage: Stage) -> None:
    """Slack ignores it; a typo should not go unseen."""
    before = len(await stage.slack.warnings())
    assert (await stage.called("chat.postMessage", json={"channel": WORKING, "text": "x", "txet": "y"}))["ok"]
    warnings = (await stage.slack.warnings())[before:]
    assert warnings[0]["errors"] == ["[WARNING] unknown argument: txet"]


def test_every_method_that_is_known_is_answered() -> None:
    """And is one of Slack's."""
    assert set(HANDLERS) == set(METHODS)
    assert set(METHODS) - slack_knows() == {"blocks.validate"}  # newer than the list


async def test_what_slack_lets_pass_is_no_violation(stage: Stage) -> None:
    """Nor is a method of Slack's that the playground has not; one that nobody has is."""
    before = len(await stage.slack.violations())
    await stage.slack.events_to("http://127.0.0.1:9/slack/events")
    await stage.slack.type_("dana", WORKING, "/echo is anybody there?")
    await stage.called("chat.postMessage", json={"channel": WORKING, "text": "x" * 4001, "txet": "y"})
    assert (await stage.refusal("reminders.list"))["error"] == "unknown_method"
    assert (await stage.slack.violations())[before:] == []
    assert (await stage.slack.warnings())[-1]["errors"] == ["[WARNING] the playground does not know reminders.list"]


@pytest.mark.parametrize("kind", ["form", "json", "multipart", "query"])
async def test_arguments_come_by_form_json_multipart_or_query(stage: Stage, kind: str) -> None:
    """All four ways that clients use."""
    blocks = [section("Hello")]
    plain = {"channel": WORKING, "text": f"by {kind}", "blocks": json.dumps(blocks)}
    multipart = aiohttp.FormData(plain, default_to_multipart=True)
    sent: dict[str, Answer] = {
        "form": {"data": plain},
        "json": {"json": plain | {"blocks": blocks}},
        "multipart": {"data": multipart},
        "query": {"params": plain},
    }
    answer = await stage.called("chat.postMessage", **sent[kind])
    assert answer["message"]["text"] == f"by {kind}"
    assert answer["message"]["blocks"][0]["text"]["text"] == "Hello"


async def test_blocks_are_validated_on_request_with_slacks_error_shape(stage: Stage) -> None:
    """Exactly one of blocks, message and view."""
    good = await stage.called("blocks.validate", json={"blocks": [section("x")]})
    assert good["ok"]
    bad = await stage.refusal("blocks.validate", blocks=[{"type": "section", "text": {"type": "shout", "text": "x"}}])
    assert (bad["error"], bad["errors"][0]["pointer"]) == ("invalid_blocks", "/0/text/type")
    assert bad["errors"][0]["constraint"] == {"type": "enum", "expected": ["plain_text", "mrkdwn"]}
    both = await stage.refusal("blocks.validate", blocks=[], view={})
    assert both["response_metadata"]["messages"] == ["must provide exactly one of `blocks`, `view`, or `message`"]
    view = await stage.refusal("blocks.validate", view={"type": "modal"})
    assert view["error"] == "invalid_view"


async def test_a_failing_call_raises_in_the_sdk_with_slacks_error_name(stage: Stage) -> None:
    """So that an app under test behaves as with Slack."""
    client = AsyncWebClient(token="xoxb-wrong", base_url=stage.settings["SLACK_API_URL"])
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(
            channel=WORKING, text="x", blocks=[{"type": "actions", "elements": [button("a", "b")]}]
        )
    assert refused.value.response["error"] == "invalid_auth"
