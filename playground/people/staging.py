"""The other half of the control API: set the stage (time, people, channels, faults) and look behind the scenes."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any

from playground.deliveries.delivery import Reply
from playground.people.control import Act, Control
from playground.world import membership
from playground.world.faults import Countdown
from playground.world.messages import Message
from playground.world.world import Channel, User


async def _clock(control: Control, said: dict[str, Any]) -> Any:
    if "at" in said:
        control.ws.clock.set(datetime.fromisoformat(said["at"]) if said["at"] else None)
        control.ws.feed.publish("clock")
    pretend = control.ws.clock.pretend
    return {
        "at": pretend.isoformat().replace("+00:00", "Z") if pretend else None,
        "now": control.ws.clock.now().isoformat().replace("+00:00", "Z"),
    }


async def _calls(control: Control, said: dict[str, Any]) -> Any:
    return {"calls": [call.shown() for call in control.ws.log.calls[int(said.get("since", 0)) :]]}


async def _violations(control: Control, said: dict[str, Any]) -> Any:
    return {"violations": control.ws.log.violations}


def _replied(reply: Reply) -> dict[str, Any]:
    return {
        "n": reply.call.n,
        "status": reply.status,
        "timed_out": reply.timed_out,
        "failure": reply.failure,
        "answer": reply.content,
    }


async def _again(control: Control, said: dict[str, Any]) -> Any:
    calls = control.ws.log.calls
    n = int(said["n"])
    if not 0 <= n < len(calls) or calls[n].direction != "out":
        raise ValueError(f"call {n} is no delivery")
    return _replied(await control.courier.again(calls[n], _headers(said)))


async def _deliver(control: Control, said: dict[str, Any]) -> Any:
    body = str(said["body"]).encode()
    signed = bool(said.get("signed", True))
    return _replied(await control.courier.deliver_raw("raw", body, _headers(said), signed=signed))


def _headers(said: dict[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in said.get("headers", {}).items()}


async def _event(control: Control, said: dict[str, Any]) -> Any:
    control.ws.happened({"event_ts": control.ws.clock.next_ts(), **said["event"]})
    await control.events.settle()
    return {"ok": True}


async def _events_url(control: Control, said: dict[str, Any]) -> Any:
    control.ws.events_url = said["url"] or ""
    return {"url": control.ws.events_url}


async def _channel(control: Control, said: dict[str, Any]) -> Any:
    world = control.ws.world
    members = [control.persons.user(one).id for one in said.get("members", [])]
    if said.get("bot_is_member", True):
        members.append(world.bot_user_id)
    homes = [world.home_id, *(world.users[one].team_id for one in members)]
    channel = Channel(
        id=said.get("id") or f"C{secrets.token_hex(5).upper()}",
        name=said["name"],
        kind="private" if said.get("private") else "public",
        members=list(dict.fromkeys(members)),
        team_ids=list(dict.fromkeys(homes)),
        created=control.ws.seconds(),
        creator=members[0],
    )
    world.channels[channel.id] = channel
    control.ws.feed.publish("channel", channel=channel.id)
    return {"channel": channel.id}


async def _user(control: Control, said: dict[str, Any]) -> Any:
    world = control.ws.world
    fields = {"id": f"U{secrets.token_hex(5).upper()}", "team_id": world.home_id, **said}
    fields.setdefault("real_name", fields["name"])
    user = User(**fields)
    world.users[user.id] = user
    control.ws.feed.publish("channel", channel="")
    return {"user": user.id}


async def _history(control: Control, said: dict[str, Any]) -> Any:
    """Many messages of a person at once, for a long channel. The app is not told of them."""
    user = control.persons.user(said["user"])
    channel = control.persons.channel(said["channel"], user)
    for text in said["texts"]:
        control.ws.post(Message(channel.id, control.ws.clock.next_ts(), user.id, str(text)))
    return {"channel": channel.id}


def _aimed(control: Control, said: dict[str, Any]) -> Channel:
    channel = control.ws.world.channel(str(said["channel"]))
    if channel is None:
        raise ValueError(f"there is no channel {said['channel']!r}")
    return channel


async def _archive(control: Control, said: dict[str, Any]) -> Any:
    change = membership.archive if said.get("archived", True) else membership.unarchive
    change(control.ws, _aimed(control, said), said.get("by", "USLACKBOT"))
    await control.events.settle()
    return {"ok": True}


async def _kick(control: Control, said: dict[str, Any]) -> Any:
    membership.leave(control.ws, _aimed(control, said), control.persons.user(said["user"]).id)
    await control.events.settle()
    return {"ok": True}


async def _invite(control: Control, said: dict[str, Any]) -> Any:
    by = control.persons.user(said["by"]).id if said.get("by") else ""
    membership.join(control.ws, _aimed(control, said), control.persons.user(said["user"]).id, by)
    await control.events.settle()
    return {"ok": True}


def _countdowns(said: Any) -> list[Countdown]:
    wanted = [] if not said else said if isinstance(said, list) else [said]
    return [
        Countdown(one.get("method", "*"), int(one.get("times", 1)), int(one.get("retry_after", 1))) for one in wanted
    ]


async def _faults(control: Control, said: dict[str, Any]) -> Any:
    """Set the switches that are named; ``{"clear": true}`` turns all of them off first."""
    faults = control.ws.faults
    if said.get("clear"):
        control.ws.faults = faults = type(faults)()
        control.ws.triggers.expire_at_once = False
    if "rate_limit" in said:
        faults.rate_limits = _countdowns(said["rate_limit"])
    if "server_error" in said:
        faults.server_errors = _countdowns(said["server_error"])
    for name, kind in (("delay_ms", int), ("lose_ack", int), ("tiers", bool), ("revoke_token", bool)):
        if name in said:
            setattr(faults, name, kind(said[name]))
    if "retry_seconds" in said:
        faults.retry_seconds = tuple(float(one) for one in said["retry_seconds"])
    if "expire_triggers" in said:
        control.ws.triggers.expire_at_once = bool(said["expire_triggers"])
    if "archive" in said:
        await _archive(control, {"channel": said["archive"]})
    if said.get("refresh_sockets"):
        await control.ws.sockets.refresh()
    return {
        "rate_limit": [asdict(one) for one in faults.rate_limits],
        "server_error": [asdict(one) for one in faults.server_errors],
        "delay_ms": faults.delay_ms,
        "lose_ack": faults.lose_ack,
        "tiers": faults.tiers,
        "revoke_token": faults.revoke_token,
        "expire_triggers": control.ws.triggers.expire_at_once,
        "retry_seconds": list(faults.retry_seconds),
    }


async def _world(control: Control, said: dict[str, Any]) -> Any:
    """Who and what there is, for scripts and the page."""
    world = control.ws.world
    return {
        "home": world.home_id,
        "bot_user": world.bot_user_id,
        "users": [asdict(one) for one in world.users.values()],
        "channels": [asdict(one) for one in world.channels.values()],
        "commands": [asdict(one) for one in control.ws.manifest.commands.values()],
        "shortcuts": [asdict(one) for one in control.ws.manifest.shortcuts],
        "socket_mode": control.ws.sockets.connected,
    }


ACTS: dict[str, Act] = {
    "clock": _clock,
    "again": _again,
    "deliver": _deliver,
    "event": _event,
    "events": _events_url,
    "channel": _channel,
    "user": _user,
    "history": _history,
    "archive": _archive,
    "kick": _kick,
    "invite": _invite,
    "faults": _faults,
}
LOOKS: dict[str, Act] = {
    "clock": _clock,
    "calls": _calls,
    "violations": _violations,
    "faults": _faults,
    "world": _world,
}
