"""``chat.*``."""

from __future__ import annotations

from typing import Any

from playground.web_api.content import MOST_TEXT, check_content
from playground.web_api.granted import need_one_of
from playground.web_api.objects import message_object
from playground.world.errors import ApiError
from playground.world.kept import kept_attachments, kept_blocks
from playground.world.messages import Message
from playground.world.workspace import Workspace
from playground.world.world import Channel


def posting_channel(ws: Workspace, named: str) -> Channel:
    """The channel to post in; a user id stands for the direct messages with them."""
    if named in ws.world.users and named != ws.world.bot_user_id:
        return ws.open_direct(ws.world.bot_user_id, named)[0]
    channel = ws.visible_channel(named)
    if channel.archived:
        raise ApiError("is_archived")
    if ws.world.bot_user_id not in channel.members and not _may_post_anywhere(ws, channel):
        raise ApiError("not_in_channel")
    return channel


def _may_post_anywhere(ws: Workspace, channel: Channel) -> bool:
    return channel.kind == "public" and "chat:write.public" in ws.manifest.scopes


def _check_customized(ws: Workspace, args: dict[str, Any]) -> None:
    asked = any(args.get(name) for name in ("username", "icon_emoji", "icon_url"))
    if asked:
        need_one_of(ws, "chat:write.customize")


def _message(ws: Workspace, channel: Channel, args: dict[str, Any], only_for: str = "") -> Message:
    return Message(
        channel=channel.id,
        ts=ws.clock.next_ts(),
        author=ws.world.bot_user_id,
        text=args.get("text") or args.get("markdown_text") or "",
        blocks=kept_blocks(args.get("blocks") or []),
        attachments=kept_attachments(args.get("attachments") or []),
        only_for=only_for,
        by_app=True,
        thread_ts=args.get("thread_ts") or "",
        metadata=args.get("metadata"),
        username=args.get("username") or "",
    )


def post_message(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Post in a channel or to a person."""
    _check_customized(ws, args)
    check_content(args)
    channel = posting_channel(ws, args["channel"])
    if args.get("thread_ts") and ws.messages.find(channel.id, args["thread_ts"]) is None:
        raise ApiError("cannot_reply_to_message")
    message = ws.post(_message(ws, channel, args))
    if ws.assistant.answered(channel.id, message.thread_ts):
        ws.feed.publish("message", channel=channel.id, ts=message.thread_ts)
    return {"channel": channel.id, "ts": message.ts, "message": message_object(ws, message)}


def post_ephemeral(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Post for the eyes of one member only."""
    _check_customized(ws, args)
    check_content(args, most_text=MOST_TEXT)
    channel = posting_channel(ws, args["channel"])
    user = ws.world.users.get(args["user"])
    if user is None or user.id not in channel.members:
        raise ApiError("user_not_in_channel")
    message = ws.post(_message(ws, channel, args, only_for=user.id))
    return {"message_ts": message.ts}


def own_message(ws: Workspace, args: dict[str, Any], refusal: str) -> Message:
    """A message that the app may change. Raises ``message_not_found``, or ``refusal`` where another wrote it."""
    channel = ws.visible_channel(args["channel"])
    message = ws.messages.find(channel.id, args["ts"])
    if message is None or message.only_for:
        raise ApiError("message_not_found")
    if not message.by_app:
        raise ApiError(refusal)
    if channel.archived:
        raise ApiError("is_archived")
    return message


def update(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Change a message of the app's own. Blocks and attachments that are left out stay; ``[]`` takes them away."""
    if all(args.get(name) is None for name in ("text", "blocks", "attachments", "markdown_text")):
        raise ApiError("no_text")
    if any(args.get(name) for name in ("text", "blocks", "attachments", "markdown_text")):
        check_content(args, most_text=MOST_TEXT)
    message = own_message(ws, args, "cant_update_message")
    replace_content(ws, message, args)
    shown = message_object(ws, message)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


def replace_content(ws: Workspace, message: Message, content: dict[str, Any]) -> None:
    """Put new content into a message, in place."""
    if content.get("text") is not None or content.get("markdown_text"):
        message.text = content.get("text") or content.get("markdown_text") or ""
    if content.get("blocks") is not None:
        message.blocks = kept_blocks(content["blocks"])
    if content.get("attachments") is not None:
        message.attachments = kept_attachments(content["attachments"])
    message.edited_ts = ws.clock.next_ts()
    ws.messages.touch(message)
    ws.feed.publish("message", channel=message.channel, ts=message.ts)


def delete(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Delete a message of the app's own."""
    message = own_message(ws, args, "cant_delete_message")
    ws.messages.remove(message)
    ws.feed.publish("message", channel=message.channel, ts=message.ts)
    return {"channel": message.channel, "ts": message.ts}


def permalink(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The web address of a message."""
    channel = ws.visible_channel(args["channel"])
    message = ws.messages.find(channel.id, args["message_ts"])
    if message is None:
        raise ApiError("message_not_found")
    return {"channel": channel.id, "permalink": ws.permalink(message)}


def me_message(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Say what the app does, as ``/me`` does."""
    check_content(args)
    message = _message(ws, posting_channel(ws, args["channel"]), args)
    message.subtype = "me_message"
    ws.post(message)
    return {"channel": message.channel, "ts": message.ts}


HANDLERS = {
    "chat.delete": delete,
    "chat.getPermalink": permalink,
    "chat.meMessage": me_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.postMessage": post_message,
    "chat.update": update,
}
