"""Which sentences of a passage answer best."""

import numpy as np

from knowledge.model.passages import Passage
from knowledge.search import Field, Scored, Snapshot
from knowledge.search.scored_rows import Floats
from knowledge.search.terms import terms

_SHARED_WEIGHT = 0.5
"""What a shared word counts beside a standard deviation of likeness, times its rarity."""


class SentenceScores:
    """Scores the sentences of a passage by their vector, that of their pair, shared words and word pieces."""

    def __init__(self, scored: Scored, spread: Scored, weights: dict[str, float], snapshot: Snapshot) -> None:
        self._scored = scored
        self._weights = {term: weight * (snapshot.rarity(term) or 0.0) for term, weight in weights.items()}
        self._sentence = spread.spread(Field.SENTENCE)
        self._pair = spread.spread(Field.PAIR)

    def of(self, position: int, passage: Passage, alike: Floats | float) -> tuple[float, ...]:
        """Return one score per sentence of a passage.

        Args:
            position: of the passage among those scored.
            passage: whose sentences.
            alike: what each sentence gains by its word pieces, shape (sentences,), or all alike.
        """
        alone = _standardised(self._scored.of_sentences(position), self._sentence)
        paired = np.repeat(_standardised(self._scored.of_pairs(position), self._pair), 2)[: len(alone)]
        text = passage.source.text
        shared = np.array([self._shared(text[start:end]) for start, end in passage.sentences])
        return tuple((alone + paired + shared + alike).tolist())

    def _shared(self, sentence: str) -> float:
        found = set(terms(sentence))
        return sum(weight for term, weight in self._weights.items() if term in found) * _SHARED_WEIGHT


def _standardised(values: Floats, spread: tuple[float, float]) -> Floats:
    found: Floats = (values - np.float32(spread[0])) / np.float32(spread[1])
    return found
