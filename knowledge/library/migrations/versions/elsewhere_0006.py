"""The occasions outside the time or place asked for that an answer without quotes tells of."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; a table made just now by this version has it."""
    held = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("answers")}
    if "elsewhere" not in held:
        op.add_column("answers", sa.Column("elsewhere", sa.JSON, nullable=True))
