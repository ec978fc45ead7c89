"""What an acknowledgement does: a command's answer is shown, a submitted modal closes, changes or shows errors."""

from __future__ import annotations

from typing import Any

from playground.deliveries.delivery import Courier, Delivery, Reply
from playground.deliveries.payloads import closed
from playground.validator import Problem
from playground.validator.checks import Shape, array
from playground.validator.composition import MENU_OPTION, OPTION_GROUP
from playground.web_api.content import check_content
from playground.web_api.views import check as check_view
from playground.world.calls import Call
from playground.world.errors import ApiError
from playground.world.kept import kept_attachments, kept_blocks
from playground.world.messages import Message
from playground.world.views import View
from playground.world.workspace import Workspace
from playground.world.world import Channel, User

_ANSWER_FIELDS = frozenset(
    {"text", "blocks", "attachments", "response_type", "mrkdwn", "thread_ts", "unfurl_links", "unfurl_media"}
    | {"metadata", "link_names", "parse", "replace_original", "delete_original"}
)
_TROUBLE = "We had some trouble connecting. Try again?"
_SUGGESTIONS = Shape({}, {"options": array(MENU_OPTION, 0, 100), "option_groups": array(OPTION_GROUP, 0, 100)})


def answer_message(ws: Workspace, content: dict[str, Any], user: str, channel: str) -> Message:
    """Show what the app answers: to the person who acted alone, or in the channel. Raises :class:`ApiError`."""
    kind = content.get("response_type") or "ephemeral"
    if kind not in ("ephemeral", "in_channel"):
        problem = Problem("must be a valid enum value", "/response_type", "enum", ["ephemeral", "in_channel"])
        raise ApiError("invalid_arguments", problems=[problem])
    check_content(content)
    message = Message(
        channel=channel,
        ts=ws.clock.next_ts(),
        author=ws.world.bot_user_id,
        text=content.get("text") or "",
        blocks=kept_blocks(content.get("blocks") or []),
        attachments=kept_attachments(content.get("attachments") or []),
        only_for=user if kind == "ephemeral" else "",
        by_app=True,
        thread_ts=content.get("thread_ts") or "",
    )
    return ws.post(message)


def warn_of_unknown_fields(ws: Workspace, call: Call, content: dict[str, Any]) -> None:
    """Note the fields of an answer that Slack does not know; it passes over them."""
    unknown = sorted(set(content) - _ANSWER_FIELDS)
    if unknown:
        ws.log.warn(call, [f"[WARNING] unknown field: {name}" for name in unknown])


def command_answered(ws: Workspace, user: User, channel: Channel, command: str, reply: Reply) -> None:
    """Show the answer to a slash command, or Slack's words where there is none that could be shown."""
    failure = reply.failure or _shown_answer(ws, user, channel, reply)
    if failure:
        ws.tell(user.id, channel.id, f"{command} failed with the error “{failure}”")


def _shown_answer(ws: Workspace, user: User, channel: Channel, reply: Reply) -> str:
    """Show what the acknowledgement holds; answers the name of the error where it cannot be shown."""
    if reply.content is None:
        return ""
    content = reply.content if isinstance(reply.content, dict) else {"text": str(reply.content)}
    warn_of_unknown_fields(ws, reply.call, content)
    try:
        answer_message(ws, content, user.id, channel.id)
    except ApiError as error:
        ws.log.violate(reply.call, error.lines)
        return "invalid_command_response"
    return ""


async def submission_answered(ws: Workspace, courier: Courier, view: View, reply: Reply) -> None:
    """Do what the answer to a submitted modal asks for."""
    content = reply.content
    if not reply.ok:
        view.notice = _TROUBLE
        return
    action = content.get("response_action") if isinstance(content, dict) else None
    try:
        if content in (None, {}, ""):
            ws.views.close(view)
        elif action == "clear":
            await _clear(ws, courier, view)
        elif action in ("update", "push"):
            check_view(content.get("view"), "modal")
            _changed(ws, view, action, content["view"])
        elif action == "errors":
            view.errors = _errors(view, content.get("errors"))
        else:
            raise ApiError("invalid_arguments", problems=[Problem("unknown response_action", "/response_action")])
    except ApiError as error:
        ws.log.violate(reply.call, error.lines)
        view.notice = _TROUBLE
    ws.feed.publish("view", user=view.user)


def _changed(ws: Workspace, view: View, action: str, payload: dict[str, Any]) -> None:
    if action == "update":
        ws.views.update(view, payload)
    else:
        ws.views.push(view.user, payload)


def _errors(view: View, complaints: object) -> dict[str, str]:
    inputs = {str(block["block_id"]) for block in view.blocks if block.get("type") == "input"}
    if not isinstance(complaints, dict) or not complaints:
        raise ApiError("invalid_arguments", problems=[Problem("missing required field: errors", "/errors")])
    problems = [Problem("must name an input block", f"/errors/{name}") for name in complaints if name not in inputs]
    problems += [
        Problem("must be a string", f"/errors/{name}") for name, text in complaints.items() if not isinstance(text, str)
    ]
    if problems:
        raise ApiError("invalid_arguments", problems=problems)
    return {str(name): str(text) for name, text in complaints.items()}


async def _clear(ws: Workspace, courier: Courier, view: View) -> None:
    user = ws.world.users[view.user]
    for one in ws.views.clear(user.id):
        if one is not view and one.payload.get("notify_on_close"):
            await courier.deliver(Delivery("interactive", "view_closed", closed(ws, user, one, cleared=True)))


def suggested(ws: Workspace, reply: Reply) -> list[Any]:
    """The options that the app offers for an external select; none where its answer is not valid."""
    content = reply.content
    if not reply.ok:
        return []
    problems = list(_SUGGESTIONS(content, ""))
    if problems:
        ws.log.violate(reply.call, [problem.line for problem in problems])
        return []
    groups = content.get("option_groups") or []
    return [*(content.get("options") or []), *(option for group in groups for option in group["options"])]
