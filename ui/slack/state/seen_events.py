"""What was already taken up, in the library's database: Slack delivers an event again when it is not sure that we have
it, and several processes may serve one workspace. Whoever inserts the key first does the work."""

import time
from threading import Lock

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.library.store import Base, Library

_KEPT = 24 * 3600.0
"""Seconds a key is kept; Slack repeats an event within about an hour."""
_SWEEP_EVERY = 3600.0
"""Seconds between two removals of what is too old to come again."""


class SeenRow(Base):
    """One thing that was taken up."""

    __tablename__ = "slack_seen"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[float] = mapped_column(index=True)


class Seen:
    """Hands out each key once, to all processes together."""

    def __init__(self, library: Library) -> None:
        self._engine = library.engine
        self._swept = 0.0
        self._sweeping = Lock()

    def claim(self, *parts: str) -> bool:
        """Whether nobody has claimed this key before; from now on somebody has."""
        self._sweep()
        try:
            with Session(self._engine) as session, session.begin():
                session.add(SeenRow(key=":".join(parts), at=time.time()))
        except IntegrityError:
            return False
        return True

    def _sweep(self) -> None:
        now = time.time()
        with self._sweeping:
            if now - self._swept < _SWEEP_EVERY:
                return
            self._swept = now
        with Session(self._engine) as session, session.begin():
            session.execute(delete(SeenRow).where(SeenRow.at < now - _KEPT))
