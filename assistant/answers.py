"""Answers: numbered quotes or an honest abstention with its reason; and the steps told while one is made."""

import hashlib
from enum import StrEnum
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    computed_field,
    model_serializer,
    model_validator,
)

from assistant.models.calls import Usage
from assistant.quotes import Quote


# What happens between a question and its answer, told while it happens.
class Stage(StrEnum):
    """The stages of answering, in their order."""

    SEARCHING = "searching"
    CHOOSING = "choosing"
    CHECKING = "checking"


class Step(BaseModel):
    """A stage that has begun; `count` is the number of passages to choose from, where one is known."""

    model_config = ConfigDict(frozen=True)

    stage: Stage
    count: int | None = None


class Reason(StrEnum):
    """Why there is no answer."""

    NO_EVIDENCE = "no_evidence"
    NOT_HIM = "not_him"
    AFTER_LAST_SOURCE = "after_last_source"
    UNCLEAR = "unclear"


class Note(StrEnum):
    """What else is told of an answer to a follow-up."""

    NOTHING_LATER = "nothing_later"
    NOTHING_EARLIER = "nothing_earlier"
    NOT_IN_CHINESE = "not_in_chinese"
    RENDERED = "rendered"
    AS_SPOKEN = "as_spoken"
    ASKED_ABOVE = "asked_above"
    QUESTION_UNKNOWN = "question_unknown"
    NOT_SHORTER = "not_shorter"
    WHOLE_ALREADY = "whole_already"


class Coverage(BaseModel):
    """What was searched: how many sources with quotable words the filters admit, and their first and last month."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    sources: int
    since: str | None = Field(default=None, serialization_alias="from")
    until: str | None = Field(default=None, serialization_alias="to")
    filtered: bool = Field(default=False, exclude=True)
    """Whether filters, or dates in the question, left sources out."""

    @model_serializer
    def _contract(self) -> dict[str, Any]:
        return {"sources": self.sources, "from": self.since, "to": self.until}


class NumberedQuote(BaseModel):
    """A quote with the number printed beside it."""

    model_config = ConfigDict(frozen=True)

    number: int = Field(ge=1)
    quote: Quote

    @model_serializer
    def _contract(self) -> dict[str, Any]:
        return {"number": self.number, **self.quote.model_dump()}


class Elsewhere(BaseModel):
    """An occasion outside the time or place that was asked for, on which there are words that answer."""

    model_config = ConfigDict(frozen=True)

    source: str
    date: str
    venue: str | None = None


class ModelUse(BaseModel):
    """How a model was used for an answer, also where its choice was not usable."""

    model_config = ConfigDict(frozen=True)

    prompt: str
    """Hash of the prompt."""
    cached: bool = False
    """Whether its choice was remembered from an earlier answer, so that nothing was asked."""
    invalid: int = 0
    """Picks that were dropped: not offered, reversed, repeated, or not a pick at all."""
    usage: Usage | None = None
    """Tokens and cost, where the endpoint reports them."""


class Answer(BaseModel):
    """A question with its quotes, numbered 1, 2, 3 … in the order shown; or with the reason for none."""

    model_config = ConfigDict(frozen=True)

    question: str
    reason: Reason | None = None
    selector: str
    quotes: tuple[NumberedQuote, ...] = ()
    coverage: Coverage
    language: str = Field(default="en", exclude=True)
    """Language of the question, in which the answer's framing is written."""

    model: ModelUse | None = None
    """How a model was used; not told where none was."""
    note: Note | None = None
    """What else is told, in words that code composes; not told where there is nothing."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """Without quotes: what answers outside the time or place that limited the search, oldest first; else not told."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def answered(self) -> bool:
        """Whether there is a quote to show."""
        return bool(self.quotes)

    @property
    def id(self) -> str:
        """Return a name for this answer: the same question with the same quotes has the same one."""
        parts = [self.question, *(numbered.quote.id for numbered in self.quotes)]
        return "a_" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    @model_serializer(mode="wrap")
    def _contract(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        shape: dict[str, Any] = write(self)
        for name in ("model", "note", "elsewhere"):
            if not shape.get(name):
                shape.pop(name, None)
        return shape

    @model_validator(mode="after")
    def _check(self) -> "Answer":
        numbers = [numbered.number for numbered in self.quotes]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"quotes must be numbered 1, 2, 3 …, not {numbers}")
        if len({numbered.quote.id for numbered in self.quotes}) != len(numbers):
            raise ValueError("the same quote stands in the answer twice")
        if (self.reason is None) is not bool(self.quotes):
            raise ValueError("an answer has quotes or a reason for having none")
        return self


def numbered(quotes: list[Quote]) -> tuple[NumberedQuote, ...]:
    """Number quotes from 1 in their order."""
    return tuple(NumberedQuote(number=number, quote=quote) for number, quote in enumerate(quotes, start=1))
