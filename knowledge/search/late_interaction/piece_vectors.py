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
        """How many word pieces each passage has, shape (passages,)."""


class PieceVectors:
    """Compares questions with passages piece by piece.

    Args:
        folder: of the snapshot, as `PieceSizes.writing` wrote it.
    """

    def __init__(self, folder: Path) -> None:
        self._short: ShortVectors = load_array(folder / "short.npy", mapped=True)
        pieces: NDArray[np.int32] = load_array(folder / "pieces.npy")
        self._ends = np.cumsum(pieces, dtype=np.int64)
        self._begin = self._ends - pieces

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
