"""Who comes to and leaves a channel, with the events that say so."""

from __future__ import annotations

from playground.world.workspace import Workspace
from playground.world.world import Channel

_LETTER = {"public": "C", "private": "G", "im": "D", "mpim": "G"}


def join(ws: Workspace, channel: Channel, user: str, inviter: str = "") -> None:
    """Add a member. Nothing happens where they are one already."""
    if user in channel.members:
        return
    channel.members.append(user)
    ws.feed.publish("channel", channel=channel.id)
    event = _event(ws, "member_joined_channel", channel, user)
    ws.happened(event | {"inviter": inviter} if inviter else event)


def leave(ws: Workspace, channel: Channel, user: str) -> None:
    """Take a member out. Nothing happens where they are none."""
    if user not in channel.members:
        return
    event = _event(ws, "member_left_channel", channel, user)
    channel.members.remove(user)
    ws.feed.publish("channel", channel=channel.id)
    ws.happened(event)
    if user == ws.world.bot_user_id:
        kind = "channel_left" if channel.kind == "public" else "group_left"
        ws.happened({"type": kind, "channel": channel.id, "actor_id": "", "event_ts": ws.clock.next_ts()})


def archive(ws: Workspace, channel: Channel, by: str) -> None:
    """Archive a channel."""
    channel.archived = True
    ws.feed.publish("channel", channel=channel.id)
    kind = "channel_archive" if channel.kind == "public" else "group_archive"
    ws.happened({"type": kind, "channel": channel.id, "user": by, "is_moved": 0, "event_ts": ws.clock.next_ts()})


def unarchive(ws: Workspace, channel: Channel, by: str) -> None:
    """Bring an archived channel back."""
    channel.archived = False
    ws.feed.publish("channel", channel=channel.id)
    kind = "channel_unarchive" if channel.kind == "public" else "group_unarchive"
    ws.happened({"type": kind, "channel": channel.id, "user": by, "event_ts": ws.clock.next_ts()})


def _event(ws: Workspace, kind: str, channel: Channel, user: str) -> dict[str, object]:
    return {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": _LETTER[channel.kind],
        "team": ws.world.users[user].team_id,
        "event_ts": ws.clock.next_ts(),
    }
