"""How fast a vote, ``/principle`` and a suggestion are answered, beside bare listeners in the same run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp

from bench.contest import Contestant, at_once, one_at_a_time, warm_up
from bench.deliveries import buttons, pressed, typed
from bench.groups import open_ballot, set_up_group, someone
from bench.processes import Served, Stage

PEOPLE = 401
REGISTER = 200
INVITEES = 5
CHOICES = ("support", "abstain")

AS_IT_COMES = "(a) bare, as Bolt comes"
EARLY = "(b) bare, answers at once"
WRITING = "(c) bare, with the three writes"
VOTE, PRESS = "a vote, typed", "a vote, pressed"
PRINCIPLE, SUGGEST = "/principle, register of 200", "/invitees suggest, 200"

TARGETS = (
    (VOTE, "one at a time", "median", 2.0, WRITING),
    (VOTE, "one at a time", "median", 1.0, AS_IT_COMES),
    (PRESS, "one at a time", "median", 2.0, WRITING),
    (PRINCIPLE, "one at a time", "median", 5.0, WRITING),
    (PRINCIPLE, "one at a time", "median", 1.0, AS_IT_COMES),
    (SUGGEST, "one at a time", "median", 5.0, AS_IT_COMES),
    (VOTE, "eight at a time", "per second", 0.5, WRITING),
    (VOTE, "eight at a time", "p99", 3.0, WRITING),
)
"""Who, how, which figure, its bound (a least for "per second", else a most) times whose figure."""


async def measure(stage: Stage, fresh: Mapping[str, str], *, rounds: int = 250) -> dict[str, Any]:
    """Measure on one kind of database; ``fresh`` are the addresses of empty ones, one for each who needs it."""
    slack = stage.quiet_slack(PEOPLE)
    bot = stage.convener(slack, fresh["convener"])
    bare = {kind: stage.bare_listener(kind, slack, fresh[kind]) for kind in ("as-it-comes", "early", "writing")}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(keepalive_timeout=4)) as http:
        await set_up_group(http, bot, REGISTER)
        message = await open_ballot(http, bot, slack, INVITEES)
        quick = _contestants(bot, bare, message, f"{slack.url}/answer")
        suggest = Contestant(SUGGEST, bot.url, lambda number: typed(someone(0, PEOPLE), "/invitees suggest", "S"))
        await warm_up(http, (*quick, suggest), 20)
        await one_at_a_time(http, (*quick, suggest), rounds)
        await at_once(http, quick, rounds // 20, 64)
    return {each.name: each.figures() for each in (*quick, suggest)}


def targets(figures: Mapping[str, Any]) -> list[str]:
    """Each target in words, with whether this run reached it."""
    found = []
    for who, how, what, bound, whose in TARGETS:
        ratio = figures[who][how][what] / figures[whose][how][what]
        reached = ratio >= bound if what == "per second" else ratio <= bound
        limit = f"{'at least' if what == 'per second' else 'at most'} {bound:g}"
        found.append(f"{'reached' if reached else 'MISSED '}  {who}, {how}, {what}: {ratio:.2f} x {whose[:3]}, {limit}")
    return found


def _contestants(bot: Served, bare: Mapping[str, Served], message: dict[str, Any], answers: str) -> list[Contestant]:
    supports = buttons(message["blocks"], "Support")
    names = {AS_IT_COMES: "as-it-comes", EARLY: "early", WRITING: "writing"}
    return [
        *(Contestant(name, bare[kind].url, _vote) for name, kind in names.items()),
        Contestant(VOTE, bot.url, _vote),
        Contestant(PRESS, bot.url, lambda number: pressed(_who(number), message, supports[number % INVITEES], answers)),
        Contestant(PRINCIPLE, bot.url, lambda number: typed(_who(number), "/principle", "Not met yet")),
    ]


def _vote(number: int) -> Any:
    """Voters alternate, and so do their choices each time round."""
    choice = CHOICES[number // PEOPLE % 2]
    return typed(_who(number), f"/invitees vote S{1 + number % INVITEES} | {choice}", "Noted")


def _who(number: int) -> str:
    return someone(number, PEOPLE)
