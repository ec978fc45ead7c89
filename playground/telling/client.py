"""A small client of the control API, for tests and for stories told in the terminal."""

from __future__ import annotations

from datetime import datetime
from types import TracebackType
from typing import Any, Self

import aiohttp

Answer = dict[str, Any]


class Refused(Exception):
    """The control API said no: the act was not possible. ``labels`` lists what could have been acted on."""

    def __init__(self, words: str, labels: list[str]) -> None:
        super().__init__(f"{words}; there is: {labels}" if labels else words)
        self.labels = labels


class Playground:
    """Acts as people do, sets the stage, and looks behind the scenes. Use it as an async context manager.

    People and channels are named by id, handle or name (``dana``, ``@dana``, ``#general``).
    """

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/") + "/"
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def ask(self, act: str, /, **asked: Any) -> Answer:
        """POST to ``/control/NAME``. Raises :class:`Refused`."""
        return await self._asked("POST", act, asked)

    async def look(self, act: str, /, **asked: Any) -> Answer:
        """GET ``/control/NAME``. Raises :class:`Refused`."""
        return await self._asked("GET", act, asked)

    async def _asked(self, verb: str, name: str, asked: dict[str, Any]) -> Answer:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        sent: dict[str, Any] = {"json": asked} if verb == "POST" else {"params": asked}
        async with self._session.request(verb, f"{self.base_url}control/{name}", **sent) as answer:
            body: Answer = await answer.json()
        if answer.status != 200:
            raise Refused(str(body.get("error")), list(body.get("labels", [])))
        return body

    async def type_(self, user: str, channel: str, text: str, **more: Any) -> Answer:
        """Type a slash command or a message and send it."""
        return await self.ask("type", user=user, channel=channel, text=text, **more)

    async def press(self, user: str, label: str, **where: Any) -> Answer:
        """Press the newest button that reads ``label``. ``where``: channel, message_ts, near, ``in``."""
        return await self.ask("press", user=user, label=label, **where)

    async def choose(self, user: str, label: str, value: Any, **where: Any) -> Answer:
        """Choose in a select, radio group, checkbox group or picker."""
        return await self.ask("choose", user=user, label=label, value=value, **where)

    async def submit(self, user: str, fields: dict[str, Any] | None = None) -> Answer:
        """Fill the top modal's inputs by label and submit it."""
        return await self.ask("submit", user=user, fields=fields or {})

    async def close_modal(self, user: str) -> Answer:
        """Close the top modal."""
        return await self.ask("close", user=user)

    async def open_home(self, user: str) -> Answer:
        """Open the app's home tab; the answer's ``home`` is what stands there."""
        return await self.ask("home", user=user)

    async def read(self, user: str, channel: str = "", last: int = 0) -> list[Answer]:
        """The messages that a person sees in a channel, or everywhere; the ``last`` so many, or all."""
        asked: dict[str, Any] = {"user": user, "last": last} | ({"channel": channel} if channel else {})
        messages: list[Answer] = (await self.look("read", **asked))["messages"]
        return messages

    async def wait_for(self, user: str, text: str, channel: str = "", seconds: float = 30.0) -> Answer:
        """The newest message with ``text`` in its text or words. Raises ``TimeoutError`` after real ``seconds``."""
        asked: Answer = {"user": user, "text": text, "seconds": seconds} | ({"channel": channel} if channel else {})
        message: Answer | None = (await self.look("wait", **asked))["message"]
        if message is None:
            raise TimeoutError(f"nobody said {text!r} where {user} could see it")
        return message

    async def view(self, user: str, **where: Any) -> Answer | None:
        """The top modal of a person (or their home tab, with ``in="home"`` given as ``**{"in": "home"}``)."""
        shown: Answer | None = (await self.look("view", user=user, **where))["view"]
        return shown

    async def calls(self, since: int = 0) -> list[Answer]:
        """All requests both ways, from number ``since`` on."""
        calls: list[Answer] = (await self.look("calls", since=since))["calls"]
        return calls

    async def violations(self) -> list[Answer]:
        """All invalid payloads so far: what Slack refuses."""
        violations: list[Answer] = (await self.look("violations"))["violations"]
        return violations

    async def warnings(self) -> list[Answer]:
        """What Slack lets pass so far, though the app cannot have meant it."""
        warnings: list[Answer] = (await self.look("warnings"))["warnings"]
        return warnings

    async def objections(self) -> list[Answer]:
        """All violations and warnings so far."""
        return await self.violations() + await self.warnings()

    async def set_clock(self, at: datetime | None) -> Answer:
        """Stop pretend time at an aware instant, or let real time run with None."""
        return await self.ask("clock", at=at.isoformat() if at is not None else None)

    async def again(self, n: int, **headers: str) -> Answer:
        """Deliver the body of delivery ``n`` again, byte for byte, freshly signed."""
        return await self.ask("again", n=n, headers=headers)

    async def deliver(self, body: str, headers: dict[str, str] | None = None, *, signed: bool = True) -> Answer:
        """Deliver a raw body; given headers win over the signature."""
        return await self.ask("deliver", body=body, headers=headers or {}, signed=signed)

    async def faults(self, **switches: Any) -> Answer:
        """Set fault switches; ``clear=True`` turns all of them off first."""
        return await self.ask("faults", **switches)

    async def channel(self, name: str, members: list[str], **more: Any) -> str:
        """A new channel (``private``, ``bot_is_member``, ``id``); answers its id."""
        return str((await self.ask("channel", name=name, members=members, **more))["channel"])

    async def user(self, name: str, **more: Any) -> str:
        """A new user (any field of a world file's users); answers their id."""
        return str((await self.ask("user", name=name, **more))["user"])

    async def archive(self, channel: str, *, archived: bool = True) -> Answer:
        """Archive a channel, or bring it back."""
        return await self.ask("archive", channel=channel, archived=archived)

    async def kick(self, channel: str, user: str) -> Answer:
        """Someone leaves a channel."""
        return await self.ask("kick", channel=channel, user=user)

    async def invite(self, channel: str, user: str, by: str = "") -> Answer:
        """Someone joins a channel."""
        return await self.ask("invite", channel=channel, user=user, by=by)

    async def events_to(self, url: str) -> Answer:
        """Say where the app listens; an empty address means Socket Mode."""
        return await self.ask("events", url=url)
