"""From a question to ranked passages: five vector fields and BM25, each set against the whole library, then summed.

The weights are equal: on two development sets the optimum was flat, and what is not fitted cannot be overfitted.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import overload

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.filters import Filters
from knowledge.index import Field, Index, Scored, Snapshot
from knowledge.index.snapshot import Floats, Numbers, inverse_document_frequency
from knowledge.lexicon import in_english, terms, untranslated
from knowledge.passages import Passage
from knowledge.subject import Subject

_CANDIDATES = 300
_CANDIDATES_FILTERED = 1_000
_WORDS_WEIGHT = 6.0
_WORDS_FLOOR = 6.0
"""A best BM25 score below this means that only common words agree; it is not stretched to the full weight."""
_HISTORY_WEIGHT = 0.25

_ABOUT = re.compile(
    r"^\s*what\s+(?:did|does|do|is|has)\s+(?:he|his)?\s*(?:say|said|think|opinion|view|take)?\s*(?:about|of|on)\s+",
    re.IGNORECASE,
)


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
    """What tells whether the best passages answer at all; see `assistant.confidence`.

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

    def __init__(self, index: Index, embeddings: Embeddings, subject: Subject) -> None:
        self._index = index
        self._embeddings = embeddings
        self._subject = subject

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
        pool = _CANDIDATES if filters == Filters() else _CANDIDATES_FILTERED
        candidates = np.union1d(self._index.nearest(snapshot, vector, pool), _best(words, pool))
        if filters.by_version:
            better = candidates
        else:
            candidates = np.union1d(candidates, snapshot.better[candidates])
            better = snapshot.better[candidates]
        scored, spread = snapshot.score(vector, candidates), snapshot.score_sample(vector)
        scores = _standard(scored.fields, spread.fields).sum(axis=1)
        scores += _WORDS_WEIGHT * words[candidates] / max(float(words.max()), _WORDS_FLOOR)
        scores = _best_of_versions(scores, candidates, better)
        order = np.lexsort((candidates, -scores))
        order = order[better[order] == candidates[order]]
        asked = [*filter(str.isascii, weights), *untranslated(self._subject.without_names(question))]
        evidence = _evidence(snapshot, scored, scores[order], words[candidates][order], asked)
        sentence_scores = _SentenceScores(scored, spread, weights, snapshot)

        def hit(position: int) -> Hit:
            passage = self._index.passage(snapshot.ids[int(candidates[position])])
            return Hit(passage, float(scores[position]), sentence_scores.of(position, passage))

        if filters == Filters():
            return Ranking(_Hits(order[:count].tolist(), hit), evidence)
        admitted = (one for one in map(hit, order.tolist()) if filters.admits(one.passage))
        return Ranking(list(islice(admitted, count)), evidence)

    def _vector(self, before: str, question: str) -> Floats:
        parts = (before, question, " ".join(in_english(self._subject.without_names(question))))
        found = np.asarray(self._embeddings.embed_query(" ".join(part for part in parts if part)), dtype=np.float32)
        unit: Floats = found / max(float(np.linalg.norm(found)), 1e-9)
        return unit

    def _weights(self, before: str, question: str) -> dict[str, float]:
        weights = dict.fromkeys(self._topic_terms(question), 1.0)
        for term in self._topic_terms(before):
            weights.setdefault(term, _HISTORY_WEIGHT)
        return weights

    def _topic_terms(self, text: str) -> list[str]:
        topic = _ABOUT.sub("", self._subject.without_names(text))
        return [*terms(topic), *terms(" ".join(in_english(topic)))]


class _Hits(Sequence[Hit]):
    """Hits that are read from the library when they are looked at: most answers look at two or three."""

    def __init__(self, positions: Sequence[int], make: Callable[[int], Hit]) -> None:
        self._positions = positions
        self._make = cache(make)

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


class _SentenceScores:
    """Scores the sentences of a passage: their own vector, that of the pair they stand in, and shared words."""

    def __init__(self, scored: Scored, spread: Scored, weights: dict[str, float], snapshot: Snapshot) -> None:
        self._scored = scored
        self._weights = {term: weight * (snapshot.rarity(term) or 0.0) for term, weight in weights.items()}
        self._sentence = spread.spread(Field.SENTENCE)
        self._pair = spread.spread(Field.PAIR)

    def of(self, position: int, passage: Passage) -> tuple[float, ...]:
        alone = _standardised(self._scored.of_sentences(position), self._sentence)
        paired = np.repeat(_standardised(self._scored.of_pairs(position), self._pair), 2)[: len(alone)]
        text = passage.source.text
        shared = np.array([self._shared(text[start:end]) for start, end in passage.sentences])
        return tuple((alone + paired + shared).tolist())

    def _shared(self, sentence: str) -> float:
        found = set(terms(sentence))
        return sum(weight for term, weight in self._weights.items() if term in found) * 3 / _WORDS_FLOOR


def _evidence(
    snapshot: Snapshot, scored: Scored, ordered: Floats, ordered_words: Floats, asked: Iterable[str]
) -> Evidence:
    unseen = inverse_document_frequency(0, len(snapshot))
    rarities = [snapshot.rarity(term) for term in asked]
    known = sum(rarity for rarity in rarities if rarity is not None)
    total = sum(unseen if rarity is None else rarity for rarity in rarities)
    following = ordered[1:6]
    return Evidence(
        plain=float(scored.plain.max()),
        margin=float(ordered[0] - following.mean()) if len(following) else 0.0,
        lexical=float(ordered_words[:3].max()) / math.log(max(len(snapshot), 3)),
        known=known / total if total else 0.0,
    )


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


def _standardised(values: Floats, spread: tuple[float, float]) -> Floats:
    found: Floats = (values - np.float32(spread[0])) / np.float32(spread[1])
    return found
