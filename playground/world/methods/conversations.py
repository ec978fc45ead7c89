"""Methods about conversations: channels, direct and group messages, and what is kept at the top of them."""

from __future__ import annotations

from playground.world.methods.kinds import Method, Tier

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_MANAGE = ("channels:manage", "groups:write", "im:write", "mpim:write")
_TOPIC = ("channels:write.topic", "groups:write.topic", "im:write.topic", "mpim:write.topic")

METHODS: dict[str, Method] = {
    "conversations.history": Method(
        _HISTORY,
        Tier.T3,
        "channel! cursor include_all_metadata:boolean inclusive:boolean latest limit:number oldest",
    ),
    "conversations.info": Method(_READ, Tier.T3, "channel! include_locale:boolean include_num_members:boolean"),
    "conversations.join": Method(("channels:join",), Tier.T3, "channel!"),
    "conversations.leave": Method(
        ("groups:write", "im:write", "mpim:write", "channels:write", "channels:manage"),
        Tier.T3,
        "channel!",
    ),
    "conversations.list": Method(_READ, Tier.T2, "cursor exclude_archived:boolean limit:number team_id types"),
    "conversations.members": Method(_READ, Tier.T4, "channel! cursor limit:number"),
    "conversations.open": Method(
        ("channels:manage", "groups:write", "im:write", "mpim:write"),
        Tier.T3,
        "channel prevent_creation:boolean return_im:boolean users",
    ),
    "conversations.replies": Method(
        _HISTORY,
        Tier.T3,
        "channel! ts! cursor include_all_metadata:boolean inclusive:boolean latest limit:number oldest",
    ),
    "users.conversations": Method(
        _READ,
        Tier.T3,
        "cursor exclude_archived:boolean exclude_muted:boolean limit:number team_id types user",
    ),
    "bookmarks.add": Method(
        ("bookmarks:write",), Tier.T2, "channel_id! title! type! access_level emoji entity_id link parent_id"
    ),
    "bookmarks.edit": Method(("bookmarks:write",), Tier.T2, "bookmark_id! channel_id! emoji link title"),
    "bookmarks.list": Method(("bookmarks:read",), Tier.T3, "channel_id!"),
    "bookmarks.remove": Method(("bookmarks:write",), Tier.T2, "bookmark_id! channel_id! quip_section_id"),
    "conversations.archive": Method(_MANAGE, Tier.T2, "channel!"),
    "conversations.close": Method(_MANAGE, Tier.T2, "channel!"),
    "conversations.create": Method(_MANAGE, Tier.T2, "name! is_private:boolean"),
    "conversations.invite": Method(
        (*_MANAGE, "channels:write.invites", "groups:write.invites"), Tier.T3, "channel! users! force:boolean"
    ),
    "conversations.kick": Method(("channels:manage", "groups:write"), Tier.T3, "channel! user!"),
    "conversations.mark": Method(_MANAGE, Tier.T3, "channel! ts!"),
    "conversations.rename": Method(_MANAGE, Tier.T2, "channel! name!"),
    "conversations.setPurpose": Method((*_MANAGE, *_TOPIC), Tier.T2, "channel! purpose!"),
    "conversations.setTopic": Method((*_MANAGE, *_TOPIC), Tier.T2, "channel! topic!"),
    "conversations.unarchive": Method(_MANAGE, Tier.T2, "channel!"),
}
