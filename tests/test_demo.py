"""The demo: what a newcomer runs first, and it ends by itself."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request

import pytest

from tests.support.county import ROOT


@pytest.mark.xdist_group("the demo's usual port")
@pytest.mark.parametrize("page", ["--page", "--no-page"])
def test_the_demo_tells_a_month_with_the_real_bot_and_ends_well(page: str) -> None:
    told = subprocess.run(
        [sys.executable, "app.py", "demo", "--fast", page],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-2000:] + told.stderr[-2000:]
    assert ("Open http://127.0.0.1:" in told.stdout) is (page == "--page")
    words = " ".join(told.stdout.split())
    assert "Principle 3, Legal experts: not yet" in words
    assert "2 of 2 approved" in words
    assert "*Nothing is open* for Middlesex reentry data group" in words
    assert "Traceback" not in told.stderr


@pytest.mark.xdist_group("the demo's usual port")
def test_an_interrupted_demo_takes_with_it_all_that_it_started() -> None:
    """Ctrl-C in the middle of the story."""
    demo = subprocess.Popen([sys.executable, "app.py", "demo"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert demo.stdout is not None
    address = next(word for line in demo.stdout for word in line.split() if word.startswith("http://"))
    next(line for line in demo.stdout if "not Slack" in line)
    demo.send_signal(signal.SIGINT)
    demo.communicate(timeout=60)
    assert demo.returncode == 0
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address, timeout=5)  # noqa: S310  our own address
