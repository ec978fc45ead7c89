"""Convener, put together: settings, the Bolt app, the HTTP front, the clock and the command line.

Run ``python app.py --help`` for the commands. Nothing happens at import.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import aiohttp
import structlog
import typer
import uvicorn
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from handlers import invitees, joint, memory, nudge, posts, principle, stakeholder, workgroup
from handlers.answering import handle_bug
from handlers.ballot_documents import write_documents
from handlers.clock import forget_what_is_past, look, metronome, tick
from handlers.directory import Directory
from handlers.doctor import examine
from handlers.front import open_socket, routes
from handlers.logs import set_up_logging
from handlers.reports import Kind, NotMigrated, files, report
from handlers.sender import Sender
from handlers.services import Services
from handlers.settings import BadSettings, Settings, instant, read_settings
from storage.database import Database
from storage.due import Due
from storage.migrate import is_current, migrate

FEATURES = (invitees, principle, workgroup, stakeholder, nudge, posts)  # Bolt asks in this order: the busiest first
DUTIES = (
    (Due.BALLOTS_OPEN, invitees.close_due_ballots),
    (Due.BALLOTS_OPEN, invitees.remind_voters),
    (Due.NUDGES, nudge.claim_due_nudges),
    (Due.POSTS_OVERDUE, posts.mark_unconfirmed),
    (Due.PAST, forget_what_is_past),
)
CALL_SECONDS = 10
KEEP_ALIVE_SECONDS = 75
"""Longer than a router in front keeps an idle connection, so that none is closed as it is used again."""
TICK_SECONDS = 10.0
TICK_SECONDS_ON_PRETEND_TIME = 0.2

Found = TypeVar("Found")

cli = typer.Typer(add_completion=False, help="Convener: brings the right people to the table.", no_args_is_help=False)


@dataclass(frozen=True, slots=True)
class Convener:
    """The running parts of one process."""

    settings: Settings
    services: Services
    bolt: AsyncApp
    beating: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tick_and_send(self, now: datetime) -> list[dict[str, Any]]:
        """Do once what is due at ``now``, and send it."""
        due = await look(self.services, now)
        if not due:
            return []
        done = await tick(self.services, DUTIES, due, now)
        await self.services.sender.flush()
        return done

    async def beat(self) -> None:
        """Do once what is due now."""
        async with self.beating:
            now = self.services.now()
            await tick(self.services, DUTIES, await look(self.services, now), now)

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

    async def give_services(context: Any, next: Callable[[], Awaitable[None]]) -> None:
        context["services"] = services
        context["client"] = client  # Bolt's own copy adds a team_id that few of Slack's methods know
        await next()

    app = AsyncApp(
        client=client,
        authorize=authorize,
        logger=logging.getLogger("slack_bolt"),
        request_verification_enabled=False,
        process_before_response=True,
    )
    app.use(give_services)
    app.error(handle_bug)
    for feature in FEATURES:
        feature.register(app)
    joint.register(app, {**workgroup.JOINT, **principle.JOINT})
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
        memory.settle()
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


async def migrate_once(settings: Settings) -> str:
    """Bring the tables up to date; returns their version."""
    database = Database(settings.database_url)
    try:
        return await migrate(database)
    finally:
        await database.close()


async def look_around(settings: Settings) -> bool:
    """Print what ``doctor`` finds; whether all is well."""
    async with building(settings) as convener:
        findings = await examine(convener.services.database, await convener.services.sender.client_for(""))
    for finding in findings:
        typer.echo(finding.line)
    return all(finding.well for finding in findings)


async def tick_at(settings: Settings, lines: Iterable[str]) -> None:
    """Do what is due at each line's instant, send it, and print what was done as a line of JSON. A line that holds no
    instant gets a line that says so."""
    at = [datetime.now(UTC)]
    async with building(settings, lambda: at[0]) as convener:
        for line in lines:
            try:
                at[0] = instant(line)
            except ValueError:
                _print_line({"at": None, "error": _no_instant(line)})
                continue
            done = await convener.tick_and_send(at[0])
            _print_line({"at": at[0].isoformat(), "done": done})


def _settings(*, serving: bool = False, calling: bool = False) -> Settings:
    try:
        settings = read_settings(serving=serving, calling=calling)
    except BadSettings as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    set_up_logging(settings.log_level)
    return settings


@cli.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """Without a command: serve."""
    if context.invoked_subcommand is None:
        serve()


@cli.command()
def serve() -> None:
    """Migrate, then serve HTTP and run the clock in one process."""
    settings = _settings(serving=True)
    asyncio.run(migrate_once(settings))
    asyncio.run(serve_until_stopped(settings, clock=True))


@cli.command()
def web() -> None:
    """Serve HTTP only; run `clock` and `migrate` apart."""
    asyncio.run(serve_until_stopped(_settings(serving=True), clock=False))


@cli.command()
def clock() -> None:
    """Run the clock only."""
    asyncio.run(beat_until_stopped(_settings(calling=True)))


@cli.command()
def doctor() -> None:
    """Look at the settings, the database and Slack, and say what to mend."""
    settings = _settings(serving=True)
    typer.echo("ok   the settings are complete")
    raise typer.Exit(0 if asyncio.run(look_around(settings)) else 1)


@cli.command()
def demo(
    fast: Annotated[bool, typer.Option(help="Without pauses")] = False,
    page: Annotated[bool, typer.Option(help="Also serve the page to play in the browser")] = True,
) -> None:
    """Play a county's month in the terminal, and serve a page to play in the browser, on a pretend Slack.

    It ends by itself after the story, unless a browser has the page open or someone sits at the terminal.
    """
    story = ["--manifest", "manifest.json", "--story", "playground/stories/reentry.toml", *(["--fast"] if fast else [])]
    story += ["--page", "--tell"] if page else []
    command = [sys.executable, "-m", "playground.demo", *story, "--", sys.executable, "app.py", "serve"]
    os.chdir(Path(__file__).parent)
    os.execv(sys.executable, command)  # noqa: S606  our own command line, which gets the signals itself


@cli.command("migrate")
def migrate_command() -> None:
    """Bring the database's tables up to date, under a lock."""
    typer.echo(f"The tables are at version {asyncio.run(migrate_once(_settings()))}.")


@cli.command("tick")
def tick_command(at: Annotated[str, typer.Option(help="An ISO 8601 instant, or - to read one per line")]) -> None:
    """Do once all that is due at an instant, print what was done as JSON, and exit."""
    settings = _settings(calling=True)
    lines: Iterable[str] = sys.stdin if at == "-" else [_checked(at)]
    asyncio.run(tick_at(settings, (line for line in lines if line.strip())))


@cli.command("assess")
def assess_command(
    channel: Annotated[str, typer.Option(help="The channel's id, such as C0123")],
    team: Annotated[str | None, typer.Option(help="The workspace's id, where two know the channel")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (the only form there is)")] = True,
) -> None:
    """Print how the six principles stand for a channel's group."""
    _print_report(channel, team, "assess")


@cli.command("dump")
def dump_command(
    channel: Annotated[str, typer.Option(help="The channel's id, such as C0123")],
    team: Annotated[str | None, typer.Option(help="The workspace's id, where two know the channel")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON (the only form there is)")] = True,
) -> None:
    """Print everything about a channel's group."""
    _print_report(channel, team, "dump")


@cli.command("documents")
def documents_command(
    channel: Annotated[str, typer.Option(help="The channel's id, such as C0123")],
    out: Annotated[Path, typer.Option(help="The folder to write to")],
    team: Annotated[str | None, typer.Option(help="The workspace's id, where two know the channel")] = None,
) -> None:
    """Write invitations (.docx, .ics), the last minutes (.txt, .csv) and, for a public body, the agenda (.docx)."""
    found = _about(channel, files(_settings(), channel, team))
    for path in write_documents(found, out):
        typer.echo(str(path))
    if not found:
        typer.echo("There is nothing to write yet: nobody is approved, and no vote has closed.")


def _print_report(channel: str, team: str | None, kind: Kind) -> None:
    found = _about(channel, report(_settings(), channel, team, kind))
    typer.echo(json.dumps(found, indent=2, ensure_ascii=False))


def _about(channel: str, asked: Coroutine[Any, Any, Found | None]) -> Found:
    """What is found about a channel's group, or the end of the process with a sentence that says why nothing is."""
    try:
        found = asyncio.run(asked)
    except NotMigrated as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    if found is None:
        typer.echo(f"There is no working group in channel {channel}.", err=True)
        raise typer.Exit(1)
    return found


def _checked(at: str) -> str:
    try:
        instant(at)
    except ValueError as error:
        raise typer.BadParameter(_no_instant(at)) from error
    return at


def _no_instant(line: str) -> str:
    return f"“{line.strip()}” is not an instant; write one like 2026-12-07T16:00:00Z"


def _print_line(found: Mapping[str, Any]) -> None:
    print(json.dumps(found, ensure_ascii=False), flush=True)  # noqa: T201  this is the output


if __name__ == "__main__":
    cli()
