"""What was asked and has no answer yet, in the library's database: a process that is killed owes its answers, and
another one, or the next to start, gives them.

Whoever answers holds a lease and renews it; what nobody holds any more is handed out once.
"""

import os
import socket
import time
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import JSON, CursorResult, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.library.store import Base, Library
from ui.slack.state.seen_events import SeenRow

LEASE = 120.0
"""Seconds for which a question belongs to who took it up, unless it is renewed."""


class UnansweredRow(Base):
    """One question that waits for its answer."""

    __tablename__ = "slack_unanswered"

    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    workspace: Mapped[str]
    user: Mapped[str]
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[float]
    holder: Mapped[str]
    until: Mapped[float] = mapped_column(index=True)
    reply_ts: Mapped[str | None]
    sending: Mapped[bool]


class Owed(NamedTuple):
    """A question whose answer somebody else owed."""

    key: str
    kind: str
    asked: Mapping[str, Any]
    at: float
    """Seconds since 1970 at which it was taken up."""
    reply_ts: str | None
    """The message in which its answer was begun."""
    sending: bool
    """Whether the answer was on its way: it may have arrived."""


class Unanswered:
    """The questions that wait, of all processes together."""

    def __init__(self, library: Library) -> None:
        self._engine = library.engine
        self._holder = f"{socket.gethostname()}/{os.getpid()}/{uuid4().hex}"

    def take(self, key: str, kind: str, asked: Mapping[str, Any], *, workspace: str, user: str) -> bool:
        """Keep a question until `done`; False where it was taken up before, by anybody, within a day."""
        now = time.time()
        row = UnansweredRow(key=key, kind=kind, workspace=workspace, user=user, asked=dict(asked), at=now)
        row.holder, row.until, row.sending = self._holder, now + LEASE, False
        try:
            with Session(self._engine) as session, session.begin():
                session.add_all([row, SeenRow(key=key, at=now)])
        except IntegrityError:
            return False
        return True

    def answers_in(self, key: str, reply_ts: str) -> None:
        """Remember the message in which an answer is begun: it can be written there again."""
        self._set(key, reply_ts=reply_ts)

    def sending(self, key: str) -> None:
        """Remember that the answer leaves now: whether it arrives is not known before `done`."""
        self._set(key, sending=True)

    def release(self, key: str) -> None:
        """Leave a question to whoever looks next: what kept us from answering it may pass."""
        self._set(key, holder="//", until=0.0)

    def done(self, key: str) -> None:
        """Forget a question that is answered."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(UnansweredRow).where(UnansweredRow.key == key))

    def renew(self) -> None:
        """Keep what this process works at for another while."""
        with Session(self._engine) as session, session.begin():
            ours = UnansweredRow.holder == self._holder
            session.execute(update(UnansweredRow).where(ours).values(until=time.time() + LEASE))

    def owed(self) -> list[Owed]:
        """Take over what nobody works at any more, oldest first; each is handed to one process only."""
        with Session(self._engine) as session:
            rows = session.scalars(select(UnansweredRow).order_by(UnansweredRow.at)).all()
        now = time.time()
        left = [row for row in rows if row.until < now or self._is_of_a_dead_process(row.holder)]
        return [
            Owed(row.key, row.kind, row.asked, row.at, row.reply_ts, row.sending)
            for row in left
            if self._is_taken_over(row)
        ]

    def _is_taken_over(self, row: UnansweredRow) -> bool:
        as_seen = (UnansweredRow.key == row.key, UnansweredRow.holder == row.holder, UnansweredRow.until == row.until)
        ours = update(UnansweredRow).where(*as_seen).values(holder=self._holder, until=time.time() + LEASE)
        with Session(self._engine) as session, session.begin():
            found = session.execute(ours)
            assert isinstance(found, CursorResult)
            return found.rowcount == 1

    def _is_of_a_dead_process(self, holder: str) -> bool:
        """Whether an holder ran on this machine and ended: then its lease need not be waited for."""
        host, number, _ = holder.split("/")
        if host != socket.gethostname() or holder == self._holder:
            return False
        if int(number) == os.getpid():  # numbers are given out again, in a container always the same
            return True
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False

    def _set(self, key: str, **values: object) -> None:
        with Session(self._engine) as session, session.begin():
            session.execute(update(UnansweredRow).where(UnansweredRow.key == key).values(**values))
