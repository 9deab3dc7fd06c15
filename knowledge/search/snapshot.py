"""All vectors and words of one state of the library, laid out for scoring and mapped from disk, not read.

Every field is centred by its own mean and made unit length again: in the raw vectors of a corpus about one subject
all passages lie close together, and their common part drowns the differences (all-but-the-top, Mu & Viswanath 2018,
with the mean alone).
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.search.vectors import EditionVectors, Field, HalfVectors, row_count

if TYPE_CHECKING:
    from bm25s import BM25

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

BM25_K1 = 1.2
BM25_B = 0.75
_SAMPLE = 256


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


class _Layout(NamedTuple):
    """Where the rows of some passages stand among the rows picked."""

    starts: Numbers
    counts: Numbers
    lengths: Numbers


class _Rows(NamedTuple):
    """The vectors of some passages, ready to be compared."""

    layout: _Layout
    vectors: Floats
    norms: Floats

    def score(self, vector: Floats, means: Floats) -> Scored:
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


class Snapshot:
    """Passages by number, with everything that scores them. Open one with `open_snapshot`."""

    def __init__(self, folder: Path) -> None:
        facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        self.ids: list[str] = facts["ids"]
        self.number = {passage_id: number for number, passage_id in enumerate(self.ids)}
        self._counts: Numbers = np.asarray(facts["counts"], dtype=np.int64)
        self._begin: Numbers = np.concatenate([[0], np.cumsum(row_counts(self._counts))]).astype(np.int64)
        self._means: Floats = np.load(folder / "means.npy")
        self._vectors: HalfVectors = np.load(folder / "vectors.npy", mmap_mode="r")
        self._norms: NDArray[np.float16] = np.load(folder / "norms.npy", mmap_mode="r")
        self.better: Numbers = np.load(folder / "better.npy")
        """For each passage the one that holds its words in a better version, itself where there is none."""
        self._folder = folder

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def by_source(self) -> dict[str, Numbers]:
        """The numbers of each source's passages, by its id."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, passage_id in enumerate(self.ids):
            numbers[passage_id.rsplit(":", 2)[0]].append(number)
        return {source_id: np.array(found, dtype=np.int64) for source_id, found in numbers.items()}

    def score(self, vector: Floats, passages: Numbers) -> Scored:
        """Return the similarities of a unit vector with the passages of these numbers."""
        layout, picked = self._layout(passages)
        rows = _Rows(layout, self._vectors[picked].astype(np.float32), self._norms[picked].astype(np.float32))
        return rows.score(vector, self._means)

    def score_sample(self, vector: Floats) -> Scored:
        """Return the similarities with up to 256 passages, the same ones each time, that stand for the whole."""
        return self._sample.score(vector, self._means)

    @cached_property
    def _sample(self) -> "_Rows":
        own = np.flatnonzero(self.better == np.arange(len(self)))
        if len(own) > _SAMPLE:
            own = np.sort(np.random.default_rng(0).choice(own, size=_SAMPLE, replace=False))
        layout, picked = self._layout(own.astype(np.int64))
        return _Rows(layout, self._vectors[picked].astype(np.float32), self._norms[picked].astype(np.float32))

    def _layout(self, passages: Numbers) -> tuple["_Layout", Numbers]:
        counts = self._counts[passages]
        lengths = row_counts(counts)
        starts = np.cumsum(lengths) - lengths
        picked = np.arange(int(lengths.sum())) + np.repeat(self._begin[passages] - starts, lengths)
        return _Layout(starts, counts, lengths), picked

    def by_words(self, weights: dict[str, float]) -> Floats:
        """Return the BM25 score of every passage for weighted terms (k1 1.2, b 0.75; Robertson & Zaragoza 2009)."""
        total = np.zeros(len(self), dtype=np.float32)
        if not len(self):
            return total
        for weight in sorted(set(weights.values())):
            known = [term for term, own in weights.items() if own == weight and term in self._vocabulary]
            if known:
                # bm25s leaves out the constant factor k1 + 1 of the usual formula
                total += np.float32(weight * (BM25_K1 + 1)) * self._words.get_scores(known)
        return total

    def rarity(self, term: str) -> float | None:
        """Return a term's inverse document frequency, None when no passage holds it."""
        number = self._vocabulary.get(term)
        if number is None:
            return None
        starts = self._words.scores["indptr"]
        return inverse_document_frequency(int(starts[number + 1] - starts[number]), len(self))

    @cached_property
    def _words(self) -> "BM25":
        from bm25s import BM25

        return BM25.load(self._folder / "words", mmap=True)

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        vocabulary: dict[str, int] = self._words.vocab_dict
        return {term: number for term, number in vocabulary.items() if term}


def write_snapshot(
    folder: Path, parts: Sequence[Callable[[], EditionVectors]], words: Sequence[Sequence[str]], better: Numbers
) -> None:
    """Lay out the vectors of all editions, the terms of all their passages and `better_versions`, in the same order.

    Each part reads the vectors of one edition when called, so that not all are in memory at once.
    """
    draft = folder.with_name(folder.name + ".draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    ids: list[str] = []
    counts: list[int] = []
    sums, rows_of = None, np.zeros(len(Field))
    for part in parts:
        held = part()
        ids += held.ids
        counts += held.sentence_counts.tolist()
        if not held.ids:
            continue
        fields = _fields_of(held)
        sums = np.zeros((len(Field), held.vectors.shape[1])) if sums is None else sums
        for field in Field:
            sums[field] += held.vectors[fields == field].astype(np.float32).sum(axis=0)
            rows_of[field] += int((fields == field).sum())
    means = (sums / np.maximum(rows_of, 1)[:, None] if sums is not None else np.zeros((len(Field), 1))).astype(
        np.float32
    )
    total = int(row_counts(np.asarray(counts, dtype=np.int64)).sum())
    vectors = np.lib.format.open_memmap(draft / "vectors.npy", "w+", np.float16, (total, means.shape[1]))
    norms = np.lib.format.open_memmap(draft / "norms.npy", "w+", np.float16, (total,))
    start = 0
    for part in parts:
        held = part()
        if not held.ids:
            continue
        moved = held.vectors.astype(np.float32) - means[_fields_of(held)]
        length = np.maximum(np.linalg.norm(moved, axis=1), np.float32(1e-6))
        vectors[start : start + len(moved)] = moved / length[:, None]
        norms[start : start + len(moved)] = length
        start += len(moved)
    vectors.flush()
    norms.flush()
    np.save(draft / "means.npy", means)
    np.save(draft / "better.npy", better)
    _write_words(draft / "words", words)
    (draft / "facts.json").write_text(json.dumps({"ids": ids, "counts": counts}), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)


def inverse_document_frequency(holding: int, total: int) -> float:
    """Return how rare a term is that `holding` of `total` passages hold (the form BM25 uses).

    >>> round(inverse_document_frequency(1, 300), 2)
    5.3
    """
    return float(np.log1p((total - holding + 0.5) / (holding + 0.5)))


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


def _fields_of(held: EditionVectors) -> Numbers:
    return np.concatenate([row_fields(int(count)) for count in held.sentence_counts])


def _write_words(folder: Path, words: Sequence[Sequence[str]]) -> None:
    if not any(words):
        return
    from bm25s import BM25

    model = BM25(k1=BM25_K1, b=BM25_B, method="lucene")
    model.index([list(terms) for terms in words], show_progress=False)
    model.save(folder, show_progress=False)
