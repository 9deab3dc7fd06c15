"""All vectors and words of one state of the library, laid out for scoring and mapped from disk, not read.

Every field is centred by its own mean and made unit length again: in the raw vectors of a corpus about one subject
all passages lie close together, and their common part drowns the differences (all-but-the-top, Mu & Viswanath 2018,
with the mean alone).
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.search.array_files import array_file, load_array, reads_one_at_a_time
from knowledge.search.generation_files import Damaged, Generation
from knowledge.search.late_interaction.piece_vectors import PieceSizes, PieceVectors
from knowledge.search.vectors import EditionVectors, Field, HalfVectors, row_count

if TYPE_CHECKING:
    from bm25s import BM25

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

VERSION = "snapshot-7"
"""Changes whenever a snapshot's files hold something else."""

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
    """Passages by number, with everything that scores them.

    Args:
        generation: holds the files, as `write_snapshot` made them.

    Raises:
        Damaged: they are not what was written.
    """

    def __init__(self, generation: Generation) -> None:
        generation.verify()
        folder = generation.folder
        try:
            facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
            if facts.get("version") != VERSION:
                raise Damaged(generation.name, "it was written by another version of the program")
            self.ids: list[str] = facts["ids"]
            self.embedder: str = facts["embedder"]
            self._editions: dict[str, int] = dict(facts["editions"])
            self._counts: Numbers = np.asarray(facts["counts"], dtype=np.int64)
            self._means: Floats = load_array(folder / "means.npy")
            self._vectors: HalfVectors = load_array(folder / "vectors.npy", mapped=True)
            self._norms: NDArray[np.float16] = load_array(folder / "norms.npy", mapped=True)
            self._whole: Floats = load_array(folder / "whole.npy", mapped=True)
            self.pieces: PieceVectors | None = PieceVectors(folder, self._counts) if facts["pieces"] else None
            """The vectors of word pieces, None where the embedder makes none."""
            self.questions: list[tuple[int, str]] = [(int(number), str(one)) for number, one in facts["questions"]]
            """The questions that passages answer in our words, each with the passage's number."""
            self.better: Numbers = load_array(folder / "better.npy")
            """For each passage the one that holds its words in a better version, itself where there is none."""
        except (KeyError, ValueError) as error:
            raise Damaged(generation.name, f"it was written by another version ({error})") from error
        self.number = {passage_id: number for number, passage_id in enumerate(self.ids)}
        self._begin: Numbers = np.concatenate([[0], np.cumsum(row_counts(self._counts))]).astype(np.int64)
        self._folder = folder
        self._generation = generation  # its files stay as long as they are mapped
        self._searched: Flags | None = None

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def editions(self) -> Collection[str]:
        """The keys of the editions it was made of."""
        return self._editions.keys()

    def limited_to(self, editions: Collection[str]) -> "Snapshot":
        """Return the same passages without those of other editions than these, which no search finds any more.

        What is said of the whole (how rare a word is) stays that of the state the snapshot was made of.
        """
        kept = np.repeat([key in editions for key in self._editions], list(self._editions.values())).astype(bool)
        if kept.all():
            return self
        limited = copy(self)
        for name in ("by_source", "sample", "_sample"):
            limited.__dict__.pop(name, None)
        limited._searched = kept
        limited.better = np.where(kept[self.better], self.better, np.arange(len(self)))
        if not kept.any():
            limited.ids, limited.number = [], {}
        return limited

    @cached_property
    def by_source(self) -> dict[str, Numbers]:
        """The numbers of each source's passages, by its id."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, passage_id in enumerate(self.ids):
            if self._searched is None or self._searched[number]:
                numbers[passage_id.rsplit(":", 2)[0]].append(number)
        return {source_id: np.array(found, dtype=np.int64) for source_id, found in numbers.items()}

    def nearest(self, vector: Floats, count: int) -> Numbers:
        """Return the numbers of the passages whose question and answer are nearest to a unit vector, all compared."""
        cosines: Floats = np.asarray(self._whole) @ vector
        found = np.flatnonzero(self._searched) if self._searched is not None else np.arange(len(self))
        if len(found) > count:
            found = found[np.argpartition(-cosines[found], count)[:count]]
        return found.astype(np.int64)

    def searched(self, passages: Numbers) -> Numbers:
        """Return those of the passages that are still searched."""
        return passages if self._searched is None else passages[self._searched[passages]]

    def score(self, vector: Floats, passages: Numbers) -> Scored:
        """Return the similarities of a unit vector with the passages of these numbers."""
        layout, picked = self._layout(passages)
        rows = _Rows(layout, self._vectors[picked].astype(np.float32), self._norms[picked].astype(np.float32))
        return rows.score(vector, self._means)

    def score_sample(self, vector: Floats) -> Scored:
        """Return the similarities with up to 256 passages, the same ones each time, that stand for the whole."""
        return self._sample.score(vector, self._means)

    @cached_property
    def sample(self) -> Numbers:
        """The numbers of up to 256 passages, the same ones each time, that stand for the whole."""
        own = self.searched(np.flatnonzero(self.better == np.arange(len(self))))
        if len(own) > _SAMPLE:
            own = np.sort(np.random.default_rng(0).choice(own, size=_SAMPLE, replace=False))
        return own.astype(np.int64)

    @cached_property
    def _sample(self) -> "_Rows":
        layout, picked = self._layout(self.sample)
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
        if self._searched is not None:
            total[~self._searched] = 0
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

        with reads_one_at_a_time:
            return BM25.load(self._folder / "words", mmap=True)

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        vocabulary: dict[str, int] = self._words.vocab_dict
        return {term: number for term, number in vocabulary.items() if term}


class Part(NamedTuple):
    """One edition in a snapshot: its key in the index, and what reads its vectors."""

    key: str
    read: Callable[[], EditionVectors]


def write_snapshot(
    folder: Path,
    parts: Sequence[Part],
    words: Sequence[Sequence[str]],
    better: Numbers,
    *,
    embedder: str,
    questions: Sequence[Sequence[str]] = (),
) -> None:
    """Lay out the vectors of all editions, the terms of all their passages and `better_versions`, in the same order.

    The vectors of one edition are read when they are needed, so that not all are in memory at once. `questions` are
    those that each passage answers in our words.
    """
    ids: list[str] = []
    counts: list[int] = []
    editions: list[tuple[str, int]] = []
    sums, rows_of = None, np.zeros(len(Field))
    sizes = PieceSizes()
    for part in parts:
        held = part.read()
        ids += held.ids
        counts += held.sentence_counts.tolist()
        editions.append((part.key, len(held.ids)))
        if not held.ids:
            continue
        sizes.count(held)
        fields = _fields_of(held)
        sums = np.zeros((len(Field), held.vectors.shape[1])) if sums is None else sums
        for field in Field:
            sums[field] += held.vectors[fields == field].astype(np.float32).sum(axis=0)
            rows_of[field] += int((fields == field).sum())
    means = (sums / np.maximum(rows_of, 1)[:, None] if sums is not None else np.zeros((len(Field), 1))).astype(
        np.float32
    )
    total = int(row_counts(np.asarray(counts, dtype=np.int64)).sum())
    _write_vectors(folder, parts, means, (len(ids), total), sizes)
    np.save(folder / "means.npy", means)
    np.save(folder / "better.npy", better)
    _write_words(folder / "words", words)
    facts = {
        "version": VERSION,
        "embedder": embedder,
        "editions": editions,
        "ids": ids,
        "counts": counts,
        "pieces": bool(sizes),
        "questions": [(number, one) for number, wordings in enumerate(questions) for one in wordings],
    }
    (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")


def _write_vectors(
    folder: Path, parts: Sequence[Part], means: Floats, shape: tuple[int, int], sizes: PieceSizes
) -> None:
    """Write every row centred, its length before that, the first row of every passage as it is, and the pieces."""
    passages, total = shape
    size = means.shape[1]
    with (
        array_file(folder / "vectors.npy", np.float16, (total, size)) as vectors,
        array_file(folder / "norms.npy", np.float16, (total,)) as norms,
        array_file(folder / "whole.npy", np.float32, (passages, size)) as whole,
        sizes.writing(folder) as add_pieces,
    ):
        for part in parts:
            held = part.read()
            if not held.ids:
                continue
            plain = held.vectors.astype(np.float32)
            moved = plain - means[_fields_of(held)]
            length = np.maximum(np.linalg.norm(moved, axis=1), np.float32(1e-6))
            lengths = row_counts(held.sentence_counts.astype(np.int64))
            vectors((moved / length[:, None]).astype(np.float16))
            norms(length.astype(np.float16))
            whole(plain[np.cumsum(lengths) - lengths])
            add_pieces(held)


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
