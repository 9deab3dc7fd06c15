"""A line in somebody's own words beside a verdict on a quote."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column; a table made just now by this version has it."""
    held = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("feedback")}
    if "note" not in held:
        op.add_column("feedback", sa.Column("note", sa.String, nullable=True))
