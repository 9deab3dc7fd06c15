"""Vectors of the baselines, kept on disk: embedding the same chunks again would be most of a short run."""

import hashlib
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.search.embedding import fingerprint


class KeptEmbeddings(Embeddings):
    """Another embedder, its document vectors kept in a folder; questions are embedded each time."""

    def __init__(self, embeddings: Embeddings, folder: Path) -> None:
        self._embeddings = embeddings
        self._folder = folder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector per text, from the folder when the same texts were embedded before."""
        told = "\0".join([fingerprint(self._embeddings), *texts])
        path = self._folder / f"{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.npy"
        if not path.exists():
            vectors = np.asarray(self._embeddings.embed_documents(texts), dtype=np.float32)
            self._folder.mkdir(parents=True, exist_ok=True)
            np.save(path, vectors)
        kept: list[list[float]] = np.load(path).tolist()
        return kept

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self._embeddings.embed_query(text)
