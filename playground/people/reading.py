"""What a person has before them, in a form that tests and scripts can read."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from playground.deliveries.delivery import Reply
from playground.people.finding import blocks_in, buttons_in, choices_in, fields_in
from playground.people.words import label_of, readable, words_of
from playground.validator.composition import options_of
from playground.world.messages import Message
from playground.world.views import View
from playground.world.workspace import Workspace


def message_read(ws: Workspace, message: Message, user: str) -> dict[str, Any]:
    """A message as a person sees it. ``text`` is as sent, ``words`` what the blocks say, as read."""
    author = ws.world.users.get(message.author)
    return {
        "ts": message.ts,
        "channel": message.channel,
        "author": message.author,
        "author_name": author.real_name if author else message.author,
        "text": message.text,
        "words": message_words(ws, message),
        "blocks": message.blocks,
        "attachments": message.attachments,
        "ephemeral": bool(message.only_for),
        "edited": bool(message.edited_ts),
        "thread_ts": message.thread_ts,
        "buttons": [widget.label for widget in buttons_in(message, user)],
        "choices": [widget.label for widget in choices_in(message)],
        "reactions": message.reactions,
        "pinned_by": message.pinned_by,
        "assistant": assistance_read(ws, message),
        "files": [file.shown(ws.base_url) for one in message.files if (file := ws.files.get(one))],
    }


def assistance_read(ws: Workspace, message: Message) -> dict[str, Any] | None:
    """How the app helps in the thread of a message; None where it does not."""
    helping = ws.assistant.known(message.channel, message.ts)
    return asdict(helping) if helping is not None else None


def message_words(ws: Workspace, message: Message) -> str:
    """What a message's blocks say, as read."""
    return readable("\n".join(words_of(blocks_in(message))) or message.text, ws.world)


def view_read(ws: Workspace, view: View | None, user: str) -> dict[str, Any] | None:
    """A modal or home tab as a person sees it; None where there is none."""
    if view is None:
        return None
    return {
        "id": view.id,
        "type": view.payload["type"],
        "title": label_of({"text": view.payload.get("title")}),
        "submit": label_of({"text": view.payload.get("submit")}),
        "callback_id": view.payload.get("callback_id", ""),
        "blocks": view.blocks,
        "words": readable("\n".join(words_of(view.blocks)), ws.world),
        "inputs": [_input(view, widget.block, widget.element, widget.label) for widget in fields_in(view)],
        "buttons": [widget.label for widget in buttons_in(view, user)],
        "choices": [widget.label for widget in choices_in(view)],
        "errors": error_labels(view),
        "notice": view.notice,
        "depth": len(ws.views.stack(user)),
        "hash": view.hash,
    }


def _input(view: View, block: dict[str, Any], element: dict[str, Any], label: str) -> dict[str, Any]:
    state = view.values.get(str(block["block_id"]), {}).get(str(element["action_id"]), {})
    return {
        "label": label,
        "type": element["type"],
        "optional": bool(block.get("optional")),
        "hint": label_of({"text": block.get("hint")}),
        "options": [label_of(option) for option in options_of(element) if isinstance(option, dict)],
        "value": next((held for name, held in state.items() if name not in ("type", "timezone")), None),
    }


def error_labels(view: View) -> dict[str, str]:
    """The errors shown in a modal, by the label of their field."""
    labels = {str(widget.block["block_id"]): widget.label for widget in fields_in(view)}
    return {labels.get(block_id, block_id): words for block_id, words in view.errors.items()}


class Watch:
    """Remembers how far things were before an act, to tell afterwards what is new to the person."""

    def __init__(self, ws: Workspace, user: str) -> None:
        self._ws = ws
        self._user = user
        self._changes = ws.messages.changes
        self._violations = len(ws.log.violations)
        self._warnings = len(ws.log.warnings)

    def _fresh(self) -> list[Message]:
        channels = set(self._ws.channels_of(self._user))
        return self._ws.messages.fresh_for(self._user, channels, self._changes)

    def outcome(self, reply: Reply | None) -> dict[str, Any]:
        """What came of the act: the acknowledgement, and what the person sees that they did not see before."""
        fresh = self._fresh()
        return {
            "status": reply.status if reply else None,
            "timed_out": reply.timed_out if reply else False,
            "failure": reply.failure if reply else "",
            "answer": reply.content if reply else None,
            "n": reply.call.n if reply else None,
            "messages": [one.text or "\n".join(words_of(blocks_in(one))) for one in fresh],
            "new": [message_read(self._ws, one, self._user) for one in fresh],
            "view": view_read(self._ws, self._ws.views.top(self._user), self._user),
            "violations": self._ws.log.violations[self._violations :],
            "warnings": self._ws.log.warnings[self._warnings :],
        }
