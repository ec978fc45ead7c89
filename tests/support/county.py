"""A county for the tests: a pretend Slack, the real bot as its own process, a real database, and people who act."""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from playground.telling.client import Answer, Playground
from playground.telling.process import Process, Running, running
from runtime.reports import Kind, report_from
from runtime.settings import Settings
from storage.database import Database
from tests.support.starting import Starter

ROOT = Path(__file__).parents[2]
START = "2026-12-01T15:00:00+00:00"
"""A Tuesday, 10:00 in New York."""

DANA, MARCUS, PRIYA, TOMAS, LENA = "dana", "marcus", "priya", "tomas", "lena"
"""Dana chairs for justice, Marcus for health; the others are members. Ruth is a workspace admin."""
PEOPLE = (DANA, MARCUS, PRIYA, TOMAS, LENA)
USER_IDS = {
    DANA: "U0DANA0001",
    MARCUS: "U0MARCUS02",
    PRIYA: "U0PRIYA003",
    TOMAS: "U0TOMAS004",
    LENA: "U0LENA0005",
    "joel": "U0JOEL0006",
    "ruth": "U0RUTH0007",
}
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Reply:
    """What someone got for what they did."""

    raw: Answer

    @property
    def text(self) -> str:
        """The words of the answer: what the acknowledgement said, else what appeared, else the modal's words."""
        answer = self.raw.get("answer") or {}
        return str(answer.get("text") or "\n".join(self.raw.get("messages") or []))

    @property
    def errors(self) -> dict[str, str]:
        """What stands under a modal's fields, by label."""
        return self.raw.get("errors") or {}

    @property
    def view(self) -> dict[str, Any] | None:
        """The modal that is open now."""
        return self.raw.get("view")


@dataclass(frozen=True, slots=True)
class County:
    """The pretend Slack with one or more bots behind it, on one database."""

    slack: Playground
    world: Running
    database: Database
    founding: Founding
    bots: Sequence[Bot]

    @property
    def database_url(self) -> str:
        """The database's address."""
        return self.founding.database_url

    @property
    def clock_file(self) -> Path:
        """The file with the pretend instant."""
        return self.founding.clock_file

    @property
    def bot_urls(self) -> list[str]:
        """Where each bot listens."""
        return [bot.url for bot in self.bots]

    async def room(self, members: Sequence[str] = PEOPLE, *, bot: bool = True) -> Room:
        """A new channel."""
        name = f"room-{os.getpid()}-{next(_numbers)}"
        channel = await self.slack.channel(name, list(members), bot_is_member=bot)
        return Room(self, channel)

    async def group(self, public_body: str = "no", *, both: bool = True) -> Room:
        """A new channel with a working group: Dana chairs for justice and, unless told otherwise, Marcus for health."""
        room = await self.room()
        setup = await room.types(
            DANA, f"/workgroup setup Reentry data group | Middleton County, MA | justice | public-body={public_body}"
        )
        assert await room.dump(), setup.text
        if both:
            await room.types(DANA, f"/workgroup cochair @{MARCUS} | health")
        return room

    async def travel(self, at: str | datetime) -> None:
        """Set the clock."""
        await self.slack.set_clock(datetime.fromisoformat(at) if isinstance(at, str) else at)

    def settings(self) -> Settings:
        """The bot's settings, to read its database with."""
        return Settings(
            database_url=self.database_url,
            convener_clock_file=str(self.clock_file),
            slack_api_url=self.world.settings["SLACK_API_URL"],
        )


@dataclass(frozen=True, slots=True)
class Room:
    """One channel."""

    county: County
    channel: str

    async def types(self, who: str, text: str) -> Reply:
        """Someone types."""
        return Reply(await self.county.slack.type_(who, self.channel, text))

    async def presses(self, who: str, label: str, **where: Any) -> Reply:
        """Someone presses the newest button here that reads so."""
        return Reply(await self.county.slack.press(who, label, **({"channel": self.channel} | where)))

    async def presses_in_modal(self, who: str, label: str) -> Reply:
        """Someone presses a button of the modal they have open."""
        return Reply(await self.county.slack.press(who, label, **{"in": "modal"}))

    async def submits(self, who: str, fields: dict[str, Any]) -> Reply:
        """Someone fills fields by their labels and submits."""
        return Reply(await self.county.slack.submit(who, fields))

    async def sees(self, who: str, text: str, seconds: float = 60.0) -> Answer:
        """Wait until someone sees a message here with ``text``."""
        return await self.county.slack.wait_for(who, text, self.channel, seconds)

    async def gets(self, who: str, text: str, seconds: float = 60.0) -> Answer:
        """Wait until someone has a message with ``text`` anywhere, private ones included."""
        return await self.county.slack.wait_for(who, text, "", seconds)

    async def reads(self, who: str) -> list[Answer]:
        """All that someone sees here."""
        return await self.county.slack.read(who, self.channel)

    async def sent_nudges(self, count: int = 1, seconds: float = 30.0) -> list[dict[str, Any]]:
        """The dump's nudges, once ``count`` of them are noted as sent (Slack shows a message a moment before)."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            nudges: list[dict[str, Any]] = (await self.dump())["nudges"]
            if sum(each["state"] == "sent" for each in nudges) >= count:
                return nudges
            await asyncio.sleep(0.05)
        raise AssertionError(f"not sent in time: {(await self.dump())['nudges']}")

    async def dump(self) -> dict[str, Any]:
        """What ``python app.py dump`` prints; empty where there is no group."""
        return await self._report("dump") or {}

    async def assess(self) -> dict[str, Any]:
        """What ``python app.py assess`` prints, as criterion id to holds."""
        told = await self._report("assess")
        assert told
        return {entry["id"]: entry["holds"] for principle in told["principles"] for entry in principle["criteria"]}

    async def states(self) -> dict[int, str]:
        """The state of each principle."""
        told = await self._report("assess")
        assert told
        return {principle["number"]: principle["status"] for principle in told["principles"]}

    async def _report(self, kind: Kind) -> dict[str, Any] | None:
        now = self.county.settings().clock()()
        return await report_from(self.county.database, self.channel, None, kind, now)


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot process."""

    url: str
    process: Process
    log: Path


@dataclass(frozen=True, slots=True)
class Founding:
    """What it takes to start a county, and more bots in it. All of them end with ``stack``."""

    database_url: str
    starter: Starter
    folder: Path
    stack: ExitStack

    @property
    def clock_file(self) -> Path:
        """The file with the pretend instant."""
        return self.folder / "clock"

    def world(self, events: str) -> Running:
        """Start the pretend Slack, on the first day."""
        self.clock_file.write_text(START, encoding="utf-8")
        manifest, start = ROOT / "manifest.json", self.starter.start_talking
        return self.stack.enter_context(running(manifest, events=events, clock_file=self.clock_file, start=start))

    def bot(self, world: Running, port: int) -> Bot:
        """Start a bot and wait until it is ready."""
        settings = world.settings | {
            "DATABASE_URL": self.database_url,
            "PORT": str(port),
            "CONVENER_CLOCK_FILE": str(self.clock_file),
            "LOG_LEVEL": "WARNING",
        }
        log = self.folder / f"bot-{port}.log"
        with log.open("wb") as out:
            process = self.starter.start(["app.py", "serve"], settings, out)
        bot = Bot(f"http://127.0.0.1:{port}", process, log)
        self.stack.callback(_end, bot)
        _wait_until_ready(bot)
        return bot


@asynccontextmanager
async def founded(
    database_url: str, starter: Starter, bots: int = 1, *, sockets: bool = False
) -> AsyncIterator[County]:
    """Start a pretend Slack and ``bots`` bots on one database. Slack delivers to the first of them, or with
    ``sockets`` over Socket Mode."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="convener-county-")))
        founding = Founding(database_url, starter, folder, stack)
        ports = [free_port() for _ in range(bots)]
        world = founding.world("" if sockets else f"http://127.0.0.1:{ports[0]}/slack/events")
        serving, database = [founding.bot(world, port) for port in ports], Database(database_url)
        async with Playground(world.url) as slack:
            yield County(slack, world, database, founding, serving)
        await database.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(bot: Bot, seconds: float = 90.0) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if bot.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{bot.url}/readyz", timeout=1) as answer:  # noqa: S310  our own address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"the bot did not start:\n{bot.log.read_text()}")


def _end(bot: Bot) -> None:
    """End it, and repeat what it complained of: pytest shows that below a test that failed."""
    bot.process.terminate()
    try:
        bot.process.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        bot.process.kill()
        bot.process.communicate()
    sys.stderr.write(bot.log.read_text(encoding="utf-8"))
