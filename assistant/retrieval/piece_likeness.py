"""How like a question passages, runs of their sentences, and single sentences are, word piece by word piece."""

import re

import numpy as np

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
            self._weights = piece_weights(snapshot, query.text, query.pieces)
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


def piece_weights(snapshot: Snapshot, text: str, pieces: Encoded) -> Floats:
    """Return one weight for each word piece of a text, shape (pieces,); the pieces of a word share its rarity.

    Rarity is that of the library that is searched: "language model" tells little where everything is about them.
    """
    rarities = np.zeros(len(text) + 1, dtype=np.float32)
    words = np.zeros(len(text) + 1, dtype=np.int64)
    for number, match in enumerate(_WORD.finditer(text), start=1):
        rarities[match.start() : match.end()] = max(
            (_rarity(snapshot, term) for term in terms(match.group())), default=0
        )
        words[match.start() : match.end()] = number
    starts = np.minimum(pieces.spans[:, 0], len(text))
    of_word = words[starts]
    counts = np.bincount(of_word)[of_word] if len(of_word) else of_word
    return (rarities[starts] / np.maximum(counts, 1) + _LEAST).astype(np.float32)


def _rarity(snapshot: Snapshot, term: str) -> float:
    rarity = snapshot.rarity(term)
    return inverse_document_frequency(0, len(snapshot)) if rarity is None else rarity
