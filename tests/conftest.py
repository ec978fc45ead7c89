"""Fixtures that all tests share: a PostgreSQL server, and counties on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from playground.telling.client import Playground
from tests.support.county import PEOPLE, START, County, founded
from tests.support.databases import Postgres, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL server."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the database of the county that tests share."""
    return _fresh(request, tmp_path_factory.mktemp("shared"))


@pytest.fixture(params=["sqlite", "postgresql"])
def own_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of the test's own."""
    return _fresh(request, tmp_path)


def _fresh(request: pytest.FixtureRequest, folder: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'convener.sqlite3'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.create()


@pytest.fixture(scope="session")
async def shared_county(shared_database: str) -> AsyncIterator[County]:
    """One county for all tests that make channels of their own in it and leave its clock alone."""
    with founded(shared_database) as (world, bots, clock_file):
        async with Playground(world.url) as slack:
            yield County(slack, world, shared_database, clock_file, [bot.url for bot in bots])


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
async def own_county(own_database: str) -> AsyncIterator[County]:
    """A county of the test's own, for travelling in time and for faults. Its clock starts at ``START``."""
    with founded(own_database) as (world, bots, clock_file):
        async with Playground(world.url) as slack:
            assert clock_file.read_text(encoding="utf-8").startswith(START[:10])
            yield County(slack, world, own_database, clock_file, [bot.url for bot in bots])
            assert await slack.objections() == []
