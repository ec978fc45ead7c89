"""Fixtures that all tests share: what a run has once, and counties on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.support.county import PEOPLE, START, County, founded
from tests.support.databases import Postgres
from tests.support.provisions import Provisions, provided
from tests.support.starting import Starter

KINDS = ("sqlite", "postgresql")
SHARED = pytest.StashKey[ExitStack]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Before a worker starts: tell it where the run's provisions are, which are made meanwhile."""
    if SHARED not in node.config.stash:
        node.config.stash[SHARED] = ExitStack()
        node.config.provisions = node.config.stash[SHARED].enter_context(provided())
    node.workerinput["provisions"] = str(node.config.provisions.folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """At the end of the run, after its workers."""
    if SHARED in config.stash:
        config.stash[SHARED].close()


@pytest.fixture(scope="session")
def provisions(request: pytest.FixtureRequest) -> Iterator[Provisions]:
    """What the run has once."""
    given = getattr(request.config, "workerinput", {}).get("provisions")
    if given:
        yield Provisions(Path(given))
        return
    with provided() as made:
        yield made


@pytest.fixture(scope="session")
def starter(provisions: Provisions) -> Starter:
    """What starts bots and playgrounds."""
    return provisions.starter()


@pytest.fixture(scope="session")
def postgres(provisions: Provisions) -> Postgres:
    """A real PostgreSQL server."""
    return provisions.postgres()


@pytest.fixture(params=KINDS)
def empty_database(request: pytest.FixtureRequest, provisions: Provisions, tmp_path: Path) -> str:
    """The address of an empty database of the test's own."""
    return provisions.empty(request.param, tmp_path)


@pytest.fixture(params=KINDS)
def own_database(request: pytest.FixtureRequest, provisions: Provisions, tmp_path: Path) -> str:
    """The address of a migrated database of the test's own."""
    return provisions.migrated(request.param, tmp_path)


@pytest.fixture(scope="session")
async def county_on_sqlite(
    provisions: Provisions, starter: Starter, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[County]:
    """One county for all tests that make channels of their own in it and leave its clock alone."""
    async with founded(provisions.migrated("sqlite", tmp_path_factory.mktemp("shared")), starter) as county:
        yield county


@pytest.fixture(scope="session")
async def county_on_postgresql(
    provisions: Provisions, starter: Starter, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[County]:
    """The same on PostgreSQL."""
    url = await asyncio.to_thread(provisions.migrated, "postgresql", tmp_path_factory.mktemp("shared"))
    async with founded(url, starter) as county:
        yield county


@pytest.fixture(params=KINDS)
def shared_county(request: pytest.FixtureRequest) -> County:
    """The shared county on either database. Both go on side by side, whichever a test takes."""
    found: County = request.getfixturevalue(f"county_on_{request.param}")
    return found


@pytest.fixture
async def county(shared_county: County) -> AsyncIterator[County]:
    """The shared county. Whatever the bot says during the test must be valid in Slack's eyes."""
    before = len(await shared_county.slack.objections())
    for who in PEOPLE:
        if await shared_county.slack.view(who):  # left open by another test
            await shared_county.slack.close_modal(who)
    yield shared_county
    assert (await shared_county.slack.objections())[before:] == []


@pytest.fixture
async def own_county(own_database: str, starter: Starter) -> AsyncIterator[County]:
    """A county of the test's own, for travelling in time and for faults. Its clock starts at ``START``."""
    async with founded(own_database, starter) as county:
        assert county.clock_file.read_text(encoding="utf-8").startswith(START[:10])
        yield county
        assert await county.slack.objections() == []
