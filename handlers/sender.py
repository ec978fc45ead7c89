"""The paced sender: everything that is said to Slack after an acknowledgement goes through here.

Posts are rows in the database, so any process can send them, and each is sent by one. A channel gets one post a second;
a message is updated at most every two seconds, and a workspace gets 45 updates a minute, each with the newest state.
A workspace that hangs or asks to wait delays no other: it has its own few places, and is passed over while it waits.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from handlers.slack_calls import SLACK_FAILURES, Failure, Fault, failure_of
from storage.database import Database
from storage.pace import hold_turns, list_held, take_turns
from storage.posts import Post, Sending, list_claimed, record_sendings, start_sending

log = structlog.get_logger(__name__)

POST_GAP = timedelta(seconds=1)
UPDATE_GAP = timedelta(seconds=2)
WORKSPACE_UPDATE_GAP = timedelta(seconds=60 / 45)
PLACES_PER_WORKSPACE = 10
BATCH = 400
IDLE_SECONDS = 1.0
BUSY_SECONDS = 0.05
LOOK_SECONDS = 0.5  # between looks for messages to update: asking for a turn is a write, and keeps votes waiting
ANSWER_TRIES = 3


class Refresher(Protocol):
    """Keeps one kind of message up to date. A message is named by ``(team_id, id)``."""

    async def list_outdated(self) -> list[tuple[str, int]]:
        """The messages that show an older state than the database has."""

    async def refresh(self, message_id: int) -> Failure | None:
        """Bring one message up to date with the newest state; returns what went wrong, if anything."""


OnTrouble = Callable[[Post, Failure], Awaitable[None]]


@dataclass(slots=True)
class Sender:
    """Sends what the database says is to be sent. ``client_for`` gives the client of a workspace by its team id;
    ``now`` is the services' clock, for leases; ``real_now`` paces, and is the machine's own."""

    database: Database
    client_for: Callable[[str], Awaitable[AsyncWebClient]]
    now: Callable[[], datetime]
    real_now: Callable[[], datetime] = lambda: datetime.now(UTC)
    on_trouble: OnTrouble | None = None
    refreshers: list[Refresher] = field(default_factory=list)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _leases: Counter[str] = field(default_factory=Counter)
    _busy: Counter[str] = field(default_factory=Counter)
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    _endings: list[tuple[Post, Sending, Failure | None]] = field(default_factory=list)
    _look_at: float = 0.0
    _loop: asyncio.Task[None] | None = None
    _stopping: bool = False

    @property
    def leases(self) -> list[str]:
        """The leases under which this process is sending now, or has sent and not yet noted it."""
        return [lease for lease, count in self._leases.items() if count > 0]

    def start(self) -> None:
        """Begin to send in the background."""
        self._loop = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop: no new sending begins, what is under way is waited for. Nothing is broken off: a transaction that is
        cancelled can keep the only connection for writing."""
        self._stopping = True
        self.wake()
        if self._loop:
            await asyncio.gather(self._loop, return_exceptions=True)
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._note_endings()

    def wake(self) -> None:
        """Say that there may be something to send."""
        self._woken.set()

    async def flush(self, patience: float = 30.0) -> None:
        """Send all that is due and bring every message up to date, then return; give up after ``patience`` seconds."""
        deadline = asyncio.get_running_loop().time() + patience
        while asyncio.get_running_loop().time() < deadline:
            moved = await self._sweep()
            if self._tasks:
                await asyncio.wait(set(self._tasks))
                await self._note_endings()
            elif not moved and not await self._pending():
                return
            else:
                await asyncio.sleep(BUSY_SECONDS)

    def answer_later(self, url: str, team_id: str, channel_id: str, user_id: str, body: dict[str, Any]) -> None:
        """Tell one person something right after an acknowledgement, by ``response_url`` where there is one."""
        self._spawn(self._answer(url, team_id, channel_id, user_id, body))

    def call_later(self, call: Coroutine[Any, Any, None]) -> None:
        """Run a call after the acknowledgement. What must not get lost is a post instead."""
        self._spawn(call)

    async def _run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            try:
                busy = await self._sweep()
                await self._note_endings()
            except SQLAlchemyError:  # the loop outlives a database that is away for a moment
                log.exception("sweep_failed")
                busy = False
            await asyncio.sleep(BUSY_SECONDS)  # even where each vote of a crowd wakes it: the crowd comes first
            if not (busy or self._endings or self._stopping):
                await self._rest()

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), IDLE_SECONDS)
        except TimeoutError:
            return

    async def _sweep(self) -> bool:
        """Start all sending whose turn it is; True where there was something to do."""
        return bool(await self._start_posts()) | bool(await self._start_updates())

    async def _pending(self) -> bool:
        async with self.database.read() as session:
            posts = await list_claimed(session, self.now(), (), 1)
        return bool(posts) or any([await refresher.list_outdated() for refresher in self.refreshers])

    async def _start_posts(self) -> int:
        full = {team_id for team_id, count in self._busy.items() if count >= PLACES_PER_WORKSPACE}
        async with self.database.read() as session:
            held = await list_held(session, "hold:", self.real_now())
            waiting = await list_claimed(session, self.now(), full | held, BATCH)
        chosen = self._within_places(waiting)
        if not chosen:
            return len(waiting)
        lease = secrets.token_hex(8)
        async with self.database.write() as session:
            keys = [_lane(post) for post in chosen]
            turns = await take_turns(session, keys, POST_GAP, self.real_now())
            ready = [post for post in chosen if _lane(post) in turns]
            started = await start_sending(session, [post.id for post in ready], lease, self.now())
        for post in ready:
            if post.id in started:
                self._busy[post.team_id] += 1
                self._leases[lease] += 1
                self._spawn(self._send(post, lease))
        return len(waiting)

    def _within_places(self, posts: Sequence[Post]) -> list[Post]:
        room: Counter[str] = Counter()
        chosen = []
        for post in posts:
            if self._busy[post.team_id] + room[post.team_id] < PLACES_PER_WORKSPACE:
                room[post.team_id] += 1
                chosen.append(post)
        return chosen

    async def _send(self, post: Post, lease: str) -> None:
        try:
            ending = await self._deliver(post, lease)
            self._endings.append(ending)
        finally:
            self._busy[post.team_id] -= 1
            self.wake()

    async def _deliver(self, post: Post, lease: str) -> tuple[Post, Sending, Failure | None]:
        try:
            client = await self.client_for(post.team_id)
            channel = await _channel(client, post.channel_id)
            sent = await client.chat_postMessage(channel=channel, **post.payload)
            return post, Sending(post.id, lease, "sent", message_ts=str(sent["ts"])), None
        except SLACK_FAILURES as error:
            failure = failure_of(error)
            return post, self._ending(post, lease, failure), failure

    def _ending(self, post: Post, lease: str, failure: Failure) -> Sending:
        log.warning("post_failed", kind=post.kind, error=failure.error, fault=failure.fault, attempt=post.attempts + 1)
        if failure.fault is Fault.WAIT:
            pause = failure.wait * (1 if failure.limited else 2 ** min(post.attempts, 6))
            return Sending(post.id, lease, "claimed", not_before=self.now() + pause, error=failure.error)
        state = "unconfirmed" if failure.fault is Fault.UNKNOWN else "dropped"
        return Sending(post.id, lease, state, error=failure.error)

    async def _note_endings(self) -> None:
        endings = list(self._endings)
        if not endings:
            return
        async with self.database.write() as session:
            await record_sendings(session, [sending for _, sending, _ in endings])
            for post, _, failure in endings:
                if failure and failure.limited:
                    await hold_turns(session, f"hold:{post.team_id}", self.real_now() + failure.wait)
        del self._endings[: len(endings)]  # only now: where the database was away, they are noted the next time
        for _, sending, _ in endings:
            self._leases[sending.lease] -= 1
        self._leases = +self._leases
        for post, sending, failure in endings:
            if failure and sending.state in ("dropped", "unconfirmed") and self.on_trouble:
                await self.on_trouble(post, failure)

    async def _start_updates(self) -> int:
        now = asyncio.get_running_loop().time()
        if now < self._look_at:
            return 0
        self._look_at = now + LOOK_SECONDS
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
            if not await take_turns(session, [f"updates:{team_id}"], WORKSPACE_UPDATE_GAP, self.real_now()):
                return
            for message_id in messages:
                key = f"update:{type(refresher).__name__}:{message_id}"
                if await take_turns(session, [key], UPDATE_GAP, self.real_now()):
                    self._spawn(self._update(refresher, team_id, message_id))
                    return

    async def _update(self, refresher: Refresher, team_id: str, message_id: int) -> None:
        failure = await refresher.refresh(message_id)
        if failure and failure.limited:
            async with self.database.write() as session:
                await hold_turns(session, f"updates:{team_id}", self.real_now() + failure.wait)

    async def _answer(self, url: str, team_id: str, channel_id: str, user_id: str, body: dict[str, Any]) -> None:
        for attempt in range(ANSWER_TRIES):
            try:
                await self._answer_once(url, team_id, channel_id, user_id, body)
                return
            except SLACK_FAILURES as error:
                failure = failure_of(error)
                log.warning("answer_failed", error=failure.error, attempt=attempt + 1)
                if failure.fault is not Fault.WAIT:
                    return
                await asyncio.sleep(failure.wait.total_seconds())

    async def _answer_once(self, url: str, team_id: str, channel_id: str, user_id: str, body: dict[str, Any]) -> None:
        client = await self.client_for(team_id)
        if url:
            await post_to_response_url(client, url, body)
            return
        words = {key: body[key] for key in ("text", "blocks") if body.get(key)}
        if channel_id:
            await client.chat_postEphemeral(channel=channel_id, user=user_id, **words)
        else:
            await client.chat_postMessage(channel=await _channel(client, user_id), **words)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def post_to_response_url(client: AsyncWebClient, url: str, body: dict[str, Any]) -> None:
    """Answer by a ``response_url``: the message stays, the answer comes below it, to one person only."""
    session = client.session
    if session is None:
        raise ValueError("the client has no session")
    async with session.post(url, json={"replace_original": False, **body}) as response:
        response.raise_for_status()


async def _channel(client: AsyncWebClient, channel_id: str) -> str:
    """The channel to post in: for a user, the private one with them."""
    if not channel_id.startswith(("U", "W")):
        return channel_id
    opened = await client.conversations_open(users=channel_id)
    channel: dict[str, Any] = opened["channel"]
    return str(channel["id"])


def _lane(post: Post) -> str:
    return f"post:{post.team_id}:{post.channel_id}"
