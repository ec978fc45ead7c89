"""Convener's command line: settings, and what each command does with the parts.

Run ``python app.py --help`` for the commands. Nothing happens at import.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Coroutine, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot.refusals import Refusal
from handlers.ballots.documents import write_documents
from runtime.convener import beat_until_stopped, building, serve_until_stopped
from runtime.doctor import examine
from runtime.logs import set_up_logging
from runtime.reports import Kind, NotMigrated, files, report
from runtime.settings import BadSettings, Settings, instant, read_settings
from storage.database import Database
from storage.migrate import migrate

Found = TypeVar("Found")

cli = typer.Typer(add_completion=False, help="Convener: brings the right people to the table.", no_args_is_help=False)


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
    story = [
        "--manifest",
        "manifest.json",
        "--story",
        "playground/telling/stories/reentry.toml",
        *(["--fast"] if fast else []),
    ]
    story += ["--page", "--tell"] if page else []
    command = [sys.executable, "-m", "playground.telling.demo", *story, "--", sys.executable, "app.py", "serve"]
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
    names: Annotated[str, typer.Option(help="Whom the agenda's draft list has, such as 'S3; S10'")] = "",
) -> None:
    """Write invitations (.docx, .ics), the last minutes (.txt, .csv) and, for a public body, the agenda (.docx)."""
    found = _about(channel, files(_settings(), channel, team, names))
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
    except (NotMigrated, Refusal) as error:
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
