"""What a person asks and what they are answered, whichever way they asked: typed, pressed or submitted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.blocks import Blocks
from handlers.slack.services import Services
from handlers.typed.values import whole_number


@dataclass(frozen=True, slots=True)
class Ask:
    """One person's request in one channel.

    ``key`` names the delivery (a repeat has the same one); ``text`` is what was typed, ``value`` what a button or a
    modal carries, packed as in ``values``; ``now`` is the instant by the services' clock; ``state`` holds a submitted
    modal's fields by ``block_id``.
    """

    services: Services
    client: AsyncWebClient
    user_id: str
    team_id: str
    channel_id: str
    key: str
    now: datetime
    text: str = ""
    value: str = ""
    trigger_id: str = ""
    response_url: str = ""
    state: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def about(self) -> str:
        """What is asked about: as it was typed, or else as the button carries it."""
        return self.text or self.value

    @property
    def number(self) -> int | None:
        """The number that is asked about, with or without a ``#``; None where it is no number."""
        return whole_number(self.about.strip().lstrip("#"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person who asked gets, and nobody else. ``view`` is a modal to open, or to put in place of a submitted
    one; ``text`` says it all (or names the command that does) for those who see no blocks."""

    text: str
    blocks: Blocks | None = None
    view: dict[str, Any] | None = None

    def as_body(self) -> dict[str, Any]:
        """The answer as Slack takes it."""
        body: dict[str, Any] = {"response_type": "ephemeral", "text": self.text}
        return body | ({"blocks": self.blocks} if self.blocks else {})


def ask_from_command(command: Mapping[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> Ask:
    """What a slash command asks."""
    services: Services = context["services"]
    trigger_id = str(command.get("trigger_id") or "")
    return Ask(
        services=services,
        client=client,
        user_id=str(command.get("user_id") or ""),
        team_id=str(command.get("team_id") or command.get("enterprise_id") or ""),
        channel_id=str(command.get("channel_id") or ""),
        key=_key("command", trigger_id),
        now=services.now(),
        text=str(command.get("text") or ""),
        trigger_id=trigger_id,
        response_url=str(command.get("response_url") or ""),
    )


def ask_from_action(body: Mapping[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> Ask:
    """What a pressed button or a chosen option asks; ``value`` is what it carries."""
    services: Services = context["services"]
    trigger_id = str(body.get("trigger_id") or "")
    view = body.get("view") or {}
    metadata = _metadata(view)
    return Ask(
        services=services,
        client=client,
        user_id=str(body["user"]["id"]),
        team_id=_team(body),
        channel_id=_channel(body) or str(metadata.get("channel") or ""),
        key=_key("action", trigger_id),
        now=services.now(),
        value=_value(body["actions"][0]),
        trigger_id=trigger_id,
        response_url=str(body.get("response_url") or ""),
        state=(view.get("state") or {}).get("values") or {},
        metadata=metadata,
    )


def ask_from_view(body: Mapping[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> Ask:
    """What a submitted modal asks. Its channel is the one it was opened from."""
    services: Services = context["services"]
    view = body["view"]
    metadata = _metadata(view)
    trigger_id = str(body.get("trigger_id") or "")
    return Ask(
        services=services,
        client=client,
        user_id=str(body["user"]["id"]),
        team_id=_team(body),
        channel_id=str(metadata.get("channel") or ""),
        key=_key("view", trigger_id),
        now=services.now(),
        value=str(metadata.get("value") or ""),
        trigger_id=trigger_id,
        state=(view.get("state") or {}).get("values") or {},
        metadata=metadata,
    )


def field_text(state: Mapping[str, Any], block_id: str) -> str:
    """What a field holds, as text: what was written, the chosen option's value, the user, date or time."""
    element = next(iter((state.get(block_id) or {}).values()), None) or {}
    option = element.get("selected_option") or {}
    found = (
        element.get("value")
        or option.get("value")
        or element.get("selected_user")
        or element.get("selected_date")
        or element.get("selected_time")
        or ""
    )
    return str(found)


def field_choices(state: Mapping[str, Any], block_id: str) -> list[str]:
    """The values of the options chosen in a field that takes several."""
    element = next(iter((state.get(block_id) or {}).values()), None) or {}
    return [str(option["value"]) for option in element.get("selected_options") or []]


def _key(kind: str, trigger_id: str) -> str:
    return f"{kind}:{trigger_id}" if trigger_id else ""


def _team(body: Mapping[str, Any]) -> str:
    team = body.get("team") or body.get("enterprise") or {}
    return str(team.get("id") or (body.get("user") or {}).get("team_id") or "")


def _channel(body: Mapping[str, Any]) -> str:
    channel = body.get("channel") or {}
    return str(channel.get("id") or (body.get("container") or {}).get("channel_id") or "")


def _value(action: Mapping[str, Any]) -> str:
    option = action.get("selected_option") or {}
    return str(action.get("value") or option.get("value") or action.get("selected_user") or "")


def _metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    try:
        found = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
