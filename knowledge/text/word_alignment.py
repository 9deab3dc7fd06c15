"""Which words of one transcript are which of another, found from their marks alone.

Runs of marks that occur once on both sides are sure (patience style); the longest chain of them in order is the
backbone. Between two of its links a small dynamic programme takes the marks that stay on a diagonal, so that a
lone chance agreement is never believed.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from knowledge.text.fingerprints import Mark

_SEED = 5
"""Marks in a row that must agree, places included, to start a backbone: about 30 bits."""
_REACH = 240
"""Words beyond a backbone link within which further agreement is looked for."""
_DRIFT = 8
"""Words by which one side may run ahead of both neighbouring links."""
_TURN_COST = 1.5
"""What leaving a diagonal costs, in agreeing marks: one alone is never worth it, two are."""
_MAX_PAIRS = 1500
"""Candidates above which a gap is searched on the diagonals of its two ends only."""


class Link(NamedTuple):
    """The words from `left` on in one transcript are those from `right` on in the other."""

    left: int
    right: int

    @property
    def diagonal(self) -> int:
        """Return how far the right side runs ahead."""
        return self.right - self.left


def align(left: Sequence[Mark], right: Sequence[Mark]) -> list[Link]:
    """Return the marks that agree, rising on both sides."""
    backbone = _chain(_unique_seeds(left, right))
    if not backbone:
        return []
    found: list[Link] = []
    first, last = backbone[0], backbone[-1]
    found += _fill(left, right, Link(first.left - _REACH, first.right - _REACH), first)
    for one, two in pairwise(backbone):
        found.append(one)
        if min(two.left - one.left, two.right - one.right) <= 1:
            continue
        if two.left - one.left > 2 * _REACH or two.right - one.right > 2 * _REACH:
            found += _fill(left, right, one, Link(one.left + _REACH, one.right + _REACH))
            found += _fill(left, right, Link(two.left - _REACH, two.right - _REACH), two)
        else:
            found += _fill(left, right, one, two)
    found.append(last)
    found += _fill(left, right, last, Link(last.left + _REACH, last.right + _REACH))
    return found


def _unique_seeds(left: Sequence[Mark], right: Sequence[Mark]) -> list[Link]:
    ours, theirs = _seeds(left), _seeds(right)
    starts = (Link(at, theirs[seed]) for seed, at in ours.items() if seed in theirs)
    agreeing = {
        Link(left[link.left + step].position, right[link.right + step].position)
        for link in starts
        for step in range(_SEED)
    }
    return sorted(agreeing)


def _seeds(marks: Sequence[Mark]) -> dict[tuple[int, ...], int]:
    """Return where each run of marks stands that occurs once."""
    runs = [_shape(marks[at : at + _SEED]) for at in range(len(marks) - _SEED + 1)]
    counts = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counts[run] == 1}


def _shape(run: Sequence[Mark]) -> tuple[int, ...]:
    return tuple(part for mark in run for part in (mark.value, mark.position - run[0].position))


def _chain(links: Sequence[Link]) -> list[Link]:
    """Return the longest rising run of links (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    # of two links with the same left only one can be kept: the far right one is tried first
    ordered = sorted(links, key=lambda link: (link.left, -link.right))
    for number, link in enumerate(ordered):
        place = bisect_left(tails, link.right)
        before.append(ends[place - 1] if place else None)
        tails[place : place + 1] = [link.right]
        ends[place : place + 1] = [number]
    chain: list[Link] = []
    at = ends[-1] if ends else None
    while at is not None:
        chain.append(ordered[at])
        at = before[at]
    return chain[::-1]


def _fill(left: Sequence[Mark], right: Sequence[Mark], start: Link, end: Link) -> list[Link]:
    """Return the agreeing marks strictly between two links."""
    pairs = _candidates(left, right, start, end)
    if len(pairs) > _MAX_PAIRS:
        pairs = [pair for pair in pairs if pair.diagonal in (start.diagonal, end.diagonal)]
    # best[i]: (score, number of the pair before), over chains from `start` that end in pair i
    best: list[tuple[float, int | None]] = []
    for number, pair in enumerate(pairs):
        score, via = 1.0 - _turn(start, pair), None
        for earlier in range(number):
            other = pairs[earlier]
            if other.left < pair.left and other.right < pair.right:
                through = best[earlier][0] + 1.0 - _turn(other, pair)
                if through > score:
                    score, via = through, earlier
        best.append((score, via))
    total, at = 0.0 - _turn(start, end), None
    for number, pair in enumerate(pairs):
        through = best[number][0] - _turn(pair, end)
        if through > total:
            total, at = through, number
    chosen: list[Link] = []
    while at is not None:
        chosen.append(pairs[at])
        at = best[at][1]
    return chosen[::-1]


def _turn(one: Link, two: Link) -> float:
    return 0.0 if one.diagonal == two.diagonal else _TURN_COST


def _candidates(left: Sequence[Mark], right: Sequence[Mark], start: Link, end: Link) -> list[Link]:
    low = min(start.diagonal, end.diagonal) - _DRIFT
    high = max(start.diagonal, end.diagonal) + _DRIFT
    there: dict[int, list[int]] = {}
    for mark in _between(right, start.right, end.right):
        there.setdefault(mark.value, []).append(mark.position)
    return [
        Link(mark.position, position)
        for mark in _between(left, start.left, end.left)
        for position in there.get(mark.value, ())
        if low <= position - mark.position <= high
    ]


def _between(marks: Sequence[Mark], after: int, before: int) -> Iterable[Mark]:
    first = bisect_left(marks, (after + 1, -1))
    for mark in marks[first:]:
        if mark.position >= before:
            break
        yield mark
