"""Tell a story in the terminal: people of the pretend Slack act, step by step, and what the app says is printed.

A story is a TOML file of steps. Each says in one line what is going on (``say``) and holds one act: ``type``,
``press``, ``submit`` or ``clock``; ``wait`` names words that must appear before the story goes on. Nothing is made up
here: every line after an app's name came from the app, over HTTP.
"""

from __future__ import annotations

import asyncio
import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from playground.telling.client import Answer, Playground

PAUSE_SECONDS = 0.9
WAIT_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who does what in which channel, with a line of explanation."""

    say: str
    who: str
    channel: str
    act: str
    with_: Any
    wait: str
    more: dict[str, Any]


@dataclass(slots=True)
class Teller:
    """Tells a story through a playground. ``pause`` is in seconds; 0 tells it at once."""

    slack: Playground
    console: Console
    pause: float = PAUSE_SECONDS
    _told: set[tuple[str, str]] = field(default_factory=set)

    async def tell(self, story: dict[str, Any]) -> None:
        """Tell the whole story. Raises ``TimeoutError`` where the app does not say what a step waits for."""
        self._title(story["title"], story.get("note", ""))
        for number, row in enumerate(story["step"], 1):
            await self._step(number, step_of(row, story))
            await asyncio.sleep(self.pause)
        self._title(story.get("end", "The end."), "")

    async def _step(self, number: int, step: Step) -> None:
        self.console.print()
        self.console.print(Text(f"{number}. {step.say}", style="bold"))
        outcome = await self._act(step)
        if step.wait:
            await self.slack.wait_for(step.who, step.wait, seconds=WAIT_SECONDS)
        await self._news(step, outcome)

    async def _act(self, step: Step) -> Answer:
        if step.act == "clock":
            at = datetime.fromisoformat(step.with_)
            self._line("the clock", f"{at:%A %d %B %Y, %H:%M} UTC", "dim")
            return await self.slack.set_clock(at)
        self._line(step.who, _doing(step), "cyan")
        if step.act == "type":
            return await self.slack.type_(step.who, step.channel, step.with_)
        if step.act == "press":
            return await self.slack.press(step.who, step.with_, **({"channel": step.channel} | step.more))
        return await self.slack.submit(step.who, step.with_)

    async def _news(self, step: Step, outcome: Answer) -> None:
        answer = outcome.get("answer") or {}
        for message in outcome.get("new", []):
            self._message(message, step.who)
        if not outcome.get("new") and answer.get("text"):
            self._line("app", answer["text"], "green")
        for message in await self.slack.read(step.who):
            self._message(message, step.who)

    def _message(self, message: Answer, who: str) -> None:
        key = (message["ts"], message["words"])
        if key in self._told or not message["author_name"] or message["author"].startswith("USLACK"):
            return
        self._told.add(key)
        if not message["author"].startswith("U0CONVENER") and not message["blocks"]:
            return
        to = f"to {who} alone" if message["ephemeral"] or message["channel"].startswith("D") else "to the channel"
        changed = ", changed" if message["edited"] else ""
        lines = [line for line in message["words"].splitlines() if line not in message["buttons"]]
        self._line(f"{message['author_name']} ({to}{changed})", "\n".join(lines), "green")
        if message["buttons"]:
            self._line("", "  ".join(f"[{label}]" for label in message["buttons"]), "dim")

    def _line(self, speaker: str, words: str, style: str) -> None:
        if speaker:
            self.console.print(Text(f"   {speaker}", style=style))
        self.console.print(Padding(Text(words), (0, 2, 0, 6)))

    def _title(self, title: str, note: str) -> None:
        self.console.print()
        self.console.rule(Text(title, style="bold"))
        if note:
            self.console.print(Padding(Text(note, style="dim"), (0, 2)))


def read_story(path: Path) -> dict[str, Any]:
    """A story from its file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def step_of(row: dict[str, Any], story: dict[str, Any]) -> Step:
    """One step, with the story's defaults.

    Raises:
        ValueError: it has no act, or more than one.
    """
    acts = [name for name in ("type", "press", "submit", "clock") if name in row]
    if len(acts) != 1:
        raise ValueError(f"a step needs one act, not {acts}: {row.get('say')}")
    known = {"say", "who", "channel", "wait", *acts}
    return Step(
        say=row["say"],
        who=row.get("who", story["who"]),
        channel=row.get("channel", story["channel"]),
        act=acts[0],
        with_=row[acts[0]],
        wait=row.get("wait", ""),
        more={key: value for key, value in row.items() if key not in known},
    )


def _doing(step: Step) -> str:
    if step.act == "type":
        return f"types  {step.with_}"
    if step.act == "press":
        return f"presses  [{step.with_}]"
    filled = "; ".join(f"{label}: {value}" for label, value in step.with_.items())
    return f"fills in and submits  {filled}"
