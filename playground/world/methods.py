"""The Web API methods that the playground knows: scopes, rate tier, arguments.

Arguments are written ``name``, ``name!`` for a required one, ``name:kind`` for one that is not a string. The lists
follow Slack's public method reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Tier(Enum):
    """How many calls a minute Slack grants a method and workspace. T5 is special: no limit of its own here."""

    T1 = 1
    T2 = 20
    T3 = 50
    T4 = 100
    T5 = 0


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a method; ``kind`` is string, number, boolean, array or object."""

    name: str
    kind: str = "string"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Method:
    """What a method asks for: any one of ``scopes`` (of the bot token), its tier, its arguments."""

    scopes: tuple[str, ...]
    tier: Tier
    written: str = ""

    @property
    def arguments(self) -> dict[str, Argument]:
        """The arguments by name."""
        return {argument.name: argument for argument in map(_argument, self.written.split())}


def _argument(written: str) -> Argument:
    name, _, kind = written.partition(":")
    return Argument(name.rstrip("!"), kind or "string", name.endswith("!"))


_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")

METHODS: dict[str, Method] = {
    "api.test": Method((), Tier.T4, "error"),
    "auth.test": Method((), Tier.T5, ""),
    "auth.revoke": Method((), Tier.T3, "test:boolean"),
    "apps.connections.open": Method((), Tier.T3, ""),
    "blocks.validate": Method((), Tier.T4, "blocks:array message:object view:object"),
    "bots.info": Method(("users:read",), Tier.T3, "bot team_id"),
    "chat.delete": Method(("chat:write",), Tier.T3, "channel! ts! as_user:boolean"),
    "chat.getPermalink": Method((), Tier.T5, "channel! message_ts!"),
    "chat.postEphemeral": Method(
        ("chat:write",),
        Tier.T4,
        "channel! user! as_user:boolean attachments:array blocks:array icon_emoji icon_url "
        "link_names:boolean markdown_text metadata:object parse text thread_ts username",
    ),
    "chat.postMessage": Method(
        ("chat:write",),
        Tier.T5,
        "channel! as_user:boolean attachments:array blocks:array current_draft_last_updated_ts "
        "icon_emoji icon_url link_names:boolean markdown_text metadata:object mrkdwn:boolean parse "
        "reply_broadcast:boolean text thread_ts unfurl_links:boolean unfurl_media:boolean username",
    ),
    "chat.update": Method(
        ("chat:write",),
        Tier.T3,
        "channel! ts! as_user:boolean attachments:array blocks:array file_ids:array link_names:boolean "
        "markdown_text metadata:object parse reply_broadcast:boolean text unfurled_attachments:array",
    ),
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
    "files.completeUploadExternal": Method(
        ("files:write",),
        Tier.T4,
        "files!:array blocks:array channel_id channels icon_emoji icon_url initial_comment thread_ts username",
    ),
    "files.getUploadURLExternal": Method(
        ("files:write",),
        Tier.T4,
        "filename! length!:number alt_txt snippet_type",
    ),
    "files.info": Method(("files:read",), Tier.T4, "file! count:number cursor limit:number page:number"),
    "oauth.v2.access": Method(
        (),
        Tier.T5,
        "assertion client_id client_secret code code_verifier grant_type redirect_uri refresh_token",
    ),
    "team.info": Method(("team:read",), Tier.T3, "domain team"),
    "users.conversations": Method(
        _READ,
        Tier.T3,
        "cursor exclude_archived:boolean exclude_muted:boolean limit:number team_id types user",
    ),
    "users.info": Method(("users:read",), Tier.T4, "user! include_locale:boolean"),
    "users.list": Method(("users:read",), Tier.T2, "cursor include_locale:boolean limit:number team_id"),
    "users.lookupByEmail": Method(("users:read.email",), Tier.T3, "email!"),
    "views.open": Method((), Tier.T4, "view!:object interactivity_pointer trigger_id"),
    "views.publish": Method((), Tier.T4, "user_id! view!:object hash interactivity_pointer"),
    "views.push": Method((), Tier.T4, "view!:object interactivity_pointer trigger_id"),
    "views.update": Method((), Tier.T4, "view!:object external_id hash view_id"),
}
