"""The Web API: who may call what, with which arguments, and what Slack answers."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.conftest import Stage
from tests.support.sample_app import button, section

WORKING = "C0WORKING1"
Answer = dict[str, Any]


async def called(stage: Stage, method: str, token: str | None = None, **sent: Any) -> Answer:
    """Call a method raw; ``sent`` goes to aiohttp."""
    headers = {"Authorization": f"Bearer {stage.settings['SLACK_BOT_TOKEN'] if token is None else token}"}
    url = f"{stage.settings['SLACK_API_URL']}{method}"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, headers=headers if token != "" else {}, **sent) as answer,
    ):
        body: Answer = await answer.json()
    return body


async def refusal(stage: Stage, method: str, **arguments: Any) -> Answer:
    """Call a method with JSON arguments, expecting a refusal."""
    answer = await called(stage, method, json=arguments)
    assert answer["ok"] is False
    return answer


async def test_the_token_says_who_the_app_is(stage: Stage) -> None:
    """With the sdk's client, unmodified."""
    who = await stage.api.auth_test()
    assert (who["team_id"], who["user_id"], who["bot_id"]) == ("T0MIDDLETN", "U0CONVENER", "B0CONVENER")


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-1-wrong", "invalid_auth")])
async def test_without_the_right_token_nothing_is_answered(stage: Stage, token: str, error: str) -> None:
    """None, or a wrong one."""
    assert (await called(stage, "auth.test", token, data={}))["error"] == error


async def test_the_app_token_is_for_socket_mode_alone(stage: Stage) -> None:
    """And the bot token is not."""
    app_token = stage.settings["SLACK_APP_TOKEN"]
    assert (await called(stage, "auth.test", app_token, data={}))["error"] == "not_allowed_token_type"
    assert (await called(stage, "apps.connections.open", data={}))["error"] == "not_allowed_token_type"


async def test_a_revoked_token_says_so(stage: Stage) -> None:
    """A switch."""
    await stage.slack.faults(revoke_token=True)
    assert (await called(stage, "auth.test", data={}))["error"] == "token_revoked"


async def test_an_unknown_method_is_refused(stage: Stage) -> None:
    """And recorded as a violation."""
    answer = await refusal(stage, "chat.shout")
    assert answer["error"] == "unknown_method"
    assert (await stage.slack.violations())[-1]["where"] == "chat.shout"


@pytest.mark.parametrize(
    ("method", "needed"),
    [("users.lookupByEmail", "users:read.email"), ("conversations.list", "mpim:read")],
)
async def test_a_scope_that_the_manifest_does_not_ask_for_is_missing(stage: Stage, method: str, needed: str) -> None:
    """Slack says which is needed and which are there."""
    answer = await refusal(stage, method, email="a@example.org", types="mpim")
    assert (answer["error"], answer["needed"]) == ("missing_scope", needed)
    assert "chat:write" in answer["provided"].split(",")


async def test_missing_arguments_are_named(stage: Stage) -> None:
    """All of them."""
    answer = await refusal(stage, "chat.postEphemeral", text="Hello")
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
    assert (await refusal(stage, method, **arguments))["error"] == error


@pytest.mark.parametrize(("body", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object")])
async def test_json_that_is_none_is_refused(stage: Stage, body: bytes, error: str) -> None:
    """Or that is no object."""
    url = f"{stage.settings['SLACK_API_URL']}auth.test"
    headers = {"Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        assert (await answer.json())["error"] == error


async def test_an_argument_that_slack_does_not_document_passes_but_is_recorded(stage: Stage) -> None:
    """Slack ignores it; a typo should not go unseen."""
    before = len(await stage.slack.violations())
    assert (await called(stage, "chat.postMessage", json={"channel": WORKING, "text": "x", "txet": "y"}))["ok"]
    found = (await stage.slack.violations())[before:]
    assert found[0]["errors"] == ["[WARNING] unknown argument: txet"]


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
    answer = await called(stage, "chat.postMessage", **sent[kind])
    assert answer["message"]["text"] == f"by {kind}"
    assert answer["message"]["blocks"][0]["text"]["text"] == "Hello"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": WORKING}, "no_text"),
        ({"channel": WORKING, "text": ""}, "no_text"),
        ({"channel": WORKING, "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": WORKING, "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"channel": WORKING, "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"channel": WORKING, "text": "x", "blocks": [section("x" * 2999) for _ in range(5)]}, "msg_blocks_too_long"),
        ({"channel": WORKING, "text": "x", "thread_ts": "1.1"}, "cannot_reply_to_message"),
        ({"channel": WORKING, "text": "x", "username": "Someone"}, "missing_scope"),
        ({"channel": "C0NOWHERE0", "text": "x"}, "channel_not_found"),
        ({"channel": "C0CLOSED05", "text": "x"}, "channel_not_found"),
        ({"channel": "C0GENERAL4", "text": "x"}, "not_in_channel"),
    ],
)
async def test_posts_that_slack_refuses_are_refused_by_its_names(stage: Stage, arguments: Answer, error: str) -> None:
    """Content first, then place."""
    assert (await refusal(stage, "chat.postMessage", **arguments))["error"] == error


async def test_invalid_blocks_are_refused_with_their_place_and_recorded(stage: Stage) -> None:
    """The line is Slack's."""
    answer = await refusal(stage, "chat.postMessage", channel=WORKING, text="x", blocks=[section("x" * 3001)])
    line = "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert (answer["error"], answer["response_metadata"]["messages"]) == ("invalid_blocks", [line])
    assert (await stage.slack.violations())[-1]["errors"] == ["invalid_blocks", line]


async def test_text_beyond_the_advised_length_is_recorded(stage: Stage) -> None:
    """Slack advises 4,000 characters and takes more."""
    await stage.api.chat_postMessage(channel=WORKING, text="x" * 4001)
    assert (await stage.slack.violations())[-1]["errors"] == [
        "[WARNING] text should be at most 4000 characters [json-pointer:/text]"
    ]


async def test_a_message_is_changed_in_place_and_deleted(stage: Stage) -> None:
    """Blocks that are left out stay; an empty list takes them away."""
    posted = await stage.api.chat_postMessage(channel=WORKING, text="One", blocks=[section("One")])
    await stage.api.chat_update(channel=WORKING, ts=posted["ts"], text="Two")
    changed = (await stage.slack.read("dana", WORKING, last=1))[0]
    assert (changed["text"], changed["words"], changed["edited"]) == ("Two", "One", True)
    await stage.api.chat_update(channel=WORKING, ts=posted["ts"], text="Three", blocks=[])
    assert (await stage.slack.read("dana", WORKING, last=1))[0]["words"] == "Three"
    await stage.api.chat_delete(channel=WORKING, ts=posted["ts"])
    assert (await refusal(stage, "chat.update", channel=WORKING, ts=posted["ts"], text="x"))[
        "error"
    ] == "message_not_found"


async def test_only_its_own_messages_can_the_app_change(stage: Stage) -> None:
    """And none that is too long, and none that only one person sees."""
    said = (await stage.slack.type_("dana", WORKING, "mine"))["new"][0]["ts"]
    for method, error in (("chat.update", "cant_update_message"), ("chat.delete", "cant_delete_message")):
        assert (await refusal(stage, method, channel=WORKING, ts=said, text="x"))["error"] == error
    posted = await stage.api.chat_postMessage(channel=WORKING, text="One")
    long = await refusal(stage, "chat.update", channel=WORKING, ts=posted["ts"], text="x" * 4001)
    assert long["error"] == "msg_too_long"
    hidden = await stage.api.chat_postEphemeral(channel=WORKING, user="U0DANA0001", text="psst")
    answer = await refusal(stage, "chat.update", channel=WORKING, ts=hidden["message_ts"], text="x")
    assert answer["error"] == "message_not_found"


async def test_an_ephemeral_message_goes_to_members_only(stage: Stage) -> None:
    """One person sees it; one who is not in the channel is refused."""
    await stage.api.chat_postEphemeral(channel=WORKING, user="U0LENA0005", text="for Lena")
    assert (await stage.slack.read("lena", WORKING, last=1))[0]["text"] == "for Lena"
    assert (await stage.slack.read("joel", WORKING, last=1))[0]["text"] != "for Lena"
    answer = await refusal(stage, "chat.postEphemeral", channel=WORKING, user="U0SAM00008", text="x")
    assert answer["error"] == "user_not_in_channel"


async def test_an_archived_channel_takes_no_posts(stage: Stage) -> None:
    """Until it is brought back."""
    channel = await stage.slack.channel("old-matters", ["dana"])
    await stage.slack.archive(channel)
    assert (await refusal(stage, "chat.postMessage", channel=channel, text="x"))["error"] == "is_archived"
    await stage.slack.archive(channel, archived=False)
    assert (await stage.api.chat_postMessage(channel=channel, text="x"))["ok"]


async def test_direct_messages_are_opened_once_and_read_by_the_two_alone(stage: Stage) -> None:
    """Opening again answers the same conversation."""
    first = await stage.api.conversations_open(users="U0RUTH0007")
    again = await stage.api.conversations_open(users=["U0RUTH0007"], return_im=True)
    assert again["channel"]["id"] == first["channel"]["id"]
    assert again["channel"]["user"] == "U0RUTH0007"
    await stage.api.chat_postMessage(channel="U0RUTH0007", text="just us")
    assert (await stage.slack.read("ruth", first["channel"]["id"]))[-1]["text"] == "just us"
    assert "just us" not in [one["text"] for one in await stage.slack.read("dana")]


@pytest.mark.parametrize(
    ("users", "error"),
    [("", "users_list_not_supplied"), ("U0NOBODY00", "user_not_found"), ("U0LENA0005,U0JOEL0006", "missing_scope")],
)
async def test_direct_messages_that_cannot_be_opened(stage: Stage, users: str, error: str) -> None:
    """By Slack's names."""
    assert (await refusal(stage, "conversations.open", users=users))["error"] == error


async def test_members_come_page_by_page(stage: Stage) -> None:
    """The sdk follows the cursor."""
    pages = [page["members"] async for page in await stage.api.conversations_members(channel=WORKING, limit=4)]
    assert [len(page) for page in pages] == [4, 4, 1]
    assert (await refusal(stage, "conversations.members", channel=WORKING, cursor="x"))["error"] == "invalid_cursor"
    assert (await refusal(stage, "conversations.members", channel=WORKING, limit=5000))["error"] == "invalid_limit"


async def test_channels_are_listed_as_far_as_the_app_may_know_of_them(stage: Stage) -> None:
    """A private channel without the app is not there at all."""
    public = await stage.api.conversations_list(types="public_channel,private_channel", limit=999)
    names = {one["name"] for one in public["channels"]}
    assert {"reentry-working-group", "privacy-counsel", "general"} <= names
    assert "court-clerks" not in names
    own = await stage.api.users_conversations(types="public_channel")
    assert "general" not in {one["name"] for one in own["channels"]}
    assert (await refusal(stage, "conversations.info", channel="C0CLOSED05"))["error"] == "channel_not_found"


async def test_a_channel_tells_whether_it_is_shared_and_whether_the_app_is_in_it(stage: Stage) -> None:
    """Slack Connect has two homes."""
    shared = await stage.api.conversations_info(channel="C0PARTNER2", include_num_members=True)
    assert shared["channel"]["is_ext_shared"]
    assert shared["channel"]["num_members"] == 6
    general = await stage.api.conversations_info(channel="C0GENERAL4")
    assert not general["channel"]["is_member"]


async def test_a_user_has_a_home_a_zone_and_no_address_without_the_scope(stage: Stage) -> None:
    """The outsider's home is another."""
    sam = (await stage.api.users_info(user="U0SAM00008"))["user"]
    assert (sam["team_id"], sam["tz"], sam["is_stranger"]) == ("T0RIVERWAY", "America/New_York", True)
    assert "email" not in sam["profile"]
    lena = (await stage.api.users_info(user="U0LENA0005"))["user"]
    assert (lena["tz_label"], lena["tz_offset"] in (-18000, -21600)) == ("Central Time", True)
    assert (await refusal(stage, "users.info", user="U0NOBODY00"))["error"] == "user_not_found"


async def test_users_bots_and_guests_are_told_apart(stage: Stage) -> None:
    """In the list of users."""
    users = {one["name"]: one for one in (await stage.api.users_list())["members"]}
    assert users["gail"]["is_ultra_restricted"]
    assert users["standup"]["is_bot"]
    assert users["ruth"]["is_admin"]
    assert not users["dana"]["is_bot"]


async def test_the_app_joins_reads_and_leaves(stage: Stage) -> None:
    """A public channel."""
    channel = await stage.slack.channel("open-house", ["dana"], bot_is_member=False)
    assert (await refusal(stage, "conversations.history", channel=channel))["error"] == "not_in_channel"
    await stage.api.conversations_join(channel=channel)
    await stage.slack.type_("dana", channel, "welcome")
    history = await stage.api.conversations_history(channel=channel)
    assert [one["text"] for one in history["messages"]] == ["welcome"]
    await stage.api.conversations_leave(channel=channel)
    assert (await refusal(stage, "chat.postMessage", channel=channel, text="x"))["error"] == "not_in_channel"


async def test_a_thread_is_read_with_its_parent(stage: Stage) -> None:
    """And stays out of the channel's history."""
    channel = await stage.slack.channel("threads", ["dana"])
    parent = await stage.api.chat_postMessage(channel=channel, text="parent")
    await stage.api.chat_postMessage(channel=channel, text="answer", thread_ts=parent["ts"])
    replies = await stage.api.conversations_replies(channel=channel, ts=parent["ts"])
    assert [one["text"] for one in replies["messages"]] == ["parent", "answer"]
    history = await stage.api.conversations_history(channel=channel)
    assert [one["text"] for one in history["messages"]] == ["parent"]


async def test_a_permalink_names_channel_and_message(stage: Stage) -> None:
    """As Slack builds it."""
    posted = await stage.api.chat_postMessage(channel=WORKING, text="x")
    link = await stage.api.chat_getPermalink(channel=WORKING, message_ts=posted["ts"])
    assert link["permalink"].endswith(f"archives/{WORKING}/p{posted['ts'].replace('.', '')}")


async def test_blocks_are_validated_on_request_with_slacks_error_shape(stage: Stage) -> None:
    """Exactly one of blocks, message and view."""
    good = await called(stage, "blocks.validate", json={"blocks": [section("x")]})
    assert good["ok"]
    bad = await refusal(stage, "blocks.validate", blocks=[{"type": "section", "text": {"type": "shout", "text": "x"}}])
    assert (bad["error"], bad["errors"][0]["pointer"]) == ("invalid_blocks", "/0/text/type")
    assert bad["errors"][0]["constraint"] == {"type": "enum", "expected": ["plain_text", "mrkdwn"]}
    both = await refusal(stage, "blocks.validate", blocks=[], view={})
    assert both["response_metadata"]["messages"] == ["must provide exactly one of `blocks`, `view`, or `message`"]
    view = await refusal(stage, "blocks.validate", view={"type": "modal"})
    assert view["error"] == "invalid_view"


async def test_a_failing_call_raises_in_the_sdk_with_slacks_error_name(stage: Stage) -> None:
    """So that an app under test behaves as with Slack."""
    client = AsyncWebClient(token="xoxb-wrong", base_url=stage.settings["SLACK_API_URL"])
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(
            channel=WORKING, text="x", blocks=[{"type": "actions", "elements": [button("a", "b")]}]
        )
    assert refused.value.response["error"] == "invalid_auth"
