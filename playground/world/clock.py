"""Pretend time: the real clock until someone sets it, then that instant until it is set again."""

from __future__ import annotations

import asyncio
import contextlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path


class PretendClock:
    """The clock that the pretend workspace lives by.

    Where a ``file`` is given it holds the pretend instant in ISO form for the app under test to read; it is written
    whole or not at all, and removed when real time returns.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._at = self._read()
        self._last_micros = 0
        self._moved = asyncio.Event()

    @property
    def pretend(self) -> datetime | None:
        """The pretend instant in UTC, or None while real time runs."""
        return self._at

    def now(self) -> datetime:
        """The current instant, pretend or real, in UTC."""
        return self._at or datetime.now(UTC)

    def set(self, at: datetime | None) -> None:
        """Stop at the aware instant ``at``, or return to real time with None."""
        if at is not None and at.tzinfo is None:
            raise ValueError("an instant needs a time zone, such as 2026-12-07T16:00:00Z")
        self._at = at.astimezone(UTC) if at is not None else None
        self._write()
        self._moved.set()
        self._moved = asyncio.Event()

    async def until(self, due: datetime) -> None:
        """Wait until the clock, pretend or real, has come to an aware instant."""
        while (left := (due - self.now()).total_seconds()) > 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if self._at else left):
                    await self._moved.wait()

    def next_ts(self) -> str:
        """A message timestamp that is later than every one given out before, even when time stands or runs back."""
        micros = (self.now() - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        self._last_micros = max(micros, self._last_micros + 1)
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def _read(self) -> datetime | None:
        if self._file is None or not self._file.exists():
            return None
        written = self._file.read_text("utf-8").strip()
        return datetime.fromisoformat(written).astimezone(UTC) if written else None

    def _write(self) -> None:
        if self._file is None:
            return
        if self._at is None:
            self._file.unlink(missing_ok=True)
            return
        fresh = self._file.with_name(self._file.name + ".new")
        fresh.write_text(self._at.isoformat().replace("+00:00", "Z"), "utf-8")
        os.replace(fresh, self._file)
