"""What all workers of a test run share, made once and beside the rest: a PostgreSQL server, a migrated database of each
kind to copy, and a process that has read the program's code (see ``warm``)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.databases import AT_EASE, Postgres, migrated, running_postgres
from tests.support.starting import Starter

ROOT = Path(__file__).parents[2]
TEMPLATE = "convener_template"
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Provisions:
    """The folder in which a worker finds them. Each is asked for when it is needed, and waited for."""

    folder: Path

    def starter(self) -> Starter:
        """What starts bots and playgrounds."""
        if not can_be_warm():
            return Starter()
        return Starter(self._there("warm"))

    def postgres(self) -> Postgres:
        """The PostgreSQL server."""
        return Postgres(self._there("postgres").read_text(encoding="utf-8"))

    def empty(self, kind: str, folder: Path) -> str:
        """The address of an empty database, ``sqlite`` or ``postgresql``; a file is in ``folder``."""
        return self.postgres().create() if kind == "postgresql" else _address(folder)

    def migrated(self, kind: str, folder: Path) -> str:
        """The address of a migrated one."""
        if kind == "postgresql":
            return self.postgres().create(template=TEMPLATE)
        shutil.copy(self._there("sqlite"), folder / "convener.sqlite3")
        return _address(folder)

    def _there(self, name: str) -> Path:
        until = time.monotonic() + PATIENCE
        while not (self.folder / name).exists():
            wrong = self.folder / "wrong"
            if wrong.exists() or time.monotonic() > until:
                raise RuntimeError(f"no {name}: {wrong.read_text(encoding='utf-8') if wrong.exists() else 'too slow'}")
            time.sleep(0.02)
        return self.folder / name


def _address(folder: Path) -> str:
    return f"sqlite:///{folder / 'convener.sqlite3'}"


def can_be_warm() -> bool:
    """Whether this system can copy processes and tell how they ended."""
    return sys.platform == "linux"


@contextmanager
def provided() -> Iterator[Provisions]:
    """Make them for as long as the run lasts, without waiting for any."""
    with tempfile.TemporaryDirectory(prefix="convener-run-") as name:
        folder, over = Path(name), threading.Event()
        makers = [_make_sqlite, _keep_postgres, *([_keep_warm] if can_be_warm() else [])]
        threads = [threading.Thread(target=_safely, args=(make, folder, over)) for make in makers]
        for thread in threads:
            thread.start()
        try:
            yield Provisions(folder)
        finally:
            over.set()
            for thread in threads:
                thread.join()


def _safely(make: Callable[[Path, threading.Event], None], folder: Path, over: threading.Event) -> None:
    """Whoever waits for what could not be made is told why."""
    try:
        make(folder, over)
    except Exception:  # noqa: BLE001  it is raised anew where it is missed
        (folder / "wrong").write_text(traceback.format_exc(), encoding="utf-8")


def _make_sqlite(folder: Path, _over: threading.Event) -> None:
    migrated(f"sqlite:///{folder / 'unfinished'}")
    (folder / "unfinished").rename(folder / "sqlite")


def _keep_postgres(folder: Path, over: threading.Event) -> None:
    with running_postgres(AT_EASE) as server:
        migrated(server.create(TEMPLATE))
        (folder / "address").write_text(server.url, encoding="utf-8")
        (folder / "address").rename(folder / "postgres")
        over.wait()


def _keep_warm(folder: Path, over: threading.Event) -> None:
    command = [sys.executable, "-m", "tests.support.warm", str(folder / "warm")]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE) as process:
        over.wait()
        if process.stdin:
            process.stdin.close()
