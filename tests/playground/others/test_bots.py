"""Two open-source bots that many people know: Hubot, and Errbot. They ask for Slack's own address; it leads here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.playground.others.conftest import APPS, placed

pytestmark = pytest.mark.others
WORKING = "C0WORKING1"


async def test_a_hubot_hears_answers_and_sets_the_topic(tmp_path: Path, node_folder: Path) -> None:
    """In Socket Mode, with its adapter for Slack as it is."""
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    (scripts / "script.mjs").write_text((APPS / "hubot_script.mjs").read_text("utf-8"), "utf-8")
    async with placed(tmp_path) as place:
        slack, settings = place.slack, place.world.settings
        tokens = {f"HUBOT_SLACK_{kind}_TOKEN": settings[f"SLACK_{kind}_TOKEN"] for kind in ("APP", "BOT")}
        command = ["node", "--import", "./elsewhere.mjs", "node_modules/hubot/bin/Hubot.mjs"]
        command += ["-a", "@hubot-friends/hubot-slack", "-n", "convener", "-d", "-r", str(scripts)]
        with place.running(command, node_folder, listens=False, **tokens):
            await place.connects()
            await slack.type_("dana", WORKING, "Open the pod bay doors, please")
            await slack.wait_for("dana", "I’m sorry, Dave.")
            await slack.type_("dana", WORKING, "@Convener echo over here")
            await slack.wait_for("dana", "over here")
            await slack.type_("dana", WORKING, "@Convener topic Space")
            await slack.wait_for("dana", "set the channel topic: Space")
        assert await slack.violations() == []


async def test_an_errbot_runs_a_command_and_hears(tmp_path: Path, errbot_folder: Path) -> None:
    """In Socket Mode, with its backend for Slack as it is."""
    (backends,) = (errbot_folder / "lib").glob("python*/site-packages/slackv3")
    async with placed(tmp_path) as place:
        slack = place.slack
        where = {"KEPT_IN": tmp_path, "PLUGINS_IN": APPS / "errbot_plugins", "BACKENDS_IN": backends}
        settings = {name: str(path) for name, path in where.items()} | {"PYTHONPATH": str(APPS / "elsewhere")}
        command = [str(errbot_folder / "bin" / "errbot"), "-c", str(APPS / "errbot_config.py")]
        with place.running(command, tmp_path, listens=False, **settings):
            await place.connects()
            await slack.type_("dana", WORKING, "!greet county")
            await slack.wait_for("dana", "Good day, county.")
            await slack.type_("dana", WORKING, "open sesame")
            await slack.wait_for("dana", "It opens.")
        assert await slack.violations() == []
