"""Processes that start warm: copies of one process that has read the program's code already.

``python -m tests.support.warm PATH`` reads it and then listens on a Unix socket at ``PATH``. Who connects, sends a
command line, a folder, an environment and three files (input, output, errors), and gets a process of its own that runs
``python COMMAND`` from there. It is a process like any other, with its own memory, signals and exit code; only the
second and a half in which Python reads modules is not spent again. It ends where the one who asked for it has gone.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

READ_BEFORE = (
    *("app", "playground.app", "playground.telling.tour"),
    *("aiosqlite", "asyncpg", "sqlalchemy.dialects.sqlite.aiosqlite", "sqlalchemy.dialects.postgresql.asyncpg"),
    *("uvicorn.loops.auto", "uvicorn.lifespan.on", "uvicorn.protocols.http.auto", "uvicorn.protocols.websockets.auto"),
)
"""The program, and what its libraries read only once they are at work."""
LARGEST = 2**17
"""Bytes of the largest order."""
WAITING = 128


@dataclass(slots=True)
class Bearer:
    """The process that the others are copies of. ``asked`` holds, by the child's id, who is told how it ended."""

    listener: socket.socket
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    asked: dict[int, socket.socket] = field(default_factory=dict)

    def bear(self) -> dict[str, Any]:
        """Bear children until the input ends. Returns in each child, with its order; never in this process."""
        self.selector.register(sys.stdin, selectors.EVENT_READ, self._end)
        self.selector.register(self.listener, selectors.EVENT_READ, self._fork)
        while True:
            for key, _ in self.selector.select():
                order: dict[str, Any] | None = key.data()
                if order is not None:
                    return order

    def _fork(self) -> dict[str, Any] | None:
        """Bear a child for who asks. Returns the order in the child, None in this process."""
        asker, _ = self.listener.accept()
        message, files, _, _ = socket.recv_fds(asker, LARGEST, 3)
        child = os.fork()
        if child == 0:
            self._leave(asker)
            for place, file in enumerate(files):
                os.dup2(file, place)
        else:
            self._watch(child, asker)
            asker.send(str(child).encode())
        for file in files:
            os.close(file)
        order: dict[str, Any] = json.loads(message)
        return order if child == 0 else None

    def _watch(self, child: int, asker: socket.socket) -> None:
        """See when the child ends, or when who asked for it has gone: nobody would ever end it then."""
        self.asked[child] = asker
        ending = os.pidfd_open(child)
        self.selector.register(ending, selectors.EVENT_READ, lambda: self._reap(child, ending))
        self.selector.register(asker, selectors.EVENT_READ, lambda: self._forsake(child))

    def _forsake(self, child: int) -> None:
        if child in self.asked:
            os.kill(child, signal.SIGKILL)

    def _reap(self, child: int, ending: int) -> None:
        """Tell how a child ended."""
        _, status = os.waitpid(child, 0)
        asker = self.asked.pop(child)
        for source in (ending, asker):
            self.selector.unregister(source)
        os.close(ending)
        with suppress(OSError):
            asker.send(str(os.waitstatus_to_exitcode(status)).encode())
        asker.close()

    def _leave(self, asker: socket.socket) -> None:
        """In a child: let go of all that is its bearer's."""
        for key in list(self.selector.get_map().values()):
            if isinstance(key.fileobj, int):
                os.close(key.fileobj)
        self.selector.close()
        for one in (self.listener, asker, *self.asked.values()):
            one.close()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def _end(self) -> None:
        for child in self.asked:
            os.kill(child, signal.SIGKILL)
        os._exit(0)


def main(path: str) -> None:
    """Read the program, bear, and in each child run what was ordered."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(path)
    listener.listen(WAITING)
    for name in READ_BEFORE:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is never looked through again is shared by all
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this one ends it
    order = Bearer(listener).bear()
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    run(order["command"])


def run(command: Sequence[str]) -> None:
    """Run ``python COMMAND`` in this process."""
    if command[0] == "-m":
        sys.argv = ["", *command[2:]]
        runpy.run_module(command[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = list(command)
        runpy.run_path(command[0], run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1])
