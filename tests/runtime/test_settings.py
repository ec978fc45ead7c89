"""Settings: what is wrong is said at once, all of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.settings import is_loopback
from tests.support.county import ROOT

GOOD = {"SLACK_SIGNING_SECRET": "s3cret", "SLACK_BOT_TOKEN": "xoxb-1", "DATABASE_URL": "sqlite:///x.sqlite3"}


def run(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run ``python app.py`` in a folder without a ``.env``."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "XDG_RUNTIME_DIR")}
    return subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *arguments],
        cwd=folder,
        env=kept | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_serving_without_settings_lists_all_that_is_missing(tmp_path: Path) -> None:
    ended = run(tmp_path, "serve")
    assert ended.returncode == 2
    assert "SLACK_SIGNING_SECRET is missing" in ended.stderr
    assert "SLACK_BOT_TOKEN is missing" in ended.stderr
    assert not list(tmp_path.iterdir())


def test_malformed_settings_are_listed_together(tmp_path: Path) -> None:
    bad = GOOD | {
        "SLACK_BOT_TOKEN": "xoxp-1",
        "DATABASE_URL": "mysql://h/d",
        "PORT": "70000",
        "LOG_LEVEL": "LOUD",
        "SLACK_API_URL": "slack",
    }
    ended = run(tmp_path, **bad)
    assert ended.returncode == 2
    for name in ("SLACK_BOT_TOKEN", "DATABASE_URL", "PORT", "LOG_LEVEL", "SLACK_API_URL"):
        assert name in ended.stderr


def test_a_port_that_is_no_number_is_said_in_the_same_way(tmp_path: Path) -> None:
    ended = run(tmp_path, "serve", PORT="http")
    assert ended.returncode == 2
    assert "PORT" in ended.stderr
    assert "SLACK_SIGNING_SECRET is missing" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_pretend_time_is_refused_against_the_real_slack(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-12-07T14:00:00Z")
    ended = run(tmp_path, "serve", **(GOOD | {"CONVENER_CLOCK_FILE": str(clock)}))
    assert ended.returncode == 2
    assert "CONVENER_CLOCK_FILE" in ended.stderr


def test_a_clock_file_without_an_instant_is_refused(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("noon")
    local = {"SLACK_API_URL": "http://127.0.0.1:9/api/", "CONVENER_CLOCK_FILE": str(clock)}
    ended = run(tmp_path, "serve", **(GOOD | local))
    assert ended.returncode == 2
    assert "ISO 8601" in ended.stderr


def test_no_message_shows_a_secret(tmp_path: Path) -> None:
    ended = run(tmp_path, **(GOOD | {"PORT": "70000", "SLACK_SIGNING_SECRET": "do-not-show-me"}))
    assert "do-not-show-me" not in ended.stderr + ended.stdout


def test_migrating_needs_no_slack_settings(tmp_path: Path) -> None:
    ended = run(tmp_path, "migrate", DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert ended.returncode == 0, ended.stderr
    assert "version" in ended.stdout


@pytest.mark.parametrize("command", ["assess", "dump"])
def test_a_channel_without_a_group_is_said_plainly(tmp_path: Path, command: str) -> None:
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}"}
    run(tmp_path, "migrate", **settings)
    ended = run(tmp_path, command, "--channel", "C0NOWHERE", "--json", **settings)
    assert ended.returncode == 1
    assert "no working group in channel C0NOWHERE" in ended.stderr


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:4000/api/", True),
        ("http://localhost/api/", True),
        ("http://[::1]:4000/", True),
        ("https://slack.com/api/", False),
        ("http://127.0.0.1.example.org/", False),
        ("", False),
    ],
)
def test_only_an_address_on_this_machine_is_loopback(url: str, here: bool) -> None:
    assert is_loopback(url) is here
