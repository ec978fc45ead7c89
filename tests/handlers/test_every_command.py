"""Every command and button, in every mode, by every kind of person: no apology, nothing logged as an error, nothing
empty, nothing that Slack refuses.

A mode is whether the group is a public body, and how full its register is. What is answered may differ; that it is an
answer may not.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.groups import CoChair, NudgePlan, PublicBody
from bot.register import Function, Law, PriorSharing, ScopeFlag, Sector, Side, Stakeholder, Status
from playground.people.finding import Widget
from playground.world.world import Channel, User
from runtime.convener import FEATURES
from runtime.reports import files, report
from storage.groups import NewGroup, add_cochair, add_group
from storage.stakeholders import add_stakeholder
from tests.support.county import DANA, LENA, MARCUS, PRIYA, TOMAS, USER_IDS
from tests.support.factories import consumer_seat, entry, executive, expert, listed_group, spanner
from tests.support.forum import Forum, Told, buttons_of, opened_forum
from tests.support.provisions import Provisions
from tests.support.typed_forms import ALL, TABLES, lines

JUSTICE, HEALTH = Sector.JUSTICE, Sector.HEALTH
IDENTIFIED = Status.IDENTIFIED
LAWS = (Law.HIPAA, Law.STATE_MENTAL_HEALTH, Law.PART2)
FULL = (
    executive(1, JUSTICE),
    executive(2, HEALTH, status=IDENTIFIED),
    expert(3, HEALTH, *LAWS),
    expert(4, JUSTICE, Law.JUSTICE_RECORDS, slack_user=USER_IDS[LENA]),
    spanner(5),
    entry(6, status=Status.APPROVED, email="six@agency.example", title="Director"),
    entry(7, status=Status.INVITED, functions=frozenset({Function.TECHNICAL})),
    listed_group(8),
    listed_group(9, prior_sharing=PriorSharing.YES, sides=frozenset(Side), liaison=1),
    consumer_seat(10),
    consumer_seat(11, name="Family seat", functions=frozenset({Function.FAMILY}), status=IDENTIFIED),
    entry(12, status=Status.NOMINATED),
    entry(13, status=Status.DECLINED),
    entry(14, status=Status.LEFT),
    entry(15, status=IDENTIFIED, category="government", sector=Sector.GOVERNMENT),
    entry(16, status=IDENTIFIED, name="Office 15", organization="Another agency"),
)
ONE_SIDED = tuple(replace(each, number=number) for number, each in enumerate((FULL[2], FULL[1], expert(3, HEALTH)), 1))
REGISTERS: dict[str, tuple[Stakeholder, ...]] = {"empty": (), "one-sided": ONE_SIDED, "full": FULL}

APOLOGY = re.compile(r"went wrong|Sorry|Traceback|\{[a-z_]*\}")


@dataclass(frozen=True, slots=True)
class Mode:
    """Whether the group is a public body, and what its register is."""

    body: PublicBody
    register: str

    def __str__(self) -> str:
        return f"{self.body}-{self.register}"

    @property
    def votes(self) -> bool:
        """Whether there can be a vote."""
        return self.body is PublicBody.NO and self.register != "empty"


MODES = [Mode(body, register) for body in PublicBody for register in REGISTERS]
BEFORE_THEM = ("/invitees propose S2; S1 | rule=consensus", "/invitees close")
"""What a co-chair does before a member comes: a vote is open, then it is closed."""
PRESENT = [USER_IDS[name] for name in (DANA, MARCUS, PRIYA, TOMAS, LENA)]
STRANGERS = (USER_IDS["joel"], "U0SAM00008")
"""Somebody who is not in the channel, and somebody of another workspace."""


@dataclass(slots=True)
class Round:
    """All that is done in one mode. ``wrong`` is what is wrong with what was answered; ``shown`` are the buttons that
    a co-chair was shown, one of each kind."""

    forum: Forum
    mode: Mode
    wrong: list[str] = field(default_factory=list)
    shown: list[Widget] = field(default_factory=list)

    async def founded(self, fellow: str = "") -> Channel:
        """A channel with a group of this mode; the co-chair for health is outside this Slack where told so."""
        room, now = self.forum.room(PRESENT), self.forum.now()
        home, chair = self.forum.slack.world.home_id, USER_IDS[DANA]
        scope = frozenset({ScopeFlag.SUBSTANCE_USE})
        new = NewGroup(home, room.id, "Group", "Ohio", scope, self.mode.body, NudgePlan(), None, chair, zone="UTC")
        other = CoChair("Ana Ruiz", "County Clinic", Side.HEALTH, "" if fellow else USER_IDS[MARCUS])
        async with self.forum.convener.services.database.write() as session:
            stored = await add_group(session, new, now)
            await add_cochair(session, stored.id, CoChair("Dana", "Sheriff", Side.JUSTICE, chair), home, chair, now)
            await add_cochair(session, stored.id, other, home, chair, now)
            for stakeholder in REGISTERS[self.mode.register]:
                await add_stakeholder(session, stored.initiative_id, stakeholder, chair, now)
        return room

    async def types_all(self, who: User, room: Channel, most: int = 2) -> None:
        """Someone types ``most`` forms of all there is, and presses and submits one of each kind of what is
        answered."""
        pressed: set[str] = set()
        for line in lines(most):
            await self._follows(who, await self.forum.types(who, room, line), pressed)

    async def _follows(self, who: User, told: Told, pressed: set[str]) -> None:
        """Judge an answer, go on with what it offers for the first time, and with what is answered then."""
        self._judge(told)
        chair = who.id == USER_IDS[DANA]
        for widget in buttons_of(told, who):
            if (kind := str(widget.element["action_id"])) not in pressed:
                pressed.add(kind)
                self.shown += [widget] if chair else []
                await self._follows(who, await self.forum.presses(who, widget), pressed)
        if told.view and (kind := f"modal {told.view.payload['callback_id']}") not in pressed:
            pressed.add(kind)
            await self._follows(who, await self.forum.submits(who), pressed)
        self.forum.close_modals(who)

    async def presses_what_chairs_see(self, who: User) -> None:
        """Someone presses what only a co-chair was shown, as a crafted request might."""
        for widget in self.shown:
            self._judge(await self.forum.presses(who, widget))
            self.forum.close_modals(who)

    def _judge(self, told: Told) -> None:
        wrong = [words[:300] for words in told.words if APOLOGY.search(words)]
        if not told.view and not any(words.strip() for words in told.words):
            wrong.append("nothing is answered")
        self.wrong += [f"{told.what}: {words}" for words in [*wrong, *self.forum.complaints()]]

    async def reports(self, room: Channel) -> None:
        """What the command line prints and writes about a group."""
        settings, home = self.forum.convener.settings, self.forum.slack.world.home_id
        assert await report(settings, room.id, home, "assess")
        assert await report(settings, room.id, home, "dump")
        found = await files(settings, room.id, home)
        assert found is not None
        if self.mode.body is not PublicBody.NO and self.mode.register != "empty":
            assert await files(settings, room.id, home, "S1; S2")


async def gone_through(forum: Forum, mode: Mode) -> list[str]:
    """What is wrong with what is answered in a mode."""
    people, this = forum.slack.world.users, Round(forum, mode)
    for fellow in ("", "outside") if mode.register == "full" else ("",):
        room = await this.founded(fellow)
        await this.reports(room)
        await this.types_all(people[USER_IDS[DANA]], room, ALL if mode.register == "full" and not fellow else 2)
        await this.reports(room)
    room = await this.founded()
    for line in BEFORE_THEM if mode.votes else [""]:
        if line:
            await forum.types(people[USER_IDS[DANA]], room, line)
        await this.types_all(people[USER_IDS[PRIYA]], room)
    await this.presses_what_chairs_see(people[USER_IDS[PRIYA]])
    for stranger in STRANGERS:
        await this.presses_what_chairs_see(people[stranger])
    if mode.votes and mode.register == "full":
        await this.types_all(people[STRANGERS[0]], forum.room([STRANGERS[0]]))
        await this.types_all(people[STRANGERS[1]], room)
    return this.wrong


@pytest.fixture
def in_memory() -> Iterator[Path]:
    """A folder that no disk has to be waited for, where the system has one."""
    shared = Path("/dev/shm")  # noqa: S108  it is made in there
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as name:
        yield Path(name)


@pytest.mark.parametrize("mode", MODES, ids=str)
async def test_whatever_is_typed_or_pressed_is_answered(mode: Mode, provisions: Provisions, in_memory: Path) -> None:
    async with opened_forum(await asyncio.to_thread(provisions.migrated, "sqlite", in_memory)) as forum:
        assert await gone_through(forum, mode) == []


async def test_it_is_answered_on_postgresql_too(provisions: Provisions, tmp_path: Path) -> None:
    async with opened_forum(await asyncio.to_thread(provisions.migrated, "postgresql", tmp_path)) as forum:
        assert await gone_through(forum, Mode(PublicBody.NO, "full")) == []


def test_there_is_a_form_for_each_verb_of_each_feature() -> None:
    assert set(FEATURES.commands) <= set(TABLES)
    for command, (feature, forms) in TABLES.items():
        assert set(forms) == set(feature.verbs), command
        assert all(forms.values()), command
