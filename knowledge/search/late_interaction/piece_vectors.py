"""The files of a snapshot that hold the vectors of word pieces, and the comparison of a question with them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.search.array_files import array_file, load_array
from knowledge.search.late_interaction.english_encoder import Floats
from knowledge.search.late_interaction.passage_encoding import SCALE, ShortVectors

Numbers = NDArray[np.int64]

_AT_ONCE = 64
"""Passages whose pieces are compared at once: about four megabytes of vectors."""


class WithPieces(Protocol):
    """Passages of one edition whose word pieces may have vectors."""

    @property
    def short(self) -> ShortVectors:
        """Of every word piece, shape (pieces, width); of no width where there are none."""

    @property
    def pieces(self) -> NDArray[np.int32]:
        """How many stand in what was asked and in each sentence, shape (passages + sentences,)."""


class PieceVectors:
    """Compares questions with passages piece by piece.

    Args:
        folder: of the snapshot, as `PieceSizes.writing` wrote it.
        sentence_counts: how many sentences each passage has, shape (passages,).
    """

    def __init__(self, folder: Path, sentence_counts: Numbers) -> None:
        self._short: ShortVectors = load_array(folder / "short.npy", mapped=True)
        self._pieces: NDArray[np.int32] = load_array(folder / "pieces.npy")
        ends = np.concatenate([[0], np.cumsum(self._pieces, dtype=np.int64)])
        self._parts = np.concatenate([[0], np.cumsum(sentence_counts + 1)]).astype(np.int64)
        self._begin, self._ends = ends[self._parts[:-1]], ends[self._parts[1:]]

    def max_sim(self, question: Floats, weights: Floats, passages: Numbers) -> Floats:
        """Return, for each passage of these numbers, how well its pieces match those of a question, -1 to 1.

        The weighted mean of the best cosine of each piece of the question (MaxSim; Khattab & Zaharia 2020).

        Args:
            question: unit vectors of its pieces, shape (pieces, width).
            weights: what each piece counts, shape (pieces,).
            passages: numbers of passages.
        """
        found = np.zeros(len(passages), dtype=np.float32)
        total = float(weights.sum())
        if not total:
            return found
        shares = (weights / np.float32(total * SCALE)).astype(np.float32)
        for start in range(0, len(passages), _AT_ONCE):
            block = passages[start : start + _AT_ONCE]
            lengths = self._ends[block] - self._begin[block]
            held = np.flatnonzero(lengths)
            if not len(held):
                continue
            firsts = np.cumsum(lengths[held]) - lengths[held]
            picked = np.arange(int(lengths.sum())) + np.repeat(self._begin[block[held]] - firsts, lengths[held])
            similar = self._short[picked].astype(np.float32) @ question.T
            found[start + held] = np.maximum.reduceat(similar, firsts, axis=0) @ shares
        return found

    def by_sentence(self, question: Floats, passage: int) -> Floats:
        """Return the best cosine of each piece of a question with the pieces of each sentence of a passage.

        Shape (sentences, pieces of the question); zero where a sentence has no pieces.
        """
        first, last = self._parts[passage], self._parts[passage + 1]
        asked, counts = int(self._pieces[first]), self._pieces[first + 1 : last].astype(np.int64)
        found = np.zeros((len(counts), len(question)), dtype=np.float32)
        held = np.flatnonzero(counts)
        if len(held) and len(question):
            short = self._short[self._begin[passage] + asked : self._ends[passage]].astype(np.float32)
            firsts = np.cumsum(counts[held]) - counts[held]
            found[held] = np.maximum.reduceat(short @ question.T, firsts, axis=0) / np.float32(SCALE)
        return found


class PieceSizes:
    """How large the files of all editions are: told in a first reading, so that they are never in memory together."""

    def __init__(self) -> None:
        self._pieces: list[NDArray[np.int32]] = []
        self._width = 0

    def count(self, held: WithPieces) -> None:
        """Take in the sizes of one edition."""
        if held.short.shape[1]:
            self._pieces.append(held.pieces)
            self._width = held.short.shape[1]

    def __bool__(self) -> bool:
        return bool(self._pieces)

    @contextmanager
    def writing(self, folder: Path) -> Iterator[Callable[[WithPieces], None]]:
        """Yield what appends the vectors of the same editions, in the same order, to the files in a folder."""
        if not self:
            yield lambda held: None
            return
        pieces = np.concatenate(self._pieces)
        np.save(folder / "pieces.npy", pieces)
        with array_file(folder / "short.npy", np.int8, (int(pieces.sum()), self._width)) as short:
            yield lambda held: short(held.short)
