"""One process of Convener, put together: the Bolt app, the HTTP or Socket Mode front, the sender and the clock.

This is the one place that builds them; ``app.py`` calls it for each command of the command line.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
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
from handlers.groups.agreeing import settle_unanswered
from handlers.groups.feature import FEATURE as GROUPS
from handlers.nudges.feature import FEATURE as NUDGES
from handlers.nudges.sweep import claim_due_nudges, say_late
from handlers.posts.feature import FEATURE as POSTS
from handlers.posts.trouble import mark_unconfirmed, on_trouble
from handlers.principles.feature import FEATURE as PRINCIPLES
from handlers.register.feature import FEATURE as REGISTER
from handlers.slack.answering import handle_bug
from handlers.slack.calls import SlackClient
from handlers.slack.directory import Directory
from handlers.slack.features import Features, register
from handlers.slack.pulse import Pulse, log_failure
from handlers.slack.sender import Sender
from handlers.slack.services import Services
from runtime import garbage
from runtime.clock import forget_what_is_past, metronome, tick, what_is_due
from runtime.readiness import Readiness, beating_within
from runtime.settings import Settings
from runtime.web import open_socket, routes
from storage.database import Database
from storage.due import DueKind
from storage.faults import DatabaseFault

Middleware = Callable[[Any, Callable[[], Awaitable[None]]], Awaitable[None]]

FEATURES = Features.of(BALLOTS, PRINCIPLES, GROUPS, REGISTER, NUDGES, POSTS)
DUTIES = (
    (DueKind.BALLOTS_OPEN, close_due_ballots),
    (DueKind.BALLOTS_OPEN, remind_voters),
    (DueKind.UNANSWERED, settle_unanswered),
    (DueKind.NUDGES, claim_due_nudges),
    (DueKind.POSTS_OVERDUE, mark_unconfirmed),
    (DueKind.PAST, forget_what_is_past),
)
CALL_SECONDS = 10
KEEP_ALIVE_SECONDS = 75
"""Longer than a router in front keeps an idle connection, so that none is closed as it is used again."""
SENDER_SECONDS, CLOCK_SECONDS = 15.0, 60.0
"""A part that has not come round for so long does not work."""
TICK_SECONDS = 10.0
TICK_SECONDS_ON_PRETEND_TIME = 0.2


@dataclass(frozen=True, slots=True)
class Convener:
    """The running parts of one process."""

    settings: Settings
    services: Services
    bolt: AsyncApp
    readiness: Readiness
    beating: asyncio.Lock = field(default_factory=asyncio.Lock)
    pulse: Pulse = field(default_factory=Pulse)

    async def tick_and_send(self, now: datetime) -> list[dict[str, Any]]:
        """Do once what is due at ``now``, and send it."""
        due = await what_is_due(self.services, now)
        if not due:
            return []
        done = await tick(self.services, DUTIES, due, now)
        await self.services.sender.flush()
        return done

    async def beat(self) -> None:
        """Do once what is due now. Whatever goes wrong, the next beat may do better."""
        async with self.beating:
            now = self.services.now()
            try:
                await tick(self.services, DUTIES, await what_is_due(self.services, now), now)
            except DatabaseFault as fault:
                log_failure("beat_failed", fault)
            else:
                self.pulse.beat()


@asynccontextmanager
async def building(settings: Settings, now: Callable[[], datetime] | None = None) -> AsyncIterator[Convener]:
    """Build everything, and take it apart at the end. ``now`` overrides the clock of the settings."""
    database = Database(settings.database_url)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        client = SlackClient(
            token=settings.slack_bot_token or None,
            base_url=settings.slack_api_url,
            timeout=CALL_SECONDS,
            session=session,
        )
        services = _services(database, client, now or settings.clock(), _pace(now))
        try:
            yield Convener(settings, services, bolt_app(client, services), Readiness(database, services.now))
        finally:
            await services.sender.stop()
            await database.close()


def _services(
    database: Database, client: AsyncWebClient, clock: Callable[[], datetime], pace: Callable[[], datetime]
) -> Services:
    async def client_for(_team_id: str) -> AsyncWebClient:
        return client

    sender = Sender(database, client_for, clock, real_now=pace, before_sending=say_late)
    services = Services(database, clock, sender, Directory(database))
    sender.on_trouble = on_trouble(services)
    sender.refreshers.append(BallotMessages(services))
    return services


def _pace(now: Callable[[], datetime] | None) -> Callable[[], datetime]:
    """The real time, or in a pretend world the pretend one, carried on by the real seconds since the start."""
    started = datetime.now(UTC)
    if now is None:
        return lambda: datetime.now(UTC)
    return lambda: now() + (datetime.now(UTC) - started)


def bolt_app(client: AsyncWebClient, services: Services) -> AsyncApp:
    """The Bolt app, listening to all features. Signatures are checked by the front, before Bolt."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token)

    app = AsyncApp(
        client=client,
        authorize=authorize,
        logger=logging.getLogger("slack_bolt"),
        request_verification_enabled=False,
        process_before_response=True,
    )
    app.use(_context_of(client, services))
    app.error(handle_bug)
    register(app, FEATURES)
    return app


def _context_of(client: AsyncWebClient, services: Services) -> Middleware:
    """What each listener finds in its context."""

    async def give_context(context: Any, next: Callable[[], Awaitable[None]]) -> None:
        context["services"], context["features"] = services, FEATURES
        context["client"] = client  # Bolt's own copy adds a team_id that few of Slack's methods know
        await next()

    return give_context


@asynccontextmanager
async def running(settings: Settings, *, web: bool, clock: bool) -> AsyncIterator[Convener]:
    """The parts, with the sender at work and the metronome beating where wanted."""
    async with building(settings) as convener, AsyncExitStack() as stack:
        parts = convener.readiness.parts
        convener.services.sender.start()
        parts["sender"] = beating_within(convener.services.sender.pulse, SENDER_SECONDS)
        if clock:
            await stack.enter_async_context(_beating(convener))
            parts["clock"] = beating_within(convener.pulse, CLOCK_SECONDS)
        if web and settings.slack_app_token:
            socket = await open_socket(convener.bolt, settings.slack_app_token, settings.slack_api_url)
            stack.push_async_callback(socket.close)
            parts["socket"] = socket.is_connected
        garbage.settle()
        structlog.get_logger(__name__).info("started", web=web, clock=clock, port=settings.port if web else None)
        yield convener


@asynccontextmanager
async def _beating(convener: Convener) -> AsyncIterator[None]:
    """The metronome at work; a beat that is under way at the end is waited for."""
    pretend = bool(convener.settings.convener_clock_file)
    scheduler = metronome(convener.beat, TICK_SECONDS_ON_PRETEND_TIME if pretend else TICK_SECONDS)
    scheduler.start()
    yield
    scheduler.pause()
    async with convener.beating:  # the scheduler would break off a beat that is under way
        scheduler.shutdown(wait=False)


def web_app(settings: Settings, *, clock: bool) -> Starlette:
    """The HTTP application."""

    @asynccontextmanager
    async def lifespan(web: Starlette) -> AsyncIterator[None]:
        async with running(settings, web=True, clock=clock) as convener:
            web.router.routes.extend(routes(convener.bolt, settings.slack_signing_secret, convener.readiness.answers))
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
