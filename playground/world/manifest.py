"""The app manifest: what the app under test says it is, may do, and wants to hear."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. ``should_escape`` asks for mentions, channels and links as ``<…>`` tokens."""

    name: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut; ``kind`` is global or message."""

    name: str
    callback_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the playground needs of an app manifest."""

    name: str
    commands: dict[str, Command]
    scopes: frozenset[str]
    events: frozenset[str]
    shortcuts: tuple[Shortcut, ...]
    redirect_urls: tuple[str, ...]


def read_manifest(path: Path) -> Manifest:
    """Read an app manifest in JSON. Raises ``ValueError`` where a command or a name is missing or malformed."""
    raw = json.loads(path.read_text("utf-8"))
    if not isinstance(raw, dict) or not isinstance(raw.get("display_information"), dict):
        raise ValueError("the manifest has no display_information")
    features, settings = raw.get("features", {}), raw.get("settings", {})
    oauth = raw.get("oauth_config", {})
    return Manifest(
        name=str(raw["display_information"].get("name", "app")),
        commands={command.name: command for command in map(_command, features.get("slash_commands", []))},
        scopes=frozenset(oauth.get("scopes", {}).get("bot", [])),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        shortcuts=tuple(map(_shortcut, features.get("shortcuts", []))),
        redirect_urls=tuple(oauth.get("redirect_urls", [])),
    )


def _command(raw: dict[str, Any]) -> Command:
    name = str(raw.get("command", ""))
    if not name.startswith("/"):
        raise ValueError(f"a slash command of the manifest does not begin with a slash: {name!r}")
    return Command(
        name, str(raw.get("description", "")), str(raw.get("usage_hint", "")), bool(raw.get("should_escape"))
    )


def _shortcut(raw: dict[str, Any]) -> Shortcut:
    return Shortcut(str(raw.get("name", "")), str(raw.get("callback_id", "")), str(raw.get("type", "global")))
