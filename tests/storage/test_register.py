"""The register in the database: every fact comes back as it went in, with who recorded it and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from alembic import command
from sqlalchemy import Connection, text

from bot.groups import NudgePlan, PublicBody
from bot.register import (
    Function,
    Kind,
    Law,
    Oversees,
    PriorSharing,
    Recorded,
    Sector,
    Side,
    Stakeholder,
    Status,
    recorded,
)
from storage.database import Database
from storage.groups import NewGroup, StoredGroup, add_group, change_group, list_groups
from storage.migrate import config, migrate
from storage.stakeholders import add_stakeholder, change_stakeholder, codes, list_stakeholders

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
FULL = Stakeholder(
    0,
    "Ana Ruiz",
    "Reentry Council",
    "justice_planning",
    Kind.SEAT,
    Sector.GOVERNMENT,
    Status.INVITED,
    "Director",
    frozenset({Function.EXECUTIVE, Function.DATA_EXCHANGE}),
    authority=True,
    laws=frozenset({Law.HIPAA}),
    jurisdiction=True,
    why="joins both",
    why_confirmed=True,
    exchange=True,
    email="ana@council.example",
    slack_user="U0ANA",
    prior_sharing=PriorSharing.UNKNOWN,
    sides=frozenset(Side),
    liaison=4,
    heads=True,
    shared_data=True,
    vacant=False,
    oversees=Oversees.NEITHER,
    recorded=(Recorded("laws", "U1", NOON),),
)


async def a_group(database: Database) -> StoredGroup:
    new = NewGroup("T1", "C1", "Group", "County", frozenset(), PublicBody.NO, NudgePlan(), None, "U1")
    async with database.write() as session:
        return await add_group(session, new, NOON)


async def test_every_fact_of_an_entry_comes_back_as_it_went_in(database: Database) -> None:
    stored = await a_group(database)
    async with database.write() as session:
        kept, _ = await add_stakeholder(session, stored.initiative_id, FULL, "U1", NOON)
    async with database.read() as session:
        assert await list_stakeholders(session, stored.initiative_id) == (kept,)
    assert kept == replace(FULL, number=1)


async def test_a_change_keeps_who_recorded_what(database: Database) -> None:
    stored = await a_group(database)
    async with database.write() as session:
        before, _ = await add_stakeholder(session, stored.initiative_id, FULL, "U1", NOON)
        later = replace(before, laws=frozenset({Law.PART2}), vacant=None, oversees=Oversees.HEALTH)
        after = recorded(before, later, "U2", NOON + timedelta(days=1))
        await change_stakeholder(session, stored.initiative_id, before, after)
    async with database.read() as session:
        (read,) = await list_stakeholders(session, stored.initiative_id)
    assert read == after
    assert {note.fact for note in read.recorded} == {"laws", "vacant", "oversees"}
    assert read.recorded_as("laws") == Recorded("laws", "U2", NOON + timedelta(days=1))


def test_the_audit_gets_the_facts_and_nobodys_account() -> None:
    assert "recorded" not in codes(FULL)
    assert codes(FULL)["oversees"] == "neither"


async def test_a_meeting_that_both_sides_sponsored_is_remembered(database: Database) -> None:
    stored = await a_group(database)
    async with database.write() as session:
        await change_group(session, stored.id, cosponsored_at=NOON)
    async with database.read() as session:
        (read,) = await list_groups(session, [stored.id])
    assert (stored.group.cosponsored_at, read.group.cosponsored_at) == (None, NOON)


OLD_ROWS = """
INSERT INTO initiative (id, team_id, name, jurisdiction, scope, last_number, created_at)
  VALUES (1, 'T1', 'Reentry', 'County', '[]', 2, '2026-01-01 12:00:00.000000');
INSERT INTO personal (id, name, organization, title, email, slack_user, why) VALUES (1, 'Ana', 'Court', '', '', '', '');
INSERT INTO stakeholder (initiative_id, number, personal_id, category, kind, sector, status, functions, authority, laws,
    jurisdiction, why_confirmed, exchange, sides, created_by, created_at)
  VALUES (1, 1, 1, 'legal', 'person', 'health', 'identified', '["legal"]', false, '["hipaa"]', true, false, false, '[]',
    'U1', '2026-01-01 12:00:00.000000');
INSERT INTO stakeholder (initiative_id, number, personal_id, category, kind, sector, status, functions, authority, laws,
    jurisdiction, why_confirmed, exchange, sides, created_by, created_at)
  VALUES (1, 2, 1, 'legal', 'person', 'health', 'identified', '[]', false, '[]', false, false, false, '[]',
    'U1', '2026-01-01 12:00:00.000000');
INSERT INTO audit (initiative_id, at, "by", action, subject, before, after)
  VALUES (1, '2026-01-01 12:00:00.000000', 'U1', 'stakeholder.add', 'S1', 'null',
    '{"functions": ["legal"], "laws": [], "jurisdiction": false, "authority": false}');
INSERT INTO audit (initiative_id, at, "by", action, subject, before, after)
  VALUES (1, '2026-03-03 12:00:00.000000', 'U2', 'stakeholder.set', 'S1',
    '{"functions": ["legal"], "laws": [], "jurisdiction": false}',
    '{"functions": ["legal"], "laws": ["hipaa"], "jurisdiction": true}')
"""


async def test_of_entries_from_before_the_audit_tells_who_recorded_what(empty_database: str) -> None:
    def old(connection: Connection) -> None:
        command.upgrade(config(connection), "0003")
        for statement in OLD_ROWS.split(";\n"):
            connection.execute(text(statement.replace(":", r"\:")))

    database = Database(empty_database)
    async with database.writer.begin() as connection:
        await connection.run_sync(old)
    await migrate(database)
    async with database.read() as session:
        counsel, other = await list_stakeholders(session, 1)
    await database.close()
    march, january = datetime(2026, 3, 3, 12, tzinfo=UTC), datetime(2026, 1, 1, 12, tzinfo=UTC)
    assert set(counsel.recorded) == {
        Recorded("functions", "U1", january),
        Recorded("laws", "U2", march),
        Recorded("jurisdiction", "U2", march),
    }
    assert (other.recorded, other.heads, other.vacant) == ((), False, None)
