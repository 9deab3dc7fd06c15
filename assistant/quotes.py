"""A quote is a place in a source, never a string: its words are read where it points."""

from contextlib import suppress
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_serializer, model_validator

from assistant.deep_links import deep_link
from assistant.exceptions import AssistantError
from assistant.records.quote_ids import quote_id, read_quote_id
from knowledge.library.editions import editions_of_file
from knowledge.library.store import Library
from knowledge.model.errors import SpanError
from knowledge.model.passages import Passage, question_before
from knowledge.model.provenance import Provenance
from knowledge.model.source import Question, Source
from knowledge.model.turns import Certainty, Role, Turn
from knowledge.text.sentences import Span, sentences

OURS = "ask-ilya"
"""Who asks when the question is in our words."""


class UnknownQuote(AssistantError):
    """No quote has this id."""


class Attribution(BaseModel):
    """Who said it, to whom, when and where, and how we know."""

    model_config = ConfigDict(frozen=True)

    speaker: str
    certainty: Certainty
    title: str
    date: str | None
    venue: str | None
    interviewers: tuple[str, ...]
    asked: str | None
    asked_by: str | None
    said_at: float | None
    provenance: Provenance
    language: str
    url: str | None
    """The source's address, opened at the moment or at the words where the site understands one."""


class Quote(BaseModel):
    """Characters [start, end) of a source, inside one turn of the subject. Has no field for the words.

    Raises:
        SpanError: the span is outside its turn, or the turn's words may not be quoted.
    """

    model_config = ConfigDict(frozen=True)

    source: Source
    start: int
    end: int

    @model_validator(mode="after")
    def _check(self) -> "Quote":
        if not 0 <= self.start < self.end <= len(self.source.text):
            raise SpanError(f"[{self.start}, {self.end}) is not a span of {self.source.id}")
        turn = self.source.turns[self.source.turn_index(self.start)]
        if self.end > turn.end:
            raise SpanError(f"[{self.start}, {self.end}) of {self.source.id} runs over the end of a turn")
        if turn.role is not Role.SUBJECT or not turn.provenance.quotable:
            raise SpanError(f"[{self.start}, {self.end}) of {self.source.id} is not known to be the subject's")
        return self

    @cached_property
    def turn(self) -> Turn:
        """Return the turn the quote lies in."""
        return self.source.turns[self.source.turn_index(self.start)]

    @property
    def text(self) -> str:
        """Return the words, read from the source."""
        return self.source.text[self.start : self.end]

    @property
    def before(self) -> str | None:
        """Return the sentence that stands before the words in his turn, read from the source; None where none does."""
        return self._slice(max((one for one in self._turn_sentences if one.end <= self.start), default=None))

    @property
    def after(self) -> str | None:
        """Return the sentence that stands after the words in his turn, read from the source; None where none does."""
        return self._slice(min((one for one in self._turn_sentences if one.start >= self.end), default=None))

    @cached_property
    def _turn_sentences(self) -> list[Span]:
        return sentences(self.source.text, self.turn.start, self.turn.end)

    def _slice(self, span: Span | None) -> str | None:
        return self.source.text[span.start : span.end] if span else None

    @cached_property
    def id(self) -> str:
        """Return a short permanent id: the same for everyone who holds the same file; `find_quote` reads it."""
        return quote_id(self.source.sha256, self.start, self.text)

    @cached_property
    def question(self) -> Question | None:
        """Return what he was asked, in the interviewer's words or ours."""
        return question_before(self.source, self.turn)

    @cached_property
    def said_at(self) -> float | None:
        """Return the seconds into the recording at which the quote starts, if known."""
        return self.source.said_at(self.start)

    @cached_property
    def attribution(self) -> Attribution:
        """Return who, to whom, when, where, and how we know."""
        turn, source, question = self.turn, self.source, self.question
        if turn.speaker is None or turn.certainty is None:
            raise SpanError(f"the speaker of {source.id} at {self.start} has no name")
        return Attribution(
            speaker=turn.speaker,
            certainty=turn.certainty,
            title=source.title,
            date=source.date,
            venue=source.venue,
            interviewers=source.interviewers,
            asked=question.text if question else None,
            asked_by=(OURS if question.start is None else question.by) if question else None,
            said_at=self.said_at,
            provenance=turn.provenance,
            language=turn.language,
            url=deep_link(source.url, seconds=self.said_at, words=self.text, page=source.page_at(self.start)),
        )

    @model_serializer
    def _contract(self) -> dict[str, Any]:
        told = self.attribution
        return {
            "id": self.id,
            "text": self.text,
            "before": self.before,
            "after": self.after,
            "start": self.start,
            "end": self.end,
            "speaker": told.speaker,
            "certainty": told.certainty.value,
            "asked": told.asked,
            "asked_by": told.asked_by,
            "said_at": told.said_at,
            "source": {
                "id": self.source.id,
                "title": told.title,
                "date": told.date,
                "venue": told.venue,
                "url": told.url,
                "language": told.language,
                "provenance": told.provenance.value,
                "sha256": self.source.sha256,
            },
        }


def quote_of(passage: Passage) -> Quote:
    """Return the quote that shows a whole passage."""
    return Quote(source=passage.source, start=passage.start, end=passage.end)


def find_quote(library: Library, name: str) -> Quote:
    """Return the quote that an id points at, in whichever edition of the file the words stand there.

    Raises:
        UnknownQuote: it is not an id, or no file in the library has these words at this place as his.
    """
    pointer = read_quote_id(name)
    if pointer is None:
        raise UnknownQuote(f"“{name}” is not the id of a quote; ids look like q_nentqaxj6z41ew0b8.")
    for source in editions_of_file(library, pointer.sha256_start):
        if pointer.fits(source.sha256, source.text[pointer.start : pointer.end]):
            with suppress(ValidationError):
                return Quote(source=source, start=pointer.start, end=pointer.end)
    raise UnknownQuote(f"The file that {name} was cut from is not in this library; add it with `ilya add FILE`.")
