"""The format of a file of the quotation book: one appearance or writing, its facts and its quotations."""

import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from knowledge.model.dates import PartialDate
from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.source import Slug, count_words

MAX_WORDS = 60
_FINDABLE = re.compile(r"https?://[^/\s]+\.\w|stored file \d+: \S")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AskedInOurWords(_Strict):
    """The question that a quotation answers, worded by us."""

    en: str
    zh: str


class Rendering(_Strict):
    """The same words in another language, as somebody printed them."""

    language: str
    text: str


class PrintedForm(_Strict):
    """A form in which the words are in circulation, though he did not say them so."""

    text: str
    where: str


class Quotation(_Strict):
    """At most sixty words of his, in whole sentences, with the question they answer and its topic."""

    topic: Slug
    question: AskedInOurWords
    also: tuple[str, ...] = ()
    """What else people ask that it answers, in either language: search reads it, nobody is shown it."""
    text: Annotated[str, Field(min_length=1)]
    said_at: float | None = Field(default=None, ge=0)
    renderings: tuple[Rendering, ...] = ()
    misquotations: tuple[PrintedForm, ...] = ()

    @field_validator("text")
    @classmethod
    def _short(cls, text: str) -> str:
        words = count_words(text)
        if words > MAX_WORDS:
            raise ValueError(f"a quotation has at most {MAX_WORDS} words, this one has {words}")
        return text


class BookFile(_Strict):
    """One appearance or writing."""

    id: Slug
    appearance: Slug | None = None
    title: str
    date: PartialDate
    venue: str
    hosts: tuple[str, ...] = ()
    url: str | None = None
    medium: str | None = None
    language: str
    provenance: Literal[Provenance.TRANSCRIPT, Provenance.WRITTEN, Provenance.TRANSLATION, Provenance.QUOTATION]
    how: TranscriptKind | None = None
    punctuated: bool = True
    """Whether the transcript marks the ends of sentences; one that does not is quoted between its own words."""
    basis: str
    seen: tuple[str, ...] = ()
    """Where the wording and the date were seen, for what he wrote at least two of different sites: addresses, and
    “stored file N: …” for a page of a public store that keeps no address."""
    quotations: Annotated[tuple[Quotation, ...], Field(min_length=1)]

    @field_validator("seen")
    @classmethod
    def _findable(cls, seen: tuple[str, ...]) -> tuple[str, ...]:
        for place in seen:
            if not _FINDABLE.match(place):
                raise ValueError(f"“{place}” is no address: begin with https:// or with “stored file NUMBER: ”")
        return seen

    @model_validator(mode="after")
    def _seen_twice(self) -> Self:
        sites = {urlsplit(place).hostname or place for place in self.seen}
        if self.provenance is Provenance.WRITTEN and len(sites) < 2:
            raise ValueError("what he wrote must have been seen on two sites: give them under “seen”")
        return self
