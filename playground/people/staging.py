"""The control API sets the stage: time, people, channels."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any

from playground.people.desk import Act, Asked, Desk
from playground.world import membership
from playground.world.messages import Message
from playground.world.world import Channel, User


async def _clock(desk: Desk, asked: Asked) -> Any:
    if "at" in asked:
        desk.ws.clock.set(datetime.fromisoformat(asked["at"]) if asked["at"] else None)
        desk.ws.feed.publish("clock")
    pretend = desk.ws.clock.pretend
    return {
        "at": pretend.isoformat().replace("+00:00", "Z") if pretend else None,
        "now": desk.ws.clock.now().isoformat().replace("+00:00", "Z"),
    }


async def _channel(desk: Desk, asked: Asked) -> Any:
    world = desk.ws.world
    members = [desk.persons.user(one).id for one in asked.get("members", [])]
    if asked.get("bot_is_member", True):
        members.append(world.bot_user_id)
    homes = [world.home_id, *(world.users[one].team_id for one in members)]
    channel = Channel(
        id=asked.get("id") or f"C{secrets.token_hex(5).upper()}",
        name=asked["name"],
        kind="private" if asked.get("private") else "public",
        members=list(dict.fromkeys(members)),
        team_ids=list(dict.fromkeys(homes)),
        created=desk.ws.seconds(),
        creator=members[0],
    )
    world.channels[channel.id] = channel
    desk.ws.feed.publish("channel", channel=channel.id)
    return {"channel": channel.id}


async def _user(desk: Desk, asked: Asked) -> Any:
    world = desk.ws.world
    fields = {"id": f"U{secrets.token_hex(5).upper()}", "team_id": world.home_id, **asked}
    fields.setdefault("real_name", fields["name"])
    user = User(**fields)
    world.users[user.id] = user
    desk.ws.feed.publish("channel", channel="")
    return {"user": user.id}


async def _history(desk: Desk, asked: Asked) -> Any:
    """Many messages of a person at once, for a long channel. The app is not told of them."""
    user = desk.persons.user(asked["user"])
    channel = desk.persons.channel(asked["channel"], user)
    for text in asked["texts"]:
        desk.ws.post(Message(channel.id, desk.ws.clock.next_ts(), user.id, str(text)))
    return {"channel": channel.id}


def _aimed(desk: Desk, asked: Asked) -> Channel:
    channel = desk.ws.world.channel(str(asked["channel"]))
    if channel is None:
        raise ValueError(f"there is no channel {asked['channel']!r}")
    return channel


async def set_archived(desk: Desk, asked: Asked) -> Any:
    """Archive a channel, or bring it back."""
    change = membership.archive if asked.get("archived", True) else membership.unarchive
    change(desk.ws, _aimed(desk, asked), asked.get("by", "USLACKBOT"))
    await desk.events.settle()
    return {"ok": True}


async def _kick(desk: Desk, asked: Asked) -> Any:
    membership.leave(desk.ws, _aimed(desk, asked), desk.persons.user(asked["user"]).id)
    await desk.events.settle()
    return {"ok": True}


async def _invite(desk: Desk, asked: Asked) -> Any:
    by = desk.persons.user(asked["by"]).id if asked.get("by") else ""
    membership.join(desk.ws, _aimed(desk, asked), desk.persons.user(asked["user"]).id, by)
    await desk.events.settle()
    return {"ok": True}


async def _world(desk: Desk, asked: Asked) -> Any:
    """Who and what there is, for scripts and the page."""
    world = desk.ws.world
    return {
        "home": world.home_id,
        "bot_user": world.bot_user_id,
        "users": [asdict(one) for one in world.users.values()],
        "channels": [asdict(one) for one in world.channels.values()],
        "commands": [asdict(one) for one in desk.ws.manifest.commands.values()],
        "shortcuts": [asdict(one) for one in desk.ws.manifest.shortcuts],
        "socket_mode": desk.ws.sockets.connected,
    }


ACTS: dict[str, Act] = {
    "clock": _clock,
    "channel": _channel,
    "user": _user,
    "history": _history,
    "archive": set_archived,
    "kick": _kick,
    "invite": _invite,
}
LOOKS: dict[str, Act] = {"clock": _clock, "world": _world}
