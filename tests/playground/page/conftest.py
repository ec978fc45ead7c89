"""The page in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from playground.telling.client import Refused
from tests.playground.conftest import Stage
from tests.support.county import County, founded
from tests.support.provisions import Provisions
from tests.support.starting import Starter
from tests.support.visitor import Visitor

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
MISSING = f"there is no browser at {CHROMIUM}; get it with: apt-get install chromium, or name one in CHROMIUM"
PIXEL = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
"""What every address outside this machine answers."""
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is. Without one the tests are skipped, but in CI they fail."""
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return str(CHROMIUM)


@pytest_asyncio.fixture(scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A browser for all tests."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        await started.close()


@pytest_asyncio.fixture(scope="session")
async def county(
    provisions: Provisions, starter: Starter, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[County]:
    """A pretend Slack with the real bot behind it, on a SQLite file."""
    async with founded(provisions.migrated("sqlite", tmp_path_factory.mktemp("page")), starter) as county:
        yield county


@asynccontextmanager
async def visiting(browser: Browser, url: str, width: int = 1280, height: int = 800) -> AsyncIterator[Visitor]:
    """Somebody with a window of their own; whatever goes wrong in the page's scripts fails the test."""
    context = await browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    await context.route("https://**/*", lambda route: route.fulfill(body=PIXEL, content_type="image/svg+xml"))
    someone = Visitor(await context.new_page(), url)
    yield someone
    await context.close()
    assert someone.troubles == []


@pytest_asyncio.fixture
async def visitor(browser: Browser, county: County) -> AsyncIterator[Visitor]:
    """Somebody at the page with the real bot behind it."""
    async with visiting(browser, county.world.url) as someone:
        yield someone


@pytest_asyncio.fixture
async def guest(browser: Browser, stage: Stage) -> AsyncIterator[Visitor]:
    """Somebody at the page of the playground with the sample app behind it, and nothing open."""
    for _ in range(3):
        with suppress(Refused):
            await stage.slack.close_modal("dana")
    stage.app.reset()
    async with visiting(browser, stage.slack.base_url) as someone:
        yield someone


@pytest_asyncio.fixture
async def phone(browser: Browser, county: County) -> AsyncIterator[Visitor]:
    """Somebody with a window of 360 by 740 pixels."""
    async with visiting(browser, county.world.url, 360, 740) as someone:
        yield someone
