"""Start the playground and an app under test, tell a story with them in the terminal, and stop both.

``python -m playground.demo --manifest manifest.json --story FILE -- python app.py serve``
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from playground.client import Playground
from playground.process import Running, running
from playground.story import PAUSE_SECONDS, Teller, read_story

START_SECONDS = 30.0
WIDTH = 100


def main(argv: Sequence[str] | None = None) -> int:
    """Tell the story; 0 where it went as written."""
    said = _arguments().parse_args(argv)
    console = Console(width=min(WIDTH, Console().width), highlight=False)
    with tempfile.TemporaryDirectory(prefix="playground-demo-") as folder:
        port = _free_port()
        clock = Path(folder) / "clock"
        story = read_story(said.story)
        clock.write_text(story["begins"], encoding="utf-8")
        events = f"http://127.0.0.1:{port}/slack/events"
        with running(said.manifest, events=events, world=said.world, clock_file=clock) as world:
            settings = _settings(world, Path(folder), port, clock)
            with _app(said.app, settings, port):
                asyncio.run(_tell(world.url, story, console, 0.0 if said.fast else PAUSE_SECONDS))
    return 0


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
def _app(command: Sequence[str], settings: dict[str, str], port: int) -> Iterator[None]:
    process = subprocess.Popen(list(command), env=os.environ | settings)  # noqa: S603  the command line we were given
    try:
        _wait_until_up(process, f"http://127.0.0.1:{port}/healthz")
        yield
    finally:
        process.terminate()
        process.wait(10)


def _wait_until_up(process: subprocess.Popen[bytes], url: str) -> None:
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
    parser = argparse.ArgumentParser(prog="python -m playground.demo", description=__doc__)
    parser.add_argument("--manifest", type=Path, required=True, help="the app manifest, in JSON")
    parser.add_argument("--story", type=Path, required=True, help="the story, in TOML")
    parser.add_argument("--world", type=Path, help="people and channels, in JSON")
    parser.add_argument("--fast", action="store_true", help="without pauses")
    parser.add_argument("app", nargs="+", help="the command that starts the app")
    return parser


if __name__ == "__main__":
    sys.exit(main())
