"""What persons changed about a source, with the source as it was before."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table of changes."""
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("source_id", "sha256")),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("told", sa.JSON, nullable=False),
        sa.Column("before", sa.LargeBinary, nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("before_digest", "after_digest")),
        sa.Column("undone_at", sa.DateTime, nullable=True),
        if_not_exists=True,
    )
    op.create_index("ix_changes_source_id", "changes", ["source_id"], if_not_exists=True)
