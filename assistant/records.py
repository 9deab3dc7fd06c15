"""What was answered, kept so that a link to it works after a restart: places in sources, never words.

The words of a saved answer are read from the library again each time it is shown, and compared with the fingerprint
they had when it was saved. A place whose words have changed is not shown.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import JSON, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.answers import Answer, Coverage, NumberedQuote, Reason
from assistant.quotes import Quote
from knowledge.errors import SpanError, UnknownSource
from knowledge.library import Base, Library


class PlaceRow(Base):
    """Where a quote that was shown stands."""

    __tablename__ = "places"

    quote_id: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[str]
    sha256: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    words_sha256: Mapped[str]


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

    def contract(self) -> dict[str, Any]:
        """Return the shape in which answers are given to programs; `lost` only where something is."""
        shape: dict[str, Any] = {
            "question": self.question,
            "answered": bool(self.quotes),
            "reason": self.reason.value if self.reason else None,
            "selector": self.selector,
            "quotes": [quote.model_dump(mode="json") for quote in self.quotes],
            "coverage": self.coverage.model_dump(mode="json"),
        }
        return shape | ({"lost": list(self.lost)} if self.lost else {})


class Records:
    """Saved answers, in the library's database."""

    def __init__(self, library: Library) -> None:
        self._library = library
        Base.metadata.create_all(library.engine)

    def save(self, answer: Answer) -> str:
        """Keep an answer and the places of its quotes; return its id. Saving it again changes nothing."""
        self.remember(numbered.quote for numbered in answer.quotes)
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
            },
            quote_ids=[numbered.quote.id for numbered in answer.quotes],
            given_at=datetime.now(UTC),
        )
        self._insert(row, answer.id)
        return answer.id

    def remember(self, quotes: Iterable[Quote]) -> None:
        """Keep where quotes stand, so that their links can be followed."""
        for quote in quotes:
            row = PlaceRow(
                quote_id=quote.id,
                source_id=quote.source.id,
                sha256=quote.source.sha256,
                start=quote.start,
                end=quote.end,
                words_sha256=_fingerprint(quote.text),
            )
            self._insert(row, quote.id)

    def quote(self, quote_id: str) -> Quote | None:
        """Return a quote that was shown before, its words verified; None when they no longer stand there."""
        with Session(self._library.engine) as session:
            row = session.get(PlaceRow, quote_id)
        return self._verified(row) if row else None

    def answer(self, answer_id: str) -> SavedAnswer | None:
        """Return a saved answer with every quote verified anew; None when there is none of this id."""
        with Session(self._library.engine) as session:
            row = session.get(AnswerRow, answer_id)
            if row is None:
                return None
            query = select(PlaceRow).where(PlaceRow.quote_id.in_(row.quote_ids))
            places = {place.quote_id: place for place in session.scalars(query)}
        found = [(number, self._verified(places.get(key))) for number, key in enumerate(row.quote_ids, start=1)]
        return SavedAnswer(
            id=row.id,
            question=row.question,
            language=row.language,
            reason=Reason(row.reason) if row.reason else None,
            selector=row.selector,
            coverage=Coverage(**row.coverage),
            quotes=tuple(NumberedQuote(number=number, quote=quote) for number, quote in found if quote),
            lost=tuple(number for number, quote in found if quote is None),
        )

    def _verified(self, place: PlaceRow | None) -> Quote | None:
        if place is None:
            return None
        try:
            source = self._library.source(place.source_id, place.sha256)
            quote = Quote(source=source, start=place.start, end=place.end)
        except (UnknownSource, SpanError, ValueError):
            return None
        return quote if _fingerprint(quote.text) == place.words_sha256 else None

    def _insert(self, row: PlaceRow | AnswerRow, key: str) -> None:
        with Session(self._library.engine) as session:
            if session.get(type(row), key) is not None:
                return
            session.add(row)
            try:
                session.commit()
            except IntegrityError:  # another process saved the same meanwhile
                session.rollback()


def _fingerprint(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
