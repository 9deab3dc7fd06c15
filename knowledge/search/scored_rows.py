"""Rows of vectors of some passages, and how like one vector they are, field by field."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.search.vectors import Field, row_count

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Scored:
    """Similarities of one vector with some passages.

    `fields`: shape (passages, 5), centred cosine by `Field`, the best row where a field has several.
    `plain`: shape (passages,), the uncentred cosine of the best sentence.
    """

    fields: Floats
    plain: Floats
    cosines: Floats
    starts: Numbers
    counts: Numbers

    def spread(self, field: Field) -> tuple[float, float]:
        """Return mean and standard deviation of the cosines of all sentences, or of all pairs."""
        lengths = row_counts(self.counts)
        place = np.arange(len(self.cosines)) - np.repeat(self.starts, lengths) - 3
        is_sentence = (place >= 0) & (place < np.repeat(self.counts, lengths))
        values = self.cosines[is_sentence if field is Field.SENTENCE else ~is_sentence & (place >= 0)]
        return float(values.mean()), float(values.std()) + 1e-6

    def of_sentences(self, position: int) -> Floats:
        """Return the centred cosine of each sentence of the passage at this position."""
        start = int(self.starts[position]) + 3
        return self.cosines[start : start + int(self.counts[position])]

    def of_pairs(self, position: int) -> Floats:
        """Return the centred cosine of each pair of sentences (0 and 1, 2 and 3 …) of the passage."""
        start = int(self.starts[position]) + 3 + int(self.counts[position])
        return self.cosines[start : start + (int(self.counts[position]) + 1) // 2]


class RowLayout(NamedTuple):
    """Where the rows of some passages stand among the rows picked."""

    starts: Numbers
    counts: Numbers
    lengths: Numbers


class Rows(NamedTuple):
    """The vectors of some passages, ready to be compared."""

    layout: RowLayout
    vectors: Floats
    norms: Floats

    def score(self, vector: Floats, means: Floats) -> Scored:
        """Return the similarities of a unit vector; `means`, shape (5, size), is what each field was centred by."""
        starts, counts, lengths = self.layout
        cosines: Floats = self.vectors @ vector
        # reduceat wants an end for the last stretch too
        ended = np.append(cosines, np.float32(0))
        first_sentences, first_pairs, ends = starts + 3, starts + 3 + counts, starts + lengths
        fields = np.empty((len(starts), len(Field)), dtype=np.float32)
        for field in (Field.QUESTION_AND_ANSWER, Field.ANSWER, Field.QUESTION):
            fields[:, field] = cosines[starts + int(field)]
        fields[:, Field.SENTENCE] = _best(ended, first_sentences, first_pairs)
        fields[:, Field.PAIR] = _best(ended, first_pairs, ends)
        plain = ended.copy()
        plain[:-1] *= self.norms
        best_plain = _best(plain, first_sentences, first_pairs) + np.float32(means[Field.SENTENCE] @ vector)
        return Scored(fields, best_plain, cosines, starts, counts)


def row_fields(sentence_count: int) -> Numbers:
    """Return the field of each row of a passage with so many sentences."""
    pairs = row_count(sentence_count) - 3 - sentence_count
    return np.array([0, 1, 2, *[int(Field.SENTENCE)] * sentence_count, *[int(Field.PAIR)] * pairs], dtype=np.int64)


def row_counts(sentence_counts: Numbers) -> Numbers:
    """Return how many rows each passage has."""
    return 3 + sentence_counts + (sentence_counts + 1) // 2


def _best(values: Floats, starts: Numbers, ends: Numbers) -> Floats:
    """Return the largest value of each stretch [start, end)."""
    if not len(starts):
        return np.empty(0, dtype=np.float32)
    edges = np.stack([starts, ends], axis=1).ravel()
    found: Floats = np.maximum.reduceat(values, edges)[::2]
    return found
