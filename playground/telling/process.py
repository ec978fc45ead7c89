"""Start the playground as a process of its own and stop it again, for tests and for the demo."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 5.0


class NotStarted(Exception):
    """The playground ended before it was ready; the message is what it said."""


@dataclass(frozen=True, slots=True)
class Running:
    """A playground that runs: its address, and the settings that the app under test needs as environment variables."""

    url: str
    settings: dict[str, str]
    process: subprocess.Popen[str]


@contextmanager
def running(
    manifest: Path,
    *,
    events: str = "",
    world: Path | None = None,
    clock_file: Path | None = None,
    port: int = 0,
    story: Path | None = None,
) -> Iterator[Running]:
    """Run ``python -m playground`` for as long as the context lasts. Raises :class:`NotStarted`."""
    command = [sys.executable, "-m", "playground", "--manifest", str(manifest), "--port", str(port)]
    for name, value in (("--events", events), ("--world", world), ("--clock-file", clock_file), ("--story", story)):
        command += [name, str(value)] if value else []
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    try:
        yield _ready(process)
    finally:
        _stop(process)


def _ready(process: subprocess.Popen[str]) -> Running:
    settings: dict[str, str] = {}
    for line in process.stdout or ():
        if line.startswith("READY "):
            return Running(line.removeprefix("READY ").strip(), settings, process)
        name, _, value = line.strip().partition("=")
        settings[name] = value
    raise NotStarted(process.communicate()[1].strip())


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
