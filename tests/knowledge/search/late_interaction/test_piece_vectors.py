"""MaxSim over the files of a snapshot is MaxSim over the vectors."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.search.late_interaction.passage_encoding import SCALE, ShortVectors, quantised
from knowledge.search.late_interaction.piece_vectors import PieceSizes, PieceVectors


class Held(NamedTuple):
    short: ShortVectors
    pieces: NDArray[np.int32]


def _unit(count: int, seed: int) -> NDArray[np.float32]:
    random = np.random.default_rng(seed).standard_normal((count, 8)).astype(np.float32)
    return random / np.linalg.norm(random, axis=1, keepdims=True)


def _written(folder: Path, *editions: Held) -> PieceVectors:
    sizes = PieceSizes()
    for held in editions:
        sizes.count(held)
    with sizes.writing(folder) as append:
        for held in editions:
            append(held)
    return PieceVectors(folder, np.array([1] * sum(len(held.pieces) // 2 for held in editions)))


def test_each_piece_of_the_question_counts_by_its_weight(tmp_path: Path) -> None:
    pieces = [3, 0, 5]
    short = [quantised(_unit(count, count)) for count in pieces]
    first = Held(np.concatenate(short[:2]), np.array([0, 3, 0, 0], dtype=np.int32))
    second = Held(short[2], np.array([2, 3], dtype=np.int32))
    question = _unit(2, 9)
    found = _written(tmp_path, first, second).max_sim(question, np.array([1.0, 3.0]), np.array([2, 0, 1]))
    wanted = []
    for place in (2, 0):
        best = (short[place].astype(np.float32) / SCALE @ question.T).max(axis=0)
        wanted.append(0.25 * best[0] + 0.75 * best[1])
    assert np.allclose(found, [*wanted, 0.0], atol=1e-5)


def test_a_question_without_pieces_matches_nothing(tmp_path: Path) -> None:
    held = Held(quantised(_unit(3, 1)), np.array([1, 2], dtype=np.int32))
    found = _written(tmp_path, held).max_sim(np.empty((0, 8), dtype=np.float32), np.empty(0), np.array([0]))
    assert found.tolist() == [0.0]


def test_an_embedder_without_pieces_has_no_files(tmp_path: Path) -> None:
    sizes = PieceSizes()
    sizes.count(Held(np.empty((0, 0), dtype=np.int8), np.empty(0, dtype=np.int32)))
    with sizes.writing(tmp_path) as append:
        append(Held(np.empty((0, 0), dtype=np.int8), np.empty(0, dtype=np.int32)))
    assert not sizes
    assert list(tmp_path.iterdir()) == []


def test_what_was_asked_is_no_sentence(tmp_path: Path) -> None:
    short, question = quantised(_unit(6, 3)), _unit(2, 9)
    sizes = PieceSizes()
    held = Held(short, np.array([2, 1, 0, 3], dtype=np.int32))
    sizes.count(held)
    with sizes.writing(tmp_path) as append:
        append(held)
    found = PieceVectors(tmp_path, np.array([3])).by_sentence(question, 0)
    cosines = short.astype(np.float32) / SCALE @ question.T
    assert np.allclose(found, [cosines[2], [0, 0], cosines[3:].max(axis=0)], atol=1e-5)
