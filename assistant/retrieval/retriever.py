"""From a question to ranked passages: five vector fields and BM25, each set against the whole library, then summed.

The weights are equal: on two development sets the optimum was flat, and what is not fitted cannot be overfitted.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import overload

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.question.filters import Filters
from assistant.question.questions import topic_terms
from knowledge.library.store import Library, SourceSummary
from knowledge.model.passages import Passage
from knowledge.model.subject import Subject
from knowledge.search import Field, Index, Scored, Snapshot
from knowledge.search.snapshot import Floats, Numbers, inverse_document_frequency
from knowledge.search.terms import in_english, terms, untranslated

# Which sentences of a passage answer best.
_SHARED_WEIGHT = 0.5
"""What a shared word counts beside a standard deviation of likeness, times its rarity."""


class SentenceScores:
    """Scores the sentences of a passage: their own vector, that of the pair they stand in, and shared words."""

    def __init__(self, scored: Scored, spread: Scored, weights: dict[str, float], snapshot: Snapshot) -> None:
        self._scored = scored
        self._weights = {term: weight * (snapshot.rarity(term) or 0.0) for term, weight in weights.items()}
        self._sentence = spread.spread(Field.SENTENCE)
        self._pair = spread.spread(Field.PAIR)

    def of(self, position: int, passage: Passage) -> tuple[float, ...]:
        """Return one score per sentence of the passage that stands at this position among those scored."""
        alone = _standardised(self._scored.of_sentences(position), self._sentence)
        paired = np.repeat(_standardised(self._scored.of_pairs(position), self._pair), 2)[: len(alone)]
        text = passage.source.text
        shared = np.array([self._shared(text[start:end]) for start, end in passage.sentences])
        return tuple((alone + paired + shared).tolist())

    def _shared(self, sentence: str) -> float:
        found = set(terms(sentence))
        return sum(weight for term, weight in self._weights.items() if term in found) * _SHARED_WEIGHT


def _standardised(values: Floats, spread: tuple[float, float]) -> Floats:
    found: Floats = (values - np.float32(spread[0])) / np.float32(spread[1])
    return found


Flags = NDArray[np.bool_]

_CANDIDATES = 300
_CANDIDATES_FILTERED = 1_000
"""Where filters are given; so many passages of admitted sources are all looked at."""
_FOLLOWING = 5
_WORDS_WEIGHT = 6.0
_WORDS_FLOOR = 6.0
"""A best BM25 score below this means that only common words agree; it is not stretched to the full weight."""
_HISTORY_WEIGHT = 0.25


@dataclass(frozen=True)
class Hit:
    """A passage with its place in the ranking; scores are comparable within one question only.

    `sentence_scores`: one score per sentence of the passage.
    """

    passage: Passage
    score: float
    sentence_scores: tuple[float, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """What tells whether the best passages answer at all; see `assistant.retrieval.confidence`.

    Attributes:
        plain: uncentred cosine of the best sentence.
        margin: how far the best score stands above the mean of the next five.
        lexical: best BM25 score of the top three, over the logarithm of the number of passages.
        known: share of the question's terms, weighted by rarity, that occur in the library at all; Chinese ones count
            as their English.
    """

    plain: float
    margin: float
    lexical: float
    known: float


@dataclass(frozen=True)
class Ranking:
    """Passages, best first, and the evidence that they answer; None when nothing was searched."""

    hits: Sequence[Hit] = ()
    evidence: Evidence | None = None


class Retriever:
    """Hybrid search over an index."""

    def __init__(self, library: Library, index: Index, embeddings: Embeddings, subject: Subject) -> None:
        self._library = library
        self._index = index
        self._embeddings = embeddings
        self._subject = subject
        self._summaries: tuple[Snapshot, list[SourceSummary]] | None = None

    def search(
        self, question: str, count: int = 20, *, history: Sequence[str] = (), filters: Filters = Filters()
    ) -> Ranking:
        """Return the best passages for a question that the filters admit.

        Args:
            question: in English or Chinese; Chinese is searched with the English words of its terms as well.
            count: at most so many passages.
            history: earlier questions of the conversation, which a short follow-up leans on.
            filters: what may be shown.
        """
        snapshot = self._index.current()
        if not len(snapshot):
            return Ranking()
        before = " ".join(history)
        vector = self._vector(before, question)
        weights = self._weights(before, question)
        words = snapshot.by_words(weights)
        candidates = np.union1d(self._index.nearest(snapshot, vector, _CANDIDATES), _best(words, _CANDIDATES))
        admitted = self._admitted(snapshot, filters)
        if filters != Filters():
            candidates = np.union1d(candidates, self._within(snapshot, admitted, vector, words))
        if filters.by_turn:
            better = candidates
        else:
            candidates = np.union1d(candidates, snapshot.better[candidates])
            better = np.where(admitted[snapshot.better[candidates]], snapshot.better[candidates], candidates)
        scored, spread = snapshot.score(vector, candidates), snapshot.score_sample(vector)
        scores = _standard(scored.fields, spread.fields).sum(axis=1)
        scores += _WORDS_WEIGHT * words[candidates] / max(float(words.max()), _WORDS_FLOOR)
        scores = _best_of_versions(scores, candidates, better)
        order = np.lexsort((candidates, -scores))
        order = order[better[order] == candidates[order]]
        sentence_scores = SentenceScores(scored, spread, weights, snapshot)

        @cache
        def hit(position: int) -> Hit:
            passage = self._index.passage(snapshot.ids[int(candidates[position])])
            return Hit(passage, float(scores[position]), sentence_scores.of(position, passage))

        asked = [*filter(str.isascii, weights), *untranslated(self._subject.without_names(question))]
        if filters == Filters():
            shown, plain = order[:count], scored.plain
        else:
            known = order[admitted[candidates[order]]]
            fitting = (one for one in known.tolist() if not filters.by_turn or filters.admits(hit(one).passage))
            shown = np.array(list(islice(fitting, count)), dtype=np.int64)
            plain = scored.plain[shown]
        if not len(shown):
            return Ranking()
        # how far the best one stands out is told by what follows it, admitted or not
        following = order[int(np.flatnonzero(order == shown[0])[0]) + 1 :][:_FOLLOWING]
        evidence = Evidence(
            plain=float(plain.max()),
            margin=float(scores[shown[0]] - scores[following].mean()) if len(following) else 0.0,
            lexical=float(words[candidates[shown[:3]]].max()) / math.log(max(len(snapshot), 3)),
            known=_known(snapshot, asked),
        )
        return Ranking(_Hits(shown.tolist(), hit), evidence)

    def _admitted(self, snapshot: Snapshot, filters: Filters) -> Flags:
        """Return for each passage whether its source is admitted."""
        if filters == Filters():
            return np.ones(len(snapshot), dtype=bool)
        if self._summaries is None or self._summaries[0] is not snapshot:
            self._summaries = (snapshot, self._library.summaries())
        admitted = np.zeros(len(snapshot), dtype=bool)
        for summary in self._summaries[1]:
            if filters.admits_source(summary) and (found := snapshot.by_source.get(summary.id)) is not None:
                admitted[found] = True
        return admitted

    def _within(self, snapshot: Snapshot, admitted: Flags, vector: Floats, words: Floats) -> Numbers:
        """Return the passages of admitted sources: all where they are few, else the likeliest."""
        found = np.flatnonzero(admitted)
        if len(found) <= _CANDIDATES_FILTERED:
            return found
        nearest = self._index.nearest(snapshot, vector, _CANDIDATES_FILTERED)
        return np.union1d(nearest, _best(np.where(admitted, words, np.float32(0)), _CANDIDATES_FILTERED))

    def _vector(self, before: str, question: str) -> Floats:
        parts = (before, question, " ".join(in_english(self._subject.without_names(question))))
        found = np.asarray(self._embeddings.embed_query(" ".join(part for part in parts if part)), dtype=np.float32)
        unit: Floats = found / max(float(np.linalg.norm(found)), 1e-9)
        return unit

    def _weights(self, before: str, question: str) -> dict[str, float]:
        weights = dict.fromkeys(topic_terms(question, self._subject), 1.0)
        for term in topic_terms(before, self._subject):
            weights.setdefault(term, _HISTORY_WEIGHT)
        return weights


class _Hits(Sequence[Hit]):
    """Hits that are read from the library when they are looked at: most answers look at two or three."""

    def __init__(self, positions: Sequence[int], make: Callable[[int], Hit]) -> None:
        self._positions = positions
        self._make = make

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, place: int) -> Hit: ...
    @overload
    def __getitem__(self, place: slice) -> list[Hit]: ...
    def __getitem__(self, place: int | slice) -> Hit | list[Hit]:
        if isinstance(place, slice):
            return [self._make(position) for position in self._positions[place]]
        return self._make(self._positions[place])


def _known(snapshot: Snapshot, asked: Iterable[str]) -> float:
    """Return the share of the terms, weighted by rarity, that occur in the library."""
    unseen = inverse_document_frequency(0, len(snapshot))
    rarities = [snapshot.rarity(term) for term in asked]
    known = sum(rarity for rarity in rarities if rarity is not None)
    total = sum(unseen if rarity is None else rarity for rarity in rarities)
    return known / total if total else 0.0


def _best(scores: Floats, count: int) -> Numbers:
    positive = np.flatnonzero(scores > 0)
    if len(positive) > count:
        positive = positive[np.argpartition(-scores[positive], count)[:count]]
    return positive.astype(np.int64)


def _standard(values: Floats, sample: Floats) -> Floats:
    """Return values in standard deviations from the mean of the sample, column by column."""
    found: Floats = (values - sample.mean(axis=0)) / (sample.std(axis=0) + np.float32(1e-6))
    return found


def _best_of_versions(scores: Floats, candidates: Numbers, better: Numbers) -> Floats:
    """Return the scores, the better version of an utterance having the best score of its versions."""
    found = scores.copy()
    np.maximum.at(found, np.searchsorted(candidates, better), scores)
    return found
