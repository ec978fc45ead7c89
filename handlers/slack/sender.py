"""The paced sender: everything that is said to Slack after an acknowledgement goes through here.

Posts are rows in the database, so any process can send them, and each is sent by one (see ``outbox``). A message is
updated at most every two seconds, and a workspace gets 45 updates a minute, each with the newest state. A workspace
that hangs or asks to wait delays no other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.calls import SLACK_FAILURES, Failure, Fault, failure_of, private_channel
from handlers.slack.outbox import BeforeSending, OnTrouble, Outbox, as_they_are
from handlers.slack.pulse import Pulse, log_failure
from storage.database import Database
from storage.faults import DatabaseFault
from storage.pace import claim_turns, record_hold

__all__ = ["OnTrouble", "Refresher", "Sender"]

log = structlog.get_logger(__name__)

UPDATE_GAP = timedelta(seconds=2)
WORKSPACE_UPDATE_GAP = timedelta(seconds=60 / 45)
IDLE_SECONDS = 1.0
BUSY_SECONDS = 0.02
BREATH_SECONDS = 0.02
MOST_BREATHS = 10
QUIET_SECONDS = 0.15
"""Between two looks where the first found nothing, even where each vote of a crowd wakes it: the crowd comes first."""
UPDATES_SECONDS = 0.5  # between looks for messages to update: asking for a turn is a write, and keeps votes waiting
ANSWER_TRIES = 3


class Refresher(Protocol):
    """Keeps one kind of message up to date. A message is named by ``(team_id, id)``."""

    async def list_outdated(self) -> list[tuple[str, int]]:
        """The messages that show an older state than the database has."""

    async def refresh(self, message_id: int) -> Failure | None:
        """Bring one message up to date with the newest state; returns what went wrong, if anything."""


@dataclass(slots=True)
class Sender:
    """Sends what the database says is to be sent. ``client_for`` gives the client of a workspace by its team id;
    ``now`` is the services' clock, for leases; ``real_now`` paces, and is the machine's own;
    ``before_sending`` may change what posts say."""

    database: Database
    client_for: Callable[[str], Awaitable[AsyncWebClient]]
    now: Callable[[], datetime]
    real_now: Callable[[], datetime] = lambda: datetime.now(UTC)
    on_trouble: OnTrouble | None = None
    before_sending: BeforeSending = as_they_are
    refreshers: list[Refresher] = field(default_factory=list)
    pulse: Pulse = field(default_factory=Pulse)
    _outbox: Outbox = field(init=False)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    _updates_at: float = 0.0
    _loop: asyncio.Task[None] | None = None
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._outbox = Outbox(self.database, self.client_for, self.now, self.real_now, self._spawn, self.before_sending)

    @property
    def leases(self) -> list[str]:
        """The leases under which this process is sending now, or has sent and not yet noted it."""
        return self._outbox.leases

    def start(self) -> None:
        """Begin to send in the background."""
        self._loop = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop: no new sending begins, what is under way is waited for. Nothing is broken off: a transaction that is
        cancelled can keep the only connection for writing."""
        self._stopping.set()
        self.wake()
        if self._loop:
            await asyncio.gather(self._loop, return_exceptions=True)
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            await self._outbox.exchange(self.on_trouble, begin=False)
        except DatabaseFault as error:  # what was sent stays in doubt, and is shown to a co-chair
            log_failure("endings_not_noted", error)

    async def stops_within(self, seconds: float) -> bool:
        """Wait so long, or less where the process is told to stop meanwhile; whether it is."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def wake(self) -> None:
        """Say that there may be something to send."""
        self._woken.set()

    @property
    def is_woken(self) -> bool:
        """Whether somebody said since the last look that there may be something to send."""
        return self._woken.is_set() or bool(self._tasks)

    async def flush(self, patience: float = 30.0) -> None:
        """Send all that is due and bring every message up to date, then return; give up after ``patience`` seconds."""
        deadline = asyncio.get_running_loop().time() + patience
        while asyncio.get_running_loop().time() < deadline:
            self._updates_at = 0.0
            self._woken.clear()
            waiting = await self._sweep()
            if self._tasks:
                await asyncio.wait(set(self._tasks), timeout=BUSY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            elif waiting:
                await asyncio.sleep(BUSY_SECONDS)
            else:
                return

    def answer_later(self, url: str, team_id: str, channel_id: str, user_id: str, body: dict[str, Any]) -> None:
        """Tell one person something right after an acknowledgement, by ``response_url`` where there is one."""
        self._spawn(self._answer(url, team_id, channel_id, user_id, body))

    async def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            if await self._come_round():
                await self._breathe()
            elif not self._stopping.is_set():
                await asyncio.sleep(QUIET_SECONDS)
                await self._rest()

    async def _come_round(self) -> bool:
        """Sweep once; whether there is more to do now. Whatever goes wrong, the next round may do better."""
        try:
            busy = bool(await self._sweep())
        except Exception as error:  # noqa: BLE001  a loop that ends here would never send anything again
            log_failure("sweep_failed", error)
            await asyncio.sleep(IDLE_SECONDS)
            return False
        self.pulse.beat()
        return busy

    async def _breathe(self) -> None:
        """Wait a moment; longer while many posts are under way: fewer and larger lots cost less. Where all that is left
        waits for its channel's turn, wait for that: to look before would find nothing."""
        await asyncio.sleep(BUSY_SECONDS)
        for _ in range(MOST_BREATHS):
            if not self._outbox.crowded:
                break
            await asyncio.sleep(BREATH_SECONDS)
        nothing_until = min(self._outbox.rests_until, self._updates_at)
        await self._wait_to_be_woken(nothing_until - asyncio.get_running_loop().time())

    async def _rest(self) -> None:
        """Wait until there may be something to send."""
        if self._outbox.ended or self._stopping.is_set():
            return
        await self._wait_to_be_woken(IDLE_SECONDS)

    async def _wait_to_be_woken(self, seconds: float) -> None:
        with suppress(TimeoutError):
            if seconds > 0:
                await asyncio.wait_for(self._woken.wait(), seconds)

    async def _sweep(self) -> int:
        """Start all sending whose turn it is; returns how much there is left to do."""
        return await self._outbox.exchange(self.on_trouble) + await self._start_updates()

    async def _start_updates(self) -> int:
        now = asyncio.get_running_loop().time()
        if now < self._updates_at:
            return 0
        self._updates_at = now + UPDATES_SECONDS
        count = 0
        for refresher in self.refreshers:
            outdated = await refresher.list_outdated()
            count += len(outdated)
            for team_id in {team_id for team_id, _ in outdated}:
                messages = [message_id for team, message_id in outdated if team == team_id]
                await self._start_update(refresher, team_id, messages)
        return count

    async def _start_update(self, refresher: Refresher, team_id: str, messages: list[int]) -> None:
        """Update one message of a workspace, if both its turn and the workspace's have come."""
        async with self.database.write() as session:
            if not await claim_turns(session, [f"updates:{team_id}"], WORKSPACE_UPDATE_GAP, self.real_now()):
                return
            for message_id in messages:
                key = f"update:{type(refresher).__name__}:{message_id}"
                if await claim_turns(session, [key], UPDATE_GAP, self.real_now()):
                    self._spawn(self._update(refresher, team_id, message_id))
                    return

    async def _update(self, refresher: Refresher, team_id: str, message_id: int) -> None:
        failure = await refresher.refresh(message_id)
        if failure and failure.limited:
            async with self.database.write() as session:
                await record_hold(session, f"updates:{team_id}", self.real_now() + failure.wait)

    async def _answer(self, url: str, team_id: str, channel_id: str, user_id: str, body: dict[str, Any]) -> None:
        for attempt in range(ANSWER_TRIES):
            try:
                await self._answer_once(url, team_id, channel_id, user_id, body)
                return
            except SLACK_FAILURES as error:
                failure = failure_of(error)
                log.warning("answer_failed", error=failure.error, attempt=attempt + 1)
                if failure.fault is not Fault.WAIT or await self.stops_within(failure.wait.total_seconds()):
                    return

    async def _answer_once(self, url: str, team_id: str, channel_id: str, user_id: str, body: dict[str, Any]) -> None:
        client = await self.client_for(team_id)
        if url:
            await post_to_response_url(client, url, body)
            return
        words = {key: body[key] for key in ("text", "blocks") if body.get(key)}
        if channel_id:
            await client.chat_postEphemeral(channel=channel_id, user=user_id, **words)
        else:
            await client.chat_postMessage(channel=await private_channel(client, user_id), **words)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log_failure("sending_failed", error)
        self.wake()


async def post_to_response_url(client: AsyncWebClient, url: str, body: dict[str, Any]) -> None:
    """Answer by a ``response_url``: the message stays, the answer comes below it, to one person only."""
    session = client.session
    if session is None:
        raise ValueError("the client has no session")
    async with session.post(url, json={"replace_original": False, **body}) as response:
        response.raise_for_status()
