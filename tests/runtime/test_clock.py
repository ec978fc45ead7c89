"""The clock as processes of its own: one instant a line, and an orderly end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.support.county import ROOT
from tests.support.provisions import Provisions


def environment(database_url: str) -> dict[str, str]:
    """Settings of a bot whose Slack is never asked."""
    return os.environ | {
        "DATABASE_URL": database_url,
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "LOG_LEVEL": "INFO",
    }


def test_a_line_that_is_no_instant_gets_its_own_answer_and_does_not_stop_the_rest(
    provisions: Provisions, tmp_path: Path
) -> None:
    url = provisions.migrated("sqlite", tmp_path)
    lines = "2026-12-07T16:00:00Z\n\nnext Monday\n7 December\n2026-12-14T16:00:00Z\n"
    command = [sys.executable, "app.py", "tick", "--at", "-"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(url), input=lines, capture_output=True, text=True, check=True
    )
    first, wrong, wrong_too, last = map(json.loads, done.stdout.splitlines())
    assert (first["done"], last["done"]) == ([], [])
    assert last["at"] == "2026-12-14T16:00:00+00:00"
    assert wrong["at"] is wrong_too["at"] is None
    assert wrong["error"] == "“next Monday” is not an instant; write one like 2026-12-07T16:00:00Z"


def test_a_single_instant_that_is_none_is_a_wrong_option(tmp_path: Path) -> None:
    command = [sys.executable, "app.py", "tick", "--at", "next Monday"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(f"sqlite:///{tmp_path}/x"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "is not an instant" in " ".join(done.stderr.split())


def test_the_clock_ends_in_order_when_it_is_told_to(provisions: Provisions, tmp_path: Path) -> None:
    url = provisions.migrated("sqlite", tmp_path)
    process = subprocess.Popen(
        [sys.executable, "app.py", "clock"], cwd=ROOT, env=environment(url), stderr=subprocess.PIPE, text=True
    )
    stop_late = threading.Timer(60, process.kill)
    stop_late.start()
    assert process.stderr
    assert any('"started"' in line for line in iter(process.stderr.readline, ""))
    process.send_signal(signal.SIGTERM)
    told = time.monotonic()
    rest = process.communicate()[1]
    stop_late.cancel()
    assert process.returncode == 0
    assert "Traceback" not in rest
    assert time.monotonic() - told < 15
