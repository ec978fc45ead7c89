"""Starting what is measured, each in a process of its own, and the databases below."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playground.telling.process import Process
from tests.support.county import free_port
from tests.support.databases import running_postgres
from tests.support.starting import Starter

ROOT = Path(__file__).parents[1]
SECRET = "bench-signing-secret"
READY_SECONDS = 60.0
COLD = Starter()
"""What is measured starts as it does in production."""

Fresh = Callable[[], str]
"""Makes an empty database and returns its address."""


@contextmanager
def databases() -> Iterator[Mapping[str, Fresh]]:
    """A maker of empty databases for each kind that Convener runs on, on the same disk."""
    with tempfile.TemporaryDirectory(prefix="convener-bench-") as folder, running_postgres() as server:
        names = iter(range(1000))
        yield {
            "SQLite": lambda: f"sqlite:///{folder}/{next(names)}.sqlite3",
            "PostgreSQL": lambda: server.create(f"convener_bench_{os.getpid()}_{next(names)}"),
        }


@dataclass(frozen=True, slots=True)
class Served:
    """A process that answers HTTP at ``url``."""

    url: str
    process: Process
    log: Path

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.communicate()


class Stage:
    """Where processes are started; all of them end with it."""

    def __init__(self, stack: ExitStack, starter: Starter) -> None:
        self._stack, self._starter = stack, starter
        self._folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="convener-bench-logs-")))

    def quiet_slack(self, people: int) -> Served:
        """A pretend Slack that says yes to everything."""
        port = free_port()
        return self._start(["-m", "bench.quiet_slack", str(port), str(people)], port, {})

    def bare_listener(self, kind: str, slack: Served, database_url: str) -> Served:
        """One of the bare listeners."""
        port = free_port()
        return self._start(["-m", "bench.bare_listeners", kind, str(port)], port, _settings(slack, database_url))

    def convener(self, slack: Served, database_url: str) -> Served:
        """Convener itself, with its clock."""
        port = free_port()
        return self._start(["app.py", "serve"], port, _settings(slack, database_url) | {"PORT": str(port)})

    def _start(self, command: list[str], port: int, environment: Mapping[str, str]) -> Served:
        log = self._folder / f"{port}.log"
        with log.open("wb") as out:
            process = self._starter.start(command, environment, out)
        self._stack.callback(_end, process)
        served = Served(f"http://127.0.0.1:{port}", process, log)
        _wait_until_ready(served)
        return served


def bot_environment(slack: Served, database_url: str) -> dict[str, str]:
    """The whole environment of a bot."""
    return os.environ | _settings(slack, database_url)


def _settings(slack: Served, database_url: str) -> dict[str, str]:
    return {
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_API_URL": f"{slack.url}/api/",
        "DATABASE_URL": database_url,
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def stage(starter: Starter = COLD) -> Iterator[Stage]:
    """A stage for the length of one measurement."""
    with ExitStack() as stack:
        yield Stage(stack, starter)


def _wait_until_ready(served: Served) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and served.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{served.url}/readyz", timeout=1) as answer:  # noqa: S310  our own address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"what listens at {served.url} did not start:\n{served.log.read_text()}")


def _end(process: Process) -> None:
    process.terminate()
    try:
        process.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
