"""``files.*``: the upload in three steps, and what is known of a file."""

from __future__ import annotations

from typing import Any

from playground.world.errors import ApiError
from playground.world.files import File
from playground.world.messages import Message
from playground.world.workspace import Workspace


def upload_url(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Step one: say how large the file is and get the address to send it to."""
    if args["length"] < 1:
        raise ApiError("invalid_arguments")
    file = ws.files.begin(
        args["filename"], args["length"], ws.world.bot_user_id, ws.seconds(), args.get("alt_txt") or ""
    )
    return {"file_id": file.id, "upload_url": f"{ws.base_url}upload/v1/{file.upload}"}


def complete(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Step three: finish the files and share them in a channel."""
    files = [_uploaded(ws, one) for one in args["files"]]
    names = [args["channel_id"]] if args.get("channel_id") else (args.get("channels") or "").split(",")
    for name in filter(None, names):
        channel = ws.visible_channel(name)
        if ws.world.bot_user_id not in channel.members:
            raise ApiError("not_in_channel")
        message = Message(channel.id, ws.clock.next_ts(), ws.world.bot_user_id, args.get("initial_comment") or "")
        message.by_app, message.files = True, [file.id for file in files]
        message.thread_ts = args.get("thread_ts") or ""
        ws.post(message)
        for file in files:
            file.channels.append(channel.id)
    return {"files": [file.shown(ws.base_url) for file in files]}


def _uploaded(ws: Workspace, finished: object) -> File:
    file = ws.files.get(str(finished.get("id"))) if isinstance(finished, dict) else None
    if file is None or len(file.content) != file.length:
        raise ApiError("file_not_found")
    file.complete = True
    file.title = str(finished.get("title") or file.name) if isinstance(finished, dict) else file.name
    return file


def file_info(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """One file."""
    file = ws.files.get(args["file"])
    if file is None or not file.complete:
        raise ApiError("file_not_found")
    return {"file": file.shown(ws.base_url), "comments": [], "response_metadata": {"next_cursor": ""}}


HANDLERS = {
    "files.completeUploadExternal": complete,
    "files.getUploadURLExternal": upload_url,
    "files.info": file_info,
}
