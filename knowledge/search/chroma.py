"""A Chroma server beside the snapshots: it holds one vector for each passage and finds the nearest."""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from knowledge.model.errors import AskIlyaError, IndexMismatch, IndexUnavailable
from knowledge.search.scored_rows import Floats, row_counts
from knowledge.search.vectors import EditionVectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

_COSINE: "CreateCollectionConfiguration" = {"hnsw": {"space": "cosine", "ef_search": 300}}
_BATCH = 4_000  # Chroma takes at most 5,461 rows at once
_REST = 30.0
"""Seconds for which a server that failed is left alone, so that not every question waits for it."""


class ChromaRows:
    """The rows of the passages in Chroma.

    Args:
        open_client: opens Chroma; called for every piece of work, as a server may have been away.
        made_by: fingerprint of the embedder; rows of another are refused.
    """

    def __init__(self, open_client: "Callable[[], ClientAPI]", made_by: str) -> None:
        self._open_client = open_client
        self._made_by = made_by
        self._failed_at = -math.inf
        self.trouble: str | None = None
        """Why Chroma was not of use the last time, None when it was."""

    def fill(self, wanted: Mapping[str, Callable[[], EditionVectors]]) -> None:
        """Make the rows those of the editions given by key; what was interrupted is completed.

        Raises:
            IndexMismatch: the rows are another embedder's.
            IndexUnavailable: Chroma cannot be reached or written.
        """
        with self._watched():
            collection, done_marks = self._collection("passages"), self._collection("editions")
            present = set(done_marks.get(include=[])["ids"])
            for key in sorted(present - wanted.keys()):
                done_marks.delete(ids=[key])
                collection.delete(where={"edition": key})
            for key, read in wanted.items():
                if key not in present:
                    _add(collection, key, read())
                    done_marks.upsert(ids=[key], embeddings=np.ones((1, 1), dtype=np.float32))

    def nearest(self, vector: Floats, count: int, *, among: int) -> list[str] | None:
        """Return the ids of the passages nearest to a unit vector, nearest first.

        None where Chroma cannot be asked, or holds other than `among` passages: then they are found without it.
        """
        if time.monotonic() - self._failed_at < _REST:
            return None
        try:
            with self._watched():
                collection = self._collection("passages")
                if collection.count() != among:
                    return None
                found = collection.query(query_embeddings=np.asarray([vector]), n_results=count, include=[])
                return found["ids"][0]
        except IndexUnavailable:
            return None

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Remember whether a piece of work went well."""
        try:
            with _plain_errors():
                yield
        except IndexUnavailable as error:
            self._failed_at, self.trouble = time.monotonic(), str(error)
            raise
        self._failed_at, self.trouble = -math.inf, None

    def _collection(self, name: str) -> "Collection":
        collection = self._open_client().get_or_create_collection(
            name, embedding_function=None, configuration=_COSINE, metadata={"embedder": self._made_by}
        )
        recorded = (collection.metadata or {}).get("embedder")
        if recorded != self._made_by:
            raise IndexMismatch(
                f"The index in Chroma was made by “{recorded}”, but “{self._made_by}” is set: "
                "set the embedder back, or name another database of Chroma."
            )
        return collection


@dataclass(frozen=True)
class ChromaServer:
    """Where a Chroma server is, and what it wants to see."""

    url: str
    token: str | None = None
    tenant: str = "default_tenant"
    database: str = "default_database"


def open_chroma(server: ChromaServer | Path) -> "ClientAPI":
    """Return a client of a Chroma server, or of one embedded in a folder. Telemetry is off."""
    import chromadb
    from chromadb.config import Settings

    if isinstance(server, Path):
        server.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(path=str(server), settings=Settings(anonymized_telemetry=False))
    parts = urlsplit(server.url)
    secure = parts.scheme == "https"
    told = {"Authorization": f"Bearer {server.token}", "X-Chroma-Token": server.token} if server.token else {}
    return chromadb.HttpClient(
        host=parts.hostname or "localhost",
        port=parts.port or (443 if secure else 8000),
        ssl=secure,
        headers=told,
        settings=Settings(anonymized_telemetry=False),
        tenant=server.tenant,
        database=server.database,
    )


@contextmanager
def _plain_errors() -> Iterator[None]:
    from chromadb.errors import ChromaError

    try:
        yield
    except AskIlyaError:
        raise
    except (ChromaError, OSError, ValueError) as error:
        raise IndexUnavailable(
            f"Chroma cannot be used ({error}): check that its server runs and that ILYA_CHROMA_URL is its address. "
            "Until it is back all vectors are compared here, which finds the same and takes longer."
        ) from error


def _add(collection: "Collection", key: str, held: EditionVectors) -> None:
    firsts = np.concatenate([[0], np.cumsum(row_counts(held.sentence_counts.astype(np.int64)))[:-1]])
    for start in range(0, len(held.ids), _BATCH):
        batch = slice(start, start + _BATCH)
        collection.upsert(
            ids=held.ids[batch],
            embeddings=held.vectors[firsts[batch]].astype(np.float32),
            metadatas=[{"edition": key} for _ in held.ids[batch]],
        )
