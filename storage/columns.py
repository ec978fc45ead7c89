"""Column types that keep values whole on both databases, and the fields of rows that have them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. SQLite drops the zone, so it is put back on the way out.

    Raises:
        ValueError: a naive datetime was to be stored.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into UTC on its way in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored: give it a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Put UTC back on what SQLite returns naive."""
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def instant_column(*, optional: bool = False, index: bool = False) -> Any:
    """A column for an aware instant."""
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=optional, index=index))


def json_column(default: Any = None, *, server_default: str | None = None) -> Any:
    """A column for a small JSON value. ``server_default`` is for one that rows of an older version are without."""
    return Field(default=default, sa_column=Column(JSON, nullable=default is None, server_default=server_default))
