"""Start the playground and an app under test together, and stop both.

``python -m playground.telling.demo --manifest FILE --story FILE -- python app.py serve`` tells it in the terminal.
With ``--page`` people play in the browser instead, with the story, where one is given, as a guided tour; with
``--tell`` besides, the story is also told in the terminal, in a workspace of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from playground.telling.client import Playground
from playground.telling.process import NotStarted, Running, running
from playground.telling.story import PAUSE_SECONDS, Teller, read_story

START_SECONDS = 30.0
STOP_SECONDS = 20.0
WIDTH = 100
PAGE_PORT = 4000
App = subprocess.Popen[bytes]


def main(argv: Sequence[str] | None = None) -> int:
    """Tell the story, or serve the page until interrupted; 0 where it went as written."""
    options = _arguments().parse_args(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with contextlib.suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="playground-demo-") as folder:
        _run(options, Path(folder))
    return 0


def _run(options: argparse.Namespace, folder: Path) -> None:
    console = Console(width=min(WIDTH, Console().width), highlight=False)
    if not options.page:
        _story(options, folder, console)
        return
    with _pair(options, folder / "page", PAGE_PORT) as (world, app):
        console.print(f"\nOpen {world.url} in a browser. Ctrl-C ends it.\n", soft_wrap=True)
        console.print("A pretend Slack on this machine, with the real app behind it. It is not Slack.", soft_wrap=True)
        if options.tell:
            _story(options, folder, console)
        if not options.tell or sys.stdin.isatty() or _watchers(world):
            _stay(world, app, console)


def _story(options: argparse.Namespace, folder: Path, console: Console) -> None:
    """Tell the story in the terminal, in a workspace of its own."""
    with _pair(options, folder / "story", 0) as (world, _):
        asyncio.run(_tell(world.url, read_story(options.story), console, 0.0 if options.fast else PAUSE_SECONDS))


@contextmanager
def _pair(options: argparse.Namespace, folder: Path, page_port: int) -> Iterator[tuple[Running, App]]:
    """A playground and the app behind it, on fresh files. ``page_port`` 0: any free port, and no tour."""
    folder.mkdir()
    port = _free_port()
    clock = folder / "clock"
    story = read_story(options.story) if options.story else None
    clock.write_text(story["begins"] if story else datetime.now(UTC).isoformat(), encoding="utf-8")
    files = {"world": options.world, "clock_file": clock, "story": options.story if page_port else None}
    with (
        _playground(options.manifest, page_port, f"http://127.0.0.1:{port}/slack/events", files) as world,
        _app(options.app, _settings(world, folder, port, clock), port) as app,
    ):
        yield world, app


def _watchers(world: Running) -> int:
    """How many browsers look at the page."""
    with urllib.request.urlopen(f"{world.url}control/watchers", timeout=5) as answer:  # noqa: S310  our own address
        return int(json.load(answer)["watchers"])


@contextmanager
def _playground(manifest: Path, port: int, events: str, files: dict[str, Any]) -> Iterator[Running]:
    """A playground at ``port``, or at any free one where that is taken."""
    with ExitStack() as stack:
        try:
            world = stack.enter_context(running(manifest, events=events, port=port, **files))
        except NotStarted:  # whatever it was, at a free port it would say so again
            world = stack.enter_context(running(manifest, events=events, **files))
        yield world


def _stay(world: Running, app: App, console: Console) -> None:
    """Wait until either process ends or someone interrupts."""
    console.print(f"\nThe page stays at {world.url} until Ctrl-C.", soft_wrap=True)
    while world.process.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            app.wait(0.5)
            raise SystemExit("The app has ended; what it said stands above.")


async def _tell(url: str, story: dict[str, object], console: Console, pause: float) -> None:
    async with Playground(url) as slack:
        await Teller(slack, console, pause).tell(story)


def _settings(world: Running, folder: Path, port: int, clock: Path) -> dict[str, str]:
    return world.settings | {
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "PORT": str(port),
        "CONVENER_CLOCK_FILE": str(clock),
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def _app(command: Sequence[str], settings: dict[str, str], port: int) -> Iterator[App]:
    process = subprocess.Popen(list(command), env=os.environ | settings)  # noqa: S603  the command line we were given
    try:
        _wait_until_up(process, f"http://127.0.0.1:{port}/healthz")
        yield process
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def _wait_until_up(process: App, url: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310  our own loopback address
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The app did not start; what it said stands above.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m playground.telling.demo", description=__doc__)
    parser.add_argument("--manifest", type=Path, required=True, help="the app manifest, in JSON or YAML")
    parser.add_argument("--page", action="store_true", help="serve the page until Ctrl-C, with the story as its tour")
    parser.add_argument("--story", type=Path, help="the story, in TOML; without one there is only the page")
    parser.add_argument("--world", type=Path, help="people and channels, in JSON")
    parser.add_argument(
        "--tell",
        action="store_true",
        help="with --page: tell the story here too, then end unless someone looks at the page or sits here",
    )
    parser.add_argument("--fast", action="store_true", help="without pauses")
    parser.add_argument("app", nargs="+", help="the command that starts the app")
    return parser


if __name__ == "__main__":
    sys.exit(main())
