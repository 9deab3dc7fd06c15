"""All vectors and words of one state of the library, laid out for scoring and mapped from disk, not read.

Every field is centred by its own mean and made unit length again: in the raw vectors of a corpus about one subject
all passages lie close together, and their common part drowns the differences (all-but-the-top, Mu & Viswanath 2018,
with the mean alone).
"""

import json
from collections import defaultdict
from collections.abc import Collection
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.search.array_files import load_array, reads_one_at_a_time
from knowledge.search.generation_files import Damaged, Generation
from knowledge.search.late_interaction.piece_vectors import PieceVectors
from knowledge.search.scored_rows import Floats, Numbers, RowLayout, Rows, Scored, row_counts
from knowledge.search.snapshot_files import BM25_K1, VERSION
from knowledge.search.vectors import HalfVectors

if TYPE_CHECKING:
    from bm25s import BM25

Flags = NDArray[np.bool_]

_SAMPLE = 256


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
            self.asked: HalfVectors = load_array(folder / "asked.npy", mapped=True)
            """The vector of each of `questions`, zero where it has none, shape (questions, dimensions)."""
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
        rows = Rows(layout, self._vectors[picked].astype(np.float32), self._norms[picked].astype(np.float32))
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
    def _sample(self) -> Rows:
        layout, picked = self._layout(self.sample)
        return Rows(layout, self._vectors[picked].astype(np.float32), self._norms[picked].astype(np.float32))

    def _layout(self, passages: Numbers) -> tuple[RowLayout, Numbers]:
        counts = self._counts[passages]
        lengths = row_counts(counts)
        starts = np.cumsum(lengths) - lengths
        picked = np.arange(int(lengths.sum())) + np.repeat(self._begin[passages] - starts, lengths)
        return RowLayout(starts, counts, lengths), picked

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


def inverse_document_frequency(holding: int, total: int) -> float:
    """Return how rare a term is that `holding` of `total` passages hold (the form BM25 uses).

    >>> round(inverse_document_frequency(1, 300), 2)
    5.3
    """
    return float(np.log1p((total - holding + 0.5) / (holding + 0.5)))
