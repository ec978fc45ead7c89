"""``python -m playground``: start the pretend Slack and print what the app under test needs."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import socket
import sys
from pathlib import Path

import uvicorn

from playground.app import build
from playground.telling.tour import read_tour
from playground.world.clock import PretendClock
from playground.world.manifest import read_manifest
from playground.world.workspace import Workspace
from playground.world.world import read_world

HOST = "127.0.0.1"
KEEP_ALIVE_SECONDS = 75
"""Longer than clients keep an idle connection, so that none is closed as it is used again."""


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m playground", description="A strict pretend Slack on this machine.")
    parser.add_argument("--manifest", type=Path, required=True, help="the app manifest, in JSON or YAML")
    parser.add_argument("--events", default="", help="where the app listens; without it Socket Mode is awaited")
    parser.add_argument("--world", type=Path, help="people and channels, in JSON; a made-up county without it")
    parser.add_argument("--port", type=int, default=4000, help="the port on the loopback address; 0 for a free one")
    parser.add_argument("--story", type=Path, help="a story in TOML that the page offers as a guided tour")
    parser.add_argument("--clock-file", type=Path, help="the file that pretend time is written to")
    return parser.parse_args(given)


def main() -> None:
    """Serve until interrupted. A manifest or world that cannot be read ends it with one line that says why."""
    given = arguments()
    listener = socket.socket(proto=socket.IPPROTO_TCP)  # or asyncio leaves Nagle on, at 40 ms an answer
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, given.port))
        base_url = f"http://{HOST}:{listener.getsockname()[1]}/"
        world, manifest = read_world(given.world), read_manifest(given.manifest)
        if given.world is None:
            world.bot.real_name = manifest.name
        ws = Workspace(world, manifest, PretendClock(given.clock_file), base_url, given.events)
        ws.tour = read_tour(given.story) if given.story else None
    except (OSError, ValueError) as error:
        sys.exit(f"The playground cannot start: {error}")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(ws, listener))


def settings_of(ws: Workspace) -> dict[str, str]:
    """The environment that the app under test needs. Only one that is installed by OAuth gets a client id."""
    known = ws.credentials
    settings = {
        "SLACK_BOT_TOKEN": known.bot_token,
        "SLACK_SIGNING_SECRET": known.signing_secret,
        "SLACK_APP_TOKEN": known.app_token,
        "SLACK_API_URL": f"{ws.base_url}api/",
    }
    if not ws.manifest.redirect_urls:
        return settings
    return settings | {
        "SLACK_CLIENT_ID": known.client_id,
        "SLACK_CLIENT_SECRET": known.client_secret,
        "SLACK_AUTHORIZE_URL": f"{ws.base_url}oauth/v2/authorize",
    }


async def serve(ws: Workspace, listener: socket.socket) -> None:
    """Serve a workspace on a bound socket until interrupted; says READY once it listens."""
    settings = uvicorn.Config(
        build(ws),
        log_level="warning",
        access_log=False,
        ws="none",
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=3,
    )
    server = uvicorn.Server(settings)
    announcing = asyncio.create_task(_announce(ws, server))
    ending = asyncio.create_task(_end_feeds(ws, server))
    await server.serve(sockets=[listener])
    announcing.cancel()
    ending.cancel()


async def _end_feeds(ws: Workspace, server: uvicorn.Server) -> None:
    """Browsers that follow along would keep the server from ending."""
    while not server.should_exit:  # noqa: ASYNC110  uvicorn offers no event to wait for
        await asyncio.sleep(0.1)
    ws.feed.close()


async def _announce(ws: Workspace, server: uvicorn.Server) -> None:
    while not server.started:  # noqa: ASYNC110  uvicorn offers no event to wait for
        await asyncio.sleep(0.01)
    lines = settings_of(ws)
    written = "".join(f"{name}={value}\n" for name, value in lines.items())
    sys.stdout.write(f"{written}READY {ws.base_url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
