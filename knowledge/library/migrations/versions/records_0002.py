"""The tables beside the library: answers, conversations, votes, keys, sign-ins, Slack; made where they are not yet.

Until now each store made its own when it was opened, so they may be there. The last three are slack-sdk's.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables."""
    _answers()
    _access()
    _slack()
    _installations()


def _answers() -> None:
    _table(
        "answers",
        _key("id", sa.String),
        *_texts("question", "language"),
        _column("reason", sa.String, nullable=True),
        *_texts("selector"),
        _column("coverage", sa.JSON),
        _column("quote_ids", sa.JSON),
        _column("given_at", sa.DateTime),
    )
    _table(
        "conversations",
        _key("id", sa.String),
        *_texts("owner", "title"),
        _column("begun_at", sa.DateTime),
        _column("changed_at", sa.DateTime),
        indexed=("owner",),
    )
    _table(
        "conversation_answers",
        _key("number", sa.Integer),
        sa.Column("conversation_id", sa.String, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        *_texts("answer_id"),
        indexed=("conversation_id",),
    )
    _table(
        "feedback",
        _key("number", sa.Integer),
        *_texts("quote_id"),
        _column("answer_id", sa.String, nullable=True),
        *_texts("verdict"),
        _column("owner", sa.String, nullable=True),
        _column("given_at", sa.DateTime),
        indexed=("quote_id",),
    )
    _table(
        "model_picks",
        _key("key", sa.String),
        _column("picks", sa.JSON),
        _column("reason", sa.String, nullable=True),
        _column("made_at", sa.DateTime),
        indexed=("made_at",),
    )


def _access() -> None:
    _table("sign_ins", _key("token_sha256", sa.String), *_texts("name"), _column("until", sa.Double))
    _table(
        "failed_sign_ins",
        _key("number", sa.Integer),
        *_texts("address"),
        _column("at", sa.Double),
        indexed=("address", "at"),
    )
    _table(
        "api_keys",
        _key("id", sa.String),
        *_texts("name", "secret_sha256"),
        _column("scopes", sa.JSON),
        _column("per_minute", sa.Integer),
        _column("made_at", sa.DateTime),
        _column("last_used_at", sa.DateTime, nullable=True),
        _column("revoked_at", sa.DateTime, nullable=True),
        sa.UniqueConstraint("name"),
    )
    _table("api_uses", _key("caller", sa.String), _key("minute", sa.Integer), _column("count", sa.Integer))


def _slack() -> None:
    _table(
        "slack_threads",
        _key("number", sa.Integer),
        *_texts("workspace", "channel", "ts"),
        _column("answer_id", sa.String, nullable=True),
        _column("at", sa.DateTime),
        indexed=("channel", "ts"),
    )
    _table("slack_channels", _key("workspace", sa.String), _key("channel", sa.String), _column("rules", sa.JSON))
    _table("slack_preferences", _key("workspace", sa.String), _key("user", sa.String), *_texts("wishes"))
    _table("slack_seen", _key("key", sa.String), _column("at", sa.Double), indexed=("at",))


def _installations() -> None:
    def bot() -> tuple[sa.Column[Any], ...]:
        return (
            *_lines(32, "client_id", "app_id", nullable=False),
            *_lines(32, "enterprise_id"),
            *_lines(200, "enterprise_name"),
        )

    def token() -> tuple[sa.Column[Any], ...]:
        return (
            *_lines(32, "team_id"),
            *_lines(200, "team_name", "bot_token"),
            *_lines(32, "bot_id", "bot_user_id"),
            *_lines(1000, "bot_scopes"),
            *_lines(200, "bot_refresh_token"),
            _column("bot_token_expires_at", sa.DateTime, nullable=True),
        )

    def installed() -> tuple[sa.Column[Any], ...]:
        return _column("is_enterprise_install", sa.Boolean), _column("installed_at", sa.DateTime)

    place = ("client_id", "enterprise_id", "team_id")
    _table("slack_bots", _key("id", sa.Integer), *bot(), *token(), *installed())
    op.create_index("slack_bots_idx", "slack_bots", [*place, "installed_at"], if_not_exists=True)
    _table(
        "slack_installations",
        _key("id", sa.Integer),
        *bot(),
        *_lines(200, "enterprise_url"),
        *token(),
        *_lines(32, "user_id", nullable=False),
        *_lines(200, "user_token"),
        *_lines(1000, "user_scopes"),
        *_lines(200, "user_refresh_token"),
        _column("user_token_expires_at", sa.DateTime, nullable=True),
        *_lines(
            200,
            "incoming_webhook_url",
            "incoming_webhook_channel",
            "incoming_webhook_channel_id",
            "incoming_webhook_configuration_url",
        ),
        *_lines(32, "token_type"),
        *installed(),
    )
    columns = [*place, "user_id", "installed_at"]
    op.create_index("slack_installations_idx", "slack_installations", columns, if_not_exists=True)
    _table(
        "slack_oauth_states",
        _key("id", sa.Integer),
        *_lines(200, "state", nullable=False),
        _column("expire_at", sa.DateTime),
    )


def _table(name: str, *parts: sa.schema.SchemaItem, indexed: tuple[str, ...] = ()) -> None:
    op.create_table(name, *parts, if_not_exists=True)
    for column in indexed:
        op.create_index(f"ix_{name}_{column}", name, [column], if_not_exists=True)


def _key(name: str, kind: type[sa.types.TypeEngine[Any]]) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True)


def _column(name: str, kind: type[sa.types.TypeEngine[Any]], *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable)


def _texts(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(_column(name, sa.String) for name in names)


def _lines(length: int, *names: str, nullable: bool = True) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.String(length), nullable=nullable) for name in names)
