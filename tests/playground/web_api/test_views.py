"""``views.*``: triggers, hashes, the stack of three, external ids."""

from __future__ import annotations

import asyncio

import pytest
from slack_sdk.errors import SlackApiError

from tests.playground.conftest import Stage, named
from tests.support.sample_app import section


def error_of(refused: pytest.ExceptionInfo[SlackApiError]) -> str:
    """Slack's error name."""
    return str(refused.value.response["error"])


async def test_a_stale_hash_is_a_conflict(stage: Stage) -> None:
    """For updates and for home tabs."""
    shown = await stage.opens(named())
    await stage.api.views_update(view_id=shown["id"], view=named("Changed"), hash=shown["hash"])
    with pytest.raises(SlackApiError) as refused:
        await stage.api.views_update(view_id=shown["id"], view=named("Again"), hash=shown["hash"])
    assert error_of(refused) == "hash_conflict"
    home = {"type": "home", "blocks": [section("Home")]}
    await stage.api.views_publish(user_id="U0DANA0001", view=home)
    with pytest.raises(SlackApiError) as refused_home:
        await stage.api.views_publish(user_id="U0DANA0001", view=home, hash="0.0")
    assert error_of(refused_home) == "hash_conflict"


async def test_a_trigger_opens_one_modal_once(stage: Stage) -> None:
    """The second use is refused, and so is one made up."""
    known = await stage.trigger()
    await stage.api.views_open(trigger_id=known, view=named())
    with pytest.raises(SlackApiError) as again:
        await stage.api.views_open(trigger_id=known, view=named())
    assert error_of(again) == "exchanged_trigger_id"
    with pytest.raises(SlackApiError) as made_up:
        await stage.api.views_open(trigger_id="1.2.abc", view=named())
    assert error_of(made_up) == "invalid_trigger_id"


async def test_a_trigger_is_too_old_after_three_seconds(stage: Stage) -> None:
    """Real seconds, whatever the pretend clock says."""
    known = await stage.trigger()
    await asyncio.sleep(3.05)
    with pytest.raises(SlackApiError) as refused:
        await stage.api.views_open(trigger_id=known, view=named())
    assert error_of(refused) == "expired_trigger_id"


async def test_triggers_expire_at_once_with_that_fault_on(stage: Stage) -> None:
    """A switch."""
    known = await stage.trigger()
    await stage.slack.faults(expire_triggers=True)
    with pytest.raises(SlackApiError) as refused:
        await stage.api.views_open(trigger_id=known, view=named())
    assert error_of(refused) == "expired_trigger_id"


async def test_an_invalid_view_is_refused_with_its_place_and_the_trigger_stays_good(stage: Stage) -> None:
    """Slack checks arguments first."""
    known = await stage.trigger()
    with pytest.raises(SlackApiError) as refused:
        await stage.api.views_open(trigger_id=known, view=named("x" * 25))
    assert error_of(refused) == "invalid_arguments"
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    await stage.api.views_open(trigger_id=known, view=named())


async def test_three_views_stand_on_the_stack_and_no_more(stage: Stage) -> None:
    """Each push takes a trigger of its own."""
    await stage.opens(named("One"))
    for words in ("Two", "Three"):
        await stage.api.views_push(trigger_id=await stage.trigger(), view=named(words))
    with pytest.raises(SlackApiError) as refused:
        await stage.api.views_push(trigger_id=await stage.trigger(), view=named("Four"))
    assert error_of(refused) == "push_limit_reached"
    top = await stage.slack.view("dana")
    assert top is not None
    assert (top["title"], top["depth"]) == ("Three", 3)
    await stage.slack.close_modal("dana")
    below = await stage.slack.view("dana")
    assert below is not None
    assert below["title"] == "Two"


async def test_an_external_id_stands_for_one_view_only(stage: Stage) -> None:
    """It finds the view, and cannot be taken twice."""
    await stage.opens(named(external_id="one-of-a-kind"))
    await stage.api.views_update(external_id="one-of-a-kind", view=named("Found", external_id="one-of-a-kind"))
    with pytest.raises(SlackApiError) as refused:
        await stage.api.views_open(trigger_id=await stage.trigger("marcus"), view=named(external_id="one-of-a-kind"))
    assert error_of(refused) == "duplicate_external_id"
    await stage.slack.close_modal("dana")
