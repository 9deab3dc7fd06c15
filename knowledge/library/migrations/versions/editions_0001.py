"""The library as it was before its schema had a version; made only where it does not stand yet."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the table of editions."""
    op.create_table(
        "editions",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("source_id", "sha256", "reader", "digest", "origin")),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in ("document", "raw")),
        sa.UniqueConstraint("source_id", "sha256", "reader"),
        if_not_exists=True,
    )
    for column in ("source_id", "sha256", "origin", "current"):
        op.create_index(f"ix_editions_{column}", "editions", [column], if_not_exists=True)
