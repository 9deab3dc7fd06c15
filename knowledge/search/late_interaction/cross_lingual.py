"""From the space of multilingual-e5-small into that of the English encoder, by a linear map.

Ridge regression on questions in English and Chinese, each to the English encoder's vector of its English wording
(`evals/training/fit_cross_lingual.py`; the idea: Mikolov, Le & Sutskever 2013, "Exploiting Similarities among
Languages for Machine Translation"). So a Chinese question is compared with vectors that English alone has made.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from knowledge.search.array_files import load_arrays
from knowledge.search.late_interaction.english_encoder import WEIGHTS, Floats


class LinearMap(NamedTuple):
    """A vector becomes (vector - mean) @ matrix + offset, of unit length."""

    mean: Floats
    matrix: NDArray[np.float16]
    offset: Floats


def english_vectors(vectors: Sequence[ArrayLike]) -> Floats:
    """Return unit vectors of the English encoder's space for vectors of e5, shape (texts, 384)."""
    known = _shipped()
    moved = (np.asarray(vectors, dtype=np.float32) - known.mean) @ known.matrix.astype(np.float32) + known.offset
    unit: Floats = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), np.float32(1e-9))
    return unit


def fit(vectors: Floats, wanted: Floats, *, ridge: float) -> LinearMap:
    """Return the map that takes vectors, shape (texts, 384), nearest to the wanted ones by ridge regression."""
    mean, offset = vectors.mean(axis=0), wanted.mean(axis=0)
    centred = vectors - mean
    square = centred.T @ centred + ridge * np.eye(centred.shape[1])
    matrix = np.linalg.solve(square, centred.T @ (wanted - offset))
    return LinearMap(mean.astype(np.float32), matrix.astype(np.float16), offset.astype(np.float32))


@cache
def _shipped() -> LinearMap:
    return LinearMap(**load_arrays(WEIGHTS / "cross_lingual.npz"))
