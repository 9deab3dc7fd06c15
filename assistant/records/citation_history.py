"""Citations over time: other versions of the same utterance, saved answers that cite a source, sources replaced."""

from contextlib import suppress
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.quotes import Quote
from assistant.records.quote_ids import read_quote_id
from assistant.records.saved_answers import AnswerRow, Records
from knowledge.library.store import Library
from knowledge.model.errors import UnknownSource
from knowledge.model.source import Source
from knowledge.speakers.recordings import Place, counterpart, differences, rank, same_appearance
from knowledge.text.sentences import Span


# Citations over time: which saved answers cite a source, and whether a quote's source still stands.
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


_MARKS = ".?!…。？！”\"’')"


class Variant(NamedTuple):
    """His words as another version has them; `differing` are the characters of its source that the quote has not."""

    quote: Quote
    differing: tuple[Span, ...]
    missing: tuple[Span, ...]
    """Characters of the first quote's source whose words this version has not."""


def variants_of(library: Library, quote: Quote) -> list[Variant]:
    """Return a quote as every other version in the library has it, best version first.

    Only words known to be the subject's are given; a version whose speakers are not known has no variant.
    """
    here = Place(quote.source, quote.start, quote.end)
    found = []
    for summary in library.summaries():
        if summary.id == quote.source.id or not summary.quotable_words:
            continue
        other = library.source(summary.id)
        there = counterpart(here, other) if same_appearance(quote.source, other) else None
        variant = _quote_at(other, there) if there else None
        if variant is not None:
            changes = differences(here, Place(other, variant.start, variant.end))
            differing = tuple(change.other for change in changes if change.other.start < change.other.end)
            missing = tuple(change.one for change in changes if change.one.start < change.one.end)
            found.append(Variant(variant, differing, missing))
    return sorted(found, key=lambda variant: rank(variant.quote.source, variant.quote.start))


def _quote_at(source: Source, place: Place) -> Quote | None:
    """Return the words at a place as a quote of the turn that holds most of them, with the marks that end them."""
    shared = [
        (min(turn.end, place.end) - max(turn.start, place.start), turn) for turn in source.turns if turn.quotable()
    ]
    size, turn = max(shared, key=lambda pair: pair[0], default=(0, None))
    if turn is None or 2 * size < place.end - place.start:
        return None
    start, end = max(turn.start, place.start), min(turn.end, place.end)
    while end < turn.end and source.text[end] in _MARKS:
        end += 1
    with suppress(ValidationError):
        return Quote(source=source, start=start, end=end)
    return None
