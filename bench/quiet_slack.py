"""The least Slack that lets a bot work: it knows everybody, takes every message and remembers what was posted.

The playground checks every payload; that takes time which would count against the bot. Run as a process of its own:
``python -m bench.quiet_slack PORT PEOPLE``.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

TEAM, CHANNEL, BOT = "T0BENCH001", "C0BENCH001", "U0BOT00001"
JUSTICE_CHAIR, HEALTH_CHAIR = "U0VOTER0000", "U0VOTER0001"


def voter(number: int) -> str:
    """The user id of one of the people in the channel; the first two chair the group."""
    return f"U0VOTER{number:04}"


def _nothing(_asked: dict[str, Any]) -> dict[str, Any]:
    return {}


class QuietSlack:
    """Answers the Web API's methods, and tells what was posted."""

    def __init__(self, people: int) -> None:
        self._people = people
        self._posts: list[dict[str, Any]] = []
        self._updates: list[dict[str, Any]] = []
        self._numbers = itertools.count(1)
        self._answers: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "auth.test": lambda _: {"user_id": BOT, "bot_id": "B0BOT00001", "team_id": TEAM, "url": "https://bench/"},
            "users.info": lambda asked: {"user": {"id": asked["user"], "team_id": TEAM, "tz": "America/New_York"}},
            "conversations.info": lambda asked: {"channel": {"id": asked["channel"], "is_member": True}},
            "conversations.members": lambda _: {"members": [voter(each) for each in range(self._people)]},
            "conversations.open": lambda asked: {"channel": {"id": f"D{asked['users'][1:]}"}},
            "chat.postMessage": self._post,
            "chat.update": self._update,
        }

    async def answer(self, request: Request) -> JSONResponse:
        """Answer one call."""
        body = (await request.body()).decode()
        is_json = "json" in request.headers.get("content-type", "")
        asked = json.loads(body) if is_json else {**request.query_params, **dict(parse_qsl(body))}
        answer = self._answers.get(request.path_params["method"], _nothing)
        return JSONResponse({"ok": True, **answer(asked)})

    async def posts(self, request: Request) -> JSONResponse:
        """All that was posted, oldest first; ``?after=100`` leaves out the first hundred."""
        return JSONResponse(self._posts[int(request.query_params.get("after", 0)) :])

    async def updates(self, _request: Request) -> JSONResponse:
        """All updates, oldest first; ``at`` in seconds of this process's clock."""
        return JSONResponse(self._updates)

    async def ready(self, _request: Request) -> JSONResponse:
        """Whether it runs."""
        return JSONResponse({"status": "up"})

    def _post(self, asked: dict[str, Any]) -> dict[str, Any]:
        ts = f"1790000000.{next(self._numbers):06}"
        self._posts.append({key: asked.get(key) for key in ("channel", "text", "blocks")} | {"ts": ts})
        return {"channel": asked["channel"], "ts": ts}

    def _update(self, asked: dict[str, Any]) -> dict[str, Any]:
        self._updates.append({key: asked.get(key) for key in ("channel", "ts", "text")} | {"at": time.monotonic()})
        return {"channel": asked["channel"], "ts": asked["ts"]}


def main() -> None:
    """Serve until stopped."""
    port, people = map(int, sys.argv[1:3])
    slack = QuietSlack(people)
    routes = [
        Route("/api/{method}", slack.answer, methods=["GET", "POST"]),
        Route("/posts", slack.posts),
        Route("/updates", slack.updates),
        Route("/answer", slack.ready, methods=["POST"]),
        Route("/readyz", slack.ready),
    ]
    uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=port, log_level="error", access_log=False)


if __name__ == "__main__":
    main()
