"""The Web API methods that the playground knows, and the names of those that Slack has besides.

The lists follow Slack's public method reference.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playground.world.methods import apps, conversations, messages, people
from playground.world.methods.kinds import Method

METHODS: dict[str, Method] = {**apps.METHODS, **conversations.METHODS, **messages.METHODS, **people.METHODS}


@cache
def slack_knows() -> frozenset[str]:
    """Every public method of Slack's: to call one that the playground has not is no mistake of the app's."""
    return frozenset((Path(__file__).parent / "slack_knows.txt").read_text("utf-8").split())
