"""The life of a thing that is remembered: its states, and the steps between them, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

State = TypeVar("State", bound=StrEnum)
Step = TypeVar("Step", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Life(Generic[State, Step]):
    """A thing is in state ``first`` once ``begun_by`` happened. ``steps`` says of each step in which states it is
    possible, and which state it leads to."""

    first: State
    begun_by: str
    steps: Mapping[Step, tuple[tuple[State, ...], State]]

    def before(self, step: Step) -> tuple[State, ...]:
        """The states in which ``step`` is possible."""
        return self.steps[step][0]

    def after(self, step: Step) -> State:
        """The state that ``step`` leads to."""
        return self.steps[step][1]

    def allows(self, state: State, step: Step) -> bool:
        """Whether ``step`` is possible in ``state``."""
        return state in self.before(step)

    def diagram(self) -> str:
        """The states and steps as a Mermaid diagram."""
        arrows = [
            f"    {before} --> {after}: {step}" for step, (states, after) in self.steps.items() for before in states
        ]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.first}: {self.begun_by}", *arrows])
