"""The playground put together: one Starlette application over one workspace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute, Route

from playground.deliveries.delivery import Courier
from playground.deliveries.events import Events
from playground.deliveries.installing import handle_authorize
from playground.deliveries.responding import handle_response
from playground.deliveries.transfers import handle_download, handle_upload
from playground.page import routes as page
from playground.people import backstage, control, faulting, gestures, staging
from playground.people.answering import routes
from playground.people.desk import Desk
from playground.web_api.endpoint import handle_api
from playground.web_api.scheduling import keep_posting
from playground.world.workspace import Workspace

ROUTES: list[BaseRoute] = [
    Route("/api/{method}", handle_api, methods=["GET", "POST"]),
    Route("/response/{name:path}", handle_response, methods=["POST"]),
    Route("/upload/v1/{upload}", handle_upload, methods=["POST"]),
    Route("/files-pri/{file_id}", handle_download),
    Route("/files-pri/{file_id}/download", handle_download),
    Route("/oauth/v2/authorize", handle_authorize),
    *(
        route
        for part in (control, gestures, staging, faulting, backstage)
        for route in routes("control", part.ACTS, part.LOOKS)
    ),
    *page.ROUTES,
]


def build(ws: Workspace) -> Starlette:
    """The application for a workspace; starting it also opens the Socket Mode port."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        courier = Courier(ws)
        events = Events(ws, courier)
        app.state.workspace = ws
        app.state.desk = Desk(ws, courier, events)
        sockets = await ws.sockets.serve()
        posting = asyncio.create_task(keep_posting(ws))
        yield
        posting.cancel()
        await events.close()
        await courier.close()
        await ws.sockets.close()
        await sockets.cleanup()

    local = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    return Starlette(routes=ROUTES, lifespan=lifespan, middleware=[local])
