"""Events: told to the app where its manifest asks for them, and told again where it does not acknowledge."""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta
from typing import Any

from playground.deliveries.delivery import Courier, Delivery, Reply
from playground.world.workspace import Workspace
from playground.world.world import Channel

_MESSAGE_EVENT = {"public": "message.channels", "private": "message.groups", "im": "message.im", "mpim": "message.mpim"}

_ALWAYS = frozenset({"app_home_opened", "channel_left", "group_left"})


class Events:
    """Sends events in the background; the first attempt of each can be awaited."""

    def __init__(self, ws: Workspace, courier: Courier) -> None:
        self._ws = ws
        self._courier = courier
        self._tasks: set[asyncio.Task[None]] = set()
        self._first_tries: list[asyncio.Future[Reply]] = []
        ws.on_event.append(self.emit)

    def emit(self, event: dict[str, Any]) -> None:
        """Tell the app of an event, if it asked for that kind and may know of its channel."""
        if not self._wanted(event):
            return
        first: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._first_tries.append(first)
        task = asyncio.create_task(self._told(self._envelope(event), str(event["type"]), first))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until every event told so far has been tried once."""
        waiting, self._first_tries = self._first_tries, []
        if waiting:
            await asyncio.wait(waiting)

    async def close(self) -> None:
        """Give up what is still to be told again."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _wanted(self, event: dict[str, Any]) -> bool:
        channel = self._channel(event)
        bot = self._ws.world.bot_user_id
        kind = str(event["type"])
        if kind == "message":
            kind = _MESSAGE_EVENT[channel.kind] if channel is not None else kind
        if kind not in self._ws.manifest.events:
            return False
        return channel is None or bot in channel.members or event.get("user") == bot or kind in _ALWAYS

    def _channel(self, event: dict[str, Any]) -> Channel | None:
        """The channel in which something happened, wherever the event names it."""
        item = event.get("item") or {}
        named = [event.get("channel"), event.get("channel_id"), item.get("channel")]
        return next((known for one in named if (known := self._ws.world.channels.get(str(one)))), None)

    def _envelope(self, event: dict[str, Any]) -> dict[str, Any]:
        world = self._ws.world
        channel = self._channel(event)
        authorization = {"enterprise_id": None, "team_id": world.home_id, "user_id": world.bot_user_id}
        return {
            "token": self._ws.credentials.verification_token,
            "team_id": world.home_id,
            "context_team_id": world.home_id,
            "context_enterprise_id": None,
            "api_app_id": world.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{secrets.token_hex(5).upper()}",
            "event_time": self._ws.seconds(),
            "authorizations": [authorization | {"is_bot": True, "is_enterprise_install": False}],
            "is_ext_shared_channel": channel is not None and channel.shared,
            "event_context": f"4-{secrets.token_hex(12)}",
        }

    async def _told(self, envelope: dict[str, Any], label: str, first: asyncio.Future[Reply]) -> None:
        reply = await self._courier.deliver(Delivery("events_api", label, envelope))
        first.set_result(reply)
        for number, wait in enumerate(self._ws.faults.retry_seconds, start=1):
            if reply.ok or reply.no_retry:
                return
            await self._ws.clock.until(self._ws.clock.now() + timedelta(seconds=wait))
            reason = "http_timeout" if reply.timed_out else "http_error"
            headers = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
            reply = await self._courier.deliver(Delivery("events_api", label, envelope, headers))
