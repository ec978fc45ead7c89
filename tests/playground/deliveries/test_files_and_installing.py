"""Files both ways, and installing the app with OAuth."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.conftest import Stage
from tests.support.sample_app import field, modal

WORKING = "C0WORKING1"
REDIRECT = "http://127.0.0.1:3000/slack/oauth_redirect"


SDK_WARNS = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # inside slack-sdk 3.47


async def fetched(url: str, token: str = "") -> tuple[str, bytes]:
    """The content type and bytes at an address."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.content_type, await answer.read()


async def test_the_app_uploads_a_file_with_the_sdk_and_people_see_it(stage: Stage) -> None:
    """The three steps in one call."""
    await stage.api.files_upload_v2(channel=WORKING, filename="register.csv", content="name\nAna\n", title="Register")
    message = (await stage.slack.read("dana", WORKING, last=1))[0]
    shown = message["files"][0]
    assert (shown["name"], shown["title"], shown["size"]) == ("register.csv", "Register", 9)
    assert (await stage.api.files_info(file=shown["id"]))["file"]["mimetype"] == "text/csv"


async def test_a_file_is_downloaded_with_the_apps_token_alone(stage: Stage) -> None:
    """Without it Slack shows its sign-in page."""
    stage.app.view = modal(field("Paper", {"type": "file_input", "action_id": "a", "filetypes": ["csv"]}))
    await stage.slack.type_("dana", WORKING, "/modal")
    await stage.slack.submit("dana", {"Paper": {"name": "people.csv", "content": "name\nBo\n"}})
    file = stage.app.heard[-1]["view"]["state"]["values"]["paper"]["a"]["files"][0]
    assert await fetched(file["url_private_download"], stage.settings["SLACK_BOT_TOKEN"]) == ("text/csv", b"name\nBo\n")
    assert (await fetched(file["url_private_download"]))[0] == "text/html"


async def test_an_upload_has_the_length_that_was_announced(stage: Stage) -> None:
    """And is finished only once it is there."""
    begun = await stage.api.files_getUploadURLExternal(filename="a.txt", length=5)
    async with aiohttp.ClientSession() as session:
        async with session.post(begun["upload_url"], data=b"too long for that") as answer:
            assert answer.status == 400
        with pytest.raises(SlackApiError) as refused:
            await stage.api.files_completeUploadExternal(files=[{"id": begun["file_id"], "title": "a"}])
        assert refused.value.response["error"] == "file_not_found"
        async with session.post(begun["upload_url"], data=b"right") as answer:
            assert answer.status == 200
        async with session.post(f"{stage.slack.base_url}upload/v1/nothing", data=b"x") as answer:
            assert answer.status == 404
    done = await stage.api.files_completeUploadExternal(files=[{"id": begun["file_id"], "title": "a"}])
    assert done["files"][0]["title"] == "a"


async def test_an_upload_may_come_as_a_form(stage: Stage) -> None:
    """As the SDK for Node sends it: byte for byte, whatever stands in it."""
    content = b"\x00\r\n--not the end\r\n\xff\r\n"
    begun = await stage.api.files_getUploadURLExternal(filename="a.bin", length=len(content))
    form = aiohttp.FormData()
    form.add_field("title", "not the file")
    form.add_field("filename", content, filename="a.bin", content_type="application/octet-stream")
    async with aiohttp.ClientSession() as session, session.post(begun["upload_url"], data=form) as answer:
        assert (answer.status, await answer.text()) == (200, f"OK - {len(content)}")
    done = await stage.api.files_completeUploadExternal(files=[{"id": begun["file_id"], "title": "a"}])
    kept = await fetched(done["files"][0]["url_private"], stage.settings["SLACK_BOT_TOKEN"])
    assert kept == ("application/octet-stream", content)


async def authorized(stage: Stage, **asked: Any) -> tuple[int, dict[str, list[str]]]:
    """What the browser is sent back with."""
    query = {"client_id": stage.settings["SLACK_CLIENT_ID"], "scope": "commands,chat:write", "state": "s1"} | asked
    url = f"{stage.settings['SLACK_AUTHORIZE_URL']}?{urlencode(query)}"
    async with aiohttp.ClientSession() as session, session.get(url, allow_redirects=False) as answer:
        return answer.status, parse_qs(urlsplit(answer.headers.get("Location", "")).query)


@SDK_WARNS
async def test_an_installation_hands_out_a_token_that_works(stage: Stage) -> None:
    """The state comes back; the code is good once."""
    status, back = await authorized(stage, redirect_uri=REDIRECT)
    assert (status, back["state"]) == (302, ["s1"])
    client = AsyncWebClient(base_url=stage.settings["SLACK_API_URL"])
    keys = {"client_id": stage.settings["SLACK_CLIENT_ID"], "client_secret": stage.settings["SLACK_CLIENT_SECRET"]}
    granted = await client.oauth_v2_access(**keys, code=back["code"][0], redirect_uri=REDIRECT)
    assert granted["team"] == {"id": "T0MIDDLETN", "name": "Middleton County"}
    fresh = AsyncWebClient(token=granted["access_token"], base_url=stage.settings["SLACK_API_URL"])
    assert (await fresh.auth_test())["user_id"] == granted["bot_user_id"]
    with pytest.raises(SlackApiError) as refused:
        await client.oauth_v2_access(**keys, code=back["code"][0], redirect_uri=REDIRECT)
    assert refused.value.response["error"] == "invalid_code"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_secret": "wrong"}, "bad_client_secret"),
        ({"redirect_uri": "http://127.0.0.1:3000/elsewhere"}, "bad_redirect_uri"),
    ],
)
@SDK_WARNS
async def test_a_code_is_exchanged_only_by_the_app_it_was_meant_for(
    stage: Stage, wrong: dict[str, str], error: str
) -> None:
    """By Slack's names."""
    _, back = await authorized(stage, redirect_uri=REDIRECT)
    keys = {"client_id": stage.settings["SLACK_CLIENT_ID"], "client_secret": stage.settings["SLACK_CLIENT_SECRET"]}
    client = AsyncWebClient(base_url=stage.settings["SLACK_API_URL"])
    with pytest.raises(SlackApiError) as refused:
        await client.oauth_v2_access(**(keys | {"code": back["code"][0], "redirect_uri": REDIRECT} | wrong))
    assert refused.value.response["error"] == error


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"client_id": "1.2"}, 400),
        ({"redirect_uri": "http://example.org/steal"}, 400),
        ({"scope": "admin"}, 400),
        ({}, 302),
    ],
)
async def test_an_installation_goes_to_known_addresses_with_known_scopes(
    stage: Stage, asked: dict[str, str], status: int
) -> None:
    """Without a redirect the manifest's first is taken."""
    assert (await authorized(stage, **asked))[0] == status


async def test_an_installation_can_be_denied(stage: Stage) -> None:
    """The app is told."""
    _, back = await authorized(stage, redirect_uri=REDIRECT, deny="1")
    assert back == {"state": ["s1"], "error": ["access_denied"]}
