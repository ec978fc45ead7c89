"""A working group to measure with, set up through the front door: typed, as people would."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

from bench.deliveries import deliver, typed
from bench.processes import Served
from bench.quiet_slack import JUSTICE_CHAIR, voter
from bot.checklist import checklist

FUNCTIONS = ("executive", "legal", "privacy", "technical", "boundary-spanner", "liaison", "adviser", "staff")
LAWS = ("hipaa", "part2", "state-mental-health", "state-substance-use", "consent", "justice-records")
SECTORS = ("justice", "health", "government", "community")


async def set_up_group(http: aiohttp.ClientSession, bot: Served, entries: int) -> None:
    """A group with a co-chair from each side and a register of so many candidates, of all kinds."""
    setup = "/workgroup setup Reentry data group | Middleton County, MA | justice | public-body=no"
    await deliver(http, bot.url, typed(JUSTICE_CHAIR, setup, "Reentry data group"))
    await deliver(http, bot.url, typed(JUSTICE_CHAIR, "/workgroup cochair Ana Ruiz | County Health | health"))
    for number in range(1, entries + 1):
        await deliver(http, bot.url, typed(JUSTICE_CHAIR, f"/stakeholder add {_entry(number)}", f"S{number}"))


async def open_ballot(http: aiohttp.ClientSession, bot: Served, slack: Served, invitees: int) -> dict[str, Any]:
    """Propose the first entries of the register; returns the ballot's message as it was posted."""
    names = "; ".join(f"S{number}" for number in range(1, invitees + 1))
    await deliver(http, bot.url, typed(JUSTICE_CHAIR, f"/invitees propose {names}", "is open until"))
    for _ in range(200):
        for post in await posts(http, slack):
            if "Support all" in str(post["blocks"]):
                return post
        await asyncio.sleep(0.1)
    raise RuntimeError("the ballot's message did not appear")


async def posts(http: aiohttp.ClientSession, slack: Served) -> list[dict[str, Any]]:
    """All that was posted so far."""
    async with http.get(f"{slack.url}/posts") as answer:
        found: list[dict[str, Any]] = await answer.json()
        return found


async def updates(http: aiohttp.ClientSession, slack: Served) -> list[dict[str, Any]]:
    """All updates of messages so far, with the seconds of Slack's clock."""
    async with http.get(f"{slack.url}/updates") as answer:
        found: list[dict[str, Any]] = await answer.json()
        return found


def someone(number: int, people: int) -> str:
    """The voters in turn; the last one on the roll never votes, so that the ballot stays open."""
    return voter(number % (people - 1))


def _entry(number: int) -> str:
    """One of many kinds of candidate: every third has a function, every sixth advises on a law."""
    categories = [each for each in checklist() if not each.seat_only]
    category = categories[number % len(categories)]
    entry = [f"Candidate {number}", f"Agency {number % 40}", category.id]
    if category.sector is None:
        entry.append(f"sector={SECTORS[number % len(SECTORS)]}")
    if number % 3 == 0:
        entry += [f"functions={FUNCTIONS[number // 3 % len(FUNCTIONS)]}", "authority=yes"]
    if number % 6 == 0:
        entry += [f"laws={LAWS[number // 6 % len(LAWS)]}", "jurisdiction=yes"]
    if number % 10 == 0:
        entry.append("why=worked in a jail and in a clinic for years")
    return " | ".join(entry)
