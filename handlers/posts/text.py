"""The words about posts that did not arrive, or may not have."""

from __future__ import annotations

from typing import Any

from bot.posts import PostKind
from handlers.slack.blocks import Blocks, button, buttons, section
from handlers.slack.calls import in_words
from handlers.slack.values import pack
from storage.posts import Post

AGAIN = "posts.again"

SETTLED = "That is settled already: it was posted again, or it did arrive. I have done nothing more."
BY_ITSELF = "I try again each week at its time, and it goes on by itself as soon as I can post."
PAUSES = f"So the nudge pauses. {BY_ITSELF} I will not write to you about this again."
_BRING_BACK = "`/invite @Convener` in the channel brings me back."
_INSTALL = "Please ask your IT team to install the app again, or to renew its permission."
MENDING = {
    "is_archived": f"If the channel is still in use, please unarchive it; then {_BRING_BACK}",
    "not_in_channel": _BRING_BACK,
    "channel_not_found": f"If it still exists, {_BRING_BACK} If it was deleted, please set up in its successor.",
    "account_inactive": _INSTALL,
    "token_revoked": _INSTALL,
    "token_expired": _INSTALL,
    "invalid_auth": _INSTALL,
    "restricted_action": "Please ask a workspace admin who may post there.",
}
WHAT = {
    PostKind.NUDGE: "the weekly nudge",
    PostKind.BALLOT: "the ballot",
    PostKind.RESULT: "the result of the ballot",
}


def what(post: Post) -> str:
    """What a post is, in plain words."""
    return WHAT.get(post.kind, "a message")


def dropped(post: Post, error: str) -> dict[str, Any]:
    """That a post could not be made, and what would help."""
    lead = f"I could not post {what(post)} in <#{post.channel_id}>: {in_words(error)}."
    after = PAUSES if post.kind is PostKind.NUDGE else "Nothing else was changed, and I will not try this one again."
    return {"text": f"{lead} {after} {how_to_mend(error)}"}


def cannot_post(error: str) -> str:
    """That the nudge is paused because the newest post could not be made, and what would help; empty where nothing
    hinders posting here, and only that one message was not to Slack's liking."""
    if error not in MENDING:
        return ""
    return f"paused, because I cannot post here: {in_words(error)}. {how_to_mend(error)} {BY_ITSELF}"


def how_to_mend(error: str) -> str:
    """What people can do about it."""
    return MENDING.get(error, "Please ask your IT team to look at it.")


def unconfirmed(post: Post) -> dict[str, Any]:
    """That nobody can tell whether a post arrived, with a button to post it again."""
    text = (
        f"I was interrupted while posting {what(post)} in <#{post.channel_id}>, so it may or may not have arrived. "
        "Please look in the channel. If it is not there, press *Post again*, or type "
        f"`/workgroup nudge again {post.id}` there. If it is there, there is nothing to do."
    )
    blocks: Blocks = [section(text), buttons([button("Post again", AGAIN, pack(post.id))])]
    return {"text": text, "blocks": blocks}


def again(channel_id: str) -> str:
    """That it is being posted again."""
    return f"I am posting it again in <#{channel_id}>."
