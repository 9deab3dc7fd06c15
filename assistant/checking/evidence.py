"""Where a claim's words stand in the library: whole, in parts, or nearly."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from assistant.checking.claim import Claim
from assistant.checking.claim_alignment import best_fits, differences
from assistant.checking.edits import edit_of
from assistant.checking.marks import Side, unsaid
from assistant.checking.results import Difference, Place
from knowledge.model.errors import SpanError
from knowledge.model.source import Source
from knowledge.search.wordmap import Runs, Voice, WordMap, hashed
from knowledge.text.words import Word, words

_SHORT = 12  # words; a short claim is made of pairs that stand everywhere, and needs more windows
_CANDIDATES_OF_SHORT = 60
_CANDIDATES = 12  # windows that are aligned, for each kind of voice
_CELLS = 4_000_000  # size of all alignments of one search together
_LISTED = 40  # places of the same words that are listed
_ENDS = ("first word", "last word")  # where the best fit may be off by a word
_PUNCTUATION = 40  # characters behind the last word that are read with it
_CONSIDERED = 50_000  # runs of words that are looked at for near matches

# A sentence ends with its mark and what closes after it.
_CLOSING = ".?!…。？！"
_CLOSED = "\"'”’」』)）"


@dataclass(frozen=True)
class Spot:
    """Words [first, last) of the claim against words [start, end) of the index, all of one stretch."""

    first: int
    last: int
    start: int
    end: int
    voice: Voice
    cost: int = 0

    @property
    def share(self) -> float:
        """Return how much of the claim and of what was said agree, from 0 to 1."""
        return 1 - self.cost / max(self.last - self.first, self.end - self.start, 1)


class Evidence:
    """What the index knows of one claim."""

    def __init__(self, claim: Claim, word_map: WordMap) -> None:
        self.claim = claim
        self._map = word_map
        self._runs: Runs = word_map.runs(claim.keys)
        self._near: dict[tuple[int, int, tuple[Voice, ...]], list[Spot]] = {}
        self._sources: dict[int, Source] = {}
        self._places: dict[Spot, Place | None] = {}

    def whole(self, first: int, last: int, *, limit: int = _LISTED) -> list[Spot]:
        """Return where words [first, last) of the claim stand in one stretch, at most `limit` for each voice."""
        start, end = self._covering(first, last)
        stretch = self._map.stretches(start)
        within = stretch == self._map.stretches(end - 1)
        voices = self._map.voices(stretch)
        spots = []
        for voice in Voice:
            rows = np.flatnonzero(within & (voices == voice))[:limit]
            spots += [Spot(first, last, int(start[row]), int(end[row]), voice) for row in rows]
        return spots

    def crossing(self) -> list[list[Spot]]:
        """Return where the whole claim runs over from one stretch into the next, each as its pieces."""
        count = len(self.claim.keys)
        start, end = self._covering(0, count)
        across = np.flatnonzero(self._map.stretches(start) != self._map.stretches(end - 1))[:_LISTED]
        return [self._split(0, int(start[row]), int(end[row])) for row in across]

    def near(self, first: int, last: int, voices: Iterable[Voice]) -> list[Spot]:
        """Return the stretches that words [first, last) of the claim fit best, least changed first."""
        asked = (first, last, tuple(voices))
        if asked not in self._near:
            self._near[asked] = self._fits(*asked)
        return self._near[asked]

    def _fits(self, first: int, last: int, voices: tuple[Voice, ...]) -> list[Spot]:
        runs = self._clipped(first, last)
        size = last - first
        found: dict[tuple[int, int], Spot] = {}
        windows: list[tuple[int, int, int]] = []
        for row in self._anchors(runs, size, voices):
            place, at, length = (int(column[row]) for column in (runs.place, runs.first, runs.length))
            stretch = int(self._map.stretches(np.array([place]))[0])
            low, high = self._map.span(stretch)
            slack = size // 2 + 8
            low = max(low, place - (at - first) - slack)
            high = min(high, place + length + (last - at - length) + slack)
            windows.append((stretch, low, high))
        fits = best_fits(hashed(self.claim.keys[first:last]), [self._map.hashes(low, high) for _, low, high in windows])
        for (stretch, low, _), fit in zip(windows, fits, strict=True):
            if fit.start == fit.end:
                continue
            voice = Voice(int(self._map.voices(np.array([stretch]))[0]))
            spot = Spot(first, last, low + fit.start, low + fit.end, voice, fit.cost)
            found[spot.start, spot.end] = spot
        return sorted(found.values(), key=lambda spot: (spot.cost, spot.start))

    def longest(self, first: int, voice: Voice) -> Spot | None:
        """Return the longest piece of one voice that covers the claim's word `first`, from as early as it can."""
        runs = self._runs
        rows = np.flatnonzero((runs.first <= first) & (runs.first + runs.length > first))
        best: Spot | None = None
        for row in rows[np.argsort(-(runs.first + runs.length)[rows], kind="stable")][:200]:
            for spot in self._split(int(runs.first[row]), int(runs.place[row]), int((runs.place + runs.length)[row])):
                if spot.voice is voice and spot.first <= first < spot.last and (not best or spot.last > best.last):
                    best = spot
        return best

    def place(self, spot: Spot) -> Place | None:
        """Read the words of a spot in its source; None when they are not what the index took them for."""
        if spot not in self._places:
            self._places[spot] = self._read(spot)
        return self._places[spot]

    def _read(self, spot: Spot) -> Place | None:
        source = self._source(spot)
        start = self._map.offset(spot.start)
        said = words(source.text, start, self._map.offset(spot.end))[: spot.end - spot.start]
        claimed = self.claim.words[spot.first : spot.last]
        if not said:
            return None
        different = differences(said, source.text, claimed, self.claim.text)
        if different and not spot.cost:
            return None
        if different:
            said, different = self._spaced_otherwise(said, source, claimed) or (said, different)
        if not different:  # words that differ are shown as such; the marks between equal ones are what is left to see
            different = unsaid(_said_side(source, said), self.claim.side(spot.first, spot.last))
        told = self._edits(different, source)
        open_ones = [one for one in told if one.edit is None]
        at_the_ends = all(one.said_start <= said[0].end or one.said_end >= said[-1].start for one in open_ones)
        if open_ones and at_the_ends and len(open_ones) <= len(_ENDS):
            said, told = self._edited_only(said, source, claimed) or (said, told)
        return Place(
            source=source,
            start=said[0].start,
            end=_with_closing(source, said[-1].end),
            claimed=self.claim.span(spot.first, spot.last),
            difference=tuple(told),
        )

    def _edits(self, different: list[Difference], source: Source) -> list[Difference]:
        """Return the differences, each with what an editor may have done there."""
        return [one.model_copy(update={"edit": edit_of(one, source.text, self.claim.shown)}) for one in different]

    def _edited_only(
        self, said: list[Word], source: Source, claimed: Sequence[Word]
    ) -> tuple[list[Word], list[Difference]] | None:
        """Move either end by a word if the rest then differs by an editor's changes only ("it's" for "it is")."""
        low, high = _room(source, said)
        around = words(source.text, low, high)
        first = next((at for at, word in enumerate(around) if word.start == said[0].start), 0)
        last = first + len(said)
        for moved_first, moved_last in product((first, first + 1, first - 1), (last, last - 1, last + 1)):
            ours = around[max(moved_first, 0) : moved_last]
            if ours and abs(len(ours) - len(claimed)) <= len(claimed):
                told = self._edits(differences(ours, source.text, claimed, self.claim.text), source)
                if told and all(one.edit for one in told):
                    return ours, told
        return None

    def edition(self, spot: Spot) -> int:
        """Return which text a spot stands in."""
        return self._map.edition(spot.start)

    def stretch(self, spot: Spot) -> int:
        """Return which stretch of words of one voice a spot stands in."""
        return int(self._map.stretches(np.array([spot.start]))[0])

    def _source(self, spot: Spot) -> Source:
        edition = self.edition(spot)
        if edition not in self._sources:
            self._sources[edition] = self._map.source(spot.start)
        return self._sources[edition]

    def _spaced_otherwise(
        self, said: list[Word], source: Source, claimed: Sequence[Word]
    ) -> tuple[list[Word], list[Difference]] | None:
        """Leave out a word at either end if the rest then differs in spacing only ("[T]he" fits "end. The")."""
        for ours in (said[1:], said[:-1], said[1:-1]):
            if ours and not differences(ours, source.text, claimed, self.claim.text):
                return ours, []
        return None

    def _covering(self, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        runs = self._runs
        rows = np.flatnonzero((runs.first <= first) & (runs.first + runs.length >= last))
        start = np.sort(runs.place[rows] + (first - runs.first[rows]))
        return start, start + (last - first)

    def _clipped(self, first: int, last: int) -> Runs:
        runs = self._runs
        start = np.maximum(runs.first, first)
        length = np.minimum(runs.first + runs.length, last) - start
        rows = np.flatnonzero(length >= 2)
        rows = rows[np.argsort(-length[rows], kind="stable")][:_CONSIDERED]
        return Runs(start[rows], (runs.place + start - runs.first)[rows], length[rows])

    def _anchors(self, runs: Runs, size: int, voices: Sequence[Voice]) -> list[int]:
        """Choose, in the windows of the index that share most with the claim, the longest run of each."""
        of_voice = np.isin(self._map.voices(self._map.stretches(runs.place)), voices)
        rows = np.flatnonzero(of_voice)
        if not len(rows):
            return []
        width = max(2 * size, 16)
        windows, longest, window = np.unique(runs.place[rows] // width, return_index=True, return_inverse=True)
        score = np.bincount(window, weights=runs.length[rows] - 1.0)
        beside = np.diff(windows) == 1
        total = score.copy()
        total[:-1] += np.where(beside, score[1:], 0)
        total[1:] += np.where(beside, score[:-1], 0)
        most = _CANDIDATES_OF_SHORT if size <= _SHORT else _CANDIDATES
        count = min(most, max(_CELLS // (size * 3 * size), 2))
        best = np.lexsort((windows, -score, -total))[:count]
        return [int(rows[longest[index]]) for index in best]

    def _split(self, first: int, start: int, end: int) -> list[Spot]:
        """Cut words [start, end) of the index, which begin with the claim's word `first`, where the voice changes."""
        spots = []
        while start < end:
            stretch = int(self._map.stretches(np.array([start]))[0])
            border = min(self._map.span(stretch)[1], end)
            voice = Voice(int(self._map.voices(np.array([stretch]))[0]))
            spots.append(Spot(first, first + border - start, start, border, voice))
            first += border - start
            start = border
        return spots


def _said_side(source: Source, said: list[Word]) -> Side:
    """Return words of a source with the punctuation around them, inside their turn."""
    end, limit = said[-1].end, len(source.text)
    with suppress(SpanError):
        limit = source.turns[source.turn_index(end - 1)].end
    follows = next((word.start for word in words(source.text, end, min(limit, end + _PUNCTUATION))), limit)
    return Side(source.text, said, said[0].start, min(follows, end + _PUNCTUATION, limit), limit)


def _room(source: Source, said: Sequence[Word]) -> tuple[int, int]:
    """Return a stretch of the same turn with room for a word on either side."""
    start, end = said[0].start, said[-1].end
    with suppress(SpanError):
        turn = source.turns[source.turn_index(start)]
        return max(turn.start, start - _PUNCTUATION), min(max(turn.end, end), end + _PUNCTUATION)
    return start, end


def _with_closing(source: Source, end: int) -> int:
    """Return the end of a span together with the mark that closes its sentence, inside the same turn."""
    text, limit = source.text, len(source.text)
    with suppress(SpanError):
        limit = source.turns[source.turn_index(end - 1)].end
    reach = end
    while reach < limit and text[reach] in _CLOSING:
        reach += 1
    while reach > end and reach < limit and text[reach] in _CLOSED:
        reach += 1
    return reach
