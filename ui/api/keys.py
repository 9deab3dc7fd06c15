"""API keys: who may call what, how often; hashed at rest, shown once. Counts are shared through the database.

A key is 256 random bits, so one round of SHA-256 keeps it (a password's slow hash guards what people think up).
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from datetime import UTC, datetime
from enum import StrEnum
from time import time

from pydantic import BaseModel, ConfigDict
from sqlalchemy import JSON, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.library.database import plain_errors
from knowledge.library.store import Base, Library
from knowledge.model.errors import AskIlyaError

_PREFIX = "ilya"
_TOKEN = re.compile(rf"{_PREFIX}_([0-9a-f]{{12}})_([0-9a-f]{{64}})")
_MINUTE = 60


class Scope(StrEnum):
    """What a key may do."""

    ASK = "ask"
    SEARCH = "search"
    CHECK = "check"
    READ = "read"
    """Quotes, answers, sources and topics by their id."""
    MCP = "mcp"
    """Every tool of the MCP server."""
    METRICS = "metrics"


class KeyRefused(AskIlyaError):
    """A key cannot be made or found under this name."""


class TooManyRequests(AskIlyaError):
    """The minute's requests are used up; `retry_after` is how many seconds are left of it."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class KeyRow(Base):
    """A key that was made."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    secret_sha256: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(JSON)
    per_minute: Mapped[int]
    made_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class UseRow(Base):
    """How many requests a caller sent in one minute since the epoch."""

    __tablename__ = "api_uses"

    caller: Mapped[str] = mapped_column(primary_key=True)
    minute: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]


class Key(BaseModel):
    """A key without its secret."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    scopes: tuple[Scope, ...]
    per_minute: int
    made_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None


class Keys:
    """The keys of one library's database."""

    def __init__(self, library: Library) -> None:
        self._engine = library.engine

    def make(self, name: str, *, scopes: Collection[Scope], per_minute: int) -> str:
        """Make a key; return it whole, for the only time.

        Raises:
            KeyRefused: there is a key of this name already.
        """
        key_id, secret = secrets.token_hex(6), secrets.token_hex(32)
        row = KeyRow(
            id=key_id,
            name=name,
            secret_sha256=hashlib.sha256(secret.encode()).hexdigest(),
            scopes=sorted(scope.value for scope in scopes),
            per_minute=per_minute,
            made_at=datetime.now(UTC),
        )
        try:
            with Session(self._engine) as session, session.begin():
                session.add(row)
        except IntegrityError as error:
            raise KeyRefused(f"There is a key called “{name}” already; choose another name.") from error
        return f"{_PREFIX}_{key_id}_{secret}"

    def all(self) -> list[Key]:
        """Return every key, oldest first."""
        with plain_errors(), Session(self._engine) as session:
            return [_key(row) for row in session.scalars(select(KeyRow).order_by(KeyRow.made_at))]

    def revoke(self, name: str) -> None:
        """Let a key be of no use from now on.

        Raises:
            KeyRefused: there is no key of this name in use.
        """
        query = update(KeyRow).where(KeyRow.name == name, KeyRow.revoked_at.is_(None))
        with plain_errors(), Session(self._engine) as session, session.begin():
            found = session.execute(query.values(revoked_at=datetime.now(UTC)))
            if not found.rowcount:  # type: ignore[attr-defined]
                raise KeyRefused(f"There is no key called “{name}” in use; `ilya key list` shows those there are.")

    def find(self, token: str) -> Key | None:
        """Return the key that a caller presents; None when it is none of ours or revoked."""
        match = _TOKEN.fullmatch(token)
        if match is None:
            return None
        with plain_errors(), Session(self._engine) as session:
            row = session.get(KeyRow, match[1])
            if row is None or row.revoked_at is not None:
                return None
            given = hashlib.sha256(match[2].encode()).hexdigest()
            return _key(row) if hmac.compare_digest(given, row.secret_sha256) else None

    def use(self, key: Key) -> None:
        """Count one request of a key and note when it was.

        Raises:
            TooManyRequests: the key has used up its minute.
        """
        self.count(f"key:{key.id}", per_minute=key.per_minute)
        query = update(KeyRow).where(KeyRow.id == key.id)
        with plain_errors(), Session(self._engine) as session, session.begin():
            session.execute(query.values(last_used_at=datetime.now(UTC)))

    def count(self, caller: str, *, per_minute: int) -> None:
        """Count one request of a caller, in one statement, so that processes do not miss each other's.

        Raises:
            TooManyRequests: the caller has used up its minute.
        """
        now = time()
        minute = int(now // _MINUTE)
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        query = insert(UseRow).values(caller=caller, minute=minute, count=1)
        counted = query.on_conflict_do_update(index_elements=["caller", "minute"], set_={"count": UseRow.count + 1})
        with plain_errors(), Session(self._engine) as session, session.begin():
            count = session.scalar(counted.returning(UseRow.count)) or 0
            if count == 1:
                session.execute(delete(UseRow).where(UseRow.caller == caller, UseRow.minute < minute))
        if count > per_minute:
            left = int((minute + 1) * _MINUTE - now) + 1
            raise TooManyRequests(f"{per_minute} requests a minute are used up; try again in {left} seconds.", left)


def _key(row: KeyRow) -> Key:
    return Key(
        id=row.id,
        name=row.name,
        scopes=tuple(Scope(scope) for scope in row.scopes),
        per_minute=row.per_minute,
        made_at=row.made_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
