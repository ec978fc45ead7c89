"""Start the playground as a process of its own and stop it again, for tests and for the demo."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 5.0


class Process(Protocol):
    """A process of its own, as ``subprocess.Popen`` has it."""

    @property
    def pid(self) -> int:
        """Its number."""

    @property
    def stdout(self) -> IO[str] | None:
        """What it prints."""

    @property
    def returncode(self) -> int | None:
        """How it ended; None while it runs."""

    def poll(self) -> int | None:
        """How it ended; None while it runs."""

    def send_signal(self, sig: int, /) -> None:
        """Send a signal, unless it has ended."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it as a crash would."""

    def communicate(self, *, timeout: float | None = None) -> tuple[str, str]:
        """Wait until it has ended; what else it printed, and its complaints."""


class NotStarted(Exception):
    """The playground ended before it was ready; the message is what it said."""


@dataclass(frozen=True, slots=True)
class Running:
    """A playground that runs: its address, and the settings that the app under test needs as environment variables."""

    url: str
    settings: dict[str, str]
    process: Process


def started(command: Sequence[str]) -> Process:
    """Start ``python COMMAND``."""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=pipe, stderr=pipe, text=True)  # noqa: S603


@contextmanager
def running(
    manifest: Path,
    *,
    events: str = "",
    world: Path | None = None,
    clock_file: Path | None = None,
    port: int = 0,
    story: Path | None = None,
    start: Callable[[Sequence[str]], Process] = started,
) -> Iterator[Running]:
    """Run ``python -m playground`` for as long as the context lasts. Raises :class:`NotStarted`."""
    command = ["-m", "playground", "--manifest", str(manifest), "--port", str(port)]
    for name, value in (("--events", events), ("--world", world), ("--clock-file", clock_file), ("--story", story)):
        command += [name, str(value)] if value else []
    process = start(command)
    try:
        yield _ready(process)
    finally:
        _stop(process)


def _ready(process: Process) -> Running:
    settings: dict[str, str] = {}
    for line in process.stdout or ():
        if line.startswith("READY "):
            return Running(line.removeprefix("READY ").strip(), settings, process)
        name, _, value = line.strip().partition("=")
        settings[name] = value
    raise NotStarted(process.communicate()[1].strip())


def _stop(process: Process) -> None:
    process.terminate()
    try:
        process.communicate(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
