"""``users.*``, ``bots.info`` and ``team.info``."""

from __future__ import annotations

from typing import Any

from playground.web_api.objects import profile_object, user_object, usergroup_object
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


def profile(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """What a user says of themselves; the app itself unless one is named."""
    return {"profile": profile_object(ws, ws.user(args.get("user") or ws.world.bot_user_id))}


def presence(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Whether a user is there: everybody is, in a pretend workspace."""
    user = ws.user(args.get("user") or ws.world.bot_user_id)
    return {"presence": "away" if user.deleted or user.away else "active"}


def presence_set(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The app is there, or away."""
    if args["presence"] not in ("auto", "away"):
        raise ApiError("invalid_presence")
    ws.world.bot.away = args["presence"] == "away"
    return {}


def disturbed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """When a user does not want to be disturbed: never, in a pretend workspace."""
    ws.user(args.get("user") or ws.world.bot_user_id)
    return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


def team_disturbed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The same for several users at once."""
    return {"users": {user: disturbed(ws, {"user": user}) for user in args["users"].split(",")}}


def emoji_listed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The emoji that the workspace has made for itself, as its world file names them."""
    return {"emoji": dict(ws.world.emoji), "cache_ts": ws.clock.next_ts()}


def groups_listed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The groups that people can be mentioned by."""
    known = [one for one in ws.world.usergroups.values() if args.get("include_disabled") or not one.disabled]
    return {"usergroups": [usergroup_object(ws, one, users=bool(args.get("include_users"))) for one in known]}


def group_users(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Who is in a group."""
    group = ws.world.usergroups.get(args["usergroup"])
    if group is None:
        raise ApiError("no_such_subteam")
    return {"users": list(group.users)}


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
    "dnd.info": disturbed,
    "dnd.teamInfo": team_disturbed,
    "emoji.list": emoji_listed,
    "usergroups.list": groups_listed,
    "usergroups.users.list": group_users,
    "users.getPresence": presence,
    "users.profile.get": profile,
    "users.setPresence": presence_set,
    "users.info": user_info,
    "users.list": users_listed,
    "users.lookupByEmail": lookup_by_email,
    "bots.info": bot_info,
    "team.info": team_info,
}
