"""A story as a guided tour of the page: the same steps that the terminal tells, for the browser to act out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playground.telling.story import read_story, step_of


def read_tour(path: Path) -> dict[str, Any]:
    """A tour from a story file. Raises ``ValueError`` where a step makes no sense."""
    story = read_story(path)
    steps = [step_of(row, story) for row in story["step"]]
    return {
        "title": story["title"],
        "note": story.get("note", ""),
        "end": story.get("end", ""),
        "steps": [
            {
                "say": one.say,
                "who": one.who,
                "channel": one.channel,
                "act": one.act,
                "with": one.with_,
                "wait": one.wait,
                "near": one.more.get("near", ""),
            }
            for one in steps
        ],
    }
