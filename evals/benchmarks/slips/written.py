"""A transcript as written: its text, and for every turn where its label and its words stand in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.model.source import Source

_ADDRESS = re.compile(
    r"(?<=\])\((?:[^()\n]|\\\(|\([^()\n]*\))*\)|(?:https?:|data:)\S+|<a name=[^>]*>"
    r"|(?m:^[\\[(]*(?:\d+:)?\d+:\d\d[\\\])]*:?$)|\\?\[[a-z ]+ \d[\d:.]*\\?\]"
)
"""Addresses of links and pictures, anchors, times that stand alone, and sounds with a time."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
Span = tuple[int, int]
"""Characters [start, end) of the raw file as text."""


@dataclass(frozen=True)
class WrittenTurn:
    """One turn: whose it is, where its label starts, and where its words stand."""

    speaker: str
    label: int
    words: Span


@dataclass(frozen=True)
class Written:
    """A transcript with its turns in order."""

    text: str
    turns: tuple[WrittenTurn, ...]

    def label_of(self, number: int) -> str:
        """Return everything between a turn's start and its words: name, marks, time, line break."""
        turn = self.turns[number]
        return self.text[turn.label : turn.words[0]]

    def replaced(self, start: int, end: int, instead: str) -> "Written":
        """Return the transcript with text[start:end], which holds no words of a turn, written otherwise."""
        grown = len(instead) - (end - start)

        def moved(place: int) -> int:
            return place + grown if place >= end else place

        turns = tuple(
            WrittenTurn(turn.speaker, min(turn.label, start) if start <= turn.label < end else moved(turn.label),
                        (moved(turn.words[0]), moved(turn.words[1])))
            for turn in self.turns
        )  # fmt: skip
        return Written(self.text[:start] + instead + self.text[end:], turns)


def quotable_spans(source: Source) -> list[Span]:
    """Return where in the raw file the quotable words of a source stand, neighbours joined."""
    found: list[Span] = []
    for turn in (turn for turn in source.turns if turn.quotable()):
        for segment in source.raw_map.segments:
            start, end = max(segment.start, turn.start), min(segment.end, turn.end)
            if start >= end:
                continue
            shift = segment.raw_start - segment.start
            span = (start + shift, end + shift) if segment.verbatim else (segment.raw_start, segment.raw_end)
            found = [*found[:-1], (found[-1][0], span[1])] if found and span[0] == found[-1][1] else [*found, span]
    return found


def words_within(text: str, spans: Iterable[Span], limits: Iterable[Span]) -> int:
    """Return how many words of `text` stand in `spans` and inside `limits`; addresses of links are no words."""
    shown, bounds = _marked(text, spans), _marked(text, limits)
    both = [one and other for one, other in zip(shown, bounds, strict=True)]
    return sum(any(both[place] for place in range(*word.span())) for word in _WORD.finditer(_unlinked(text)))


def _unlinked(text: str) -> str:
    return _ADDRESS.sub(lambda match: " " * len(match.group()), text)


def _marked(text: str, spans: Iterable[Span]) -> bytearray:
    marks = bytearray(len(text))
    for start, end in spans:
        marks[start:end] = b"\x01" * (end - start)
    return marks
