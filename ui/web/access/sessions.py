"""Who is signed in: tokens kept as hashes in the library's database, so that a restart signs nobody out."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.library.store import Base, Library

LASTS = timedelta(days=30)


class SignInRow(Base):
    """One signed-in browser."""

    __tablename__ = "sign_ins"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    until: Mapped[float]


class SignIns:
    """Gives tokens to people who signed in, and knows whose a token is."""

    def __init__(self, library: Library) -> None:
        self._engine = library.engine

    def begin(self, name: str) -> str:
        """Return a new token for a person; forgets the ones that ran out."""
        token = secrets.token_urlsafe(32)
        now = datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(SignInRow).where(SignInRow.until < now.timestamp()))
            session.add(SignInRow(token_sha256=_hash(token), name=name, until=(now + LASTS).timestamp()))
        return token

    def name(self, token: str) -> str | None:
        """Return whose token it is; None when it is nobody's or ran out."""
        with Session(self._engine) as session:
            row = session.get(SignInRow, _hash(token))
            return row.name if row and row.until > datetime.now(UTC).timestamp() else None

    def end(self, token: str) -> None:
        """Forget a token."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(SignInRow).where(SignInRow.token_sha256 == _hash(token)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
