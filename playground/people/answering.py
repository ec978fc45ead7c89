"""Acts and looks over HTTP: what comes of one, or in words why it cannot be done."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.people.acts import CannotAct
from playground.people.desk import Act, Asked


async def in_json(acting: Awaitable[Any]) -> Response:
    """What comes of an act. One that is not possible answers 404, with the ``labels`` that could be acted on."""
    try:
        return JSONResponse(await acting)
    except CannotAct as error:
        return JSONResponse({"error": str(error), "labels": error.visible or []}, 404)
    except KeyError as error:
        return JSONResponse({"error": f"missing: {error.args[0]}"}, 400)
    except ValueError as error:
        return JSONResponse({"error": str(error)}, 400)


def served(act: Act) -> Callable[[Request], Awaitable[Response]]:
    """An act as an HTTP endpoint: its arguments come as a JSON body or in the query, and not from other pages."""

    async def handle(request: Request) -> Response:
        if is_foreign(request):
            return JSONResponse({"error": "other pages may not act here"}, 403)
        return await in_json(_acted(act, request))

    return handle


async def _acted(act: Act, request: Request) -> Any:
    asked = dict(request.query_params) if request.method == "GET" else await _body(request)
    return await act(request.app.state.desk, asked)


def is_foreign(request: Request) -> bool:
    """Whether a page of another origin asks, in a browser that happens to run on this machine."""
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("://")[2] != request.headers.get("host")


async def _body(request: Request) -> Asked:
    asked = json.loads(await request.body() or b"{}")
    if not isinstance(asked, dict):
        raise ValueError("the body must be a JSON object")
    return asked


def routes(folder: str, acts: dict[str, Act], looks: dict[str, Act]) -> list[BaseRoute]:
    """Routes in a folder for acts (POST) and for looks (GET)."""
    posts = [Route(f"/{folder}/{name}", served(act), methods=["POST"]) for name, act in acts.items()]
    return [*posts, *(Route(f"/{folder}/{name}", served(look), methods=["GET"]) for name, look in looks.items())]
