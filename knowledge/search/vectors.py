"""The vectors of one edition, in one file beside Chroma: written once, whole or not at all."""

import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from knowledge.model.passages import Passage
from knowledge.search.embedding import embed_texts
from knowledge.search.fields import rows

HalfVectors = NDArray[np.float16]
"""Unit vectors in half precision, shape (rows, dimensions): a third digit is more than the ranking needs."""

_BLOCK = 32


class EditionVectors(NamedTuple):
    """The passages of one edition with all their vectors, passage after passage in the order of `fields.rows`."""

    ids: list[str]
    sentence_counts: NDArray[np.int32]
    vectors: HalfVectors


def embed_edition(
    embeddings: Embeddings, passages: Sequence[Passage], on_passages: Callable[[int], None]
) -> EditionVectors:
    """Embed every row of the passages, telling `on_passages` how many passages are newly done."""
    blocks = []
    for start in range(0, len(passages), _BLOCK):
        block = passages[start : start + _BLOCK]
        texts = [row for passage in block for row in rows(passage)]
        as_query = np.array([row.as_query for row in texts])
        found = np.empty((len(texts), 0), dtype=np.float32)
        for kind in (False, True):
            vectors = embed_texts(embeddings, [row.text for row in texts if row.as_query is kind], as_query=kind)
            if not found.size:
                found = np.empty((len(texts), vectors.shape[1]), dtype=np.float32)
            found[as_query == kind] = vectors
        blocks.append(found.astype(np.float16))
        on_passages(len(block))
    return EditionVectors(
        ids=[passage.id for passage in passages],
        sentence_counts=np.array([len(passage.sentences) for passage in passages], dtype=np.int32),
        vectors=np.concatenate(blocks) if blocks else np.empty((0, 0), dtype=np.float16),
    )


def vectors_path(folder: Path, edition_key: str) -> Path:
    """Return the file that holds an edition's vectors."""
    return folder / f"{sha256(edition_key.encode()).hexdigest()[:24]}.npz"


def write_vectors(path: Path, found: EditionVectors) -> None:
    """Write the file in one step: a reader sees it whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    with draft.open("wb") as file:
        np.savez(file, ids=np.array(found.ids, dtype=np.str_), counts=found.sentence_counts, vectors=found.vectors)
    draft.replace(path)


def read_vectors(path: Path) -> EditionVectors:
    """Read an edition's vectors."""
    with np.load(path) as held:
        return EditionVectors(held["ids"].tolist(), held["counts"], held["vectors"])
