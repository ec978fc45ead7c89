"""Who the app is: ``auth.*``, ``api.test``, ``oauth.v2.access``, ``apps.connections.open``, ``blocks.validate``."""

from __future__ import annotations

import secrets
from typing import Any

from playground.validator import Problem, check_message_blocks, check_view
from playground.world.errors import ApiError
from playground.world.workspace import Workspace


def api_test(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Answer what was sent; an ``error`` comes back as the error's name."""
    if args.get("error"):
        raise ApiError(args["error"], args=args)
    return {"args": args}


def auth_test(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Who the token belongs to."""
    home, bot = ws.world.home, ws.world.bot
    return {
        "url": f"https://{home.domain}.slack.com/",
        "team": home.name,
        "user": bot.name,
        "team_id": home.id,
        "user_id": bot.id,
        "bot_id": ws.world.bot_id,
        "is_enterprise_install": False,
    }


def oauth_access(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Exchange the code of an installation for a bot token."""
    if args.get("client_id") != ws.credentials.client_id:
        raise ApiError("invalid_client_id")
    if args.get("client_secret") != ws.credentials.client_secret:
        raise ApiError("bad_client_secret")
    grant = ws.codes.exchange(args.get("code", ""))
    if grant is None:
        raise ApiError("invalid_code")
    if args.get("redirect_uri", "") not in ("", grant.redirect_uri):
        raise ApiError("bad_redirect_uri")
    token = f"xoxb-{secrets.token_hex(6)}-{secrets.token_hex(12)}"
    ws.tokens.add(token)
    return {
        "access_token": token,
        "token_type": "bot",
        "scope": ",".join(sorted(ws.manifest.scopes)),
        "bot_user_id": ws.world.bot_user_id,
        "app_id": ws.world.app_id,
        "team": {"id": ws.world.home.id, "name": ws.world.home.name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": grant.user},
    }


def teams_listed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The workspaces that the token is good in."""
    return {"teams": [{"id": ws.world.home.id, "name": ws.world.home.name}], "response_metadata": {"next_cursor": ""}}


def auth_revoke(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Give the token back, unless this is a test."""
    if not args.get("test"):
        ws.faults.revoke_token = True
    return {"revoked": not args.get("test", False)}


def blocks_validate(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Say whether blocks, a message or a view would be accepted."""
    given = [name for name in ("blocks", "message", "view") if args.get(name) is not None]
    if len(given) != 1:
        words = "must provide exactly one of `blocks`, `view`, or `message`"
        raise ApiError("invalid_arguments", response_metadata={"messages": [words]})
    problems = _problems(given[0], args[given[0]])
    if problems:
        raise ApiError(f"invalid_{given[0]}", errors=[_error(problem) for problem in problems])
    return {}


def _problems(name: str, value: Any) -> list[Problem]:
    if name == "blocks":
        return check_message_blocks(value, "")
    if name == "view":
        return check_view(value, "")
    return check_message_blocks(value.get("blocks", []), "/blocks")


def _error(problem: Problem) -> dict[str, Any]:
    constraint = {"type": problem.constraint, "expected": problem.expected}
    return {
        "code": "failed_constraint",
        "message": problem.message,
        "pointer": problem.pointer,
        "constraint": constraint,
    }


def connections_open(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """A fresh WebSocket address for Socket Mode."""
    return {"url": ws.sockets.fresh_url()}


HANDLERS = {
    "api.test": api_test,
    "apps.connections.open": connections_open,
    "auth.teams.list": teams_listed,
    "auth.revoke": auth_revoke,
    "auth.test": auth_test,
    "blocks.validate": blocks_validate,
    "oauth.v2.access": oauth_access,
}
