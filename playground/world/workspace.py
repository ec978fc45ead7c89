"""The pretend workspace as a whole: everything that the Web API, the deliveries and the control API share."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from playground.world.assistant import Assistant
from playground.world.bookmarks import Bookmarks
from playground.world.calls import CallLog
from playground.world.clock import PretendClock
from playground.world.errors import ApiError
from playground.world.faults import Faults
from playground.world.feed import Feed
from playground.world.files import Files
from playground.world.manifest import Manifest
from playground.world.messages import ChannelLog, Message
from playground.world.oauth import Codes
from playground.world.rates import Rates
from playground.world.response_urls import ResponseUrls
from playground.world.schedule import Schedule
from playground.world.sockets import Sockets
from playground.world.triggers import Triggers
from playground.world.values import initial_values
from playground.world.views import Views
from playground.world.world import Channel, User, World


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the app under test needs to prove who it is, and to tell that a request comes from here."""

    bot_token: str
    app_token: str
    signing_secret: str
    client_id: str
    client_secret: str
    verification_token: str


def credentials(given: dict[str, str]) -> Credentials:
    """Credentials made up for this run, except for those that the world file gives."""
    made_up = Credentials(
        bot_token=f"xoxb-{secrets.token_hex(6)}-{secrets.token_hex(12)}",
        app_token=f"xapp-1-{secrets.token_hex(6)}-{secrets.token_hex(16)}",
        signing_secret=secrets.token_hex(16),
        client_id=f"{secrets.randbelow(10**12):012d}.{secrets.randbelow(10**13):013d}",
        client_secret=secrets.token_hex(16),
        verification_token=secrets.token_hex(12),
    )
    return replace(made_up, **given)


class Workspace:
    """One run of the pretend Slack."""

    def __init__(self, world: World, manifest: Manifest, clock: PretendClock, base_url: str, events_url: str) -> None:
        self.world = world
        self.manifest = manifest
        self.clock = clock
        self.base_url = base_url
        self.events_url = events_url
        self.credentials = credentials(world.secrets)
        self.tokens = {self.credentials.bot_token}
        self.revoked: set[str] = set()
        self.log = CallLog()
        self.messages = ChannelLog()
        self.views = Views()
        self.triggers = Triggers()
        self.response_urls = ResponseUrls(clock)
        self.files = Files()
        self.codes = Codes()
        self.faults = Faults()
        self.rates = Rates()
        self.feed = Feed()
        self.schedule = Schedule()
        self.bookmarks = Bookmarks()
        self.assistant = Assistant()
        self.sockets = Sockets(world.app_id)
        self.tour: dict[str, Any] | None = None
        self._message_states: dict[tuple[str, str, str], dict[str, dict[str, Any]]] = {}
        self.on_event: list[Callable[[dict[str, Any]], None]] = []

    def user(self, named: object) -> User:
        """The user of that id. Raises ``user_not_found``."""
        user = self.world.users.get(str(named))
        if user is None:
            raise ApiError("user_not_found")
        return user

    def visible_channel(self, named: object) -> Channel:
        """The channel of that id or name, where the app may know of it. Raises ``channel_not_found``."""
        channel = self.world.channel(str(named))
        hidden = channel is not None and channel.kind != "public" and self.world.bot_user_id not in channel.members
        if channel is None or hidden:
            raise ApiError("channel_not_found")
        return channel

    def channels_of(self, user: str) -> list[str]:
        """The ids of the channels that a user is in, the app's direct messages with them too."""
        return [one.id for one in self.world.channels.values() if user in one.members]

    def open_direct(self, *users: str) -> tuple[Channel, bool]:
        """The direct messages of two users, or the group messages of several, and whether they were there before."""
        known = self.world.direct(*users)
        if known is not None:
            known.closed = False
            return known, True
        members = list(dict.fromkeys(users))
        kind, letter = ("im", "D") if len(members) <= 2 else ("mpim", "C")
        handles = "--".join(sorted(self.world.users[user].name for user in members))
        name = "" if kind == "im" else f"mpdm-{handles}-1"
        made = f"{letter}{secrets.token_hex(5).upper()}"
        fresh = Channel(made, name, kind, members, [self.world.home_id], self.seconds(), users[0])
        self.world.channels[fresh.id] = fresh
        self.feed.publish("channel", channel=fresh.id)
        return fresh, False

    def seconds(self) -> int:
        """The current instant as whole seconds since 1970."""
        return int(self.clock.now().timestamp())

    def post(self, message: Message) -> Message:
        """Put a message in its channel and tell whoever watches."""
        self.messages.add(message)
        self.feed.publish("message", channel=message.channel, ts=message.ts)
        if message.is_reply:
            self.feed.publish("message", channel=message.channel, ts=message.thread_ts)
        return message

    def permalink(self, message: Message) -> str:
        """The web address of a message."""
        return f"{self.base_url}archives/{message.channel}/p{message.ts.replace('.', '')}"

    def message_state(self, user: str, message: Message) -> dict[str, dict[str, Any]]:
        """What a person has chosen in the inputs of a message, by block id and action id."""
        chosen = self._message_states.setdefault((user, message.channel, message.ts), {})
        fresh = initial_values(message.all_blocks, message.channel)
        for block_id, actions in fresh.items():
            actions.update({name: kept for name, kept in chosen.get(block_id, {}).items() if name in actions})
        self._message_states[(user, message.channel, message.ts)] = fresh
        return fresh

    def tell(self, user: str, channel: str, text: str) -> Message:
        """Slack itself tells one person something in a channel."""
        return self.post(Message(channel, self.clock.next_ts(), "USLACKBOT", text, only_for=user))

    def happened(self, event: dict[str, Any]) -> None:
        """Tell the app of an event, where its manifest asks for it."""
        for listener in self.on_event:
            listener(event)

    def team_of(self, user: User) -> dict[str, Any]:
        """The home of a user as payloads carry it."""
        team = self.world.teams[user.team_id]
        return {"id": team.id, "domain": team.domain}
