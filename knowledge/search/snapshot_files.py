"""Writing a snapshot: the vectors of all editions centred and side by side, and the terms of their passages."""

import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from knowledge.search.array_files import array_file
from knowledge.search.late_interaction.piece_vectors import PieceSizes
from knowledge.search.scored_rows import Floats, Numbers, row_counts, row_fields
from knowledge.search.vectors import EditionVectors, Field, HalfVectors

VERSION = "snapshot-8"
"""Changes whenever a snapshot's files hold something else."""

BM25_K1 = 1.2
BM25_B = 0.75


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
    asked: list[HalfVectors] = []
    for part in parts:
        held = part.read()
        wordings = sum(map(len, questions[len(ids) : len(ids) + len(held.ids)]))
        told = len(held.questions) == wordings and wordings
        asked.append(held.questions if told else np.zeros((wordings, held.vectors.shape[1]), dtype=np.float16))
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
    np.save(
        folder / "asked.npy",
        np.concatenate([one for one in asked if len(one)] or [np.zeros((0, means.shape[1]), np.float16)]),
    )
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


def _fields_of(held: EditionVectors) -> Numbers:
    return np.concatenate([row_fields(int(count)) for count in held.sentence_counts])


def _write_words(folder: Path, words: Sequence[Sequence[str]]) -> None:
    if not any(words):
        return
    from bm25s import BM25

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG, and told our logs each step
    model = BM25(k1=BM25_K1, b=BM25_B, method="lucene")
    model.index([list(terms) for terms in words], show_progress=False)
    model.save(folder, show_progress=False)
