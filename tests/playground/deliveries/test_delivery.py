"""Deliveries: signed as Slack signs, answered in time or not, answered later, delivered again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.signature import SignatureVerifier
from slack_sdk.webhook.async_client import AsyncWebhookClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.playground.conftest import Stage
from tests.support.sample_app import button, section, served

WORKING = "C0WORKING1"


class Listener:
    """An app that only notes raw requests and answers as told."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        self.body = ""

    async def handle(self, request: Request) -> Response:
        self.requests.append((dict(request.headers), await request.body()))
        return Response(self.body, self.status)


@pytest_asyncio.fixture
async def listener(stage: Stage) -> AsyncIterator[Listener]:
    """In place of the tiny Bolt app."""
    listener = Listener()
    app = Starlette(routes=[Route("/slack/events", listener.handle, methods=["POST"])])
    async with served(app) as url:
        await stage.slack.events_to(f"{url}slack/events")
        yield listener


async def test_the_signature_is_slacks(stage: Stage, listener: Listener) -> None:
    """Verified by the sdk; a changed body or another secret does not pass."""
    await stage.slack.type_("dana", WORKING, "/echo hello")
    headers, body = listener.requests[0]
    verifier = SignatureVerifier(stage.settings["SLACK_SIGNING_SECRET"])
    assert verifier.is_valid_request(body, headers)
    assert not verifier.is_valid_request(body + b"x", headers)
    assert not SignatureVerifier("another").is_valid_request(body, headers)


async def test_a_command_is_a_form_with_slacks_fields(stage: Stage, listener: Listener) -> None:
    """All of them."""
    await stage.slack.type_("dana", WORKING, "/echo hello")
    headers, body = listener.requests[0]
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert set(parse_qs(body.decode())) == {
        *("token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command"),
        *("text", "api_app_id", "is_enterprise_install", "response_url", "trigger_id"),
    }


@pytest.mark.parametrize(
    ("status", "failure"), [(500, "dispatch_failed"), (401, "dispatch_failed"), (404, "dispatch_failed")]
)
async def test_a_failing_acknowledgement_is_shown_and_recorded(
    stage: Stage, listener: Listener, status: int, failure: str
) -> None:
    """Slack says that the command failed."""
    listener.status = status
    outcome = await stage.slack.type_("dana", WORKING, "/echo hello")
    assert (outcome["status"], outcome["failure"]) == (status, failure)
    assert outcome["messages"] == [f"/echo failed with the error “{failure}”"]
    assert outcome["violations"][0]["errors"] == [failure]


async def test_nobody_listening_is_said_to_the_person(stage: Stage, listener: Listener) -> None:
    """A port where nothing is."""
    await stage.slack.events_to("http://127.0.0.1:9/slack/events")
    outcome = await stage.slack.type_("dana", WORKING, "/echo hello")
    assert (outcome["status"], outcome["messages"]) == (None, ["/echo failed with the error “dispatch_unknown_error”"])


async def test_an_answer_after_three_seconds_is_too_late(stage: Stage) -> None:
    """Slack gives up and says so."""
    stage.app.ack_after = 3.3
    outcome = await stage.slack.type_("dana", WORKING, "/act")
    assert outcome["timed_out"]
    assert outcome["messages"] == ["/act failed with the error “operation_timeout”"]
    await asyncio.sleep(0.5)


@pytest.mark.parametrize(
    "answer",
    [
        {"text": "x", "response_type": "loud"},
        {"text": "x", "blocks": [section("x" * 3001)]},
        {"blocks": []},
        {"text": ["x"]},
    ],
)
async def test_an_acknowledgement_that_slack_could_not_show_is_a_violation(
    stage: Stage, listener: Listener, answer: dict[str, object]
) -> None:
    """The person sees that the command failed."""
    listener.body = json.dumps(answer)
    outcome = await stage.slack.type_("dana", WORKING, "/echo hello")
    assert [one["where"] for one in outcome["violations"]] == ["/echo"]
    assert outcome["messages"] == ["/echo failed with the error “invalid_command_response”"]


async def test_a_field_that_slack_does_not_know_is_passed_over_with_a_warning(stage: Stage, listener: Listener) -> None:
    """The answer is shown all the same."""
    listener.body = json.dumps({"text": "x", "colour": "red"})
    outcome = await stage.slack.type_("dana", WORKING, "/echo hello")
    assert (outcome["messages"], outcome["violations"]) == (["x"], [])
    assert outcome["warnings"][0]["errors"] == ["[WARNING] unknown field: colour"]


@pytest.mark.parametrize(("status", "accepted"), [(202, True), (204, True), (302, False), (500, False)])
async def test_an_event_is_acknowledged_by_any_status_of_the_two_hundreds(
    stage: Stage, listener: Listener, status: int, accepted: bool
) -> None:
    """As Slack has it; commands and acts want 200."""
    listener.status = status
    await stage.slack.faults(retry_seconds=[])
    since = len(await stage.slack.calls())
    outcome = await stage.slack.type_("dana", WORKING, "good morning")
    assert (outcome["violations"] == []) is accepted
    assert (await stage.slack.calls(since))[0]["status"] == status


async def test_an_event_that_the_app_has_no_listener_for_is_no_violation(stage: Stage, listener: Listener) -> None:
    """Bolt answers 404 then; Slack tries again, and so does the playground."""
    listener.status = 404
    await stage.slack.faults(retry_seconds=[0])
    outcome = await stage.slack.type_("dana", WORKING, "good morning")
    assert (outcome["violations"], len(outcome["warnings"])) == ([], 1)
    for _ in range(100):
        if len(listener.requests) == 2:
            break
        await asyncio.sleep(0.01)
    assert len(listener.requests) == 2


async def test_an_answer_for_the_channel_is_seen_by_all(stage: Stage) -> None:
    """``in_channel``."""
    stage.app.command_answer = {"text": "for all", "response_type": "in_channel"}
    await stage.slack.type_("dana", WORKING, "/act")
    assert (await stage.slack.read("marcus", WORKING, last=1))[0]["text"] == "for all"


async def test_an_earlier_delivery_comes_again_byte_for_byte_and_freshly_signed(
    stage: Stage, listener: Listener
) -> None:
    """As a repeated delivery would."""
    first = await stage.slack.type_("dana", WORKING, "/echo hello")
    await asyncio.sleep(1.05)
    await stage.slack.again(first["n"])
    (headers, body), (headers_again, body_again) = listener.requests
    assert body == body_again
    assert headers["x-slack-signature"] != headers_again["x-slack-signature"]
    assert SignatureVerifier(stage.settings["SLACK_SIGNING_SECRET"]).is_valid_request(body_again, headers_again)


async def test_a_raw_delivery_carries_the_headers_it_is_given(stage: Stage) -> None:
    """Bolt refuses a wrong signature, and no violation is counted for a wrong delivery of ours."""
    before = len(await stage.slack.violations())
    wrong = await stage.slack.deliver("command=%2Fecho", {"X-Slack-Signature": "v0=wrong"})
    unsigned = await stage.slack.deliver("command=%2Fecho", signed=False)
    assert (wrong["status"], unsigned["status"]) == (401, 401)
    assert len(await stage.slack.violations()) == before


async def _response_url(stage: Stage) -> str:
    await stage.slack.type_("dana", WORKING, "/echo hello")
    return str(stage.app.heard[-1]["response_url"])


async def test_a_response_url_takes_five_answers(stage: Stage) -> None:
    """The sixth is refused."""
    client = AsyncWebhookClient(await _response_url(stage))
    answers = [await client.send(text=f"number {n}") for n in range(6)]
    assert [one.status_code for one in answers] == [200] * 5 + [404]
    assert json.loads(answers[5].body)["error"] == "used_url"
    assert (await stage.slack.read("dana", WORKING, last=1))[0]["text"] == "number 4"
    assert (await stage.slack.read("marcus", WORKING, last=1))[0]["text"] != "number 4"


async def test_a_response_url_is_good_for_thirty_minutes(stage: Stage) -> None:
    """Of pretend time."""
    start = datetime(2026, 12, 7, 16, tzinfo=UTC)
    await stage.slack.set_clock(start)
    client = AsyncWebhookClient(await _response_url(stage))
    await stage.slack.set_clock(start + timedelta(minutes=30))
    assert (await client.send(text="in time", response_type="in_channel")).status_code == 200
    await stage.slack.set_clock(start + timedelta(minutes=30, seconds=1))
    assert json.loads((await client.send(text="late")).body)["error"] == "expired_url"


async def test_an_invalid_answer_on_a_response_url_is_refused_and_recorded(stage: Stage) -> None:
    """As a bad request."""
    answer = await AsyncWebhookClient(await _response_url(stage)).send(text="x", blocks=[section("x" * 3001)])
    assert (answer.status_code, json.loads(answer.body)["error"]) == (400, "invalid_blocks")
    assert (await stage.slack.violations())[-1]["where"] == "response_url"


async def test_the_original_message_is_replaced_or_deleted_through_its_response_url(stage: Stage) -> None:
    """Also one that only one person sees."""
    await stage.api.chat_postEphemeral(
        channel=WORKING, user="U0LENA0005", text="Sure?", blocks=[section("Sure?", accessory=button("Yes", "any"))]
    )
    await stage.slack.press("lena", "Yes", channel=WORKING)
    heard = stage.app.heard[-1]
    assert heard["container"]["is_ephemeral"]
    assert "message" not in heard
    client = AsyncWebhookClient(heard["response_url"])
    await client.send(text="Done", replace_original=True)
    replaced = (await stage.slack.read("lena", WORKING, last=1))[0]
    assert (replaced["text"], replaced["blocks"], replaced["ephemeral"]) == ("Done", [], True)
    await client.send(delete_original=True)
    assert "Done" not in [one["text"] for one in await stage.slack.read("lena", WORKING)]


async def test_everything_is_logged_both_ways_without_a_token(stage: Stage) -> None:
    """Direction, method, status, time taken, signature."""
    since = len(await stage.slack.calls())
    await stage.slack.type_("dana", WORKING, "/echo hello")
    await stage.api.chat_postMessage(channel=WORKING, text=f"my token is {stage.settings['SLACK_BOT_TOKEN']}")
    calls = [one for one in await stage.slack.calls(since) if one["method"] != "auth.test"]
    assert [(one["direction"], one["method"], one["status"]) for one in calls] == [
        ("out", "/echo", 200),
        ("in", "chat.postMessage", 200),
    ]
    assert calls[0]["signed"]
    assert all(one["ms"] > 0 for one in calls)
    assert not any(stage.settings[name] in json.dumps(calls) for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"))


async def test_the_page_and_the_control_api_answer_plainly(stage: Stage) -> None:
    """A wrong request is told what is missing."""
    async with aiohttp.ClientSession() as session:
        async with session.get(stage.slack.base_url) as page:
            assert "This is not Slack" in await page.text()
        async with session.post(f"{stage.slack.base_url}control/type", json={"user": "dana"}) as answer:
            assert (answer.status, await answer.json()) == (400, {"error": "missing: channel"})
        async with session.post(f"{stage.slack.base_url}control/type", data=b"[]") as answer:
            assert answer.status == 400
