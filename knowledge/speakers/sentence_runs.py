"""A review by numbers: every sentence of a source has one, and runs of them are decisions, typed or from a file."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.model.errors import SpanError
from knowledge.model.source import Source
from knowledge.model.subject import Subject
from knowledge.model.turns import Role
from knowledge.speakers.review import Decision
from knowledge.text.sentences import Span, sentences


class Numbered(NamedTuple):
    """A sentence of a source: its number from 1, the number of its turn from 0, its characters."""

    number: int
    turn: int
    span: Span


def numbered_sentences(source: Source) -> list[Numbered]:
    """Return every sentence of a source's turns, counted from 1: what a person decides by."""
    spans = [
        (number, span)
        for number, turn in enumerate(source.turns)
        for span in sentences(source.text, turn.start, turn.end)
    ]
    return [Numbered(count, number, span) for count, (number, span) in enumerate(spans, start=1)]


class Run(BaseModel):
    """Sentences `first` to `last`, both included, and who says them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: int = Field(ge=1)
    last: int = Field(ge=1)
    role: Role
    speaker: str | None = None


_RUNS = TypeAdapter(tuple[Run, ...])


def runs_of_file(text: str) -> tuple[Run, ...]:
    """Return the runs that a JSON file holds: `[{"first": 1, "last": 12, "role": "other", "speaker": "…"}, …]`.

    Raises:
        SpanError: it is no such list.
    """
    try:
        return _RUNS.validate_json(text)
    except ValidationError as error:
        place = error.errors()[0]["loc"]
        where = f" in entry {int(place[0]) + 1}" if place else ""
        raise SpanError(
            f"The file of runs is not as it should be{where}; write a list such as "
            '[{"first": 1, "last": 12, "role": "subject"}, {"first": 13, "last": 14, "role": "other"}].'
        ) from error


def numbers_of(typed: str) -> list[tuple[int, int]]:
    """Return the ranges that somebody typed as `3-9,12`, both ends included.

    >>> numbers_of("3-9, 12")
    [(3, 9), (12, 12)]

    Raises:
        SpanError: it is no list of numbers.
    """
    found = []
    for part in typed.split(","):
        match = re.fullmatch(r"\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?", part)
        if match is None or int(match[2] or match[1]) < int(match[1]) or int(match[1]) < 1:
            raise SpanError(f"“{typed}” names no sentences; write numbers and ranges such as 3-9,12.")
        found.append((int(match[1]), int(match[2] or match[1])))
    return found


def decisions_on(source: Source, runs: Iterable[Run], subject: Subject) -> list[Decision]:
    """Return the decisions that runs of sentence numbers make, one for each turn they touch.

    Raises:
        SpanError: a number is above the last sentence, or a run ends before it begins.
    """
    each = numbered_sentences(source)
    return [decision for run in runs for decision in _of_run(source, each, run, subject)]


def _of_run(source: Source, each: Sequence[Numbered], run: Run, subject: Subject) -> Iterator[Decision]:
    if run.last < run.first or run.last > len(each):
        raise SpanError(
            f"{source.id} has no sentences {run.first} to {run.last}: they are counted 1 to {len(each)} "
            f"(`ilya speakers show {source.id} --sentences`)."
        )
    speaker = subject.name if run.role is Role.SUBJECT else run.speaker
    for _, group in groupby(each[run.first - 1 : run.last], key=lambda one: one.turn):
        inside = list(group)
        yield Decision(start=inside[0].span.start, end=inside[-1].span.end, role=run.role, speaker=speaker)
