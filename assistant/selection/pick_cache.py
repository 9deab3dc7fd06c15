"""Which sentences a model picked for a question, remembered as numbers: the same question is not paid for twice.

The key holds the question, the offered passages (they name their editions, so a changed index is another key), the
prompt's hash and the model. What is read back is validated against the offer like a fresh reply.
"""

import hashlib
from contextlib import suppress
from datetime import UTC, datetime

from sqlalchemy import JSON, Engine, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.answers import Reason
from assistant.selection.picks import Pick
from knowledge.library.store import Base
from knowledge.model.errors import LibraryUnavailable

_MOST_ROWS = 20_000


class PicksRow(Base):
    """One remembered reply."""

    __tablename__ = "model_picks"

    key: Mapped[str] = mapped_column(primary_key=True)
    picks: Mapped[list[list[int]]] = mapped_column(JSON)
    reason: Mapped[str | None]
    made_at: Mapped[datetime] = mapped_column(index=True)


class AnswerCache:
    """Remembers picks in the library's database, so that all processes share them.

    A database that cannot be read or written makes it forgetful, never an error: it only saves work.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, key: str) -> tuple[list[Pick], Reason | None] | None:
        """Return the valid picks of an earlier reply, or its reason for none."""
        with suppress(LibraryUnavailable, ValueError), Session(self._engine) as session:
            row = session.get(PicksRow, key)
            if row is None:
                return None
            picks = [Pick(passage=passage, first=first, last=last) for passage, first, last in row.picks]
            return picks, Reason(row.reason) if row.reason else None
        return None

    def put(self, key: str, picks: list[Pick], reason: Reason | None) -> None:
        """Remember the valid picks of a whole reply, or its reason for none."""
        row = PicksRow(
            key=key,
            picks=[[pick.passage, pick.first, pick.last] for pick in picks],
            reason=reason.value if reason else None,
            made_at=datetime.now(UTC),
        )
        with suppress(LibraryUnavailable), Session(self._engine) as session, session.begin():
            session.merge(row)
            if (session.scalar(select(func.count()).select_from(PicksRow)) or 0) > _MOST_ROWS:
                oldest = select(PicksRow.key).order_by(PicksRow.made_at).limit(_MOST_ROWS // 10)
                session.execute(delete(PicksRow).where(PicksRow.key.in_(oldest)))

    def clear(self) -> None:
        """Forget everything."""
        with suppress(LibraryUnavailable), Session(self._engine) as session, session.begin():
            session.execute(delete(PicksRow))


def cache_key(*parts: str) -> str:
    """Return one key for the parts that an answer depends on."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
