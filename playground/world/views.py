"""Modals and home tabs: the stack of three, hashes, and the state of what people filled in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from playground.world.errors import ApiError
from playground.world.kept import kept_view
from playground.world.values import initial_values

MOST_ON_STACK = 3


@dataclass(slots=True)
class View:
    """One view as a person has it before them. ``values`` is by block id, then action id; ``errors`` by block id.

    ``conversation`` is the one that the person had before them when they opened it, or empty.
    """

    id: str
    user: str
    payload: dict[str, Any]
    hash: str
    root_id: str
    previous_id: str = ""
    conversation: str = ""
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    notice: str = ""

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The blocks of the view."""
        return list(self.payload.get("blocks", []))


class Views:
    """The modal stack and the home tab of each person."""

    def __init__(self) -> None:
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def stack(self, user: str) -> list[View]:
        """The open modals of a person, the top one last."""
        return list(self._stacks.get(user, []))

    def top(self, user: str) -> View | None:
        """The modal that a person has before them."""
        stack = self._stacks.get(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> View | None:
        """The app's home tab as published for a person."""
        return self._homes.get(user)

    def open(self, user: str, payload: dict[str, Any], conversation: str = "") -> View:
        """Open a modal: it takes the place of whatever stood there."""
        self._refuse_known_external_id(payload)
        view = _fresh(user, payload, conversation)
        self._stacks[user] = [view]
        return view

    def push(self, user: str, payload: dict[str, Any]) -> View:
        """Put a modal on top. Raises ``not_found`` without one below it, ``push_limit_reached`` beyond three."""
        stack = self._stacks.get(user)
        if not stack:
            raise ApiError("not_found")
        if len(stack) >= MOST_ON_STACK:
            raise ApiError("push_limit_reached")
        self._refuse_known_external_id(payload)
        view = _fresh(user, payload, stack[-1].conversation, stack[0].id, stack[-1].id)
        stack.append(view)
        return view

    def find(self, view_id: str = "", external_id: str = "") -> View:
        """An open view by id or external id. Raises ``not_found``."""
        for view in self._all():
            if (view_id and view.id == view_id) or (external_id and view.payload.get("external_id") == external_id):
                return view
        raise ApiError("not_found")

    def update(self, view: View, payload: dict[str, Any], expected_hash: str = "") -> View:
        """Replace a view's contents; what is filled in stays where ids are the same. Raises ``hash_conflict``."""
        if expected_hash and expected_hash != view.hash:
            raise ApiError("hash_conflict")
        self._refuse_known_external_id(payload, but=view)
        filled = view.values
        view.payload = kept_view(payload)
        view.values = initial_values(view.blocks, view.conversation)
        for block_id, actions in view.values.items():
            for action_id, value in actions.items():
                kept = filled.get(block_id, {}).get(action_id)
                if kept is not None and kept.get("type") == value["type"]:
                    actions[action_id] = kept
        view.errors, view.notice, view.hash = {}, "", _hash()
        return view

    def publish(self, user: str, payload: dict[str, Any], expected_hash: str = "") -> View:
        """Set a person's home tab. Raises ``hash_conflict``."""
        known = self._homes.get(user)
        if known is not None:
            return self.update(known, payload, expected_hash)
        if expected_hash:
            raise ApiError("hash_conflict")
        self._homes[user] = _fresh(user, payload)
        return self._homes[user]

    def close(self, view: View) -> None:
        """Take one modal away."""
        stack = self._stacks.get(view.user, [])
        if view in stack:
            stack.remove(view)

    def clear(self, user: str) -> list[View]:
        """Take all of a person's modals away; answers them, the top one first."""
        return list(reversed(self._stacks.pop(user, [])))

    def _all(self) -> list[View]:
        return [view for stack in self._stacks.values() for view in stack] + list(self._homes.values())

    def _refuse_known_external_id(self, payload: dict[str, Any], but: View | None = None) -> None:
        name = payload.get("external_id")
        if name and any(view.payload.get("external_id") == name for view in self._all() if view is not but):
            raise ApiError("duplicate_external_id")


def _hash() -> str:
    return f"{secrets.randbelow(10**10):010d}.{secrets.token_hex(4)}"


def _fresh(
    user: str, payload: dict[str, Any], conversation: str = "", root_id: str = "", previous_id: str = ""
) -> View:
    view_id = f"V{secrets.token_hex(5).upper()}"
    view = View(view_id, user, kept_view(payload), _hash(), root_id or view_id, previous_id, conversation)
    view.values = initial_values(view.blocks, view.conversation)
    return view
