"""One process of Convener, put together: the Bolt app, the HTTP or Socket Mode front, the sender and the clock.

This is the one place that builds them; ``app.py`` calls it for each command of the command line.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
import structlog
import uvicorn
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from handlers.ballots.closing import close_due_ballots
from handlers.ballots.feature import FEATURE as BALLOTS
from handlers.ballots.refreshing import BallotMessages
from handlers.ballots.reminders import remind_voters
from handlers.groups.feature import FEATURE as GROUPS
from handlers.nudges.feature import FEATURE as NUDGES
from handlers.nudges.late import say_late
from handlers.nudges.sweep import claim_due_nudges
from handlers.posts.feature import FEATURE as POSTS
from handlers.posts.trouble import mark_unconfirmed, on_trouble
from handlers.principles.feature import FEATURE as PRINCIPLES
from handlers.register.feature import FEATURE as REGISTER
from handlers.slack.answering import handle_bug
from handlers.slack.directory import Directory
from handlers.slack.features import Features, register
from handlers.slack.sender import Sender
from handlers.slack.services import Services
from runtime import garbage
from runtime.clock import forget_what_is_past, metronome, tick, what_is_due
from runtime.settings import Settings
from runtime.web import open_socket, routes
from storage.database import Database
from storage.due import DueKind
from storage.migrate import is_current

FEATURES = Features.of(BALLOTS, PRINCIPLES, GROUPS, REGISTER, NUDGES, POSTS)
DUTIES = (
    (DueKind.BALLOTS_OPEN, close_due_ballots),
    (DueKind.BALLOTS_OPEN, remind_voters),
    (DueKind.NUDGES, claim_due_nudges),
    (DueKind.POSTS_OVERDUE, mark_unconfirmed),
    (DueKind.PAST, forget_what_is_past),
)
CALL_SECONDS = 10
KEEP_ALIVE_SECONDS = 75
"""Longer than a router in front keeps an idle connection, so that none is closed as it is used again."""
TICK_SECONDS = 10.0
TICK_SECONDS_ON_PRETEND_TIME = 0.2


@dataclass(frozen=True, slots=True)
class Convener:
    """The running parts of one process."""

    settings: Settings
    services: Services
    bolt: AsyncApp
    beating: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tick_and_send(self, now: datetime) -> list[dict[str, Any]]:
        """Do once what is due at ``now``, and send it."""
        due = await what_is_due(self.services, now)
        if not due:
            return []
        done = await tick(self.services, DUTIES, due, now)
        await self.services.sender.flush()
        return done

    async def beat(self) -> None:
        """Do once what is due now."""
        async with self.beating:
            now = self.services.now()
            await tick(self.services, DUTIES, await what_is_due(self.services, now), now)

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

        sender = Sender(database, client_for, clock, real_now=pace, before_sending=say_late)
        services = Services(database, clock, sender, Directory(database))
        sender.on_trouble = on_trouble(services)
        sender.refreshers.append(BallotMessages(services))
        try:
            yield Convener(settings, services, bolt_app(client, services))
        finally:
            await sender.stop()
            await database.close()


def bolt_app(client: AsyncWebClient, services: Services) -> AsyncApp:
    """The Bolt app with every feature's listeners. Signatures are checked by the front, before Bolt."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token)

    async def give_context(context: Any, next: Callable[[], Awaitable[None]]) -> None:
        context["services"] = services
        context["features"] = FEATURES
        context["client"] = client  # Bolt's own copy adds a team_id that few of Slack's methods know
        await next()

    app = AsyncApp(
        client=client,
        authorize=authorize,
        logger=logging.getLogger("slack_bolt"),
        request_verification_enabled=False,
        process_before_response=True,
    )
    app.use(give_context)
    app.error(handle_bug)
    register(app, FEATURES)
    return app


@asynccontextmanager
async def running(settings: Settings, *, web: bool, clock: bool) -> AsyncIterator[Convener]:
    """The parts, with the sender at work and the metronome beating where wanted."""
    async with building(settings) as convener:
        convener.services.sender.start()
        seconds = TICK_SECONDS_ON_PRETEND_TIME if settings.convener_clock_file else TICK_SECONDS
        scheduler = metronome(convener.beat, seconds) if clock else None
        socket = None
        if web and settings.slack_app_token:
            socket = await open_socket(convener.bolt, settings.slack_app_token, settings.slack_api_url)
        if scheduler:
            scheduler.start()
        garbage.settle()
        structlog.get_logger(__name__).info("started", web=web, clock=clock, port=settings.port if web else None)
        yield convener
        if socket:
            await socket.close()
        if scheduler:
            scheduler.pause()
            async with convener.beating:  # the scheduler would break off a beat that is under way
                scheduler.shutdown(wait=False)


def web_app(settings: Settings, *, clock: bool) -> Starlette:
    """The HTTP application."""

    @asynccontextmanager
    async def lifespan(web: Starlette) -> AsyncIterator[None]:
        async with running(settings, web=True, clock=clock) as convener:
            web.router.routes.extend(routes(convener.bolt, settings.slack_signing_secret, convener.checks))
            yield

    return Starlette(lifespan=lifespan)


async def serve_until_stopped(settings: Settings, *, clock: bool) -> None:
    """Serve HTTP until the process is told to stop."""
    config = uvicorn.Config(
        web_app(settings, clock=clock),
        host="0.0.0.0",  # noqa: S104  a platform's router reaches the process from outside
        port=int(settings.port),
        log_config=None,
        access_log=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )
    await uvicorn.Server(config).serve()


async def beat_until_stopped(settings: Settings) -> None:
    """Only the clock and the sender, until the process is told to stop; what is under way is finished."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    async with running(settings, web=False, clock=True):
        await told.wait()
