"""A source, one document held: its facts, its canonical text, who speaks in it, and the way back to the raw file."""

import hashlib
import re
from bisect import bisect_right
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from knowledge.model.dates import PartialDate
from knowledge.model.errors import SpanError
from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.turns import Role, Turn

Slug = Annotated[str, StringConstraints(pattern=r"^[\w][\w.-]*$", max_length=120)]


_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff][^\s\u3400-\u9fff]*")


class Appearance(BaseModel):
    """Facts about one occasion on which he spoke; no words of his."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    title: str
    date: PartialDate | None = None
    venue: str | None = None
    hosts: tuple[str, ...] = ()
    url: str | None = None
    medium: str | None = None
    pages: tuple[str, ...] = Field(default=(), exclude=True)
    """Other addresses with its words, tried before `url` when it is fetched: edited transcripts first."""
    verified: str | None = Field(default=None, exclude=True)
    """Where the date and the place were seen; a date that is not known to the day stays a month or a year."""


class Segment(NamedTuple):
    """Canonical characters [start, end) were read from characters [raw_start, raw_end) of the decoded file."""

    start: int
    end: int
    raw_start: int
    raw_end: int

    @property
    def verbatim(self) -> bool:
        """Whether both sides have the same length, so that offsets inside correspond one to one."""
        return self.end - self.start == self.raw_end - self.raw_start


class RawMap(BaseModel):
    """From canonical offsets back to the raw file, which decodes with `encoding`.

    Canonical characters outside every segment (a joining space or line break) stand for white space or mark-up.
    """

    model_config = ConfigDict(frozen=True)

    encoding: str
    segments: tuple[Segment, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the decoded file's characters [raw_start, raw_end) from which canonical [start, end) was read.

        Raises:
            SpanError: no character of the span comes from the file.
        """
        first = max(bisect_right(self._starts, start) - 1, 0)
        touched = []
        for segment in self.segments[first:]:
            if segment.start >= end:
                break
            if segment.end > start:
                touched.append(segment)
        if not touched:
            raise SpanError(f"no character of [{start}, {end}) comes from the raw file")
        head, tail = touched[0], touched[-1]
        raw_start = head.raw_start + (max(start - head.start, 0) if head.verbatim else 0)
        raw_end = tail.raw_end - (max(tail.end - end, 0) if tail.verbatim else 0)
        return raw_start, raw_end


class Misquotation(BaseModel):
    """A printed form of something he said whose words differ from it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    where: str
    start: int
    end: int
    """Canonical span [start, end) of what he did say."""


class TimeMark(NamedTuple):
    """The character at `offset` of the canonical text is spoken `seconds` into the recording."""

    offset: int
    seconds: float


class PageMark(NamedTuple):
    """The page with this number, counted from 1, begins at the character at `offset` of the canonical text."""

    offset: int
    page: int


class Question(BaseModel):
    """What a turn answers: the interviewer's words [start, end), or ours (then it has no span)."""

    model_config = ConfigDict(frozen=True)

    text: str
    by: str | None
    start: int | None = None
    end: int | None = None


class FactName(StrEnum):
    """A fact about a source that a person may give in place of what its file says."""

    TITLE = "title"
    DATE = "date"
    VENUE = "venue"
    HOSTS = "interviewers"
    URL = "url"
    LANGUAGE = "language"


FactValue = str | tuple[str, ...] | None


class GivenFact(BaseModel):
    """A fact that a person gave, and what stood in its place before."""

    model_config = ConfigDict(frozen=True)

    name: FactName
    value: FactValue
    instead_of: FactValue


class Source(BaseModel):
    """A document: facts, canonical text (Unicode code points) and turns, in one frozen value.

    `sha256` is that of the raw file. Two sources are the same edition when id and sha256 agree.
    """

    model_config = ConfigDict(frozen=True)

    id: Slug
    title: str
    date: PartialDate | None = None
    venue: str | None = None
    interviewers: tuple[str, ...] = ()
    url: str | None = None
    language: str
    medium: str | None = None
    provenance: Provenance
    how: TranscriptKind | None = None
    appearance: str | None = None
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    reader: str
    text: str = Field(repr=False)
    turns: tuple[Turn, ...] = Field(default=(), repr=False)
    raw_map: RawMap = Field(repr=False)
    times: tuple[TimeMark, ...] = Field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    """What the reader kept and why the rest is not quotable, one sentence each."""
    appearances: tuple[Appearance, ...] = ()
    """Occasions that the document lists, without being a record of any."""
    misquotations: tuple[Misquotation, ...] = ()
    pages: tuple[PageMark, ...] = Field(default=(), repr=False, exclude_if=lambda pages: not pages)
    """Where the pages of a paged file begin; none for every other file."""
    given: tuple[GivenFact, ...] = Field(default=(), exclude_if=lambda given: not given)
    """Facts above that a person gave, kept apart from what the file says."""

    @model_validator(mode="after")
    def _check_spans(self) -> "Source":
        for left, right in pairwise(self.turns):
            if right.start < left.end:
                raise SpanError(f"turns of {self.id} overlap at character {right.start}")
        if self.turns and self.turns[-1].end > len(self.text):
            raise SpanError(f"a turn of {self.id} ends after its text")
        for segment in self.raw_map.segments:
            if not 0 <= segment.start < segment.end <= len(self.text):
                raise SpanError(f"a map segment of {self.id} is outside its text")
        return self

    def __copy__(self) -> "Source":
        """Return a copy without what was derived: a copy with other turns must not find the old ones."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    @cached_property
    def text_sha256(self) -> str:
        """SHA-256 of the canonical text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def _turn_starts(self) -> list[int]:
        return [turn.start for turn in self.turns]

    def turn_index(self, offset: int) -> int:
        """Return the position in `turns` of the turn that covers the character at `offset`.

        Raises:
            SpanError: no turn covers it.
        """
        index = bisect_right(self._turn_starts, offset) - 1
        if index < 0 or offset >= self.turns[index].end:
            raise SpanError(f"no turn of {self.id} covers character {offset}")
        return index

    def renderings_of(self, turn: Turn) -> tuple[Turn, ...]:
        """Return the turns that render a turn's words in another language."""
        return self._renderings.get(turn.start, ())

    @cached_property
    def _renderings(self) -> dict[int, tuple[Turn, ...]]:
        found: dict[int, tuple[Turn, ...]] = {}
        for turn in self.turns:
            if turn.renders is not None:
                found[turn.renders] = (*found.get(turn.renders, ()), turn)
        return found

    def said_at(self, offset: int) -> float | None:
        """Return the seconds at which the character at `offset` is spoken, between two marks in proportion."""
        if not self.times:
            return self.turns[self.turn_index(offset)].said_at
        position = bisect_right(self._time_offsets, offset)
        if position == 0:
            return None
        left = self.times[position - 1]
        if position == len(self.times) or left.offset == offset:
            return left.seconds
        right = self.times[position]
        share = (offset - left.offset) / (right.offset - left.offset)
        return round(left.seconds + share * (right.seconds - left.seconds), 3)

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page on which the character at `offset` stands; None where there are no pages."""
        position = bisect_right([mark.offset for mark in self.pages], offset)
        return self.pages[position - 1].page if position else None

    @cached_property
    def _time_offsets(self) -> list[int]:
        return [mark.offset for mark in self.times]

    def quotable_words(self, *, admit_inferred: bool = False) -> int:
        """Return how many words (white-space separated, or CJK characters) may be quoted."""
        return sum(
            count_words(self.text[turn.start : turn.end])
            for turn in self.turns
            if turn.quotable(admit_inferred=admit_inferred)
        )

    def turn_counts(self) -> dict[str, int]:
        """Return the number of turns by role: subject, other, unknown."""
        return {role.value: sum(turn.role is role for turn in self.turns) for role in Role}


def count_words(text: str) -> int:
    """Return the number of words: runs between white space, each CJK character counting as one.

    >>> count_words("scale is 数据")
    4
    """
    return len(_WORD.findall(text))
