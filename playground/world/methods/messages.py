"""Methods about messages: posted, changed, scheduled, reacted to, pinned."""

from __future__ import annotations

from playground.world.methods.kinds import Method, Tier

METHODS: dict[str, Method] = {
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
    "chat.appendStream": Method(("chat:write",), Tier.T4, "channel! ts! markdown_text chunks:array"),
    "chat.deleteScheduledMessage": Method(("chat:write",), Tier.T3, "channel! scheduled_message_id! as_user:boolean"),
    "chat.meMessage": Method(("chat:write",), Tier.T3, "channel! text!"),
    "chat.scheduleMessage": Method(
        ("chat:write",),
        Tier.T3,
        "channel! post_at!:number as_user:boolean attachments:array blocks:array link_names:boolean markdown_text "
        "metadata:object parse reply_broadcast:boolean text thread_ts unfurl_links:boolean unfurl_media:boolean",
    ),
    "chat.scheduledMessages.list": Method((), Tier.T3, "channel cursor latest limit:number oldest"),
    "chat.startStream": Method(
        ("chat:write",),
        Tier.T2,
        "channel! thread_ts! markdown_text chunks:array recipient_team_id recipient_user_id task_display_mode",
    ),
    "chat.stopStream": Method(
        ("chat:write",), Tier.T2, "channel! ts! markdown_text chunks:array blocks:array metadata:object"
    ),
    "reactions.add": Method(("reactions:write",), Tier.T3, "channel! name! timestamp!"),
    "reactions.get": Method(("reactions:read",), Tier.T3, "channel file file_comment full:boolean timestamp"),
    "reactions.list": Method(
        ("reactions:read",), Tier.T2, "count:number cursor full:boolean limit:number page:number user"
    ),
    "reactions.remove": Method(("reactions:write",), Tier.T2, "name! channel file file_comment timestamp"),
    "pins.add": Method(("pins:write",), Tier.T2, "channel! timestamp"),
    "pins.list": Method(("pins:read",), Tier.T2, "channel!"),
    "pins.remove": Method(("pins:write",), Tier.T2, "channel! timestamp"),
}
