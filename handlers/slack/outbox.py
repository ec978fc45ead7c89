"""Posts on their way to Slack: which are sent next, and how each sending ended.

A channel gets one post a second. A workspace has a few places for posts that are under way; one that hangs or asks to
wait is passed over, so that it delays no other.
"""

from __future__ import annotations

import asyncio
import math
import secrets
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.posts import PostStep
from handlers.slack.calls import (
    SLACK_FAILURES,
    SWITCHED_OFF,
    Failure,
    Fault,
    failure_of,
    is_private,
    private_channel,
)
from handlers.slack.pulse import log_failure
from storage.database import Database
from storage.pace import claim_turns, list_held, record_hold
from storage.posts import Post, Sending, Waiting, claim_sendings, count_claimed, list_waiting_posts, record_sendings

log = structlog.get_logger(__name__)

POST_GAP = timedelta(seconds=1)
PLACES = 250
"""Calls under way at once in this process. Those that hang do not count."""
AHEAD = 250
"""Posts that are begun, as the database sees it, before there is a place for them, so that no place stands empty while
the next ones are begun. They are in doubt too where the process dies: hence few."""
PLACES_PER_WORKSPACE = 10
HANGS_AFTER = 2.0
"""Seconds after which a sending hangs: its workspace gets no further post until it has ended."""
READ_AHEAD = 2_000
"""Posts read in one go: finding the oldest of each channel takes longer, the more wait."""
HOUR, MOST_HOURS = timedelta(hours=1), 24 * 14
"""While the app is switched off in a workspace, a private message is tried every hour, for two weeks at most: it says
what went wrong meanwhile."""
TURN_LATER = 0.2
"""Seconds until a channel whose turn has not come is asked about again: asking is a write."""

Ending = tuple[Post, Sending, Failure | None]
OnTrouble = Callable[[AsyncSession, Post, Failure], Awaitable[None]]
"""What is done about a post that did not arrive, or may not have, in the transaction that notes it."""
BeforeSending = Callable[[AsyncSession, Sequence[Post], datetime], Awaitable[list[Post]]]
"""What becomes of posts that are about to be sent, in the transaction that begins them."""


async def as_they_are(_session: AsyncSession, posts: Sequence[Post], _now: datetime) -> list[Post]:
    """Send posts as they were stored."""
    return list(posts)


@dataclass(slots=True)
class Outbox:
    """The posts of this process. ``now`` is the services' clock, for leases; ``real_now`` paces; ``spawn`` runs a
    sending beside the rest; ``before_sending`` may change what posts say at the last moment."""

    database: Database
    client_for: Callable[[str], Awaitable[AsyncWebClient]]
    now: Callable[[], datetime]
    real_now: Callable[[], datetime]
    spawn: Callable[[Coroutine[Any, Any, None]], None]
    before_sending: BeforeSending = as_they_are
    _waiting: deque[Waiting] = field(default_factory=deque)
    _resting: dict[str, float] = field(default_factory=dict)
    _held: set[str] = field(default_factory=set)
    _begun: dict[int, tuple[str, float]] = field(default_factory=dict)
    _ready: deque[tuple[Post, str]] = field(default_factory=deque)
    _at_work: int = 0
    _leases: Counter[str] = field(default_factory=Counter)
    _endings: list[Ending] = field(default_factory=list)

    @property
    def leases(self) -> list[str]:
        """The leases under which this process is sending now, or has sent and not yet noted it."""
        return list(self._leases)

    @property
    def crowded(self) -> bool:
        """Whether there is enough to go on with: then it is worth waiting before the next exchange."""
        return len(self._ready) > AHEAD / 2

    @property
    def ended(self) -> bool:
        """Whether a sending has ended and is not noted yet."""
        return bool(self._endings)

    @property
    def rests_until(self) -> float:
        """The loop's time until which every post that is left waits for its channel's turn; 0 where one does not."""
        if self._held or self._begun or self._ready or self._endings or self._waiting:
            return 0.0
        return min(self._resting.values(), default=0.0)

    async def exchange(self, on_trouble: OnTrouble | None, *, begin: bool = True) -> int:
        """Note how sendings ended and, where wanted, begin those whose turn it is: both in one transaction. Returns how
        much there was and is to do; posts that may not be sent yet do not count."""
        chosen = await self._choose() if begin else []
        endings = list(self._endings)
        lease = secrets.token_hex(8)
        if endings or chosen:
            async with self.database.write() as session:
                await self._note(session, endings)
                await self._tell(session, endings, on_trouble)
                started = await self._start(session, chosen, lease)
            self._begin(started, lease)
            self._forget(endings)
        self._hire()
        return len(endings) + len(chosen) + len(self._waiting) or await self._count_skipped()

    async def _choose(self) -> list[Waiting]:
        """The posts to begin with now. Reads on where those read before do not fill the room there is."""
        self._held |= set(self._limited(self._endings))
        busy, room = self._busy()
        chosen = self._pick(busy, room)
        if len(chosen) < room:
            await self._read_on(chosen, busy)
            chosen += self._pick(busy, room - len(chosen))
        return chosen

    def _busy(self) -> tuple[Counter[str], int]:
        """How many places each workspace has taken, all of them where one hangs; and how many posts may be begun."""
        busy: Counter[str] = Counter()
        late = asyncio.get_running_loop().time() - HANGS_AFTER
        for team_id, since in self._begun.values():
            busy[team_id] += PLACES_PER_WORKSPACE if since < late else 1
        return busy, PLACES + AHEAD - len(self._begun) + self._hanging()

    def _hanging(self) -> int:
        late = asyncio.get_running_loop().time() - HANGS_AFTER
        return sum(since < late for _, since in self._begun.values())

    def _pick(self, busy: Counter[str], room: int) -> list[Waiting]:
        """Those of the posts read before that may be begun now, and no more than there is room for. Those whose
        workspace has no place yet stay where they are, in front."""
        chosen: list[Waiting] = []
        full: list[Waiting] = []
        now = asyncio.get_running_loop().time()
        while self._waiting and len(chosen) < room:
            post = self._waiting.popleft()
            if post.team_id in self._held or self._resting.get(_lane(post), now) > now:
                continue
            if busy[post.team_id] >= PLACES_PER_WORKSPACE:
                full.append(post)
                continue
            busy[post.team_id] += 1
            chosen.append(post)
        self._waiting.extendleft(reversed(full))
        return chosen

    async def _read_on(self, chosen: Sequence[Waiting], busy: Counter[str]) -> None:
        """Read what waits, but for ``chosen``, and nothing of a workspace without a place."""
        now = asyncio.get_running_loop().time()
        self._resting = {lane: until for lane, until in self._resting.items() if until > now}
        full = {team_id for team_id, count in busy.items() if count >= PLACES_PER_WORKSPACE}
        async with self.database.read() as session:
            self._held = await list_held(session, "hold:", self.real_now()) | set(self._limited(self._endings))
            found = await list_waiting_posts(session, self.now(), full | self._held, READ_AHEAD)
        known = {post.id for post in chosen}
        self._waiting = deque(post for post in found if post.id not in known)

    async def _count_skipped(self) -> int:
        """How many posts wait for a workspace or a channel that is passed over."""
        if not (self._held or self._begun or self._resting):
            return 0
        async with self.database.read() as session:
            return await count_claimed(session, self.now())

    async def _start(self, session: AsyncSession, chosen: Sequence[Waiting], lease: str) -> list[Post]:
        turns = await claim_turns(session, [_lane(post) for post in chosen], POST_GAP, self.real_now())
        later = asyncio.get_running_loop().time() + TURN_LATER
        self._resting |= {lane: later for post in chosen if (lane := _lane(post)) not in turns}
        ready = [post.id for post in chosen if _lane(post) in turns]
        begun = await claim_sendings(session, ready, lease, self.now()) if ready else []
        return await self._looked_over(session, begun) if begun else []

    async def _looked_over(self, session: AsyncSession, begun: Sequence[Post]) -> list[Post]:
        """The posts as they are to be sent. One that cannot be looked over goes as it is, and holds no other."""
        try:
            async with session.begin_nested():
                return await self.before_sending(session, begun, self.now())
        except Exception as error:  # noqa: BLE001  whatever is wrong with one post, the others are sent
            if len(begun) == 1:
                log_failure("post_not_looked_over", error, post=begun[0].id)
                return list(begun)
        return [post for alone in begun for post in await self._looked_over(session, [alone])]

    def _begin(self, posts: Sequence[Post], lease: str) -> None:
        for post in posts:
            self._begun[post.id] = (post.team_id, math.inf)
            self._leases[lease] += 1
            self._ready.append((post, lease))

    def _hire(self) -> None:
        """See that somebody works at each place, and beside those who hang."""
        hands = PLACES + self._hanging() - self._at_work
        for _ in range(min(hands, len(self._ready))):
            self._at_work += 1
            self.spawn(self._work())

    async def _work(self) -> None:
        """Send what is ready, one after the other, until nothing is."""
        try:
            while self._ready:
                await self._send(*self._ready.popleft())
        finally:
            self._at_work -= 1

    async def _send(self, post: Post, lease: str) -> None:
        self._begun[post.id] = (post.team_id, asyncio.get_running_loop().time())
        try:
            self._endings.append(await self._deliver(post, lease))
        finally:
            del self._begun[post.id]

    async def _deliver(self, post: Post, lease: str) -> Ending:
        asked = False
        try:
            client = await self.client_for(post.team_id)
            channel = await private_channel(client, post.channel_id)
            asked = True
            sent = await client.chat_postMessage(channel=channel, **post.payload)
            return post, Sending(post.id, lease, PostStep.ARRIVE, message_ts=str(sent["ts"])), None
        except SLACK_FAILURES as error:
            failure = failure_of(error)
        except Exception as error:  # noqa: BLE001  a bug; the post stays in doubt, and is shown to a co-chair
            log_failure("sending_failed", error, post=post.id)
            failure = Failure(Fault.UNKNOWN, type(error).__name__)
        if failure.fault is Fault.UNKNOWN and not asked:  # Slack was not even asked to post
            failure = replace(failure, fault=Fault.WAIT)
        return post, self._ending(post, lease, failure), failure

    def _ending(self, post: Post, lease: str, failure: Failure) -> Sending:
        log.warning("post_failed", kind=post.kind, error=failure.error, fault=failure.fault, attempt=post.attempts + 1)
        if failure.fault is Fault.WAIT:
            pause = failure.wait * (1 if failure.limited else 2 ** min(post.attempts, 6))
            return Sending(post.id, lease, PostStep.PUT_OFF, not_before=self.now() + pause, error=failure.error)
        if failure.error in SWITCHED_OFF and is_private(post.channel_id) and post.attempts < MOST_HOURS:
            return Sending(post.id, lease, PostStep.PUT_OFF, not_before=self.now() + HOUR, error=failure.error)
        step = PostStep.DOUBT if failure.fault is Fault.UNKNOWN else PostStep.REFUSE
        return Sending(post.id, lease, step, error=failure.error)

    async def _note(self, session: AsyncSession, endings: Sequence[Ending]) -> None:
        await record_sendings(session, [sending for _, sending, _ in endings])
        for team_id, wait in self._limited(endings).items():
            await record_hold(session, f"hold:{team_id}", self.real_now() + wait)

    def _limited(self, endings: Sequence[Ending]) -> dict[str, timedelta]:
        """The workspaces that asked to wait, and how long."""
        return {post.team_id: failure.wait for post, _, failure in endings if failure and failure.limited}

    async def _tell(self, session: AsyncSession, endings: Sequence[Ending], on_trouble: OnTrouble | None) -> None:
        """Have people told of what did not arrive, or may not have, together with noting it."""
        for post, sending, failure in endings:
            if failure and on_trouble and sending.step in (PostStep.REFUSE, PostStep.DOUBT):
                try:
                    async with session.begin_nested():
                        await on_trouble(session, post, failure)
                except Exception as error:  # noqa: BLE001  the other endings are noted and told all the same
                    log_failure("trouble_not_told", error, post=post.id)

    def _forget(self, endings: Sequence[Ending]) -> None:
        """Let go of what is noted now. Where the database was away, it is noted the next time."""
        del self._endings[: len(endings)]
        self._leases.subtract(sending.lease for _, sending, _ in endings)
        self._leases = +self._leases


def _lane(post: Waiting) -> str:
    return f"post:{post.team_id}:{post.channel_id}"
