"""Starting the playground: what it prints, what it needs, what it says where it cannot."""

from __future__ import annotations

import json
import signal
import socket
from pathlib import Path
from typing import Any

import pytest

from playground.telling.process import NotStarted, Running, running
from playground.world.clock import PretendClock
from playground.world.manifest import read_manifest
from playground.world.world import DEFAULT_WORLD, read_world
from tests.playground.conftest import MANIFEST


def test_it_prints_what_the_app_needs(process: Running) -> None:
    """On the loopback address only."""
    assert set(process.settings) == {
        *("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_API_URL"),
        *("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_AUTHORIZE_URL"),
    }
    assert process.settings["SLACK_BOT_TOKEN"].startswith("xoxb-")
    assert process.settings["SLACK_APP_TOKEN"].startswith("xapp-")
    assert process.settings["SLACK_API_URL"] == f"{process.url}api/"
    assert process.url.startswith("http://127.0.0.1:")


def test_an_app_without_redirect_addresses_gets_no_client_id(tmp_path: Path) -> None:
    """Bolt would take one for the wish to be installed by OAuth, and look for installations that there are not."""
    raw = json.loads(MANIFEST.read_text("utf-8"))
    del raw["oauth_config"]["redirect_urls"]
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps(raw), "utf-8")
    with running(manifest) as started:
        assert set(started.settings) == {
            *("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_API_URL")
        }


def test_secrets_come_from_the_world_file_where_it_gives_them(tmp_path: Path) -> None:
    """And are made up where it does not."""
    world = tmp_path / "world.json"
    raw = json.loads(DEFAULT_WORLD.read_text("utf-8")) | {"secrets": {"signing_secret": "known"}}
    world.write_text(json.dumps(raw), "utf-8")
    with running(MANIFEST, world=world) as started:
        assert started.settings["SLACK_SIGNING_SECRET"] == "known"
        assert started.settings["SLACK_BOT_TOKEN"] != "known"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "no JSON in line 1"),
        ("a: [", "neither JSON nor YAML"),
        ("[]", "no display_information"),
        ('{"display_information": {}, "features": {"slash_commands": [{"command": "go"}]}}', "slash"),
    ],
)
def test_a_manifest_that_makes_no_sense_ends_it_with_a_reason(tmp_path: Path, text: str, words: str) -> None:
    """In one line."""
    manifest = tmp_path / "manifest.json"
    manifest.write_text(text, "utf-8")
    with pytest.raises(NotStarted, match=words), running(manifest):
        pass


def test_a_taken_port_ends_it_with_a_reason() -> None:
    """Nothing is left behind."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(NotStarted, match="cannot start"), running(MANIFEST, port=taken.getsockname()[1]):
            pass


def test_it_ends_quietly_when_interrupted() -> None:
    """As with Ctrl-C in a terminal."""
    with running(MANIFEST) as started:
        started.process.send_signal(signal.SIGINT)
        _, complaints = started.process.communicate(timeout=5)
        assert (started.process.returncode, complaints) == (0, "")


def spoiled(tmp_path: Path, **change: Any) -> Path:
    """The default world with a change."""
    world = tmp_path / "world.json"
    world.write_text(json.dumps(json.loads(DEFAULT_WORLD.read_text("utf-8")) | change), "utf-8")
    return world


@pytest.mark.parametrize(
    "change",
    [
        {"teams": [{"id": "T1"}]},
        {"users": [{"id": "U1", "name": "a", "real_name": "A", "colour": "red"}]},
        {"channels": [{"id": "C1", "name": "a", "members": ["U0NOBODY00"]}]},
        {"app": {"id": "A1", "bot_user_id": "U0NOBODY00", "bot_id": "B1"}},
        {"usergroups": [{"id": "S1", "handle": "a", "name": "A", "users": ["U0NOBODY00"]}]},
    ],
)
def test_a_world_that_makes_no_sense_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    """With what is wrong."""
    with pytest.raises(ValueError, match="world file"):
        read_world(spoiled(tmp_path, **change))


def test_the_default_world_is_a_county_with_guests() -> None:
    """Two co-chairs, five members, an outsider of another home, a guest, and two bots."""
    world = read_world()
    people = [user for user in world.users.values() if not user.is_bot]
    assert len(people) == 9
    assert [user.id for user in people if user.team_id != world.home_id] == ["U0SAM00008"]
    assert [user.id for user in people if not user.uses_apps] == ["U0GAIL0009"]
    assert len([one for one in world.channels["C0WORKING1"].members if not world.users[one].is_bot]) == 7
    assert world.channels["C0PARTNER2"].shared


@pytest.mark.parametrize("named", ["U0DANA0001", "dana", "@dana", "Dana Whitfield", "@dana whitfield"])
def test_people_are_found_by_id_handle_or_name(named: str) -> None:
    """In any letter case."""
    person = read_world().person(named)
    assert person is not None
    assert person.id == "U0DANA0001"


def test_the_manifest_says_what_the_app_may_and_wants() -> None:
    """Commands, scopes, events, shortcuts."""
    manifest = read_manifest(MANIFEST)
    assert manifest.commands["/echo"].should_escape
    assert not manifest.commands["/raw"].should_escape
    assert "chat:write" in manifest.scopes
    assert "message.im" in manifest.events
    assert [one.kind for one in manifest.shortcuts] == ["global", "message"]


def test_a_clock_file_that_is_there_at_the_start_is_where_time_stands(tmp_path: Path) -> None:
    """So that a restart goes on where it was."""
    file = tmp_path / "now"
    file.write_text("2026-12-07T16:00:00Z", "utf-8")
    clock = PretendClock(file)
    assert clock.now().isoformat() == "2026-12-07T16:00:00+00:00"
    assert clock.pretend == clock.now()
