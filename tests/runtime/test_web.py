"""Who may knock: only Slack. And how the process says that it is well."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from tests.support.county import County

BODY = urlencode(
    {
        "command": "/principle",
        "text": "",
        "channel_id": "C0NOWHERE",
        "user_id": "U1",
        "team_id": "T1",
        "trigger_id": "1.2",
    }
)


@pytest.fixture
async def web() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def signed(county: County, body: str, at: str) -> dict[str, str]:
    """Headers as Slack would send them at a real time, in seconds."""
    secret = county.world.settings["SLACK_SIGNING_SECRET"]
    signature = SignatureVerifier(secret).generate_signature(timestamp=at, body=body)
    assert signature
    return {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": at,
        "x-slack-signature": signature,
    }


async def test_a_signed_command_is_answered(county: County, web: aiohttp.ClientSession) -> None:
    headers = signed(county, BODY, str(int(time.time())))
    async with web.post(f"{county.bot_urls[0]}/slack/events", data=BODY, headers=headers) as answer:
        assert answer.status == 200
        assert "no working group yet" in (await answer.json())["text"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"x-slack-signature": "v0=" + "0" * 64}, "a wrong signature"),
        ({"x-slack-signature": ""}, "no signature"),
        ({"x-slack-request-timestamp": str(int(time.time()) - 3600)}, "a stale time"),
        ({"x-slack-request-timestamp": ""}, "no time"),
        ({"x-slack-request-timestamp": "soon"}, "a time that is no number"),
        ({"x-slack-request-timestamp": "१२३"}, "a time in other digits"),
        ({"x-slack-request-timestamp": "1e9"}, "a time as a float"),
        ({"x-slack-request-timestamp": "-5"}, "a negative time"),
        ({"x-slack-request-timestamp": "9" * 400}, "a time that no clock shows"),
    ],
)
async def test_what_slack_did_not_sign_is_refused(
    county: County, web: aiohttp.ClientSession, changed: dict[str, str], why: str
) -> None:
    headers = signed(county, BODY, str(int(time.time()))) | changed
    async with web.post(f"{county.bot_urls[0]}/slack/events", data=BODY, headers=headers) as answer:
        assert answer.status == 401, why


async def test_an_old_request_is_refused_even_with_a_right_signature(
    county: County, web: aiohttp.ClientSession
) -> None:
    headers = signed(county, BODY, str(int(time.time()) - 301))
    async with web.post(f"{county.bot_urls[0]}/slack/events", data=BODY, headers=headers) as answer:
        assert answer.status == 401


async def test_a_body_changed_on_the_way_is_refused(county: County, web: aiohttp.ClientSession) -> None:
    headers = signed(county, BODY, str(int(time.time())))
    async with web.post(f"{county.bot_urls[0]}/slack/events", data=BODY + "&x=1", headers=headers) as answer:
        assert answer.status == 401


async def test_an_unsigned_body_that_is_no_text_is_refused(county: County, web: aiohttp.ClientSession) -> None:
    headers = signed(county, BODY, str(int(time.time())))
    async with web.post(f"{county.bot_urls[0]}/slack/events", data=b"\xff\xfe", headers=headers) as answer:
        assert answer.status == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("payload={not json", "application/x-www-form-urlencoded"),
        ("payload=[]", "application/x-www-form-urlencoded"),
        ("{bad", "application/json"),
        ("[1]", "application/json"),
    ],
)
async def test_a_signed_body_that_cannot_be_read_is_refused(
    county: County, web: aiohttp.ClientSession, body: str, kind: str
) -> None:
    headers = signed(county, body, str(int(time.time()))) | {"content-type": kind}
    async with web.post(f"{county.bot_urls[0]}/slack/events", data=body, headers=headers) as answer:
        assert answer.status == 400


async def test_a_huge_body_is_refused_unread(county: County, web: aiohttp.ClientSession) -> None:
    async with web.post(f"{county.bot_urls[0]}/slack/events", data=b"x" * 1_000_001) as answer:
        assert answer.status == 413


async def test_slacks_check_of_the_address_is_answered(county: County, web: aiohttp.ClientSession) -> None:
    body = '{"type": "url_verification", "challenge": "c4a1"}'
    headers = signed(county, body, str(int(time.time()))) | {"content-type": "application/json"}
    async with web.post(f"{county.bot_urls[0]}/slack/events", data=body, headers=headers) as answer:
        assert answer.status == 200
        assert "c4a1" in await answer.text()


async def test_the_process_says_that_it_is_up_and_ready(county: County, web: aiohttp.ClientSession) -> None:
    async with web.get(f"{county.bot_urls[0]}/healthz") as answer:
        assert answer.status == 200
    async with web.get(f"{county.bot_urls[0]}/readyz") as answer:
        assert answer.status == 200
        assert await answer.json() == {
            "database": True,
            "writable": True,
            "migrations": True,
            "clock": True,
            "sender": True,
            "socket": True,
        }


async def test_an_unknown_path_is_not_found(county: County, web: aiohttp.ClientSession) -> None:
    async with web.get(f"{county.bot_urls[0]}/admin") as answer:
        assert answer.status == 404
