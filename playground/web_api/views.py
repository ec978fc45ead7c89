"""``views.*``."""

from __future__ import annotations

import json
from typing import Any

from playground.validator import check_view
from playground.validator.views import MOST_BYTES
from playground.web_api.objects import view_object
from playground.world.errors import ApiError, missing
from playground.world.triggers import Trigger
from playground.world.views import View
from playground.world.workspace import Workspace


def check(view: dict[str, Any], expected: str) -> None:
    """Raise ``invalid_arguments`` or ``view_too_large`` where Slack would refuse a view."""
    problems = check_view(view, expected=expected)
    if problems:
        raise ApiError("invalid_arguments", problems=problems)
    if len(json.dumps(view)) > MOST_BYTES:
        raise ApiError("view_too_large")


def _exchanged(ws: Workspace, args: dict[str, Any]) -> Trigger:
    if not args.get("trigger_id"):
        raise missing("trigger_id")
    return ws.triggers.exchange(args["trigger_id"], too_late=ws.faults.expire_triggers)


def _answer(ws: Workspace, view: View) -> dict[str, Any]:
    ws.feed.publish("view", user=view.user)
    return {"view": view_object(ws, view)}


def modal_opened(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Open a modal for the person who acted."""
    check(args["view"], "modal")
    trigger = _exchanged(ws, args)
    return _answer(ws, ws.views.open(trigger.user, args["view"], trigger.conversation))


def modal_pushed(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Put a modal on top of the one that the person acted in."""
    check(args["view"], "modal")
    return _answer(ws, ws.views.push(_exchanged(ws, args).user, args["view"]))


def view_updated(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Replace an open view."""
    if not args.get("view_id") and not args.get("external_id"):
        raise missing("view_id")
    view = ws.views.find(args.get("view_id", ""), args.get("external_id", ""))
    check(args["view"], view.payload["type"])
    return _answer(ws, ws.views.update(view, args["view"], args.get("hash", "")))


def home_published(ws: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """Set a person's home tab."""
    check(args["view"], "home")
    user = ws.user(args["user_id"])
    return _answer(ws, ws.views.publish(user.id, args["view"], args.get("hash", "")))


HANDLERS = {
    "views.open": modal_opened,
    "views.publish": home_published,
    "views.push": modal_pushed,
    "views.update": view_updated,
}
