"""``bookmarks.*``."""

from __future__ import annotations

from typing import Any

from playground.world.bookmarks import Bookmark
from playground.world.errors import ApiError
from playground.world.workspace import Workspace
from playground.world.world import Channel


def _channel(ws: Workspace, args: dict[str, Any]) -> Channel:
    channel = ws.visible_channel(args["channel_id"])
    if ws.world.bot_user_id not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def _bookmark(ws: Workspace, args: dict[str, Any]) -> Bookmark:
    bookmark = ws.bookmarks.find(_channel(ws, args).id, args["bookmark_id"])
    if bookmark is None:
        raise ApiError("not_found")
    return bookmark


def bookmark_added(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Keep a link at the top of a channel."""
    channel = _channel(ws, args)
    if args["type"] != "link":
        raise ApiError("invalid_bookmark_type")
    if not str(args.get("link") or "").startswith(("http://", "https://")):
        raise ApiError("invalid_link")
    bookmark = ws.bookmarks.add(channel.id, args["title"], args["link"], args.get("emoji") or "", ws.seconds())
    return _told(ws, bookmark)


def bookmark_edited(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Change what is given of a bookmark."""
    bookmark = _bookmark(ws, args)
    for name in ("title", "link", "emoji"):
        if args.get(name) is not None:
            setattr(bookmark, name, args[name])
    bookmark.updated = ws.seconds()
    return _told(ws, bookmark)


def bookmarks_listed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The bookmarks of a channel."""
    known = ws.bookmarks.of_channel(_channel(ws, args).id)
    return {"bookmarks": [bookmark_object(ws, bookmark) for bookmark in known]}


def bookmark_removed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Keep a link no longer."""
    bookmark = _bookmark(ws, args)
    ws.bookmarks.remove(bookmark)
    ws.feed.publish("channel", channel=bookmark.channel)
    return {}


def _told(ws: Workspace, bookmark: Bookmark) -> dict[str, Any]:
    ws.feed.publish("channel", channel=bookmark.channel)
    return {"bookmark": bookmark_object(ws, bookmark)}


def bookmark_object(ws: Workspace, bookmark: Bookmark) -> dict[str, Any]:
    """A bookmark as answers carry it."""
    return {
        "id": bookmark.id,
        "channel_id": bookmark.channel,
        "title": bookmark.title,
        "link": bookmark.link,
        "emoji": bookmark.emoji,
        "icon_url": None,
        "type": "link",
        "entity_id": None,
        "date_created": bookmark.created,
        "date_updated": bookmark.updated,
        "rank": str(ws.bookmarks.of_channel(bookmark.channel).index(bookmark)),
        "last_updated_by_user_id": ws.world.bot_user_id,
        "last_updated_by_team_id": ws.world.home_id,
        "shortcut_id": None,
        "app_id": ws.world.app_id,
    }


HANDLERS = {
    "bookmarks.add": bookmark_added,
    "bookmarks.edit": bookmark_edited,
    "bookmarks.list": bookmarks_listed,
    "bookmarks.remove": bookmark_removed,
}
