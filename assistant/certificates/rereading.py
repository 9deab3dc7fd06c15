"""A certified file read anew, by itself: what it gives without the library that the quote was cut from."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.certificates.certified_quotes import Inspected
from assistant.quotes import Quote
from knowledge.model.errors import AskIlyaError, SpanError
from knowledge.model.source import Source, count_words
from knowledge.model.subject import Subject
from knowledge.readers import read
from knowledge.speakers.map_application import with_known_speakers
from knowledge.starter.book import READER as BOOK_READER
from knowledge.starter.book import read_book_file

Reading = Callable[[bytes, str, str, Subject], Source]
"""(file, origin, source id, person) → the source, with the speakers that a shipped map tells."""


def read_in_process(raw: bytes, origin: str, source_id: str, subject: Subject) -> Source:
    """Read a file right here; for files of strangers there is `knowledge.library.bounded_reader`.

    Raises:
        SourceRefused: it is none that can be read.
    """
    return with_known_speakers(read(raw, origin=origin, source_id=source_id, subject=subject))


def reread(
    raw: bytes, *, reader: str, origin: str, source_id: str, subject: Subject, reading: Reading = read_in_process
) -> Source | None:
    """Return what the file holds when it is read by itself; None when this program cannot read it."""
    try:
        if reader != BOOK_READER:
            return reading(raw, origin, source_id, subject)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"{Path(source_id).name}.yaml")  # a file of the book bears the name of its source
            path.write_bytes(raw)
            return read_book_file(path, subject)
    except (AskIlyaError, ValueError, OSError):  # a forged id may be no name for a file
        return None


def facts_of(source: Source, start: int, end: int, raw: bytes) -> dict[str, Any]:
    """Return every field of a certificate that can be read from a source, by its dotted name, as JSON has it.

    Who speaks and what was asked are None where the source does not know the words as the person's.
    """
    return {
        **_spoken(source, start, end),
        **dict(zip(("raw_start", "raw_end"), _raw_span(source, start, end), strict=True)),
        "source.title": source.title,
        "source.date": source.date,
        "source.venue": source.venue,
        "source.interviewers": list(source.interviewers),
        "source.url": source.url,
        "source.language": source.language,
        "source.how": source.how.value if source.how else None,
        "source.text_sha256": source.text_sha256,
        "source.encoding": source.raw_map.encoding,
        **{f"inspected.{name}": value for name, value in inspected(source, raw).model_dump().items()},
    }


def inspected(source: Source, raw: bytes) -> Inspected:
    """Return how much of a file was looked at."""
    return Inspected(
        file_bytes=len(raw),
        characters=len(source.text),
        words=count_words(source.text),
        turns=len(source.turns),
        quotable_words=source.quotable_words(),
    )


_SPOKEN = ("speaker", "speaker_known", "asked", "asked_by", "said_at", "source.provenance")


def _spoken(source: Source, start: int, end: int) -> dict[str, Any]:
    try:
        told = Quote(source=source, start=start, end=end).attribution
    except (SpanError, ValidationError):
        return dict.fromkeys(_SPOKEN)
    values = (told.speaker, told.certainty.value, told.asked, told.asked_by, told.said_at, told.provenance.value)
    return dict(zip(_SPOKEN, values, strict=True))


def _raw_span(source: Source, start: int, end: int) -> tuple[int, int] | tuple[None, None]:
    try:
        return source.raw_map.raw_span(start, end)
    except SpanError:
        return (None, None)
