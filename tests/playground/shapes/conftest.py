"""What the playground says, gathered once for all that hold it against Slack's own shapes."""

from __future__ import annotations

import json
from typing import Any

import pytest_asyncio

from tests.playground.conftest import Stage
from tests.playground.shapes.scenes import everything_told


@pytest_asyncio.fixture(scope="session")
async def told(_stage: Stage) -> dict[str, Any]:
    """One of each thing that an app is told, as it came over HTTP."""
    _stage.app.reset()
    bodies: dict[str, Any] = json.loads(json.dumps(await everything_told(_stage)))
    return bodies
