"""The app manifest: what the app under test says it is, may do, wants to hear, and where it listens."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. ``should_escape`` asks for mentions, channels and links as ``<…>`` tokens."""

    name: str
    description: str
    usage_hint: str
    should_escape: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut; ``kind`` is global or message."""

    name: str
    callback_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class RequestUrls:
    """Where the manifest says that the app listens, besides each command's own address; empty where it does not."""

    events: str = ""
    interactivity: str = ""
    options: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the playground needs of an app manifest."""

    name: str
    commands: dict[str, Command]
    scopes: frozenset[str]
    events: frozenset[str]
    shortcuts: tuple[Shortcut, ...]
    redirect_urls: tuple[str, ...]
    request_urls: RequestUrls
    socket_mode: bool
    assists: bool

    @property
    def all_urls(self) -> set[str]:
        """Every address that it names."""
        urls = self.request_urls
        return {urls.events, urls.interactivity, urls.options, *(one.url for one in self.commands.values())} - {""}


def read_manifest(path: Path) -> Manifest:
    """Read an app manifest. Raises ``ValueError``, in words, where it cannot be read or makes no sense."""
    raw = _parsed(path.read_text("utf-8"))
    if not isinstance(raw, dict) or not isinstance(raw.get("display_information"), dict):
        raise ValueError("the manifest has no display_information")
    features, settings, oauth = _part(raw, "features"), _part(raw, "settings"), _part(raw, "oauth_config")
    events = _part(settings, "event_subscriptions")
    return Manifest(
        name=str(raw["display_information"].get("name") or "app"),
        commands={command.name: command for command in map(_command, features.get("slash_commands") or [])},
        scopes=frozenset(_part(oauth, "scopes").get("bot") or []),
        events=frozenset(events.get("bot_events") or []),
        shortcuts=tuple(map(_shortcut, features.get("shortcuts") or [])),
        redirect_urls=tuple(oauth.get("redirect_urls") or []),
        request_urls=_request_urls(events, _part(settings, "interactivity")),
        socket_mode=bool(settings.get("socket_mode_enabled")),
        assists=any(isinstance(features.get(name), dict) for name in ("assistant_view", "agent_view")),
    )


def _parsed(text: str) -> Any:
    """JSON where it begins as such, else YAML."""
    try:
        return json.loads(text) if text.lstrip()[:1] in ("{", "[") else yaml.safe_load(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"the manifest is no JSON in line {error.lineno}: {error.msg}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark is not None else ""
        raise ValueError(f"the manifest is neither JSON nor YAML{where}: {getattr(error, 'problem', error)}") from error


def _part(raw: dict[str, Any], name: str) -> dict[str, Any]:
    """A part of the manifest, empty where it is left out or null."""
    part = raw.get(name) or {}
    if not isinstance(part, dict):
        raise ValueError(f"the manifest's {name} should hold names and values")
    return part


def _request_urls(events: dict[str, Any], interactivity: dict[str, Any]) -> RequestUrls:
    acts = str(interactivity.get("request_url") or "")
    options = str(interactivity.get("message_menu_options_url") or acts)
    return RequestUrls(str(events.get("request_url") or ""), acts, options)


def _command(raw: dict[str, Any]) -> Command:
    name = str(raw.get("command", ""))
    if not name.startswith("/"):
        raise ValueError(f"a slash command of the manifest does not begin with a slash: {name!r}")
    words = {key: str(raw.get(key) or "") for key in ("description", "usage_hint", "url")}
    return Command(name, should_escape=bool(raw.get("should_escape")), **words)


def _shortcut(raw: dict[str, Any]) -> Shortcut:
    return Shortcut(str(raw.get("name", "")), str(raw.get("callback_id", "")), str(raw.get("type", "global")))
