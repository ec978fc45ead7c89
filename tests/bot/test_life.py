"""The lives of what is remembered: each state is reached and left, and the pictures show what the data says."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from bot.ballots.life import BALLOT_LIFE, BallotState, BallotStep
from bot.gaps.life import GAP_LIFE, GapState, GapStep
from bot.joint import JOINT_LIFE, JointState, JointStep
from bot.life import Life
from bot.posts import POST_LIFE, PostState, PostStep

DOCS = Path(__file__).parents[2] / "docs"
LIVES: dict[str, tuple[Life[Any, Any], type[StrEnum], type[StrEnum], frozenset[StrEnum], str]] = {
    "ballot": (BALLOT_LIFE, BallotState, BallotStep, frozenset(), "states.md"),
    "joint": (
        JOINT_LIFE,
        JointState,
        JointStep,
        frozenset({JointState.AGREED, JointState.WITHDRAWN, JointState.SETTLED}),
        "states.md",
    ),
    "post": (POST_LIFE, PostState, PostStep, frozenset({PostState.SENT, PostState.DROPPED}), "states.md"),
    "gap": (GAP_LIFE, GapState, GapStep, frozenset(), "decisions/0012-which-gap.md"),
}
"""Of each: its life, its states and steps, the states that nothing leaves, and the page with its picture."""


@pytest.mark.parametrize("kind", LIVES)
def test_every_state_can_be_reached_and_all_but_the_last_can_be_left(kind: str) -> None:
    life, states, steps, last, _ = LIVES[kind]
    assert set(life.steps) == set(steps)
    assert {life.first, *(life.after(step) for step in steps)} == set(states)
    assert {state for step in steps for state in life.before(step)} == set(states) - last


@pytest.mark.parametrize("kind", LIVES)
def test_a_step_is_allowed_in_the_states_before_it_and_in_no_other(kind: str) -> None:
    life, states, steps, _, _ = LIVES[kind]
    assert all(life.allows(state, step) is (state in life.before(step)) for state in states for step in steps)


@pytest.mark.parametrize("kind", LIVES)
def test_the_picture_in_the_documents_is_the_diagram_of_the_data(kind: str) -> None:
    life, *_, page = LIVES[kind]
    assert f"```mermaid\n{life.diagram()}\n```" in (DOCS / page).read_text(encoding="utf-8")


def test_a_diagram_shows_the_beginning_and_each_step_from_each_state() -> None:
    assert BALLOT_LIFE.diagram().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> open: propose",
        "    open --> open: vote",
        "    open --> open: extend",
        "    open --> closed: close",
        "    closed --> open: reopen",
    ]
