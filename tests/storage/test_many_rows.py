"""Any number of rows in one statement, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from storage.database import Database, insert_rows, update_rows
from storage.tables import InitiativeRow, PostRow
from tests.support.statements import counted

NOON = datetime(2026, 12, 7, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def some_posts(count: int) -> list[dict[str, object]]:
    """Rows for posts, with a value of each kind."""
    values: dict[str, object] = {"team_id": "T1", "kind": "notice", "payload": {"text": "not “yet”"}, "group_id": None}
    return [values | {"key": f"k{n}", "channel_id": f"C{n}", "attempts": n, "created_at": NOON} for n in range(count)]


async def test_many_rows_go_in_with_one_statement_and_come_back_whole(database: Database) -> None:
    rows = some_posts(1000)
    with counted(database) as statements:
        async with database.write() as session:
            stored = await insert_rows(session, PostRow, rows, unless=["key"], returning=["id", "key"])
    assert len(statements) == 1
    assert {row.key for row in stored} == {row["key"] for row in rows}
    async with database.read() as session:
        found = (await session.scalars(select(PostRow).order_by(col(PostRow.attempts)))).all()
    assert [{name: getattr(row, name) for name in rows[0]} for row in found] == rows
    assert {(row.state, row.not_before, row.lease) for row in found} == {("claimed", None, "")}


async def test_what_is_not_given_gets_its_default_lists_too(database: Database) -> None:
    async with database.write() as session:
        (row,) = await insert_rows(
            session, InitiativeRow, [{"team_id": "T1", "name": "Reentry", "jurisdiction": "Ohio", "created_at": NOON}]
        )
        stored = await session.get(InitiativeRow, row.id)
    assert stored is not None
    assert (stored.scope, stored.last_number) == ([], 0)


async def test_a_row_whose_key_is_taken_stays_as_it_was(database: Database) -> None:
    async with database.write() as session:
        await insert_rows(session, PostRow, some_posts(1), unless=["key"])
        again = [row | {"kind": "other"} for row in some_posts(2)]
        assert [row.key for row in await insert_rows(session, PostRow, again, unless=["key"], returning=["key"])] == [
            "k1"
        ]
    async with database.read() as session:
        kinds = await session.scalars(select(col(PostRow.kind)).order_by(col(PostRow.key)))
        assert list(kinds) == ["notice", "other"]


async def test_a_key_that_is_taken_is_an_error_where_nothing_else_was_said(database: Database) -> None:
    async with database.write() as session:
        await insert_rows(session, PostRow, some_posts(1))
        with pytest.raises(IntegrityError):
            await insert_rows(session, PostRow, some_posts(1))


async def test_many_rows_change_with_one_statement_each_to_its_own_values(database: Database) -> None:
    async with database.write() as session:
        await insert_rows(session, PostRow, some_posts(600))
    changes = [
        {"key": f"k{n}", "not_before": None, "state": f"s{n}", "lease_until": NOON + n * SECOND, "payload": {"n": n}}
        for n in range(500)
    ]
    with counted(database) as statements:
        async with database.write() as session:
            changed = await update_rows(session, PostRow, changes, where=["key", "not_before"], returning=["key"])
    assert len(statements) == 1
    assert {row.key for row in changed} == {change["key"] for change in changes}
    async with database.read() as session:
        found = {row.key: row for row in await session.scalars(select(PostRow))}
    assert all(getattr(found[str(each["key"])], name) == value for each in changes for name, value in each.items())
    assert {found[f"k{n}"].state for n in range(500, 600)} == {"claimed"}


async def test_a_row_that_does_not_match_is_not_changed(database: Database) -> None:
    async with database.write() as session:
        await insert_rows(session, PostRow, some_posts(2))
        changes = [{"key": "k0", "lease": "mine", "state": "sent"}, {"key": "k1", "lease": "", "state": "sent"}]
        changed = await update_rows(session, PostRow, changes, where=["key", "lease"], returning=["key"])
        assert [row.key for row in changed] == ["k1"]


async def test_an_instant_that_was_null_matches_null_and_no_other(database: Database) -> None:
    async with database.write() as session:
        await insert_rows(
            session,
            PostRow,
            [row | {"not_before": at} for row, at in zip(some_posts(3), (None, NOON, NOON + SECOND), strict=True)],
        )
        changes = [
            {"key": "k0", "not_before": NOON, "state": "sent"},
            {"key": "k1", "not_before": NOON, "state": "sent"},
        ]
        changed = await update_rows(session, PostRow, changes, where=["key", "not_before"], returning=["key"])
        assert [row.key for row in changed] == ["k1"]


async def test_no_rows_are_no_statement(database: Database) -> None:
    with counted(database) as statements:
        async with database.write() as session:
            assert await insert_rows(session, PostRow, []) == []
            assert await update_rows(session, PostRow, [], where=["key"]) == []
    assert statements == []
