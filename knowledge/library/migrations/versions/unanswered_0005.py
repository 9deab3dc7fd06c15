"""What was asked in Slack and has no answer yet."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the table of what is unanswered."""
    op.create_table(
        "slack_unanswered",
        sa.Column("key", sa.String, primary_key=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("kind", "workspace", "user")),
        sa.Column("asked", sa.JSON, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("holder", sa.String, nullable=False),
        sa.Column("until", sa.Double, nullable=False),
        sa.Column("reply_ts", sa.String, nullable=True),
        sa.Column("sending", sa.Boolean, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_slack_unanswered_until", "slack_unanswered", ["until"], if_not_exists=True)
