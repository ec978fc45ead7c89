"""What a feature is: one table of what can be typed, pressed and submitted, and the words for what it changes.

Three listeners serve all features; each looks up in the tables what answers. A table is a value: nothing is registered
by importing it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.answering import Run, reply_to_action, reply_to_command, reply_to_view
from handlers.slack.asking import Answer, Ask, ask_from_action, ask_from_command, ask_from_view
from handlers.typed.grammar import first_word

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that can be typed, and what runs it; ``form`` does where nothing follows the verb. ``pressed`` are the ids
    of the buttons and modals that do the same; where there is none, ``typed_only`` says why."""

    run: Run
    form: Run | None = None
    pressed: tuple[str, ...] = ()
    typed_only: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature's table.

    ``verbs`` are typed after ``command``, the empty one being the bare command; ``other`` answers words that are none
    of them, and gets them whole. ``actions`` and ``views`` run by ``action_id`` and ``callback_id``. ``audit`` says in
    the past tense what each audit action did, with ``{subject}`` where it stands. ``help`` lists what can be typed.
    """

    command: str = ""
    verbs: Mapping[str, Verb] = field(default_factory=dict)
    other: Run | None = None
    actions: Mapping[str, Run] = field(default_factory=dict)
    views: Mapping[str, Run] = field(default_factory=dict)
    audit: Mapping[str, str] = field(default_factory=dict)
    help: str = ""

    async def answer(self, ask: Ask) -> Answer:
        """Answer what was typed after the command."""
        word, rest = first_word(ask.text)
        if verb := self.verbs.get(word):
            run = verb.form if verb.form and not rest else verb.run
            return await run(replace(ask, text=rest))
        if self.other is None:
            raise LookupError(f"{self.command} answers no other words than its verbs")
        return await self.other(ask)


@dataclass(frozen=True, slots=True)
class Features:
    """All tables in one, by what Slack sends."""

    commands: Mapping[str, Feature]
    actions: Mapping[str, Run]
    views: Mapping[str, Run]

    @classmethod
    def of(cls, *features: Feature) -> Features:
        """The tables together. Raises ValueError where two features answer the same."""
        return cls(
            _once((feature.command, feature) for feature in features if feature.command),
            _once(pair for feature in features for pair in feature.actions.items()),
            _once(pair for feature in features for pair in feature.views.items()),
        )


def register(app: AsyncApp, features: Features) -> None:
    """Listen to all that the tables answer. The context of each request holds them as ``features``."""
    app.command(_any_of(features.commands))(handle_command)
    app.action(_any_of(features.actions))(handle_action)
    app.view(_any_of(features.views))(handle_view)


async def handle_command(
    ack: AsyncAck, command: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    """Answer a slash command."""
    feature = _features(context).commands[command["command"]]
    await reply_to_command(ack, ask_from_command(command, context, client), feature.answer)


async def handle_action(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
    """Answer a pressed button or a chosen option."""
    run = _features(context).actions[body["actions"][0]["action_id"]]
    await reply_to_action(ack, ask_from_action(body, context, client), run)


async def handle_view(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
    """Answer a submitted modal."""
    run = _features(context).views[body["view"]["callback_id"]]
    await reply_to_view(ack, ask_from_view(body, context, client), run)


def _any_of(ids: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"^({'|'.join(map(re.escape, ids))})$")


def _features(context: AsyncBoltContext) -> Features:
    features: Features = context["features"]
    return features


def _once(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"two features answer {key}")
        found[key] = value
    return found
