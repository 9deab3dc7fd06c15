"""How like a question passages, runs of their sentences, and single sentences are, word piece by word piece."""

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.query import Query
from knowledge.search import Snapshot
from knowledge.search.late_interaction import Encoded
from knowledge.search.scored_rows import Floats, Numbers
from knowledge.search.snapshot import inverse_document_frequency
from knowledge.search.terms import terms

_COMPARED = 200
"""Passages, the best by the rest, whose word pieces are compared."""
_LOOKED_INTO = 20
"""Passages, the best by then, that are compared sentence by sentence."""
_RUN_WEIGHT = 3.0
"""What two neighbouring sentences like the question count; where it is Chinese, nothing: there only terms are known."""
_SENTENCE_WEIGHT = 10.0
"""What a sentence wholly like the question counts, beside a standard deviation of its vector's likeness."""

_WORD = re.compile(r"[\w'’-]+")
_LEAST = 0.3
"""What punctuation and words without a topic count, beside some 5 of a rare word."""


class PieceLikeness:
    """Compares one question with passages of a snapshot; nothing is alike where either has no word pieces."""

    def __init__(self, snapshot: Snapshot, query: Query) -> None:
        self._pieces = snapshot.pieces if query.pieces is not None and len(query.pieces.short) else None
        self._query = query
        if self._pieces is not None and query.pieces is not None:
            self._short = query.pieces.short
            self._told = words_of(query.text, query.pieces)
            self._weights = piece_weights(snapshot, self._told)
            sample = self._pieces.max_sim(self._short, self._weights, snapshot.sample)
            self._mean, self._spread = sample.mean(), sample.std() + np.float32(1e-6)

    def of_passages(self, passages: Numbers, scores: Floats) -> Floats:
        """Return what passages of these numbers gain on their scores; those that score least gain the least of all."""
        if self._pieces is None:
            return np.zeros_like(scores)
        likeliest = np.argsort(-scores, kind="stable")[:_COMPARED]
        alike = self._pieces.max_sim(self._short, self._weights, passages[likeliest])
        return _spread_out(len(scores), likeliest, self._query.pieces_weight * (alike - self._mean) / self._spread)

    def of_runs(self, passages: Numbers, order: Numbers) -> Floats:
        """Return what passages gain by two neighbouring sentences that are like the question together.

        Args:
            passages: their numbers.
            order: places among them, best first.
        """
        looked_into = order[:_LOOKED_INTO]
        if self._pieces is None or not self._query.is_whole or not len(looked_into):
            return np.zeros(len(passages), dtype=np.float32)
        pairs = (_neighbours(self._pieces.by_sentence(self._short, int(number))) for number in passages[looked_into])
        alike = np.array([(pair @ self._weights).max() for pair in pairs], dtype=np.float32) / self._weights.sum()
        return _spread_out(len(passages), looked_into, _RUN_WEIGHT * (alike - alike.mean()) / self._spread)

    def covered(self, passages: Numbers) -> tuple[float, int]:
        """Return how nearly one of some passages holds every word the question is about, and how many words these are.

        The mean of the likest cosine of each word, weighted by rarity; of the passage where that is highest.
        """
        if self._pieces is None or not len(passages):
            return 0.0, 0
        about = self._told.about(self._query.weights)
        rarities = np.where(about, self._weights - np.float32(_LEAST), np.float32(0)).clip(0).astype(np.float32)
        alike = self._pieces.max_sim(self._short, rarities, passages)
        return max(float(alike.max()), 0.0), len(np.unique(self._told.numbers[about]))

    def of_sentences(self, passage: int) -> Floats | float:
        """Return what each sentence of a passage gains, shape (sentences,)."""
        if self._pieces is None:
            return 0.0
        alike = self._pieces.by_sentence(self._short, passage) @ self._weights / self._weights.sum()
        found: Floats = _SENTENCE_WEIGHT * alike
        return found


def _neighbours(sentences: Floats) -> Floats:
    """Return the best cosines of every two neighbouring sentences together, of one sentence alone where it has none."""
    return np.maximum(sentences[:-1], sentences[1:]) if len(sentences) > 1 else sentences


def _spread_out(length: int, places: Numbers, gains: Floats) -> Floats:
    """Return gains at these places, the least of them everywhere else."""
    found = np.full(length, gains.min(initial=0.0) if len(gains) < length else 0.0, dtype=np.float32)
    found[places] = gains
    return found


def piece_weights(snapshot: Snapshot, told: "Words") -> Floats:
    """Return one weight for each word piece of a text, shape (pieces,); the pieces of a word share its rarity.

    Rarity is that of the library that is searched: "language model" tells little where everything is about them.
    """
    rarities = [max((_rarity(snapshot, term) for term in of_word), default=0.0) for of_word in told.terms]
    counts = np.bincount(told.numbers)[told.numbers] if len(told.numbers) else told.numbers
    return (np.array(rarities, dtype=np.float32)[told.numbers] / np.maximum(counts, 1) + _LEAST).astype(np.float32)


class Words(NamedTuple):
    """Which word of a text each word piece belongs to.

    Attributes:
        numbers: for each piece the number of its word, 0 for none, shape (pieces,).
        terms: for each word, by its number, the terms it gives.
    """

    numbers: Numbers
    terms: Sequence[Sequence[str]]

    def about(self, topic: Container[str]) -> NDArray[np.bool_]:
        """Return for each piece whether its word gives a term of the topic."""
        found = np.array([any(term in topic for term in of_word) for of_word in self.terms], dtype=bool)
        of_pieces: NDArray[np.bool_] = found[self.numbers]
        return of_pieces


def words_of(text: str, pieces: Encoded) -> Words:
    """Return the words of a text, by its word pieces."""
    words = np.zeros(len(text) + 1, dtype=np.int64)
    found: list[Sequence[str]] = [()]
    for number, match in enumerate(_WORD.finditer(text), start=1):
        found.append(terms(match.group()))
        words[match.start() : match.end()] = number
    return Words(words[np.minimum(pieces.spans[:, 0], len(text))], found)


def _rarity(snapshot: Snapshot, term: str) -> float:
    rarity = snapshot.rarity(term)
    return inverse_document_frequency(0, len(snapshot)) if rarity is None else rarity
