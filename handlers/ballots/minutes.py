"""``/invitees minutes``: the minutes of a closed ballot, page by page, with the reasons for co-chairs alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.ballots.life import BallotState
from bot.refusals import Refusal
from handlers.ballots.minutes_text import Minutes, minutes_csv, minutes_lines
from handlers.ballots.result import result_of
from handlers.ballots.text import is_account
from handlers.slack.access import require_group
from handlers.slack.asking import Answer, Ask
from handlers.slack.blocks import Blocks, button, buttons, escape, parts, section
from handlers.slack.values import pack
from handlers.typed.grammar import squeezed
from storage.ballots import StoredBallot, get_ballot, get_last_closed
from storage.groups import StoredGroup
from storage.members import list_members
from storage.stakeholders import list_stakeholders

NEXT_PAGE = "ballot.minutes_page"
OTHER_FORM = "ballot.minutes_form"

PAGE = 3300
"""Characters of a page, so that its text alone says all of it."""

SECTION = 2700
_SIGN = re.compile(r"&\w+;|.", re.DOTALL)
_TYPED = re.compile(r"(?:(\d{1,9}):)?(csv|text)?:? ?(\d{1,4})?")


class NoMinutesYet(Refusal):
    """There is no closed vote here yet, so there are no minutes. A co-chair can close the open one with
    /invitees close; how it stands: /invitees status"""


class MinutesUnclear(Refusal):
    """Please type /invitees minutes, or /invitees minutes csv; a number at the end gives that page, as in
    /invitees minutes csv 2"""


class NoSuchPage(Refusal):
    """These minutes have {pages} {word}. The last one: {last}"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which minutes are asked for: of a ballot (0: the one that closed last), in what form, which page from 1."""

    ballot_id: int
    as_csv: bool
    page: int

    def typed(self, page: int = 1) -> str:
        """What is typed for another page of the same minutes."""
        form = "csv" if self.as_csv else "" if page > 1 or not self.ballot_id else "text"
        which = " ".join(word for word in (form, str(page) if page > 1 else "") if word)
        vote = f"{self.ballot_id}:" if self.ballot_id else ""
        return f"/invitees minutes {vote}{which}".strip()


async def minutes(ask: Ask) -> Answer:
    """The minutes of the ballot that closed last, or of the one whose button was pressed: ``minutes [csv] [PAGE]``."""
    wanted = read_wanted(ask.about)
    async with ask.services.database.read() as session:
        stored = await require_group(session, ask)
        newest = await get_last_closed(session, stored.id)
        if newest and newest.id == wanted.ballot_id:
            wanted = replace(wanted, ballot_id=0)
        ballot = await _closed(session, stored, newest, wanted.ballot_id)
        names = await known_names(session, stored, ballot)
    chair = stored.cochair(ask.user_id) is not None
    found = Minutes(stored, result_of(stored, ballot), chair, names)
    return minutes_page(found, wanted)


async def _closed(
    session: AsyncSession, stored: StoredGroup, newest: StoredBallot | None, ballot_id: int
) -> StoredBallot:
    ballot = await get_ballot(session, ballot_id) if ballot_id else newest
    if ballot is None or ballot.group_id != stored.id or ballot.state is not BallotState.CLOSED:
        raise NoMinutesYet
    return ballot


async def known_names(session: AsyncSession, stored: StoredGroup, ballot: StoredBallot) -> Mapping[str, str]:
    """The names of the people with an account whom a ballot speaks of, by account: as the register or the list of
    co-chairs has them, else as Slack shows them."""
    people = {ballot.opened_by, ballot.closed_by, *(voter.id for voter in ballot.roll)}
    people |= {vote.recorded_by for vote in ballot.votes}
    members = await list_members(session, sorted(filter(is_account, people)))
    shown = {user_id: member.name for user_id, member in members.items() if member.name}
    chairs = {chair.user_id: chair.name for chair in stored.group.cochairs if chair.user_id and chair.name}
    register = await list_stakeholders(session, stored.initiative_id)
    return shown | chairs | {entry.slack_user: entry.name for entry in register if entry.slack_user}


def minutes_page(found: Minutes, wanted: Wanted) -> Answer:
    """One page of minutes, with the way to the next one and to the other form."""
    pages = minutes_pages(found, as_csv=wanted.as_csv)
    if not 1 <= wanted.page <= len(pages):
        count = len(pages)
        raise NoSuchPage(pages=count, word="page" if count == 1 else "pages", last=wanted.typed(count))
    page = pages[wanted.page - 1]
    head, foot = _head(found, wanted, len(pages)), _foot(wanted, len(pages))
    shown = f"```{chr(10).join(page)}```" if wanted.as_csv else "\n".join(page)
    return Answer(f"{head}\n{shown}\n{foot}", _blocks(found, wanted, page, len(pages), head, foot))


def minutes_pages(found: Minutes, *, as_csv: bool) -> list[list[str]]:
    """The lines of minutes, page by page."""
    lines = [escape(line) for line in minutes_csv(found)] if as_csv else minutes_lines(found)
    return list(parts((piece for line in lines for piece in _pieces(line)), PAGE))


def _pieces(line: str) -> list[str]:
    """A line in pieces that fit a section. Only the very longest need it; what is spelt out (``&amp;``) stays whole."""
    if len(line) <= SECTION:
        return [line or " "]
    pieces = [""]
    for sign in _SIGN.findall(line):
        if len(pieces[-1]) + len(sign) > SECTION:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _head(found: Minutes, wanted: Wanted, pages: int) -> str:
    whose = "" if found.reasons else " Without the reasons, which are for the co-chairs."
    form = "The minutes as CSV" if wanted.as_csv else "The minutes"
    return f"{form}, page {wanted.page} of {pages}, for you alone.{whose}"


def _foot(wanted: Wanted, pages: int) -> str:
    other = f"As {'text' if wanted.as_csv else 'CSV'}: {replace(wanted, as_csv=not wanted.as_csv).typed()}"
    if wanted.page == pages:
        return f"That is all. {other}"
    return f"The next page: {wanted.typed(wanted.page + 1)}. {other}"


def _blocks(found: Minutes, wanted: Wanted, page: list[str], pages: int, head: str, foot: str) -> Blocks:
    fence = "```" if wanted.as_csv else ""
    body = [section(f"{fence}{chr(10).join(part)}{fence}") for part in parts(page, SECTION)]
    return [section(head), *body, buttons(_buttons(found.ballot.id, wanted, pages)), section(foot)]


def _buttons(ballot_id: int, wanted: Wanted, pages: int) -> list[Any]:
    form, other = ("csv", "text") if wanted.as_csv else ("text", "csv")
    switch = button("As text" if wanted.as_csv else "As CSV", OTHER_FORM, pack(ballot_id, other, 1))
    if wanted.page == pages:
        return [switch]
    return [button("Next page", NEXT_PAGE, pack(ballot_id, form, wanted.page + 1)), switch]


def read_wanted(text: str) -> Wanted:
    """What was typed (``csv 2``), or the value of a button (``7:csv:2``)."""
    found = _TYPED.fullmatch(squeezed(text))
    if found is None:
        raise MinutesUnclear
    return Wanted(int(found[1] or 0), found[2] == "csv", int(found[3] or 1))
