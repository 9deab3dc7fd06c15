"""Where each word of a transcript stands in a speaker map, and whose it therefore is."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from knowledge.model.provenance import Provenance
from knowledge.model.source import Source
from knowledge.speakers.speaker_maps import SpeakerMap
from knowledge.text.fingerprints import SHINGLE, SpokenWord, edge, hashes, marks, spoken_words
from knowledge.text.sentences import Span, sentences
from knowledge.text.word_alignment import Link, align

_MAX_GAP = 24
"""Words without an agreeing mark across which two transcripts are still taken to run in parallel."""
_MAX_SURPLUS = 3
"""Words that a transcript may have more than the map in such a gap; more may be someone else's."""
_NEAR = 8
"""Words from a cut within which both sides must agree for the cut to be exact."""
_INTERJECTIONS = frozenset("yeah yes yep no right okay sure exactly wow interesting absolutely really oh".split())
"""What listeners put in: where the map does not have such a word, it may be the other's."""


class Heard(NamedTuple):
    """A sentence of the transcript: its span, the number of its turn, and its words [first, last)."""

    span: Span
    turn: int
    first: int
    last: int


class _Firm(NamedTuple):
    """`SHINGLE` words from `word` on agree with a fingerprint that lies wholly in one run."""

    word: int
    run: int


class Transcript:
    """The words and sentences inside the turns of a source, in order, ready to be laid on maps.

    Renderings in another language are left out: a map knows the words that were spoken.
    """

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.words: list[SpokenWord] = []
        self.sentences: list[Heard] = []
        for number, turn in enumerate(source.turns):
            if turn.provenance is Provenance.TRANSLATION:
                continue
            for span in sentences(source.text, turn.start, turn.end):
                first = len(self.words)
                self.words += spoken_words(source.text, *span)
                self.sentences.append(Heard(span, number, first, len(self.words)))
        self.hashes = hashes([word.form for word in self.words])
        self.marks = marks(self.hashes)


class Projection:
    """A transcript laid on a map."""

    def __init__(self, transcript: Transcript, speaker_map: SpeakerMap) -> None:
        self.map = speaker_map
        self.text = transcript.text
        self.words = transcript.words
        self.sentences = transcript.sentences
        self._hashes = transcript.hashes
        self._links = self._with_edges(align(speaker_map.positions, transcript.marks))

    @property
    def share(self) -> float:
        """Return the share of the source's words that have a place in the map, 0 to 1."""
        return sum(place is not None for place in self.places) / len(self.words) if self.words else 0.0

    @cached_property
    def places(self) -> list[int | None]:
        """For each word its exact place in the map: agreed on, or between two such at equal distance."""
        places = list(self._agreed)
        for (here, there), (next_here, next_there) in _gaps(self._agreed):
            if next_here - here == next_there - there <= _MAX_GAP:
                for step in range(1, next_here - here):
                    places[here + step] = there + step
        return places

    @cached_property
    def owners(self) -> list[int | None]:
        """For each word the number of the run that it belongs to; None where that is not sure."""
        run_of = self.map.run_of
        owners = [None if place is None else run_of[place] for place in self.places]
        for (here, there), (next_here, next_there) in _gaps(self._agreed):
            if run_of[there] != run_of[next_there] and not self._parted(here, next_here, there, next_there):
                owners[here + 1 : next_here] = [None] * (next_here - here - 1)
        for (here, there), (next_here, next_there) in _gaps(self.places):
            surplus = (next_here - here) - (next_there - there)
            too_far = max(next_here - here, next_there - there) > _MAX_GAP or surplus > _MAX_SURPLUS
            if too_far or run_of[there] != run_of[next_there]:
                continue
            for at in range(here + 1, next_here):
                put_in = surplus > 0 and self.words[at].form in _INTERJECTIONS
                owners[at] = None if put_in else run_of[there]
        return owners

    def speaker(self, first: int, last: int) -> int | None:
        """Return the speaker's number for words [first, last) where the map is sure of all of them, else None."""
        runs = {self.owners[at] for at in range(first, last)}
        speakers = {None if run is None else self.map.runs[run].speaker for run in runs}
        placed = sum(self.places[at] is not None for at in range(first, last))
        if len(speakers) != 1 or 3 * placed < last - first or not self._is_firm(first, last, runs):
            return None
        return speakers.pop() if self._is_whole(first, last) else None

    def cut(self, at: int) -> bool:
        """Whether a sentence of the map starts exactly at word `at`; asks more where the speaker changes too."""
        if not self._between_written_words(at):
            return False
        after = self.places[at] if at < len(self.words) else self.map.words
        before = self.places[at - 1] if at else -1
        if after is None or before != after - 1 or after not in self.map.sentence_starts:
            return False
        if after in (0, self.map.words):
            return True
        if self.map.run_of[before] == self.map.run_of[after]:
            return self._agrees(at - _NEAR, at) and self._agrees(at, at + _NEAR)
        return self._change_agrees(at, after)

    def _change_agrees(self, at: int, place: int) -> bool:
        """Whether the words on both sides of a change of speaker agree: two of its fingerprints."""
        near = range(at - 2 * SHINGLE + 1, at + SHINGLE)
        links = [word for word in near if self._linked_at.get(word) == place - (at - word)]
        straddling = any(at - SHINGLE < word < at for word in links)
        edges = sum(self._edges_agree(at, place))
        return edges == 2 or (edges == 1 and straddling and len(links) > 2)

    def _edges_agree(self, at: int, place: int) -> tuple[bool, bool]:
        """Whether the words up to `at` end the run before `place`, and those from `at` on start the run there."""
        run = self.map.run_of[place]
        starts, ends = self.map.runs[run].starts, self.map.runs[run - 1].ends
        return (
            ends is not None and ends == edge(self._hashes, at - SHINGLE),
            starts is not None and starts == edge(self._hashes, at),
        )

    def _parted(self, here: int, next_here: int, there: int, next_there: int) -> bool:
        """Whether in a gap at a change of speaker both sides have one sentence break, and have it at the same word."""
        breaks = [at - here for at in range(here + 1, next_here + 1) if at in self._sentence_starts]
        expected = [at - there for at in range(there + 1, next_there + 1) if at in self.map.sentence_starts]
        return len(breaks) == 1 and breaks == expected

    def _is_firm(self, first: int, last: int, runs: set[int | None]) -> bool:
        """Whether a fingerprint agrees inside words [first, last), or on both sides in the one run they are of."""
        inside = bisect_left(self._firm, (first, -1))
        while inside < len(self._firm) and self._firm[inside].word + SHINGLE <= last:
            if self._firm[inside].run in runs:
                return True
            inside += 1
        if self._is_short_run(first, last):
            return True
        after = bisect_left(self._firm, (last - SHINGLE, -1))
        before = bisect_left(self._firm, (first + 1, -1)) - 1
        if before < 0 or after >= len(self._firm):
            return False
        return runs == {self._firm[before].run} == {self._firm[after].run}

    def _is_short_run(self, first: int, last: int) -> bool:
        """Whether words [first, last) are a whole run of the map and both its edges agree, beyond its own words."""
        start, end = self.places[first], self.places[last - 1]
        if start is None or end is None or end - start != last - first - 1:
            return False
        run = self.map.runs[self.map.run_of[start]]
        if start != self.map.run_starts[self.map.run_of[start]] or sum(run.sentences) != last - first:
            return False
        edges = (edge(self._hashes, first), edge(self._hashes, last - SHINGLE))
        return None not in edges and edges == (run.starts, run.ends)

    def _is_whole(self, first: int, last: int) -> bool:
        """Whether words [first, last) begin and end where the map has a sentence begin and end.

        Where the run goes on beyond, it does not matter; at the edge of what is known, another's word may hang on.
        """
        before, after = self.places[first], self.places[last - 1]
        goes_on_before = first > 0 and self.owners[first - 1] == self.owners[first]
        goes_on_after = last < len(self.words) and self.owners[last] == self.owners[last - 1]
        return (goes_on_before or self._breaks(first, before)) and (
            goes_on_after or self._breaks(last, None if after is None else after + 1)
        )

    def _breaks(self, at: int, place: int | None) -> bool:
        """Whether a sentence of the map starts at `place`; a run only if word `at` follows on, or its edge agrees."""
        if place is None or place not in self.map.sentence_starts:
            return False
        if place in (0, self.map.words) or self.map.run_of[place] == self.map.run_of[place - 1]:
            return True
        follows_on = 0 < at < len(self.words) and self.places[at - 1] == place - 1 and self.places[at] == place
        return follows_on or any(self._edges_agree(at, place))

    @cached_property
    def _sentence_starts(self) -> frozenset[int]:
        return frozenset(sentence.first for sentence in self.sentences)

    @cached_property
    def _linked_at(self) -> dict[int, int]:
        return {link.right: link.left for link in self._links}

    @cached_property
    def _agreed(self) -> list[int | None]:
        """For each word its place by an agreeing mark; None where there is none, or two disagree."""
        places: list[int | None] = [None] * len(self.words)
        disputed = set()
        for link in self._links:
            for step in range(SHINGLE):
                here, there = link.right + step, link.left + step
                if places[here] not in (None, there):
                    disputed.add(here)
                places[here] = there
        return [None if here in disputed else there for here, there in enumerate(places)]

    @cached_property
    def _firm(self) -> list[_Firm]:
        run_of = self.map.run_of
        near = {link.right: link.diagonal for link in self._links}
        supported = (
            link
            for link in self._links
            if any(step and near.get(link.right + step) == link.diagonal for step in range(-SHINGLE, SHINGLE + 1))
        )
        whole = (link for link in supported if run_of[link.left] == run_of[link.left + SHINGLE - 1])
        return [_Firm(link.right, run_of[link.left]) for link in whole]

    def _with_edges(self, links: Sequence[Link]) -> list[Link]:
        """Add the starts and ends of runs that agree where the link before or after says they stand."""
        edges = {}
        for run, start in zip(self.map.runs, self.map.run_starts, strict=True):
            edges[start] = run.starts
            edges[start + sum(run.sentences) - SHINGLE] = run.ends
        found = list(links)
        for place, expected in edges.items():
            at = bisect_left(links, Link(place, 0))
            near = [link for link in links[max(at - 1, 0) : at + 1] if abs(link.left - place) <= _MAX_GAP]
            standing = {Link(place, place + link.diagonal) for link in near}
            agreeing = [
                link for link in standing if expected is not None and edge(self._hashes, link.right) == expected
            ]
            if len(agreeing) == 1:
                found += agreeing
        return _rising(found)

    def _agrees(self, first: int, last: int) -> bool:
        return any(self._agreed[at] is not None for at in range(max(first, 0), min(last, len(self.words))))

    def _between_written_words(self, at: int) -> bool:
        if not 0 < at < len(self.words):
            return True
        between = self.text[self.words[at - 1].end : self.words[at].start]
        return any(char.isspace() for char in between)


def _gaps(places: Sequence[int | None]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield (word, place) on the left and on the right of every stretch of words without a place."""
    known = [(here, place) for here, place in enumerate(places) if place is not None]
    for one, two in pairwise(known):
        if two[0] - one[0] > 1 and two[1] > one[1]:
            yield one, two


def _rising(links: Iterable[Link]) -> list[Link]:
    """Return the links in order, without those that fall back behind one before them."""
    kept: list[Link] = []
    for link in sorted(set(links)):
        if not kept or (link.left > kept[-1].left and link.right > kept[-1].right):
            kept.append(link)
    return kept
