"""Whatever people and apps write, in whatever place: it is shown as words and never runs."""

from __future__ import annotations

import aiohttp
import pytest
from playwright.async_api import expect

from tests.playground.conftest import Stage
from tests.support.sample_app import button, field, modal, options, section
from tests.support.visitor import Visitor

WORKING = "C0WORKING1"
ROOM = "reentry-working-group"

HOSTILE = [
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg onload=window.hit=1>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    '"><script>window.hit=1</script>',
    "' onmouseover='window.hit=1",
    "<a href=javascript:window.hit=1>press</a>",
    "</textarea><script>window.hit=1</script>",
    "</title><script>window.hit=1</script>",
    "<style>*{display:none}</style>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "{{constructor.constructor('window.hit=1')()}}",
    "${window.hit=1}",
    "<math><mtext><script>window.hit=1</script></mtext></math>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "<!--><script>window.hit=1</script>",
    "\u202e<script>window.hit=1</script>",
]
LINKS = [
    "javascript:window.hit=1",
    "JaVaScRiPt:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    "vbscript:x",
]
_PLANTED = (
    "script:not([src^='/static/']), iframe, base, [onerror], [onload], [onmouseover], meta[http-equiv], style, math"
)


async def _unharmed(guest: Visitor) -> None:
    assert await guest.page.evaluate("window.hit") is None
    assert await guest.page.locator(_PLANTED).count() == 0
    assert await guest.page.locator("a[href^='javascript' i], a[href^='data' i], a[href^='vbscript' i]").count() == 0


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_stay_words_wherever_they_stand(guest: Visitor, stage: Stage, words: str) -> None:
    """In a message by a person or an app, on buttons, in options, tables, names, titles and file names."""
    short = words[:70]
    room = await stage.slack.channel(f"x{short}", ["dana"])
    await stage.slack.user("odd", real_name=words, title=words)
    cell = {"type": "raw_text", "text": words}
    rich = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    blocks = [
        section(words, fields=[{"type": "mrkdwn", "text": words}], accessory=button(short, "any")),
        {"type": "section", "text": {"type": "plain_text", "text": words}},
        {"type": "header", "text": {"type": "plain_text", "text": words}},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": words}]},
        {"type": "actions", "elements": [{"type": "static_select", "action_id": "s", "options": options(short)}]},
        {"type": "rich_text", "elements": [rich]},
        {"type": "markdown", "text": words},
        {"type": "table", "rows": [[cell], [cell]]},
        {"type": "data_table", "caption": words, "rows": [[cell], [cell]]},
        {"type": "image", "image_url": "https://example.org/a.png", "alt_text": words},
        {
            "type": "data_visualization",
            "title": words[:50],
            "chart": {"type": "pie", "segments": [{"label": words[:20], "value": 1}]},
        },
    ]
    await stage.api.chat_postMessage(channel=room, text=words, blocks=blocks)
    await stage.api.chat_postMessage(channel=room, text=words)
    await stage.api.chat_postMessage(
        channel=room, text=f"<https://a.example|{words}> <!date^1796653800^{{date}} {words}|x>"
    )
    await stage.slack.type_("dana", room, words)
    stage.app.view = modal(
        field(words, {"type": "plain_text_input", "initial_value": words}, block_id="b"),
        title={"type": "plain_text", "text": words[:24]},
    )
    await guest.opens("dana", f"x{short}")
    await expect(guest.feed.get_by_role("article").last).to_contain_text(words.replace("\u202e", "")[:12])
    await _unharmed(guest)
    await guest.types("/modal")
    await expect(guest.modal).to_be_visible()
    await _unharmed(guest)
    await guest.modal.get_by_role("button", name="Dismiss").click()
    await guest.page.get_by_role("button", name="Inspector").click()
    await guest.page.locator(".call summary").first.click()
    await _unharmed(guest)


@pytest.mark.parametrize("address", LINKS)
async def test_addresses_that_could_run_open_nothing(guest: Visitor, stage: Stage, address: str) -> None:
    """They are shown as words."""
    await stage.api.chat_postMessage(channel=WORKING, text=f"<{address}|press here>")
    await guest.opens("dana", ROOM)
    await expect(guest.feed.get_by_role("article").last).to_contain_text("press here")
    await _unharmed(guest)


async def test_a_file_is_never_shown_as_a_page(stage: Stage) -> None:
    """Whatever it says it is, it is offered for keeping."""
    stage.app.view = modal(field("File", {"type": "file_input"}))
    await stage.slack.type_("dana", WORKING, "/modal")
    name = "<img src=x onerror=window.hit=1>.html"
    await stage.slack.submit("dana", {"File": {"name": name, "content": "<script>window.hit=1</script>"}})
    file = next(iter(next(iter(stage.app.heard[-1]["view"]["state"]["values"].values())).values()))["files"][0]
    async with aiohttp.ClientSession() as session, session.get(f"{stage.slack.base_url}page/file/{file['id']}") as got:
        assert got.content_type == "application/octet-stream"
        assert got.headers["Content-Disposition"] == "attachment"


async def test_the_page_allows_no_script_but_its_own(stage: Stage) -> None:
    """By its security policy; and it opens no other file than its own."""
    async with aiohttp.ClientSession() as session:
        async with session.get(stage.slack.base_url) as page:
            policy = page.headers["Content-Security-Policy"]
            assert "script-src 'self';" in policy
            assert "unsafe" not in policy
            assert "<script>" not in await page.text()
        async with session.get(f"{stage.slack.base_url}static/..%2fpage.py") as escaped:
            assert escaped.status == 404
        async with session.post(f"{stage.slack.base_url}page/act/type", data=b"{}") as foreign:
            assert foreign.status == 415
        elsewhere = {"Origin": "https://evil.example"}
        for path in ("page/act/type", "control/type"):
            async with session.post(f"{stage.slack.base_url}{path}", json={}, headers=elsewhere) as foreign:
                assert foreign.status == 403
        async with session.get(stage.slack.base_url, headers={"Host": "evil.example"}) as rebound:
            assert rebound.status == 400
