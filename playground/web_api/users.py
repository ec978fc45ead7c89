"""``users.*``, ``bots.info`` and ``team.info``."""

from __future__ import annotations

from typing import Any

from playground.web_api.objects import user_object
from playground.web_api.paging import paged
from playground.world.errors import ApiError
from playground.world.workspace import Workspace


def user_info(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """One user."""
    return {"user": user_object(ws, ws.user(args["user"]))}


def users_listed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The users of the home workspace, and those of other homes who share a channel with it."""
    shared = {one for channel in ws.world.channels.values() if channel.shared for one in channel.members}
    known = [user for user in ws.world.users.values() if user.team_id == ws.world.home_id or user.id in shared]
    users, metadata = paged([user_object(ws, user) for user in known], args, default=1000)
    return {"members": users, "cache_ts": ws.seconds(), "response_metadata": metadata}


def lookup_by_email(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The user of a work address. Raises ``users_not_found``."""
    wanted = args["email"].casefold()
    for user in ws.world.users.values():
        if user.email.casefold() == wanted and user.team_id == ws.world.home_id:
            return {"user": user_object(ws, user)}
    raise ApiError("users_not_found")


def bot_info(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """One bot. Raises ``bot_not_found``."""
    wanted = args.get("bot", ws.world.bot_id)
    user = next((one for one in ws.world.users.values() if one.bot_id == wanted), None)
    if user is None:
        raise ApiError("bot_not_found")
    return {"bot": {"id": wanted, "deleted": False, "name": user.real_name, "user_id": user.id, "updated": 0}}


def team_info(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """A workspace: the app's own unless another that it can know of is named. Raises ``team_not_found``."""
    team = ws.world.teams.get(args.get("team", ws.world.home_id))
    if team is None:
        raise ApiError("team_not_found")
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}


HANDLERS = {
    "users.info": user_info,
    "users.list": users_listed,
    "users.lookupByEmail": lookup_by_email,
    "bots.info": bot_info,
    "team.info": team_info,
}
