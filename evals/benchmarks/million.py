"""What searching costs among a million made-up passages: `python -m evals.benchmarks.million [--passages 1000000]`.

Only what grows with the library is imitated, at its real size and in its real layout: a unit vector a passage, compared
whole as without Chroma, and postings of words as frequent as words are (Zipf). Seconds are CPU seconds.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.search.array_files import array_file, load_array

SIZE = 384
_BLOCK = 20_000
_ASKED = 8
_RANKS = (30, 100, 300, 1_000, 3_000, 10_000)
"""How frequent the words of a question are: the tenth most frequent word stands in about every third passage."""
_NEAREST = 100


def main() -> None:
    """Print what one question costs by each way of searching."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--passages", type=int, default=1_000_000)
    for line in measure(asked.parse_args().passages):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def measure(passages: int) -> Iterator[str]:
    """Yield lines: what is stored, what comparing all vectors costs, what all words of a question cost."""
    random = np.random.default_rng(7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whole.npy"
        began = time.process_time()
        with array_file(path, np.float32, (passages, SIZE)) as write:
            for start in range(0, passages, _BLOCK):
                block = random.standard_normal((min(_BLOCK, passages - start), SIZE), dtype=np.float32)
                write(block / np.linalg.norm(block, axis=1, keepdims=True))
        written = time.process_time() - began
        yield f"{passages:,} vectors: {path.stat().st_size / 1e9:.2f} GB, written in {written:.1f} s"
        vectors = load_array(path, mapped=True)
        yield f"compare all: {_each(lambda: _nearest(vectors, random)) * 1000:.0f} ms a question"
    postings = [_posting(passages, rank, random) for rank in _RANKS]
    held = sum(len(numbers) for numbers, _ in postings)
    spent = _each(lambda: _by_words(postings, passages))
    yield f"{len(_RANKS)} words, {held:,} postings: {spent * 1000:.0f} ms a question"


def _nearest(vectors: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.int64]:
    cosines = np.asarray(vectors) @ random.standard_normal(SIZE, dtype=np.float32)
    return np.argpartition(-cosines, _NEAREST)[:_NEAREST]


def _posting(passages: int, rank: int, random: np.random.Generator) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return the passages that hold a word of this rank, and its score in each."""
    count = max(passages * 3 // max(rank, 9), 1)
    numbers = np.sort(random.choice(passages, size=min(count, passages), replace=False)).astype(np.int32)
    return numbers, random.random(len(numbers), dtype=np.float32)


def _by_words(postings: list[tuple[NDArray[np.int32], NDArray[np.float32]]], passages: int) -> NDArray[np.int64]:
    total = np.zeros(passages, dtype=np.float32)
    for numbers, scores in postings:
        total[numbers] += scores
    return np.argpartition(-total, _NEAREST)[:_NEAREST]


def _each(act: Callable[[], object]) -> float:
    """Return the CPU seconds of one act, the first left out: it reads from disk."""

    act()
    began = time.process_time()
    for _ in range(_ASKED):
        act()
    return (time.process_time() - began) / _ASKED


if __name__ == "__main__":
    main()
