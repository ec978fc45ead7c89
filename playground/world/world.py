"""The people, homes and channels of the pretend Slack, as a world file describes them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

DEFAULT_WORLD = Path(__file__).parent / "worlds" / "default.json"


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace: one of the homes that people have."""

    id: str
    name: str
    domain: str


@dataclass(slots=True)
class User:
    """A person, a bot, or Slackbot. ``uses_apps`` is false for a post-only guest."""

    id: str
    name: str
    real_name: str
    team_id: str
    tz: str = "America/New_York"
    tz_label: str = "Eastern Time"
    title: str = ""
    email: str = ""
    bot_id: str = ""
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    uses_apps: bool = True
    away: bool = False

    def tz_offset(self, at: datetime) -> int:
        """Seconds that the user's zone is ahead of UTC at an aware instant."""
        offset = at.astimezone(ZoneInfo(self.tz)).utcoffset()
        return int(offset.total_seconds()) if offset else 0


@dataclass(slots=True)
class Channel:
    """A conversation. ``kind`` is public, private, im or mpim; ``team_ids`` lists the homes that share it."""

    id: str
    name: str
    kind: str
    members: list[str]
    team_ids: list[str]
    created: int = 0
    creator: str = ""
    topic: str = ""
    archived: bool = False
    topic_by: str = ""
    topic_at: int = 0
    purpose: str = ""
    purpose_by: str = ""
    purpose_at: int = 0
    previous_names: list[str] = field(default_factory=list)
    closed: bool = False
    last_read: str = ""

    @property
    def shared(self) -> bool:
        """Whether more than one home shares it, as in Slack Connect."""
        return len(self.team_ids) > 1


@dataclass(slots=True)
class UserGroup:
    """A named group of people, mentioned by its handle."""

    id: str
    handle: str
    name: str
    users: list[str]
    description: str = ""
    disabled: bool = False


@dataclass(slots=True)
class World:
    """Everything that a world file holds. The first team is the one that the app is installed in."""

    teams: dict[str, Team]
    users: dict[str, User]
    channels: dict[str, Channel]
    home_id: str
    app_id: str
    bot_user_id: str
    bot_id: str
    secrets: dict[str, str] = field(default_factory=dict)
    usergroups: dict[str, UserGroup] = field(default_factory=dict)
    emoji: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Team:
        """The workspace that the app is installed in."""
        return self.teams[self.home_id]

    @property
    def bot(self) -> User:
        """The app's own bot user."""
        return self.users[self.bot_user_id]

    def person(self, named: str) -> User | None:
        """The user that ``said`` means: an id, or a handle or full name with or without ``@``."""
        if named in self.users:
            return self.users[named]
        wanted = named.lstrip("@").casefold()
        fitting = [user for user in self.users.values() if wanted in (user.name.casefold(), user.real_name.casefold())]
        return fitting[0] if fitting else self.users.get(named.lstrip("@"))

    def channel(self, named: str) -> Channel | None:
        """The channel that ``said`` means: an id, or a name with or without ``#``."""
        if named in self.channels:
            return self.channels[named]
        wanted = named.lstrip("#").casefold()
        return next((one for one in self.channels.values() if one.name and one.name.casefold() == wanted), None)

    def direct(self, *users: str) -> Channel | None:
        """The direct messages of two users, or the group messages of several, if there are any."""
        kind = "im" if len(set(users)) <= 2 else "mpim"
        return next(
            (one for one in self.channels.values() if one.kind == kind and set(one.members) == set(users)), None
        )


def read_world(path: Path | None = None) -> World:
    """Read a world file; without one, the default world. Raises ``ValueError`` where the file does not make sense."""
    raw = json.loads((path or DEFAULT_WORLD).read_text("utf-8"))
    try:
        return _built(raw)
    except (KeyError, TypeError) as error:
        raise ValueError(f"the world file is not as expected: {error}") from error


def _built(raw: dict[str, Any]) -> World:
    teams = {one["id"]: Team(**one) for one in raw["teams"]}
    home_id = raw["teams"][0]["id"]
    users = {one["id"]: User(**({"team_id": home_id} | one)) for one in raw["users"]}
    channels = {one["id"]: Channel(**({"team_ids": [home_id], "kind": "public"} | one)) for one in raw["channels"]}
    app = raw["app"]
    world = World(teams, users, channels, home_id, app["id"], app["bot_user_id"], app["bot_id"])
    world.secrets, world.emoji = dict(raw.get("secrets", {})), dict(raw.get("emoji", {}))
    world.usergroups = {one["id"]: UserGroup(**one) for one in raw.get("usergroups", [])}
    _check(world)
    return world


def _check(world: World) -> None:
    if world.bot_user_id not in world.users:
        raise ValueError("the world file names a bot user that is not among its users")
    grouped = {user for one in world.usergroups.values() for user in one.users}
    if grouped - set(world.users):
        raise ValueError(
            f"the world file has groups of users who are not among its users: {sorted(grouped - set(world.users))}"
        )
    strangers = {member for one in world.channels.values() for member in one.members} - set(world.users)
    if strangers:
        raise ValueError(f"the world file has channel members that are not among its users: {sorted(strangers)}")
