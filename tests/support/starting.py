"""Starting the bot and the playground for tests: warm where the run has a process to copy (see ``warm``)."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from playground.telling.process import ROOT, Process, started
from tests.support.warm import LARGEST

ERRORS = 2
"""Where the test's own complaints go."""


@dataclass(slots=True)
class Born:
    """A process that started warm, with as much of ``subprocess.Popen`` as the tests ask for."""

    pid: int
    asked: socket.socket
    stdout: IO[str] | None = None
    returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, minus a signal's number where one ended it; None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended. Raises ``subprocess.TimeoutExpired``."""
        if self.returncode is None:
            self.asked.settimeout(timeout)
            try:
                told = self.asked.recv(LARGEST)
            except (TimeoutError, BlockingIOError) as error:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0) from error
            self.asked.close()
            self.returncode = int(told or -signal.SIGKILL)  # where their bearer has gone, all are killed
        return self.returncode

    def communicate(self, *, timeout: float | None = None) -> tuple[str, str]:
        """Wait until it has ended. Returns what else it printed; its complaints went to the test's own."""
        self.wait(timeout)
        if self.stdout is None:
            return "", ""
        with self.stdout:
            return self.stdout.read(), ""

    def send_signal(self, sig: int, /) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, sig)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a crash would."""
        self.send_signal(signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Starter:
    """Starts ``python COMMAND``: warm at the socket ``path``, or from nothing where there is none."""

    path: Path | None = None

    def start(self, command: Sequence[str], settings: Mapping[str, str], log: IO[bytes]) -> Process:
        """Start it with ``settings`` besides its environment; all that it says goes to ``log``."""
        with open(os.devnull, "rb") as nothing:
            return self._start(command, settings, (nothing.fileno(), log.fileno(), log.fileno()))

    def start_conversing(self, command: Sequence[str], settings: Mapping[str, str]) -> tuple[Process, socket.socket]:
        """Start it, to write to it and to read what it prints at the other end of the socket."""
        ours, theirs = socket.socketpair()
        with theirs:
            return self._start(command, settings, (theirs.fileno(), theirs.fileno(), ERRORS)), ours

    def start_talking(self, command: Sequence[str]) -> Process:
        """Start it, to read what it prints."""
        if not self.path:
            return started(command)
        heard, said = os.pipe()
        with open(os.devnull, "rb") as nothing:
            process = self._born(command, {}, (nothing.fileno(), said, ERRORS))
        os.close(said)
        process.stdout = os.fdopen(heard, encoding="utf-8")
        return process

    def _start(self, command: Sequence[str], settings: Mapping[str, str], files: tuple[int, int, int]) -> Process:
        if self.path:
            return self._born(command, settings, files)
        given, said, errors = files
        settings = os.environ | settings
        return subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=settings, stdin=given, stdout=said, stderr=errors, text=True
        )

    def _born(self, command: Sequence[str], settings: Mapping[str, str], files: tuple[int, int, int]) -> Born:
        asked = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        asked.connect(str(self.path))
        order = {"command": command, "environment": os.environ | settings, "folder": str(ROOT)}
        socket.send_fds(asked, [json.dumps(order).encode()], list(files))
        return Born(int(asked.recv(LARGEST)), asked)
