"""Other people's apps as processes of their own: installed as their packages say, and left as they are."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from playground.telling.client import Playground
from playground.telling.process import Running, running

HERE = Path(__file__).parent
APPS = HERE / "apps"
MANIFEST = HERE / "manifest.yml"
BUILD = Path(__file__).parents[3] / "build" / "others"
START_SECONDS = 40.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where an app runs: the playground's client and settings, the port that it is to listen on, and its own folder."""

    slack: Playground
    world: Running
    port: int
    folder: Path

    @property
    def url(self) -> str:
        """The app's own address."""
        return f"http://127.0.0.1:{self.port}/"

    @contextmanager
    def running(self, command: list[str], cwd: Path, *, listens: bool = True, **settings: str) -> Iterator[None]:
        """Run an app until the context ends; it is there once it listens, or has connected."""
        env = {**_plain_environment(), **self.world.settings, "PORT": str(self.port), **settings}
        log = (self.folder / "app.log").open("w")
        process = subprocess.Popen(command, cwd=cwd, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            if listens:
                self._until_it_listens(process)
            yield
        finally:
            process.terminate()
            process.wait(10)
            log.close()

    def _until_it_listens(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(f"the app did not start; it said: {(self.folder / 'app.log').read_text()}")

    async def connects(self) -> None:
        """Wait until the app has opened a Socket Mode connection."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if (await self.slack.look("world"))["socket_mode"]:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"the app did not connect; it said: {(self.folder / 'app.log').read_text()}")


def _plain_environment() -> Mapping[str, str]:
    """What an app needs of this process's environment, and nothing that would lead it to where these tests live."""
    return {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def placed(folder: Path, change: Mapping[str, str] | None = None, events: str = "") -> AsyncIterator[Place]:
    """A playground for an app. ``change`` replaces words of the manifest; ``{url}`` in it stands for the app's address,
    and ``events`` is the path at which the app listens, empty for Socket Mode."""
    port = free_port()
    text = MANIFEST.read_text("utf-8")
    for old, new in (change or {}).items():
        text = text.replace(old, new.replace("{url}", f"http://127.0.0.1:{port}/"))
    if not events:
        text = text.replace("socket_mode_enabled: false", "socket_mode_enabled: true")
    manifest = folder / "manifest.yml"
    manifest.write_text(text, "utf-8")
    with running(manifest, events=f"http://127.0.0.1:{port}/{events}" if events else "") as world:
        async with Playground(world.url) as slack:
            yield Place(slack, world, port, folder)


@pytest.fixture(scope="session")
def node_folder() -> Path:
    """Where the packages for Node are installed."""
    if shutil.which("npm") is None:
        pytest.skip("there is no npm to install apps for Node with")
    folder = BUILD / "node"
    folder.mkdir(parents=True, exist_ok=True)
    for file in (HERE / "node").iterdir():
        shutil.copy(file, folder / file.name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=folder, check=True, timeout=300)
    for app in APPS.glob("*.mjs"):
        shutil.copy(app, folder / app.name)
    return folder


@pytest.fixture(scope="session")
def errbot_folder() -> Path:
    """An environment of Errbot's own."""
    folder = BUILD / "errbot"
    if not (folder / "bin" / "errbot").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        command = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*command, "-r", str(HERE / "requirements.txt")], check=True, timeout=300)
    return folder


@pytest.fixture(scope="session")
def slack_go() -> Path:
    """The bot on slack-go, built from Debian's packages."""
    library = Path("/usr/share/gocode/src/github.com/slack-go/slack")
    if shutil.which("go") is None or not library.is_dir():
        pytest.skip("there is no slack-go; get it with: apt-get install golang-go golang-github-slack-go-slack-dev")
    built = BUILD / "slack_go"
    env = {**_plain_environment(), "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(BUILD / "go")}
    source = APPS / "slack_go" / "main.go"
    BUILD.mkdir(parents=True, exist_ok=True)
    subprocess.run(["go", "build", "-o", str(built), str(source)], cwd=BUILD, env=env, check=True, timeout=600)
    return built
