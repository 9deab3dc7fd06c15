"""What was answered, kept so that a link to it works after a restart: ids of quotes, never words.

An id leads to a place and fingerprints what stands there (`assistant.records.quote_ids`), so the words of a saved
answer are read from the library and verified each time it is shown. A quote whose words have changed is not shown.
"""

import secrets
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import JSON, ForeignKey, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.answers import Answer, Coverage, Elsewhere, NumberedQuote, Reason
from assistant.quotes import Quote, UnknownQuote, find_quote
from knowledge.library.store import Base, Library


class AnswerRow(Base):
    """An answer that was given."""

    __tablename__ = "answers"

    id: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str]
    language: Mapped[str]
    reason: Mapped[str | None]
    selector: Mapped[str]
    coverage: Mapped[dict[str, Any]] = mapped_column(JSON)
    quote_ids: Mapped[list[str]] = mapped_column(JSON)
    given_at: Mapped[datetime]
    elsewhere: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    """Occasions told of, as (source, date, venue)."""


class ConversationRow(Base):
    """A conversation of somebody."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ConversationAnswerRow(Base):
    """An answer given in a conversation; they follow each other by number."""

    __tablename__ = "conversation_answers"

    number: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    answer_id: Mapped[str]


class FeedbackRow(Base):
    """What somebody said about a quote they were shown."""

    __tablename__ = "feedback"

    number: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[str] = mapped_column(index=True)
    answer_id: Mapped[str | None]
    verdict: Mapped[str]
    owner: Mapped[str | None]
    given_at: Mapped[datetime]
    note: Mapped[str | None]
    """What they added in their own words, on a line."""


NOTE_CHARACTERS = 500
"""Characters of a line added to a verdict."""


class Verdict(StrEnum):
    """What can be said about a quote."""

    GOOD = "good"
    WRONG_SPEAKER = "wrong_speaker"
    OUT_OF_CONTEXT = "out_of_context"
    NOT_VERBATIM = "not_verbatim"
    WRONG_TIME = "wrong_time"
    OFF_TOPIC = "off_topic"


class SavedAnswer(BaseModel):
    """An answer read back: the quotes whose words still stand, under their old numbers, and the numbers lost."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    language: str
    reason: Reason | None
    selector: str
    coverage: Coverage
    quotes: tuple[NumberedQuote, ...]
    lost: tuple[int, ...]
    given_at: datetime
    elsewhere: tuple[Elsewhere, ...] = ()
    """Of the occasions it told of, those of sources that are still held."""

    def contract(self) -> dict[str, Any]:
        """Return the shape in which answers are given to programs; `elsewhere` and `lost` only where something is."""
        shape: dict[str, Any] = {
            "question": self.question,
            "answered": bool(self.quotes),
            "reason": self.reason.value if self.reason else None,
            "selector": self.selector,
            "quotes": [quote.model_dump(mode="json") for quote in self.quotes],
            "coverage": self.coverage.model_dump(mode="json"),
        }
        if self.elsewhere:
            shape["elsewhere"] = [one.model_dump(mode="json") for one in self.elsewhere]
        return shape | ({"lost": list(self.lost)} if self.lost else {})


class Conversation(BaseModel):
    """One line of somebody's list of conversations."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    changed_at: datetime


class Records:
    """Saved answers, the conversations they were given in, and what was said about them, in the library's database."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def save(self, answer: Answer) -> str:
        """Keep an answer; return its id. Saving it again changes nothing."""
        row = AnswerRow(
            id=answer.id,
            question=answer.question,
            language=answer.language,
            reason=answer.reason.value if answer.reason else None,
            selector=answer.selector,
            coverage={
                "sources": answer.coverage.sources,
                "since": answer.coverage.since,
                "until": answer.coverage.until,
                "filtered": answer.coverage.filtered,
            },
            quote_ids=[numbered.quote.id for numbered in answer.quotes],
            given_at=datetime.now(UTC),
            elsewhere=[one.model_dump(mode="json") for one in answer.elsewhere] or None,
        )
        with Session(self._library.engine) as session:
            if session.get(AnswerRow, answer.id) is None:
                session.add(row)
                with suppress(IntegrityError):  # another process saved the same meanwhile
                    session.commit()
        return answer.id

    def quote(self, quote_id: str) -> Quote | None:
        """Return the quote of an id, its words verified; None when they no longer stand in any file we hold."""
        try:
            return find_quote(self._library, quote_id)
        except UnknownQuote:
            return None

    def answer(self, answer_id: str) -> SavedAnswer | None:
        """Return a saved answer with every quote verified anew; None when there is none of this id."""
        with Session(self._library.engine) as session:
            row = session.get(AnswerRow, answer_id)
            if row is None:
                return None
        found = [(number, self.quote(key)) for number, key in enumerate(row.quote_ids, start=1)]
        held = {summary.id for summary in self._library.summaries()} if row.elsewhere else set()
        return SavedAnswer(
            id=row.id,
            question=row.question,
            language=row.language,
            reason=Reason(row.reason) if row.reason else None,
            selector=row.selector,
            coverage=Coverage(**row.coverage),
            quotes=tuple(NumberedQuote(number=number, quote=quote) for number, quote in found if quote),
            lost=tuple(number for number, quote in found if quote is None),
            given_at=row.given_at,
            elsewhere=tuple(Elsewhere(**one) for one in row.elsewhere or () if one["source"] in held),
        )

    def judge(
        self,
        quote_id: str,
        verdict: Verdict,
        *,
        answer_id: str | None = None,
        owner: str | None = None,
        note: str | None = None,
    ) -> bool:
        """Keep what somebody says about a quote, with a line of their own; False when there is no such quote."""
        if self.quote(quote_id) is None:
            return False
        with Session(self._library.engine) as session, session.begin():
            row = FeedbackRow(quote_id=quote_id, answer_id=answer_id, verdict=verdict.value, owner=owner)
            row.given_at = datetime.now(UTC)
            row.note = " ".join((note or "").split()) or None
            session.add(row)
        return True

    def judgements(self, quote_id: str) -> list[Verdict]:
        """Return what was said about a quote, oldest first."""
        query = select(FeedbackRow.verdict).where(FeedbackRow.quote_id == quote_id).order_by(FeedbackRow.number)
        with Session(self._library.engine) as session:
            return [Verdict(found) for found in session.scalars(query)]

    def notes(self, quote_id: str, verdict: Verdict) -> list[str]:
        """Return the lines that people added to a verdict on a quote, oldest first."""
        said = (FeedbackRow.quote_id == quote_id) & (FeedbackRow.verdict == verdict.value)
        query = select(FeedbackRow.note).where(said).order_by(FeedbackRow.number)
        with Session(self._library.engine) as session:
            return [note for note in session.scalars(query) if note]

    def go_on(self, owner: str, conversation_id: str | None, answer: Answer, *, after: int | None = None) -> str:
        """Add a saved answer to somebody's conversation; return its id, a new one's when that is not theirs.

        With `after`, only so many of its answers stay before it: a question was changed, and what followed it goes.
        """
        now = datetime.now(UTC)
        with Session(self._library.engine) as session, session.begin():
            row = session.get(ConversationRow, conversation_id) if conversation_id else None
            if row is None or row.owner != owner:
                row = ConversationRow(id=secrets.token_urlsafe(9), owner=owner, title=answer.question, begun_at=now)
                row.changed_at = now
                session.add(row)
                session.flush()
            row.changed_at = now
            if after is not None:
                _cut(session, row.id, after)
                row.title = answer.question if after == 0 else row.title
            session.add(ConversationAnswerRow(conversation_id=row.id, answer_id=answer.id))
            return row.id

    def conversations(self, owner: str, count: int = 200, *, find: str = "") -> list[Conversation]:
        """Return somebody's conversations, the latest first; `find` stands in the title or in a question of each."""
        query = select(ConversationRow).where(ConversationRow.owner == owner)
        if find.strip():
            wanted = find.strip().lower()
            asked = (
                select(ConversationAnswerRow.conversation_id)
                .join(AnswerRow, AnswerRow.id == ConversationAnswerRow.answer_id)
                .where(func.lower(AnswerRow.question).contains(wanted, autoescape=True))
            )
            titled = func.lower(ConversationRow.title).contains(wanted, autoescape=True)
            query = query.where(titled | ConversationRow.id.in_(asked))
        with Session(self._library.engine) as session:
            rows = session.scalars(query.order_by(ConversationRow.changed_at.desc()).limit(count)).all()
        return [Conversation(id=row.id, title=row.title, changed_at=row.changed_at) for row in rows]

    def conversation(self, owner: str, conversation_id: str) -> list[SavedAnswer]:
        """Return the answers of somebody's conversation, oldest first; none when it is not theirs."""
        query = (
            select(ConversationAnswerRow.answer_id)
            .join(ConversationRow, ConversationRow.id == ConversationAnswerRow.conversation_id)
            .where(ConversationRow.id == conversation_id, ConversationRow.owner == owner)
            .order_by(ConversationAnswerRow.number)
        )
        with Session(self._library.engine) as session:
            found = session.scalars(query).all()
        return [saved for answer_id in found if (saved := self.answer(answer_id))]

    def rename(self, owner: str, conversation_id: str, title: str) -> bool:
        """Give somebody's conversation another title; False when they have none of this id."""
        with Session(self._library.engine) as session, session.begin():
            row = session.get(ConversationRow, conversation_id)
            if row is None or row.owner != owner:
                return False
            row.title = title
            return True

    def forget(self, owner: str, conversation_id: str) -> bool:
        """Delete somebody's conversation; False when they have none of this id. Its answers keep their links."""
        query = delete(ConversationRow).where(ConversationRow.id == conversation_id, ConversationRow.owner == owner)
        with Session(self._library.engine) as session, session.begin():
            return bool(session.execute(query).rowcount)  # type: ignore[attr-defined]


def _cut(session: Session, conversation_id: str, kept: int) -> None:
    own = ConversationAnswerRow.conversation_id == conversation_id
    numbers = session.scalars(select(ConversationAnswerRow.number).where(own).order_by(ConversationAnswerRow.number))
    session.execute(delete(ConversationAnswerRow).where(ConversationAnswerRow.number.in_(numbers.all()[kept:])))
