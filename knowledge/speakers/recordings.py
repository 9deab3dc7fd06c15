"""One occasion, many versions: which sources record it, which is best, and where the other has a quotation's words."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from knowledge.model.provenance import Provenance, TranscriptKind
from knowledge.model.source import Source
from knowledge.text.fingerprints import SHINGLE, Mark, SpokenWord, hashes, spoken_words
from knowledge.text.sentences import Span
from knowledge.text.word_alignment import align
from knowledge.text.words import words

_SAME_OCCASION = 0.3
"""Share of the shorter source's word runs found in the other; speech recognisers agree on more, other talks on 0.02."""
_MIN_SHINGLES = 40
"""Word runs a source must have to be recognised by them."""
_SAME_WORDS = 0.5
"""Share of the shorter quotation's words that stand in the other at the same place of the recording."""

_BY_KIND: dict[TranscriptKind | None, int] = {
    TranscriptKind.EDITED: 0,
    TranscriptKind.CAPTIONS: 1,
    None: 2,
    TranscriptKind.ASR: 3,
}
_BY_PROVENANCE = {Provenance.WRITTEN: 0, Provenance.QUOTATION: 4, Provenance.TRANSLATION: 5, Provenance.REPORT: 6}


class Place(NamedTuple):
    """Characters [start, end) of a source."""

    source: Source
    start: int
    end: int


class Difference(NamedTuple):
    """Words that two versions do not share: characters of each; one of the two spans may be empty."""

    kind: str
    """`replace`, `insert` (only the other has words) or `delete` (only the one)."""
    one: Span
    other: Span


def rank(source: Source, start: int | None = None) -> int:
    """Return how good a version is, 0 best: edited, captions, unknown, recognised by machine, quoted, translated.

    With `start`, the turn at that character decides, since one document may hold several kinds.
    """
    provenance = source.provenance if start is None else source.turns[source.turn_index(start)].provenance
    return _BY_PROVENANCE[provenance] if provenance in _BY_PROVENANCE else _BY_KIND[source.how]


def overlap(one: Source, other: Source) -> float:
    """Return the share, 0 to 1, of the word runs of the shorter source that stand in the other too."""
    ours, theirs = _shingles(one.text), _shingles(other.text)
    fewer = min(len(ours), len(theirs))
    return len(ours & theirs) / fewer if fewer >= _MIN_SHINGLES else 0.0


def same_appearance(one: Source, other: Source) -> bool:
    """Whether two sources record the same occasion: they say so, or their words do."""
    if one.appearance is not None and one.appearance == other.appearance:
        return True
    if Provenance.REPORT in (one.provenance, other.provenance):
        return False
    return overlap(one, other) >= _SAME_OCCASION


def counterpart(one: Place, other: Source) -> Place | None:
    """Return where another source has the words of a quotation; None where it does not, or has them too differently.

    Both must record the same occasion (`same_appearance`), or one be a book of quotations from it.
    """
    ours = _word_range(one)
    across = _word_places(one.source.text, other.text)
    placed = {at: across[at] for at in ours if at in across}
    if 2 * len(placed) < len(ours):  # the other has another order: the words alone must find their place
        alone = _word_places(one.source.text[one.start : one.end], other.text)
        placed = {ours.start + at: there for at, there in alone.items() if at < len(ours)}
    if not placed or len(placed) < _SAME_WORDS * len(ours):
        return None
    spoken = _spoken(other.text)
    first, last = min(placed), max(placed)
    start = max(placed[first] - (first - ours.start), 0)
    end = min(placed[last] + (ours.stop - 1 - last), len(spoken) - 1)
    if end - start > 2 * len(ours):
        return None
    return Place(other, spoken[start].start, spoken[end].end)


def differences(one: Place, other: Place) -> tuple[Difference, ...]:
    """Return the words by which two quotations differ, in order; spans are characters of their sources."""
    ours = words(one.source.text, one.start, one.end)
    theirs = words(other.source.text, other.start, other.end)
    found = []
    for change in Levenshtein.opcodes([word.key for word in ours], [word.key for word in theirs]):
        if change.tag != "equal":
            first = _span([(word.start, word.end) for word in ours], change.src_start, change.src_end, one)
            second = _span([(word.start, word.end) for word in theirs], change.dest_start, change.dest_end, other)
            found.append(Difference(change.tag, first, second))
    return tuple(found)


@lru_cache(maxsize=64)
def _spoken(text: str) -> tuple[SpokenWord, ...]:
    return tuple(spoken_words(text))


@lru_cache(maxsize=1024)
def _shingles(text: str) -> frozenset[int]:
    return frozenset(hashes([word.form for word in _spoken(text)]))


@lru_cache(maxsize=64)
def _word_places(one: str, other: str) -> dict[int, int]:
    """Return for each word of one text, by number, the word of the other that it is."""
    links = align(
        *([Mark(*mark) for mark in enumerate(hashes([w.form for w in _spoken(text)]))] for text in (one, other))
    )
    return {link.left + step: link.right + step for link in links for step in range(SHINGLE)}


def _word_range(place: Place) -> range:
    spoken = _spoken(place.source.text)
    first = bisect_left(spoken, place.start, key=lambda word: word.start)
    return range(first, bisect_left(spoken, place.end, key=lambda word: word.start))


def _forms(place: Place, numbers: range) -> list[str]:
    return [word.form for word in _spoken(place.source.text)[numbers.start : numbers.stop]]


def _span(spans: Sequence[tuple[int, int]], first: int, last: int, place: Place) -> Span:
    if first < last:
        return Span(spans[first][0], spans[last - 1][1])
    at = spans[first][0] if first < len(spans) else place.end
    return Span(at, at)
