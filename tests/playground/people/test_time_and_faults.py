"""Pretend time, faults on purpose, events with their retries, who is in a channel."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from playground.telling.client import Playground, Refused
from tests.playground.conftest import Stage
from tests.support.sample_app import served

WORKING = "C0WORKING1"
MONDAY = datetime(2026, 12, 7, 16, tzinfo=UTC)


def utc(ts: str) -> datetime:
    """The instant of a message timestamp."""
    return datetime.fromtimestamp(float(ts), UTC)


async def test_pretend_time_is_what_messages_carry_and_what_the_clock_file_says(stage: Stage) -> None:
    """Until real time returns and the file goes."""
    later = datetime(2031, 1, 6, 16, tzinfo=UTC)
    answer = await stage.slack.set_clock(later)
    assert answer["at"] == "2031-01-06T16:00:00Z"
    assert stage.clock_file.read_text() == "2031-01-06T16:00:00Z"
    posted = await stage.api.chat_postMessage(channel=WORKING, text="x")
    assert abs(utc(posted["ts"]) - later) < timedelta(seconds=1)
    await stage.slack.set_clock(None)
    assert not stage.clock_file.exists()


async def test_timestamps_rise_when_time_stands_and_when_it_runs_back(stage: Stage) -> None:
    """No two messages share one."""
    stamps = []
    for at in (MONDAY, MONDAY, MONDAY - timedelta(days=400)):
        await stage.slack.set_clock(at)
        stamps.append(float((await stage.api.chat_postMessage(channel=WORKING, text="x"))["ts"]))
    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize("at", ["2026-12-07T16:00:00", "next monday"])
async def test_an_instant_without_a_zone_is_refused(stage: Stage, at: str) -> None:
    """In words."""
    with pytest.raises(Refused):
        await stage.slack.ask("clock", at=at)


async def test_a_rate_limit_strikes_so_many_calls_of_one_method(stage: Stage) -> None:
    """With the seconds to wait."""
    await stage.slack.faults(rate_limit={"method": "chat.postMessage", "times": 1, "retry_after": 7})
    await stage.api.auth_test()
    with pytest.raises(SlackApiError) as refused:
        await stage.api.chat_postMessage(channel=WORKING, text="x")
    answer: Any = refused.value.response
    assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "7")
    assert (await stage.api.chat_postMessage(channel=WORKING, text="x"))["ok"]


async def test_a_server_error_strikes_so_many_calls(stage: Stage) -> None:
    """Of any method, when none is named."""
    await stage.slack.faults(server_error={"times": 1})
    with pytest.raises(SlackApiError) as refused:
        await stage.api.auth_test()
    answer: Any = refused.value.response
    assert answer.status_code == 503
    assert (await stage.api.auth_test())["ok"]


async def test_a_slow_network_holds_back_every_answer(stage: Stage) -> None:
    """By the milliseconds set."""
    await stage.slack.faults(delay_ms=150)
    begun = time.monotonic()
    await stage.api.auth_test()
    assert time.monotonic() - begun >= 0.15


async def test_slacks_own_tiers_hold_once_switched_on(stage: Stage) -> None:
    """One post a second in a channel; fifty updates a minute."""
    await stage.slack.faults(tiers=True)
    posted = await stage.api.chat_postMessage(channel=WORKING, text="x")
    with pytest.raises(SlackApiError) as too_soon:
        await stage.api.chat_postMessage(channel=WORKING, text="y")
    assert too_soon.value.response["error"] == "ratelimited"
    elsewhere = await stage.api.chat_postMessage(channel="C0PARTNER2", text="x")
    assert elsewhere["ok"]
    for _ in range(50):
        await stage.api.chat_update(channel=WORKING, ts=posted["ts"], text="z")
    with pytest.raises(SlackApiError) as too_many:
        await stage.api.chat_update(channel=WORKING, ts=posted["ts"], text="z")
    waits: Any = too_many.value.response
    assert 0 < int(waits.headers["Retry-After"]) <= 60


async def test_a_lost_acknowledgement_looks_like_a_timeout_but_the_app_did_its_work(stage: Stage) -> None:
    """No violation is counted: the fault is ours."""
    await stage.slack.faults(lose_ack=1)
    outcome = await stage.slack.type_("dana", WORKING, "/echo hello")
    assert outcome["timed_out"]
    assert outcome["violations"] == []
    assert stage.app.heard[0]["text"] == "hello"


async def test_all_switches_are_off_again_after_clear(stage: Stage) -> None:
    """As they were at first."""
    await stage.slack.faults(delay_ms=5, tiers=True, revoke_token=True, expire_triggers=True, lose_ack=2)
    cleared = await stage.slack.faults(clear=True)
    assert cleared == {
        "rate_limit": [],
        "server_error": [],
        "delay_ms": 0,
        "lose_ack": 0,
        "tiers": False,
        "revoke_token": False,
        "expire_triggers": False,
        "retry_seconds": [0.0, 60.0, 300.0],
    }


async def _heard(stage: Stage, count: int) -> None:
    for _ in range(200):
        if len(stage.app.heard) >= count:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"the app heard {len(stage.app.heard)} of {count}")


async def test_an_event_without_acknowledgement_comes_again_at_once_then_after_one_and_five_minutes(
    stage: Stage,
) -> None:
    """Minutes of pretend time; the body stays the same, the headers count."""
    await stage.slack.set_clock(MONDAY)
    await stage.slack.faults(lose_ack=4)
    since = len(await stage.slack.calls())
    await stage.slack.type_("dana", WORKING, "good morning")
    await _heard(stage, 2)
    await stage.slack.set_clock(MONDAY + timedelta(seconds=59))
    await asyncio.sleep(0.05)
    assert len(stage.app.heard) == 2
    await stage.slack.set_clock(MONDAY + timedelta(minutes=1))
    await _heard(stage, 3)
    await stage.slack.set_clock(MONDAY + timedelta(minutes=6))
    await _heard(stage, 4)
    assert len({heard["event_id"] for heard in stage.app.heard}) == 1
    calls = [one for one in await stage.slack.calls(since) if one["direction"] == "out"]
    assert len(calls) == 4


async def test_an_event_that_the_app_wants_no_more_of_is_not_told_again(stage: Stage) -> None:
    """``X-Slack-No-Retry``."""
    asked: list[str] = []

    async def refuse(request: Request) -> Response:
        asked.append(request.headers.get("x-slack-retry-num", "first"))
        return Response(status_code=500, headers={"X-Slack-No-Retry": "1"} if len(asked) > 1 else {})

    app = Starlette(routes=[Route("/", refuse, methods=["POST"])])
    async with served(app) as url:
        await stage.slack.faults(retry_seconds=[0.0, 0.05, 0.05])
        await stage.slack.events_to(url)
        await stage.slack.type_("dana", WORKING, "good morning")
        await asyncio.sleep(0.3)
    assert asked == ["first", "1"]


async def test_joining_leaving_and_archiving_are_told_as_events(stage: Stage) -> None:
    """The app's own leaving too."""
    channel = await stage.slack.channel("comings-and-goings", ["dana"])
    await stage.slack.invite(channel, "lena", by="dana")
    await stage.slack.kick(channel, "lena")
    await stage.slack.archive(channel)
    await stage.slack.archive(channel, archived=False)
    await stage.slack.kick(channel, "U0CONVENER")
    events = [heard["event"] for heard in stage.app.heard]
    assert [(event["type"], event.get("user")) for event in events] == [
        ("member_joined_channel", "U0LENA0005"),
        ("member_left_channel", "U0LENA0005"),
        ("channel_archive", "USLACKBOT"),
        ("member_left_channel", "U0CONVENER"),
        ("channel_left", None),
    ]
    assert events[0]["inviter"] == "U0DANA0001"


async def test_an_event_that_the_manifest_does_not_ask_for_is_not_told(stage: Stage) -> None:
    """Nor one from a channel that the app is not in."""
    await stage.slack.ask("event", event={"type": "user_change", "user": {"id": "U0DANA0001"}})
    await stage.slack.type_("dana", "general", "without you")
    assert stage.app.heard == []


async def test_new_people_can_come_with_a_home_of_their_own(stage: Stage) -> None:
    """And act."""
    user = await stage.slack.user("nora", real_name="Nora Ellis", team_id="T0RIVERWAY", tz="America/Denver")
    await stage.slack.invite(WORKING, user)
    outcome = await stage.slack.type_("nora", WORKING, "hello")
    assert outcome["new"][0]["author_name"] == "Nora Ellis"
    assert (await stage.api.users_info(user=user))["user"]["team_id"] == "T0RIVERWAY"
    await stage.slack.kick(WORKING, user)


async def test_what_somebody_waits_for_is_found_when_it_comes(stage: Stage) -> None:
    """Posted a moment later."""

    async def later() -> None:
        await asyncio.sleep(0.1)
        await stage.api.chat_postMessage(channel=WORKING, text="at last")

    task = asyncio.create_task(later())
    message = await stage.slack.wait_for("dana", "at last", WORKING)
    await task
    assert message["text"] == "at last"
    with pytest.raises(TimeoutError):
        await stage.slack.wait_for("dana", "never said", seconds=0.1)


async def test_what_somebody_waits_for_may_be_a_message_that_changes(stage: Stage) -> None:
    """And what only others see is not it."""
    posted = await stage.api.chat_postMessage(channel=WORKING, text="not yet")
    await stage.api.chat_postEphemeral(channel=WORKING, user="U0MARCUS02", text="changed, for Marcus alone")
    task = asyncio.create_task(stage.slack.wait_for("dana", "changed", WORKING))
    await asyncio.sleep(0.1)
    await stage.api.chat_postEphemeral(channel=WORKING, user="U0MARCUS02", text="changed, for Marcus alone")
    await stage.api.chat_update(channel=WORKING, ts=posted["ts"], text="changed for all")
    assert (await task)["ts"] == posted["ts"]


async def test_the_world_can_be_looked_at(stage: Stage) -> None:
    """People, channels, commands."""
    world = await stage.slack.look("world")
    assert world["users"][0]["real_name"] == "Dana Whitfield"
    assert {one["name"] for one in world["commands"]} == {"/echo", "/raw", "/modal", "/act"}


async def test_a_client_opens_its_session_by_itself(stage: Stage) -> None:
    """Also outside a context."""
    slack = Playground(stage.slack.base_url)
    assert await slack.read("dana", WORKING, last=1)
    await slack.close()
    async with aiohttp.ClientSession() as session, session.get(f"{stage.slack.base_url}control/nothing") as answer:
        assert answer.status == 404
