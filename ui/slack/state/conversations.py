"""What was asked in a thread, so that a follow-up is understood and needs no new mention. Kept as ids of answers:
the questions are read where the answers are saved."""

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.records.saved_answers import AnswerRow
from knowledge.library.store import Base, Library

_REMEMBERED = 10
"""Questions of a thread that a follow-up may lean on; chosen by hand."""


class Thread(NamedTuple):
    """A thread of a conversation; `ts` is the time stamp of its first message, by which Slack names it."""

    workspace: str
    channel: str
    ts: str


class ThreadRow(Base):
    """One turn of a thread; the first is written when we enter it, before there is an answer."""

    __tablename__ = "slack_threads"

    number: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    channel: Mapped[str] = mapped_column(index=True)
    ts: Mapped[str] = mapped_column(index=True)
    answer_id: Mapped[str | None]
    at: Mapped[datetime]


class Threads:
    """The threads we take part in."""

    def __init__(self, library: Library) -> None:
        self._engine = library.engine

    def enter(self, thread: Thread) -> None:
        """Remember that we take part in a thread."""
        if not self.knows(thread):
            self._write(thread, None)

    def add(self, thread: Thread, answer_id: str) -> None:
        """Remember an answer that was given in a thread."""
        self._write(thread, answer_id)

    def knows(self, thread: Thread) -> bool:
        """Whether we take part in a thread."""
        with Session(self._engine) as session:
            return session.scalar(select(ThreadRow.number).where(_is(thread)).limit(1)) is not None

    def questions(self, thread: Thread) -> list[str]:
        """Return the questions last answered in a thread, oldest first."""
        query = select(AnswerRow.question).join(ThreadRow, ThreadRow.answer_id == AnswerRow.id).where(_is(thread))
        with Session(self._engine) as session:
            newest = session.scalars(query.order_by(ThreadRow.number.desc()).limit(_REMEMBERED)).all()
        return list(reversed(newest))

    def _write(self, thread: Thread, answer_id: str | None) -> None:
        row = ThreadRow(workspace=thread.workspace, channel=thread.channel, ts=thread.ts, answer_id=answer_id)
        row.at = datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            session.add(row)


def _is(thread: Thread) -> ColumnElement[bool]:
    return and_(ThreadRow.workspace == thread.workspace, ThreadRow.channel == thread.channel, ThreadRow.ts == thread.ts)
