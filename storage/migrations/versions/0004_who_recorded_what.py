"""Facts that the principles ask for, who recorded each and when, and the first meeting that both sides sponsored."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FACTS = ("functions", "authority", "laws", "jurisdiction", "prior_sharing")
"""The facts that the version before knew."""

Notes = dict[str, list[str]]

_audit = sa.table(
    "audit",
    sa.column("id", sa.Integer),
    sa.column("initiative_id", sa.Integer),
    sa.column("at", storage.columns.UtcDateTime),
    sa.column("by", sa.String),
    sa.column("action", sa.String),
    sa.column("subject", sa.String),
    sa.column("before", sa.JSON),
    sa.column("after", sa.JSON),
)
_stakeholder = sa.table(
    "stakeholder",
    sa.column("initiative_id", sa.Integer),
    sa.column("number", sa.Integer),
    sa.column("recorded", sa.JSON),
)


def upgrade() -> None:
    """Go to this version. Who recorded what is read from the audit."""
    with op.batch_alter_table("stakeholder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heads", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("shared_data", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("vacant", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("oversees", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("recorded", sa.JSON(), server_default="{}", nullable=False))
    with op.batch_alter_table("working_group", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("cosponsored_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        )
    for (initiative_id, ref), notes in _from_audit().items():
        mine = (_stakeholder.c.initiative_id == initiative_id, _stakeholder.c.number == int(ref[1:]))
        op.execute(sa.update(_stakeholder).where(*mine).values(recorded=notes))


def _from_audit() -> dict[tuple[int, str], Notes]:
    """The newest word on each fact of each entry that the audit knows of."""
    query = sa.select(_audit).where(_audit.c.action.like("stakeholder.%"), _audit.c.after.is_not(None))
    found: defaultdict[tuple[int, str], Notes] = defaultdict(dict)
    for row in op.get_bind().execute(query.order_by(_audit.c.id)).all():
        if row.subject[1:].isdigit():
            found[row.initiative_id, row.subject] |= _changed(row.before, row.after, row.by, row.at)
    return found


def _changed(before: dict[str, Any] | None, after: dict[str, Any] | None, by: str, at: datetime) -> Notes:
    old, new = before or {}, after or {}
    return {fact: [by, at.isoformat()] for fact in FACTS if (new.get(fact) or None) != (old.get(fact) or None)}
