"""The map above the reader: a line for the whole source, his stretches on it, and where the answer's quotes stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.model.source import Source
from knowledge.model.turns import Role

Span = tuple[int, int]
_APART = 7.0
"""Percent of the line between two numbers, so that each can be touched."""


@dataclass(frozen=True)
class Placed:
    """A quote of an answer: its printed number and its characters in the source; `main` is the one that was opened."""

    number: int
    start: int
    end: int
    main: bool = False

    @property
    def anchor(self) -> str:
        """Return the id of its words in the reader."""
        return "mark" if self.main else f"placed-{self.number}"


@dataclass(frozen=True)
class MapView:
    """What the map shows, in percent of the source: stretches (left, width), quotes (quote, place, number's place)."""

    stretches: tuple[tuple[float, float], ...]
    quotes: tuple[tuple[Placed, float, float], ...]


def source_map(source: Source, placed: Sequence[Placed]) -> MapView:
    """Return the map of a source with the quotes of an answer on it, in the order of the source."""
    whole = max(len(source.text), 1)
    ordered = sorted(placed, key=lambda one: one.start)
    places = [100 * one.start / whole for one in ordered]
    return MapView(
        stretches=tuple(
            (round(100 * start / whole, 2), round(100 * (end - start) / whole, 2)) for start, end in _his(source)
        ),
        quotes=tuple(
            (one, round(place, 2), round(label, 2))
            for one, place, label in zip(ordered, places, _spread(places), strict=True)
        ),
    )


def _his(source: Source) -> Iterable[Span]:
    """Return the subject's stretches; turns that follow each other are one."""
    joined: list[Span] = []
    for turn in source.turns:
        if turn.role is not Role.SUBJECT:
            continue
        if joined and turn.start - joined[-1][1] < 3:
            joined[-1] = (joined[-1][0], turn.end)
        else:
            joined.append((turn.start, turn.end))
    return joined


def _spread(places: Sequence[float]) -> list[float]:
    """Return places at least `_APART` from each other and within the line, in the same order.

    >>> _spread([1.0, 2.0, 50.0, 99.0])
    [2.0, 9.0, 50.0, 98.0]
    """
    apart = min(_APART, 96.0 / max(len(places), 1))
    spread: list[float] = []
    for place in places:
        spread.append(max(place, 2.0, spread[-1] + apart if spread else 0.0))
    limit = 98.0
    for at in range(len(spread) - 1, -1, -1):
        spread[at] = min(spread[at], limit)
        limit = spread[at] - apart
    return spread
