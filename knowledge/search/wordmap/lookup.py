"""Looking words up: the runs of a claim's words that stand in the texts, and whose they are there.

Looking up costs a few binary searches and the places found, however large the library is. Hashes may collide: who
finds words here compares them with the source.
"""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.model.source import Misquotation, Source
from knowledge.search.wordmap.word_arrays import Arrays, Numbers, grams, hashed
from knowledge.text.words import keys

Places = NDArray[np.int64]

_COMMON = 20_000  # pairs that stand in more places than this are looked up only where nothing rarer is near
_BUDGET = 400_000  # places looked at per search
_NEIGHBOURS = 6
_LOADED = 32  # sources kept at hand: the claims of one document point at the same few


class Runs(NamedTuple):
    """Columns: `length` words of the search from word `first` on stand in the index from word `place` on."""

    first: Places
    place: Places
    length: Places


class WordMap:
    """The words of all texts at one moment.

    Args:
        arrays: the words.
        load: returns the source with an id and SHA-256.
    """

    def __init__(self, arrays: Arrays, load: Callable[[str, str], Source]) -> None:
        self.arrays = arrays
        self._load = lru_cache(maxsize=_LOADED)(load)
        self._bounds = [held.first for held in arrays.held]

    def __len__(self) -> int:
        """Return the number of words, with one mark between every two texts."""
        return len(self.arrays.words)

    def runs(self, keys: Sequence[str]) -> Runs:
        """Return the runs of two or more of the given words that stand in the index, longest first.

        A run is as long as it can be. Runs of nothing but very common pairs may be left out.
        """
        wanted = hashed(keys)
        if len(wanted) < 2 or not len(self.arrays.grams):
            none = np.zeros(0, np.int64)
            return Runs(none, none, none)
        runs = _extended(wanted, self.arrays.words, *self._seeds(wanted))
        order = np.lexsort((runs.place, -runs.length))
        return Runs(runs.first[order], runs.place[order], runs.length[order])

    def stretches(self, places: Places) -> Places:
        """Return for every word the number of the stretch (words of one voice, one turn) it stands in."""
        return np.searchsorted(self.arrays.stretches, places.astype(np.uint32), "right") - 1

    def voices(self, stretches: Places) -> Places:
        """Return the `Voice` of every stretch."""
        return self.arrays.voices[stretches].astype(np.int64)

    def span(self, stretch: int) -> tuple[int, int]:
        """Return the first word and the end of a stretch."""
        last = stretch + 1 == len(self.arrays.stretches)
        return int(self.arrays.stretches[stretch]), len(self.arrays.words) if last else int(
            self.arrays.stretches[stretch + 1]
        )

    def hashes(self, start: int, end: int) -> Numbers:
        """Return the hashed words [start, end) of the index."""
        return self.arrays.words[start:end]

    def source(self, place: int) -> Source:
        """Return the source that holds the word at `place`."""
        held = self.arrays.held[self.edition(place)]
        return self._load(held.source_id, held.sha256)

    def edition(self, place: int) -> int:
        """Return the number of the edition that holds the word at `place`: equal for words of one text."""
        return int(np.searchsorted(self._bounds, place, "right")) - 1

    def offset(self, place: int) -> int:
        """Return the offset of the word at `place` in the canonical text of its source."""
        return int(self.arrays.starts[place])

    @cached_property
    def misquoted(self) -> list[tuple[Source, Misquotation, Numbers]]:
        """Return the printed forms that differ from what he said, each with its source before and its words after."""
        sources = [self._load(held.source_id, held.sha256) for held in self.arrays.held if held.misquotations]
        listed = [(source, printed) for source in sources for printed in source.misquotations]
        return [(source, printed, hashed(keys(printed.text))) for source, printed in listed]

    def _seeds(self, wanted: Numbers) -> tuple[Places, Places]:
        pairs = grams(wanted)
        left = np.searchsorted(self.arrays.grams, pairs, "left")
        right = np.searchsorted(self.arrays.grams, pairs, "right")
        chosen = _rare(right - left)
        first = [np.full(right[i] - left[i], i, np.int64) for i in chosen]
        place = [self.arrays.places[left[i] : right[i]].astype(np.int64) for i in chosen]
        if not chosen:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        return np.concatenate(first), np.concatenate(place)


def _rare(counts: NDArray[np.int64]) -> list[int]:
    """Choose which pairs to look up: all rare ones, and the rarest of every few neighbours, within the budget."""
    common = min(_COMMON, max(_BUDGET // max(len(counts), 1), 100))
    chosen = {int(i) for i in np.flatnonzero((counts > 0) & (counts <= common))}
    for start in range(0, len(counts), _NEIGHBOURS):
        near = [i for i in range(start, min(start + _NEIGHBOURS, len(counts))) if counts[i]]
        if near:
            chosen.add(min(near, key=lambda i: counts[i]))
    kept: list[int] = []
    total = 0
    for i in sorted(chosen, key=lambda i: counts[i]):
        total += int(counts[i])
        if kept and total > 2 * _BUDGET:
            break
        kept.append(i)
    return kept


def _extended(wanted: Numbers, held: Numbers, first: Places, place: Places) -> Runs:
    """Lengthen every seed in both directions as far as the words agree; each run comes once."""
    if not len(first):
        return Runs(first, place, first)
    order = np.lexsort((first, place - first))
    first, place = first[order], place[order]
    follows = np.zeros(len(first), bool)
    follows[1:] = (np.diff(first) == 1) & (np.diff(place) == 1)
    first, place = first[~follows].copy(), place[~follows].copy()
    end, reach = first.copy(), place.copy()
    alive = np.arange(len(first))
    while len(alive):
        alive = alive[(first[alive] > 0) & (place[alive] > 0)]
        alive = alive[held[place[alive] - 1] == wanted[first[alive] - 1]]
        first[alive] -= 1
        place[alive] -= 1
    alive = np.arange(len(end))
    while len(alive):
        alive = alive[(end[alive] < len(wanted)) & (reach[alive] < len(held))]
        alive = alive[held[reach[alive]] == wanted[end[alive]]]
        end[alive] += 1
        reach[alive] += 1
    _, once = np.unique((place << np.int64(24)) | first, return_index=True)
    kept = once[(end - first)[once] >= 2]
    return Runs(first[kept], place[kept], (end - first)[kept])
