"""The whole bot and the whole pretend Slack in this process: what people do goes through Bolt, on a real database.

Only what lies between the two is short: a delivery is handed to Bolt instead of being posted to it.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from playground.app import build
from playground.deliveries.acks import command_answered
from playground.deliveries.delivery import Courier, Delivery, Reply
from playground.deliveries.events import Events
from playground.deliveries.payloads import slash_command
from playground.people.acts import Persons
from playground.people.filling import CannotFill, filled
from playground.people.finding import Place, Widget, buttons_in, fields_in
from playground.people.words import words_of
from playground.validator.composition import options_of
from playground.world.calls import Call
from playground.world.clock import PretendClock
from playground.world.manifest import read_manifest
from playground.world.messages import Message
from playground.world.views import View
from playground.world.workspace import Workspace
from playground.world.world import Channel, User, read_world
from runtime.convener import Convener, building
from runtime.settings import Settings
from tests.support.county import ROOT
from tests.support.sample_app import served

START = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
_numbers = itertools.count(1)


class ByHand(Courier):
    """Hands deliveries to Bolt in this process. ``bolt`` is set once it is built."""

    bolt: AsyncApp

    async def _by_http(self, call: Call, headers: dict[str, str]) -> Reply:
        sent: dict[str, str | Sequence[str]] = {"content-type": call.content_type, **headers}
        answer = await self.bolt.async_dispatch(AsyncBoltRequest(body=call.raw.decode(), headers=sent))
        return Reply(
            call, answer.status, str(answer.body or "").encode(), answer.first_headers().get("content-type", "")
        )


class RunningOn:
    """A clock that goes on by a second with each look, so that nothing that is paced is waited for."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def __call__(self) -> datetime:
        """The instant, a second after the last one."""
        self.at += timedelta(seconds=1)
        return self.at


@dataclass(slots=True)
class Told:
    """What came of an act: the words that anybody got, the messages they came in, and the modal that is open now."""

    what: str
    words: list[str]
    messages: list[Message]
    view: View | None = None


@dataclass(slots=True)
class Forum:
    """The bot beside its Slack."""

    convener: Convener
    slack: Workspace
    courier: ByHand
    persons: Persons
    _logged: list[Any]
    _objections: int = 0

    def now(self) -> datetime:
        """The instant by the bot's clock."""
        return self.convener.services.now()

    def room(self, members: Sequence[str]) -> Channel:
        """A new channel with these people and the bot."""
        world = self.slack.world
        number = next(_numbers)
        everyone = [*members, world.bot_user_id]
        made = Channel(f"C0ROOM{number:05d}", f"room-{number}", "public", everyone, [world.home_id], 0, members[0])
        world.channels[made.id] = made
        return made

    async def types(self, who: User, room: Channel, text: str) -> Told:
        """Someone types a command, from the workspace that is theirs."""
        before = self.slack.messages.changes
        command, _, rest = text.partition(" ")
        payload = slash_command(self.slack, who, room, command, rest) | {"team_id": who.team_id}
        reply = await self.courier.deliver(Delivery("slash_commands", command, payload))
        command_answered(self.slack, who, room, command, reply)
        return await self._told(f"{who.name} types {text}", who, before)

    async def presses(self, who: User, widget: Widget) -> Told:
        """Someone presses a button, wherever it stands and whoever sees it."""
        before = self.slack.messages.changes
        await self.persons.press_one(who, widget)
        return await self._told(f"{who.name} presses {widget.label} ({widget.element.get('value')})", who, before)

    async def submits(self, who: User) -> Told:
        """Someone fills what is empty in the modal before them with whatever fits, and submits it."""
        before, view = self.slack.messages.changes, self.persons.top(who)
        for one in fields_in(view):
            state = view.values[one.block["block_id"]][one.element["action_id"]]
            if not any(state.get(name) for name in state if name != "type"):
                self.persons.keep(who, one, _something(self.slack, who, one))
        outcome = await self.persons.submit_one(who, view)
        told = await self._told(f"{who.name} submits {view.payload.get('callback_id')}", who, before)
        told.words += [str(words) for words in outcome["errors"].values()]
        return told

    async def _told(self, what: str, who: User, before: int) -> Told:
        sender = self.convener.services.sender
        if sender.is_woken:
            await sender.flush()
        fresh = self.slack.messages.changed_since(before)
        words = [one.text or "\n".join(words_of(one.blocks)) for one in fresh]
        return Told(what, words, fresh, self.slack.views.top(who.id))

    def complaints(self) -> list[str]:
        """What the bot logged as an error, and what Slack objected to, since this was asked last."""
        logged = [str(line) for line in self._logged if line["log_level"] in ("error", "critical")]
        self._logged.clear()
        objections = [*self.slack.log.violations, *self.slack.log.warnings]
        fresh, self._objections = objections[self._objections :], len(objections)
        return logged + [str(one) for one in fresh]

    def close_modals(self, who: User) -> None:
        """They close what is open before them."""
        self.slack.views.clear(who.id)


def buttons_of(told: Told, who: User) -> list[Widget]:
    """What can be pressed in what came of an act."""
    places: list[Place] = [*told.messages, *([told.view] if told.view else [])]
    return [widget for place in places for widget in buttons_in(place, who.id) if not widget.element.get("url")]


def _something(slack: Workspace, who: User, one: Widget) -> dict[str, Any]:
    """Whatever fits a field that is empty."""
    choices = [str(option["value"]) for option in options_of(one.element) if isinstance(option, dict)]
    for value in [*choices[:1], "2027-01-20", "10:00", who.id, "Something"]:
        try:
            return filled(slack, who.id, one.element, value, [])
        except (CannotFill, ValueError):
            continue
    raise AssertionError(f"nothing fits {one.label}")


@asynccontextmanager
async def opened_forum(database_url: str) -> AsyncIterator[Forum]:
    """The bot on a migrated database, beside a pretend Slack that it can ask."""
    slack = Workspace(read_world(), read_manifest(ROOT / "manifest.json"), PretendClock(), "", "here")
    slack.clock.set(START)
    app = build(slack)
    app.state.workspace = slack
    async with served(app) as url:
        slack.base_url = url
        settings = Settings(
            database_url=database_url, slack_bot_token=slack.credentials.bot_token, slack_api_url=f"{url}api/"
        )
        with structlog.testing.capture_logs() as logged:
            async with building(settings, RunningOn(START)) as convener:
                courier = ByHand(slack)
                courier.bolt = convener.bolt
                yield Forum(convener, slack, courier, Persons(slack, courier, Events(slack, courier)), logged)
