"""Convener, put together: settings, the Bolt app, the HTTP front, the clock and the command line.

Run ``python app.py --help`` for the commands. Nothing happens at import.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import aiohttp
import structlog
import typer
import uvicorn
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from bot.assessment import as_json, assess
from handlers import invitees, nudge, posts, principle, stakeholder, workgroup
from handlers.answering import handle_bug
from handlers.clock import forget_old_deliveries, metronome, tick
from handlers.directory import Directory
from handlers.front import routes
from handlers.sender import Sender
from handlers.services import Services
from handlers.settings import BadSettings, Settings, read_settings
from storage.database import Database
from storage.dump import dump_group
from storage.groups import get_group
from storage.migrate import is_current, migrate
from storage.situations import get_situation

FEATURES = (workgroup, stakeholder, principle, invitees, nudge, posts)
DUTIES = (invitees.close_due_ballots, nudge.claim_due_nudges, posts.mark_unconfirmed, forget_old_deliveries)
CALL_SECONDS = 10
TICK_SECONDS = 10.0
TICK_SECONDS_ON_PRETEND_TIME = 0.5

cli = typer.Typer(add_completion=False, help="Convener: brings the right people to the table.", no_args_is_help=False)


@dataclass(frozen=True, slots=True)
class Convener:
    """The running parts of one process."""

    settings: Settings
    services: Services
    bolt: AsyncApp

    async def tick(self, now: datetime) -> list[dict[str, Any]]:
        """Do once what is due at ``now``."""
        return await tick(self.services, DUTIES, now)

    async def checks(self) -> Mapping[str, bool]:
        """Whether the database, the migrations and the clock answer."""
        try:
            migrated, database = await is_current(self.services.database), True
        except OSError:
            migrated, database = False, False
        except Exception as error:  # noqa: BLE001  a driver has its own ways to say that the database is away
            structlog.get_logger(__name__).warning("database_away", error=type(error).__name__)
            migrated, database = False, False
        return {"database": database, "migrations": migrated, "clock": self.services.now().tzinfo is not None}


@asynccontextmanager
async def building(settings: Settings, now: Callable[[], datetime] | None = None) -> AsyncIterator[Convener]:
    """Build everything, and take it apart at the end. ``now`` overrides the clock of the settings."""
    clock = now or settings.clock()
    database = Database(settings.database_url)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        client = AsyncWebClient(
            token=settings.slack_bot_token or None,
            base_url=settings.slack_api_url,
            timeout=CALL_SECONDS,
            session=session,
        )

        async def client_for(_team_id: str) -> AsyncWebClient:
            return client

        started = datetime.now(UTC)

        def pace() -> datetime:
            """The real time, or in a pretend world the pretend one, carried on by the real seconds since the start."""
            real = datetime.now(UTC)
            return real if now is None else now() + (real - started)

        sender = Sender(database, client_for, clock, real_now=pace)
        services = Services(database, clock, sender, Directory(database))
        sender.on_trouble = posts.on_trouble(services)
        sender.refreshers.append(invitees.BallotMessages(services))
        try:
            yield Convener(settings, services, bolt_app(client, services))
        finally:
            await sender.stop()
            await database.close()


def bolt_app(client: AsyncWebClient, services: Services) -> AsyncApp:
    """The Bolt app with every feature's listeners. Signatures are checked by the front, before Bolt."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token)

    async def give_services(context: Any, next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002  Bolt's name
        context["services"] = services
        await next()

    app = AsyncApp(client=client, authorize=authorize, request_verification_enabled=False, process_before_response=True)
    app.use(give_services)
    app.error(handle_bug)
    for feature in FEATURES:
        feature.register(app)
    return app


@asynccontextmanager
async def running(settings: Settings, *, web: bool, clock: bool) -> AsyncIterator[Convener]:
    """The parts, with the sender at work and the metronome beating where wanted."""
    async with building(settings) as convener:
        convener.services.sender.start()
        seconds = TICK_SECONDS_ON_PRETEND_TIME if settings.convener_clock_file else TICK_SECONDS
        scheduler = metronome(lambda: convener.tick(convener.services.now()), seconds) if clock else None
        if scheduler:
            scheduler.start()
        structlog.get_logger(__name__).info("started", web=web, clock=clock, port=settings.port if web else None)
        yield convener
        if scheduler:
            scheduler.shutdown(wait=False)


def web_app(settings: Settings, *, clock: bool) -> Starlette:
    """The HTTP application."""

    @asynccontextmanager
    async def lifespan(web: Starlette) -> AsyncIterator[None]:
        async with running(settings, web=True, clock=clock) as convener:
            web.router.routes.extend(routes(convener.bolt, settings.slack_signing_secret, convener.checks))
            yield

    return Starlette(lifespan=lifespan)
