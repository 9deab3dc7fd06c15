"""Citations over time: which saved answers cite a source, and whether a quote's source still stands."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.quotes import Quote
from assistant.records.quote_ids import read_quote_id
from assistant.records.saved_answers import AnswerRow, Records
from knowledge.library.store import Library
from knowledge.model.errors import UnknownSource


class Standing(StrEnum):
    """What became of the source that a quote was cut from."""

    CURRENT = "current"
    REPLACED = "replaced"
    """The library holds a newer edition; the quote's own is kept and readable."""
    REMOVED = "removed"
    """It is no longer searched; what it said is kept and readable."""


class CitingAnswer(BaseModel):
    """A saved answer that cites a source."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: str


def standing_of(library: Library, quote: Quote) -> Standing:
    """Return whether the source of a quote is searched today as it was when the quote was cut."""
    try:
        current = library.source(quote.source.id)
    except UnknownSource:
        return Standing.CURRENT if library.holding(quote.source.sha256) else Standing.REMOVED
    same = current.sha256 == quote.source.sha256 and current.text[quote.start : quote.end] == quote.text
    return Standing.CURRENT if same or library.holding(quote.source.sha256) else Standing.REPLACED


def answers_citing(library: Library, source_id: str) -> list[CitingAnswer]:
    """Return the saved answers that cite the current edition of a source, oldest first.

    Raises:
        UnknownSource: there is no such source.
    """
    sha256 = library.source(source_id).sha256
    Records(library)  # the table of answers comes with the first record
    query = select(AnswerRow.id, AnswerRow.question, AnswerRow.quote_ids).order_by(AnswerRow.given_at)
    with Session(library.engine) as session:
        rows = session.execute(query).all()
    return [
        CitingAnswer(id=row[0], question=row[1])
        for row in rows
        if any((at := read_quote_id(name)) and sha256.startswith(at.sha256_start) for name in row[2])
    ]
