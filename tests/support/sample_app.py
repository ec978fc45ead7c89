"""A tiny Bolt app for the playground to talk to: each listener does one plain thing."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Payload = dict[str, Any]


def plain(text: str) -> Payload:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Payload:
    """A section with mrkdwn text."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(label: str, action_id: str, **more: Any) -> Payload:
    """A button."""
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


def options(*labels: str) -> list[Payload]:
    """Options whose value is their label in lower case."""
    return [{"text": plain(label), "value": label.lower()} for label in labels]


def field(label: str, element: Payload, **more: Any) -> Payload:
    """An input block; its block id is the label in lower case."""
    return {"type": "input", "block_id": label.lower(), "label": plain(label), "element": element, **more}


def modal(*blocks: Payload, **more: Any) -> Payload:
    """A modal that can be submitted."""
    base = {"type": "modal", "callback_id": "sample", "title": plain("Sample"), "submit": plain("Save")}
    return base | {"blocks": list(blocks)} | more


class SampleApp:
    """A Bolt app that notes what it hears; its attributes say what it answers."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.reset()
        client = AsyncWebClient(token=settings["SLACK_BOT_TOKEN"], base_url=settings["SLACK_API_URL"])
        self.client = client
        self.bolt = AsyncApp(
            client=client, signing_secret=settings["SLACK_SIGNING_SECRET"], process_before_response=True
        )
        self._listen()

    def reset(self) -> None:
        """Forget what was heard and behave plainly again."""
        self.heard: list[Payload] = []
        self.view: Payload = modal(field("Name", {"type": "plain_text_input"}))
        self.command_answer: Payload | str = "ok"
        self.submission_answer: Payload = {}
        self.suggestions: Payload = {"options": options("Alpha", "Beta")}
        self.home: Payload = {"type": "home", "blocks": [section("At home")]}
        self.ack_after = 0.0

    def _listen(self) -> None:
        bolt = self.bolt
        bolt.command("/echo")(self._handle_echo)
        bolt.command("/raw")(self._handle_echo)
        bolt.command("/act")(self._handle_act)
        bolt.command("/modal")(self._handle_modal)
        bolt.action({"type": "block_actions", "action_id": "any"})(self._handle_action)
        bolt.action("other")(self._handle_action)
        bolt.view("sample")(self._handle_submission)
        bolt.view_closed("sample")(self._handle_heard)
        bolt.options("any")(self._handle_suggestion)
        bolt.shortcut("begin")(self._handle_heard)
        bolt.shortcut("keep")(self._handle_heard)
        for kind in (
            *("app_mention", "channel_archive", "channel_left", "member_joined_channel", "member_left_channel"),
            *("channel_created", "channel_rename", "pin_added", "pin_removed", "reaction_added", "reaction_removed"),
            "message",
        ):
            bolt.event(kind)(self._handle_event)
        bolt.event("app_home_opened")(self._handle_home)

    async def _handle_echo(self, ack: Any, body: Payload) -> None:
        self.heard.append(body)
        await ack(body["text"])

    async def _handle_act(self, ack: Any, body: Payload) -> None:
        self.heard.append(body)
        await asyncio.sleep(self.ack_after)
        if isinstance(self.command_answer, dict):
            await ack(**self.command_answer)
        else:
            await ack(self.command_answer)

    async def _handle_modal(self, ack: Any, body: Payload, client: AsyncWebClient) -> None:
        self.heard.append(body)
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=self.view)

    async def _handle_action(self, ack: Any, body: Payload) -> None:
        self.heard.append(body)
        await ack()

    async def _handle_submission(self, ack: Any, body: Payload) -> None:
        self.heard.append(body)
        await ack(**self.submission_answer)

    async def _handle_heard(self, ack: Any, body: Payload) -> None:
        self.heard.append(body)
        await ack()

    async def _handle_suggestion(self, ack: Any, body: Payload) -> None:
        self.heard.append(body)
        await ack(**self.suggestions)

    async def _handle_event(self, body: Payload) -> None:
        self.heard.append(body)

    async def _handle_home(self, body: Payload, client: AsyncWebClient) -> None:
        self.heard.append(body)
        await client.views_publish(user_id=body["event"]["user"], view=self.home)

    def starlette(self) -> Starlette:
        """The app behind ``/slack/events``."""
        handler = AsyncSlackRequestHandler(self.bolt)

        async def events(request: Request) -> Response:
            return await handler.handle(request)

        return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """Serve an application on a free loopback port; yields its address."""
    listener = socket.socket(proto=socket.IPPROTO_TCP)  # or asyncio leaves Nagle on, at 40 ms an answer
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, ws="none", lifespan="off"))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:  # noqa: ASYNC110  uvicorn offers no event to wait for
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server.should_exit = True
    await task
