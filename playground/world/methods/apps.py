"""Methods about the app itself: who it is, its windows and files, and how it helps in a thread."""

from __future__ import annotations

from playground.world.methods.kinds import Method, Tier

METHODS: dict[str, Method] = {
    "api.test": Method((), Tier.T4, "error"),
    "apps.connections.open": Method((), Tier.T3, ""),
    "auth.revoke": Method((), Tier.T3, "test:boolean"),
    "auth.test": Method((), Tier.T5, ""),
    "blocks.validate": Method((), Tier.T4, "blocks:array message:object view:object"),
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
    "views.open": Method((), Tier.T4, "view!:object interactivity_pointer trigger_id"),
    "views.publish": Method((), Tier.T4, "user_id! view!:object hash interactivity_pointer"),
    "views.push": Method((), Tier.T4, "view!:object interactivity_pointer trigger_id"),
    "views.update": Method((), Tier.T4, "view!:object external_id hash view_id"),
    "assistant.threads.setStatus": Method(
        ("assistant:write", "chat:write"),
        Tier.T5,
        "channel_id! status! thread_ts! icon_emoji icon_url loading_messages:array username",
    ),
    "assistant.threads.setSuggestedPrompts": Method(
        ("assistant:write",), Tier.T3, "channel_id! prompts!:array thread_ts title"
    ),
    "assistant.threads.setTitle": Method(("assistant:write",), Tier.T3, "channel_id! thread_ts! title!"),
    "auth.teams.list": Method((), Tier.T2, "cursor include_icon:boolean limit:number"),
}
