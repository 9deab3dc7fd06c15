"""A document: the blocks of a parsed file and the facts it prints, and how it becomes a source.

What is not provably anyone's speech becomes a source of kind `report`: searchable, never quotable. Each source keeps
the name and version of its reader, so that what an older reader read is read anew from its stored file.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from knowledge.formats.blocks import Block
from knowledge.formats.decoding import Decoded
from knowledge.formats.draft import Draft
from knowledge.formats.pdf import PDF_ENCODING
from knowledge.metadata.appearance_facts import differences, known_facts
from knowledge.metadata.known_addresses import clean_address, occasion_at
from knowledge.metadata.printed_facts import Facts, date_in_name
from knowledge.metadata.transcript_signs import says_translated
from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.source import Appearance, PageMark, RawMap, Source
from knowledge.model.subject import Subject
from knowledge.model.turns import Role
from knowledge.text.language import language_of

VERSION = 11
"""Changes whenever a reader makes another text, other turns or other times of the same bytes."""
READERS = frozenset(
    [
        "labelled",
        "unlabelled",
        "background",
        "reading-list",
        "webvtt",
        "subrip",
        "whisper-tsv",
        "transcript-json",
        "table",
        "written",
    ]
)
"""The names under which sources keep their reader: the one list; `versioned` refuses every other name."""


def versioned(name: str) -> str:
    """Return the name under which a source keeps its reader.

    >>> versioned("webvtt").partition("/")[0]
    'webvtt'

    Raises:
        ValueError: no such reader; a name that is missing in READERS would never be read anew.
    """
    if name not in READERS:
        raise ValueError(f"{name!r} is no reader's name: add it to READERS")
    return f"{name}/{VERSION}"


def is_outdated(reader: str) -> bool:
    """Whether a source was read by an older version of one of these readers; the quotation book is none of them."""
    name, _, version = reader.partition("/")
    return name in READERS and version.isdecimal() and int(version) < VERSION


@dataclass(frozen=True)
class Given:
    """What a reader is told about a file, beside its text."""

    raw: bytes
    origin: str
    source_id: str
    subject: Subject


@dataclass(frozen=True)
class Document:
    """A parsed file.

    `recorded`: it is the words of a recording by its format (captions, Whisper), whatever they look like.
    `wrapped`: its lines end where the margin was, not where a paragraph ends.
    `refuted`: what shows that it is no record of speech, whatever its labels say.
    """

    decoded: Decoded
    blocks: tuple[Block, ...]
    facts: Facts
    reader: str
    recorded: bool = False
    wrapped: bool = False
    how: TranscriptKind | None = None
    ends_at: float | None = None
    notes: tuple[str, ...] = ()
    refuted: str | None = None

    @property
    def language(self) -> str:
        """Return the language of the text by its script, or as the file declares it."""
        return language_of(" ".join(block.text for block in self.blocks), self.facts.language)

    def draft(self, provenance: Provenance) -> Draft:
        """Return an empty canonical text over this document."""
        return Draft(self.decoded.text, self.decoded.encoding, self.language, provenance)

    def joint(self, block: Block) -> str:
        """Return what parts a block from the one before it in the same turn."""
        return " " if block.follows and self.wrapped else "\n"

    def noting(self, *notes: str) -> "Document":
        """Return the document with more notes."""
        return replace(self, notes=(*self.notes, *notes))


def finished(
    draft: Draft,
    document: Document,
    given: Given,
    *,
    reader: str,
    appearances: tuple[Appearance, ...] = (),
    interviewers: tuple[str, ...] = (),
) -> Source:
    """Return the source that a filled draft makes."""
    facts = document.facts
    url = facts.url or (given.origin if given.origin.startswith(("http://", "https://")) else None)
    url = clean_address(url) if url else None
    occasion = occasion_at(url) if draft.provenance.quotable else None
    notes = document.notes
    told: dict[str, Any] = {
        "date": facts.date,
        "venue": facts.venue,
        "interviewers": facts.interviewers or interviewers,
    }
    if occasion:
        known = known_facts(occasion, facts.date)
        where = f"Its address is that of a known appearance, “{occasion.id}”, which gives its date, venue and host."
        notes = (*notes, where, *differences({**told, "interviewers": facts.interviewers}, known))
        told |= known
    named = None if told["date"] else date_in_name(given.origin)
    if named:
        notes = (*notes, f"It prints no date: {named} is taken from the name of the file.")
    source = Source(
        id=given.source_id,
        title=facts.title or (occasion.title if occasion else given.source_id),
        date=told["date"] or named,
        venue=told["venue"],
        interviewers=told["interviewers"],
        url=url,
        language=draft.language,
        provenance=draft.provenance,
        how=document.how if draft.provenance is Provenance.TRANSCRIPT else None,
        appearance=occasion.id if occasion else None,
        sha256=hashlib.sha256(given.raw).hexdigest(),
        reader=versioned(reader),
        text=draft.text,
        turns=tuple(draft.turns),
        raw_map=draft.raw_map,
        times=draft.times,
        pages=tuple(_pages(document.decoded, draft.raw_map)),
        notes=notes,
        appearances=appearances,
    )
    return _rendered(source, document, given.subject)


def _pages(decoded: Decoded, raw_map: RawMap) -> Iterator[PageMark]:
    """Yield where each page of a PDF that words were read from begins."""
    if decoded.encoding != PDF_ENCODING:
        return
    breaks = [match.start() for match in re.finditer("\f", decoded.text)]
    last = 0
    for segment in raw_map.segments:
        page = bisect_right(breaks, segment.raw_start) + 1
        if page != last:
            yield PageMark(segment.start, page)
            last = page


def _rendered(source: Source, document: Document, subject: Subject) -> Source:
    """Return the source as a translation where its language or its header shows that the words were rendered."""
    if source.provenance is not Provenance.TRANSCRIPT:
        return source
    if subject.never_speaks(source.language):
        why = f"It is in a language ({source.language}) that {subject.name} does not speak in public: a translation."
        return as_translation(source).model_copy(update={"notes": (*source.notes, why)})
    told = says_translated(document.facts.declared, source.language)
    if told:
        why = f"The words went through another language: its header says so (“{told}”)."
        return as_translation(source).model_copy(update={"notes": (*source.notes, why)})
    return source


def as_translation(source: Source) -> Source:
    """Return a source whose speech is a rendering in another language; background stays background."""
    turns = tuple(
        turn.model_copy(update={"provenance": Provenance.TRANSLATION})
        if turn.provenance is Provenance.TRANSCRIPT
        else turn
        for turn in source.turns
    )
    provenance = Provenance.TRANSLATION if source.provenance is Provenance.TRANSCRIPT else source.provenance
    return source.model_copy(update={"turns": turns, "provenance": provenance, "how": None})


def read_background(document: Document, given: Given) -> Source:
    """Return a document whose every block is a report."""
    draft = document.draft(Provenance.REPORT)
    take_background(draft, document, document.blocks)
    noted = document.noting(
        "Nothing in it shows that it is a record of speech: it is background, and only what a person says was said "
        f"by {given.subject.name} is quoted from it."
    )
    return finished(draft, noted, given, reader="background")


def read_refuted(document: Document, given: Given) -> Source:
    """Return a document that shows itself to be no record of speech: every block is a report."""
    noted = document.noting(f"It is not a record of what was said: {document.refuted}. All of it is background.")
    draft = noted.draft(Provenance.REPORT)
    take_background(draft, noted, noted.blocks)
    return finished(draft, noted, given, reader="background")


def take_background(draft: Draft, document: Document, blocks: Iterable[Block]) -> None:
    """Append blocks as report turns of nobody; the lines of a paragraph become one turn."""
    for block in blocks:
        if not (block.follows and document.wrapped):
            draft.close_turn(role=Role.UNKNOWN, provenance=Provenance.REPORT)
        draft.take_pieces(block.pieces, join=document.joint(block), seconds=block.seconds)
    draft.close_turn(role=Role.UNKNOWN, provenance=Provenance.REPORT)
