"""The bot's ``/invitees`` in this process: through Bolt, on a real database, beside a pretend Slack."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.groups import CoChair, NudgePlan, PublicBody
from bot.register import Kind, Sector, Side, Stakeholder
from handlers.ballots.closing import close_due_ballots
from handlers.ballots.feature import FEATURE as BALLOTS
from handlers.slack.answering import handle_bug
from handlers.slack.directory import Directory
from handlers.slack.features import Features, register
from handlers.slack.sender import Sender
from handlers.slack.services import Services
from playground.telling.client import Playground
from playground.telling.process import running
from storage.ballot_records import BallotRecord, list_ballots
from storage.database import Database
from storage.groups import NewGroup, StoredGroup, add_cochair, add_group
from storage.members import Member, record_members
from storage.stakeholders import add_stakeholder, list_stakeholders
from tests.support.ballot_model import ZONE, Ballot, Person
from tests.support.county import DANA, LENA, MARCUS, PRIYA, ROOT, TOMAS, USER_IDS

FEATURES = Features.of(BALLOTS)
TEAM = "T0MIDDLETN"
CHAIRS = (USER_IDS[DANA], USER_IDS[MARCUS])
PEOPLE = (*CHAIRS, *(USER_IDS[who] for who in (PRIYA, TOMAS, LENA, "joel")))
NAMES = {USER_IDS[LENA]: "Lena Fox"}
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is stored: the ballots, oldest first, and the register's statuses."""

    ballots: list[dict[str, object]]
    statuses: dict[str, str]


@dataclass(slots=True)
class Booth:
    """One group, and its clock. ``people`` are found by their id and by the name they are on the register with."""

    hall: Hall
    stored: StoredGroup
    people: dict[str, Person]
    refs: tuple[str, ...]
    now: datetime
    body: dict[str, str] = field(default_factory=dict)

    def types(self, who: str, text: str) -> str:
        """Someone types ``/invitees``; the words of the acknowledgement."""
        self.body = {
            "command": "/invitees",
            "text": text,
            "user_id": who,
            "team_id": TEAM,
            "channel_id": self.stored.channel_id,
            "trigger_id": f"booth.{next(_numbers)}",
            "response_url": "http://127.0.0.1:9/none",
        }
        return self.again()

    def again(self) -> str:
        """The last delivery comes (again)."""
        self.hall.now = self.now
        return self.hall.runner.run(self.hall.deliver(self.body))

    def tick(self) -> None:
        """The clock comes by."""
        self.hall.runner.run(close_due_ballots(self.hall.services, self.now))

    def look(self) -> Seen:
        """What is stored now."""
        return self.hall.runner.run(self.hall.look(self.stored))


class Hall:
    """The bot with its database. ``now`` is the clock's instant."""

    def __init__(self, runner: asyncio.Runner, database: Database, slack: Playground, client: AsyncWebClient) -> None:
        self.runner, self.slack, self.client = runner, slack, client
        self.now = datetime.min.replace(tzinfo=UTC)

        async def client_for(_team_id: str) -> AsyncWebClient:
            return client

        def clock() -> datetime:
            return self.now

        self.services = Services(database, clock, Sender(database, client_for, clock), Directory(database))
        self.bolt = self._bolt()

    def _bolt(self) -> AsyncApp:
        async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=self.client.token)

        async def give_services(context: Any, next: Any) -> None:
            context["services"], context["client"], context["features"] = self.services, self.client, FEATURES
            await next()

        app = AsyncApp(
            client=self.client, authorize=authorize, request_verification_enabled=False, process_before_response=True
        )
        app.use(give_services)
        app.error(handle_bug)
        register(app, FEATURES)
        return app

    async def deliver(self, body: Mapping[str, str]) -> str:
        """The words of the answer to a command."""
        headers: dict[str, str | Sequence[str]] = {"content-type": "application/x-www-form-urlencoded"}
        answer = await self.bolt.async_dispatch(AsyncBoltRequest(body=urlencode(body), headers=headers))
        return str(json.loads(answer.body)["text"])

    async def look(self, stored: StoredGroup) -> Seen:
        """What is stored of a group."""
        async with self.services.database.read() as session:
            ballots = await list_ballots(session, stored.id)
            register = await list_stakeholders(session, stored.initiative_id)
        return Seen([_plain(each) for each in ballots], {entry.ref: str(entry.status) for entry in register})

    def booth(self, name: str, agencies: Mapping[str, str], sides: Mapping[str, str], now: datetime) -> Booth:
        """A group with two co-chairs, and a register with Ana, Bo and those members who have an agency."""
        entries = [
            Stakeholder(1, "Ana Ruiz", "County Clinic", "public_health", Kind.PERSON, Sector.HEALTH),
            Stakeholder(2, "Bo Chen", "Courts", "courts", Kind.PERSON, Sector.JUSTICE),
        ]
        people = [
            Person("Ana Ruiz", "County Clinic", "health", frozenset({"S1"})),
            Person("Rosa Delgado"),
            Person("ROSA delgado"),
            Person(CHAIRS[0], "Sheriff", "justice"),
            Person(CHAIRS[1], "County Clinic", "health"),
        ]
        for who, agency in agencies.items():
            if agency:
                number, sector = len(entries) + 1, Sector(sides[who])
                name = NAMES.get(who, f"Member {number}")
                entry = Stakeholder(number, name, agency, "courts", Kind.PERSON, sector, slack_user=who)
                entries.append(entry)
                side = sides[who] if sides[who] in tuple(Side) else ""
                people.append(Person(who, agency, side, frozenset({entry.ref})))
            else:
                people.append(Person(who))
        stored = self.runner.run(self._found(name, entries, now))
        known = {person.id: person for person in people}
        for who, name in NAMES.items():
            known[name] = known[who] if agencies[who] else Person(name)
        return Booth(self, stored, known, tuple(entry.ref for entry in entries), now)

    async def _found(self, name: str, entries: list[Stakeholder], now: datetime) -> StoredGroup:
        channel = await self.slack.channel(name, list(PEOPLE), bot_is_member=True)
        new = NewGroup(
            TEAM, channel, "Group", "County", frozenset(), PublicBody.NO, NudgePlan(), None, CHAIRS[0], zone=ZONE.key
        )
        async with self.services.database.write() as session:
            stored = await add_group(session, new, now)
            for side, agency, who in zip(Side, ("Sheriff", "County Clinic"), CHAIRS, strict=True):
                await add_cochair(session, stored.id, CoChair("Name", agency, side, who), TEAM, who, now)
            for entry in entries:
                await add_stakeholder(session, stored.initiative_id, entry, CHAIRS[0], now)
            await record_members(session, [Member(who, TEAM) for who in PEOPLE], now)
        return stored


def _plain(ballot: BallotRecord) -> dict[str, object]:
    return {
        "state": ballot.state,
        "closes_at": ballot.closes_at,
        "closed_at": ballot.closed_at,
        "closed_by": ballot.closed_by,
        "terms": (ballot.rule, ballot.unit, ballot.quorum),
        "roll": sorted(ballot.roll),
        "invitees": ballot.invitees,
        "votes": {(each["voter"], each["ref"]): (each["choice"], each["recorded_by"] or "") for each in ballot.votes},
        "outcome": {each["ref"]: each["approved"] for each in ballot.outcome},
    }


@contextmanager
def opened_hall(database_url: str, runner: asyncio.Runner) -> Iterator[Hall]:
    """The bot on a migrated database, and a pretend Slack that it can ask."""
    with running(ROOT / "manifest.json") as world:
        slack, database = Playground(world.url), Database(database_url)
        client = AsyncWebClient(token=world.settings["SLACK_BOT_TOKEN"], base_url=world.settings["SLACK_API_URL"])

        async def end() -> None:
            await slack.close()
            await database.close()

        try:
            yield Hall(runner, database, slack, client)
        finally:
            runner.run(end())


def shown(ballot: Ballot) -> dict[str, object]:
    """A ballot of the model as it should be stored."""
    return {
        "state": "open" if ballot.closed_at is None else "closed",
        "closes_at": ballot.closes_at.astimezone(UTC),
        "closed_at": ballot.closed_at.astimezone(UTC) if ballot.closed_at else None,
        "closed_by": ballot.closed_by,
        "terms": (ballot.rule, ballot.unit, ballot.quorum),
        "roll": sorted(person.id for person in ballot.roll),
        "invitees": list(ballot.refs),
        "votes": ballot.answers(),
        "outcome": ballot.outcome,
    }


def whole_minute(now: datetime, minutes: int) -> datetime:
    """So many minutes from now, as it can be typed: in group time, to the minute."""
    return (now + timedelta(minutes=minutes)).astimezone(ZONE).replace(second=0, microsecond=0)


def typed(instant: datetime) -> str:
    """An instant as people type it."""
    return instant.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
