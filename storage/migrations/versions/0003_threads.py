"""Messages in a thread: which one they belong under."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version. No message so far waits for another."""
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("thread_of", sa.String(), server_default="", nullable=False))
