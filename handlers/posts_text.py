"""The words about posts that did not arrive, or may not have."""

from __future__ import annotations

from typing import Any

from handlers.blocks import Blocks, button, buttons, section
from handlers.slack_calls import in_words
from storage.posts import Post

AGAIN = "posts.again"

SETTLED = "That is settled already: it was posted again, or it did arrive. I have done nothing more."
WHAT = {
    "nudge": "the weekly nudge",
    "ballot": "the ballot",
    "result": "the result of the ballot",
}


def what(post: Post) -> str:
    """What a post is, in plain words."""
    return WHAT.get(post.kind, "a message")


def dropped(post: Post, error: str) -> dict[str, Any]:
    """That a post could not be made, and what would help."""
    text = (
        f"I could not post {what(post)} in <#{post.channel_id}>: {in_words(error)}. "
        "Nothing else was changed, and I will not try this one again. "
        "If I am no longer in the channel, `/invite @Convener` there brings me back; otherwise please ask your IT team."
    )
    return {"text": text}


def unconfirmed(post: Post) -> dict[str, Any]:
    """That nobody can tell whether a post arrived, with a button to post it again."""
    text = (
        f"I was interrupted while posting {what(post)} in <#{post.channel_id}>, so it may or may not have arrived. "
        "Please look in the channel. If it is not there, press *Post again*, or type "
        f"`/workgroup nudge again {post.id}` there. If it is there, there is nothing to do."
    )
    blocks: Blocks = [section(text), buttons([button("Post again", AGAIN, str(post.id))])]
    return {"text": text, "blocks": blocks}


def again(channel_id: str) -> str:
    """That it is being posted again."""
    return f"I am posting it again in <#{channel_id}>."
