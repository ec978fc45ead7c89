"""``assistant.threads.*``, and answers that are written bit by bit."""

from __future__ import annotations

from typing import Any

from playground.web_api.chat import own_message, post_message
from playground.web_api.content import check_blocks_of_message
from playground.web_api.objects import message_object
from playground.world.assistant import Help
from playground.world.errors import ApiError
from playground.world.kept import kept_blocks
from playground.world.messages import Message
from playground.world.workspace import Workspace

MOST_PROMPTS = 4


def _help(ws: Workspace, args: dict[str, Any]) -> Help:
    channel = ws.visible_channel(args["channel_id"])
    return ws.assistant.in_thread(channel.id, args.get("thread_ts") or "")


def _told(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    ws.feed.publish("message", channel=args["channel_id"], ts=args.get("thread_ts") or "")
    return {}


def status_set(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Say what the app is doing; an empty status says that it is done."""
    _help(ws, args).status = args["status"]
    return _told(ws, args)


def title_set(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Call a thread by a name."""
    _help(ws, args).title = args["title"]
    return _told(ws, args)


def prompts_set(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Offer up to four things to ask."""
    prompts = args["prompts"]
    if not all(isinstance(one, dict) and one.get("title") and one.get("message") for one in prompts):
        raise ApiError("invalid_arguments")
    if len(prompts) > MOST_PROMPTS:
        raise ApiError("too_many_prompts")
    helping = _help(ws, args)
    helping.prompts, helping.prompts_title = prompts, args.get("title") or ""
    return _told(ws, args)


def stream_started(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Begin an answer in a thread, to be written bit by bit."""
    text = _written(args) or " "
    answer = post_message(ws, {"channel": args["channel"], "thread_ts": args["thread_ts"], "text": text})
    message = _found(ws, answer["channel"], answer["ts"])
    message.streaming, message.text = True, _written(args)
    return {"channel": answer["channel"], "ts": answer["ts"]}


def stream_appended(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Write on."""
    message = _streaming(ws, args)
    _grow(ws, message, _written(args))
    return {"channel": message.channel, "ts": message.ts}


def stream_stopped(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """End the answer, with blocks below it where there are any."""
    message = _streaming(ws, args)
    check_blocks_of_message(args.get("blocks") or [])
    message.text += _written(args)
    if args.get("blocks"):
        message.blocks = kept_blocks([{"type": "markdown", "text": message.text or " "}, *args["blocks"]])
    message.streaming, message.metadata = False, args.get("metadata")
    _grow(ws, message, "")
    return {"channel": message.channel, "ts": message.ts, "message": message_object(ws, message)}


def _streaming(ws: Workspace, args: dict[str, Any]) -> Message:
    message = own_message(ws, args, "message_not_owned_by_app")
    if not message.streaming:
        raise ApiError("message_not_in_streaming_state")
    return message


def _found(ws: Workspace, channel: str, ts: str) -> Message:
    message = ws.messages.find(channel, ts)
    if message is None:
        raise ApiError("message_not_found")
    return message


def _written(args: dict[str, Any]) -> str:
    chunks = [str(one.get("text", "")) for one in args.get("chunks") or [] if one.get("type") == "markdown_text"]
    return "".join([args.get("markdown_text") or "", *chunks])


def _grow(ws: Workspace, message: Message, words: str) -> None:
    message.text += words
    ws.messages.touch(message)
    ws.feed.publish("message", channel=message.channel, ts=message.ts)


HANDLERS = {
    "assistant.threads.setStatus": status_set,
    "assistant.threads.setSuggestedPrompts": prompts_set,
    "assistant.threads.setTitle": title_set,
    "chat.appendStream": stream_appended,
    "chat.startStream": stream_started,
    "chat.stopStream": stream_stopped,
}
