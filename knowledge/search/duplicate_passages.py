"""Which passages hold an utterance that another source holds in a better version, so that it is ranked once.

The quotation book repeats words of transcripts that its user adds, and one talk may be held as an edited transcript,
as captions and as a machine's. Left alone, the copies of one utterance take each other's places in a ranking.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.model.passages import Passage
from knowledge.speakers.recordings import rank

_RUN = 3
"""Terms in a row that are compared."""
_FEWEST = 4
"""Runs a passage must have: “I think so.” is said many times."""
_EVERYDAY = 16
"""A run that stands in more passages than this is a manner of speaking."""
_SAME = 0.6
"""Share of the shorter passage's runs that stand in the other too."""

Numbers = NDArray[np.int64]


class Version(NamedTuple):
    """What of a passage tells whether it is the better version."""

    source_id: str
    appearance: str | None
    quality: tuple[int, int, int]
    """Whether it is an excerpt, the kind of the version, how much of the occasion it holds; smaller is better."""

    @classmethod
    def of(cls, passage: Passage) -> "Version":
        """Return the version a passage stands in."""
        source = passage.source
        held = sum(turn.end - turn.start for turn in source.turns)
        excerpt = passage.turn.question is not None  # what was asked does not stand in the source: it holds pieces
        return cls(source.id, source.appearance, (int(excerpt), rank(source, passage.start), -held))

    def is_better(self, other: "Version") -> bool:
        """Whether this version of an utterance is ranked in place of the other."""
        if self.source_id == other.source_id:
            return False
        same_occasion = self.appearance is not None and self.appearance == other.appearance
        return self.quality[:2] < other.quality[:2] or (same_occasion and self.quality < other.quality)


def better_versions(versions: Sequence[Version], spoken: Sequence[Sequence[str]]) -> Numbers:
    """Return for each passage the number of the passage that holds its words in a better version, itself if none.

    Args:
        versions: of every passage that is searched.
        spoken: the terms of each passage's own words.

    A version is better when its kind is (`knowledge.speakers.recordings.rank`), or when both record one appearance and
    it holds more of it. Two equal documents of the same kind stay two.
    """
    runs = [_runs(terms) for terms in spoken]
    sizes = np.array([len(found) for found in runs], dtype=np.int64)
    better = np.arange(len(versions), dtype=np.int64)
    best_key: dict[int, tuple[int, int, int, int]] = {}
    for one, other, shared in _sharing(runs):
        fewer = min(sizes[one], sizes[other])
        if fewer < _FEWEST or shared < _SAME * fewer:
            continue
        for worse, candidate in ((one, other), (other, one)):
            if versions[candidate].is_better(versions[worse]):
                key = (*versions[candidate].quality, -shared)
                if worse not in best_key or key < best_key[worse]:
                    best_key[worse] = key
                    better[worse] = candidate
    while (further := better[better] != better).any():
        better[further] = better[better[further]]
    return better


def _runs(terms: Sequence[str]) -> Numbers:
    told = {"\0".join(terms[start : start + _RUN]) for start in range(len(terms) - _RUN + 1)}
    hashed = [int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), signed=True) for run in told]
    return np.array(hashed, dtype=np.int64)


def _sharing(runs: Sequence[Numbers]) -> list[tuple[int, int, int]]:
    """Return pairs of passages (one < other) that share runs, with how many."""
    if not runs:
        return []
    hashed = np.concatenate(runs)
    holder = np.repeat(np.arange(len(runs)), [len(found) for found in runs])
    order = np.lexsort((holder, hashed))
    hashed, holder = hashed[order], holder[order]
    left, right = [], []
    for distance in range(1, _EVERYDAY):
        same = np.flatnonzero(hashed[distance:] == hashed[:-distance])
        left.append(holder[same])
        right.append(holder[same + distance])
    pairs = np.concatenate(left) * len(runs) + np.concatenate(right)
    found, counts = np.unique(pairs, return_counts=True)
    return [
        (int(pair) // len(runs), int(pair) % len(runs), int(count)) for pair, count in zip(found, counts, strict=True)
    ]
