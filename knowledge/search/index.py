"""Keeping the index in step with the library, and finding candidate passages in it.

Chroma holds the question-and-answer vector of every passage and finds the nearest; files beside it hold the other
fields. An edition counts as indexed when its file and its Chroma rows are both there, so that an interrupted run is
completed by the next.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.library.editions import library_state
from knowledge.library.store import Edition, Library
from knowledge.model.errors import AskIlyaError, IndexMismatch, IndexUnavailable
from knowledge.model.passages import Passage, passages
from knowledge.search.duplicate_passages import Version, better_versions
from knowledge.search.embedding import fingerprint
from knowledge.search.snapshot import Floats, Numbers, Snapshot, row_counts, write_snapshot
from knowledge.search.vectors import (
    EditionVectors,
    Words,
    embed_edition,
    read_vectors,
    vectors_path,
    words,
    write_vectors,
)

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

_LAYOUT = "fields-1"
"""Changes whenever other texts are embedded for the same passage."""
_SNAPSHOT = "snapshot-3"
"""Changes whenever a snapshot's files hold something else."""
_KEPT_PASSAGES = 256
_COSINE: "CreateCollectionConfiguration" = {"hnsw": {"space": "cosine", "ef_search": 300}}
_BATCH = 4_000  # Chroma takes at most 5,461 rows at once


class Progress(Protocol):
    """Hears how far a long piece of work is."""

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` pieces are finished."""


class Index:
    """Finds passages by meaning and by words.

    Args:
        open_client: opens Chroma (a folder or a server); called anew when another process changed the index.
        folder: where the files beside Chroma live.
        library: where the words are read from.
        embeddings: makes the vectors; the index remembers its fingerprint and refuses another.
        admit_inferred: whether turns whose speaker is only inferred are searched.
    """

    def __init__(
        self,
        open_client: Callable[[], "ClientAPI"],
        folder: Path,
        library: Library,
        embeddings: Embeddings,
        *,
        admit_inferred: bool = False,
    ) -> None:
        self._open_client = open_client
        self._folder = folder
        self._library = library
        self._embeddings = embeddings
        self._admit_inferred = admit_inferred
        self._nearest: Collection | None = None
        self._snapshot: tuple[str, Snapshot] | None = None
        self._state: str | None = None
        self._passage = lru_cache(_KEPT_PASSAGES)(self._load_passage)

    def sync(self, progress: Progress | None = None) -> int:
        """Make the index agree with the library; return how many passages were embedded anew.

        Raises:
            IndexMismatch: the index was built by another embedder.
            IndexUnavailable: its files are damaged or its disk is full.
        """
        with _plain_errors(self._folder):
            return self._sync(progress)

    def _sync(self, progress: Progress | None) -> int:
        editions = self._library.editions()
        collection, done_marks = self._collection("passages"), self._collection("editions")
        present = set(done_marks.get(include=[])["ids"])
        wanted = {self._key(edition): edition for edition in editions}
        for key in sorted(present - wanted.keys()):
            done_marks.delete(ids=[key])
            collection.delete(where={"edition": key})
            self._path(key).unlink(missing_ok=True)
        missing = [key for key in wanted if key not in present or not self._path(key).exists()]
        # cut twice rather than kept: all passages of a large library would hold all its sources in memory
        total, done = sum(len(self._passages_of(wanted[key])) for key in missing), 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            if progress:
                progress(done, total)

        for key in missing:
            held = embed_edition(self._embeddings, self._passages_of(wanted[key]), advance)
            write_vectors(self._path(key), held)
            _add_to_chroma(collection, key, held)
            done_marks.upsert(ids=[key], embeddings=np.ones((1, 1), dtype=np.float32))
        self._current_snapshot(editions)
        return total

    def current(self) -> Snapshot:
        """Return the passages and scores of the library as it is now.

        Editions that another process added and is still embedding are not in it yet.
        """
        state = library_state(self._library)
        if self._snapshot is None or self._state != state:
            snapshot = self._current_snapshot(self._library.editions())
            self._state = state if self._snapshot and self._snapshot[1] is snapshot else None
            return snapshot
        return self._snapshot[1]

    def nearest(self, snapshot: Snapshot, vector: Floats, count: int) -> Numbers:
        """Return the numbers, in a snapshot, of the passages whose question and answer are nearest."""
        if len(snapshot) <= count:
            return np.arange(len(snapshot), dtype=np.int64)
        if self._nearest is None:
            self._nearest = self._collection("passages")
        found = self._nearest.query(query_embeddings=np.asarray([vector]), n_results=count, include=[])
        known = (snapshot.number.get(passage_id) for passage_id in found["ids"][0])
        return np.array([number for number in known if number is not None], dtype=np.int64)

    def passage(self, passage_id: str) -> Passage:
        """Return a passage by its id.

        Raises:
            UnknownSource: the library never held its source.
        """
        return self._passage(passage_id)

    def _load_passage(self, passage_id: str) -> Passage:
        source_id, sha, span = passage_id.rsplit(":", 2)
        start, end = map(int, span.split("-"))
        source = self._library.source(source_id, sha)
        return Passage(source=source, turn=source.turns[source.turn_index(start)], start=start, end=end)

    def _current_snapshot(self, editions: list[Edition]) -> Snapshot:
        keys = [self._key(edition) for edition in editions]
        if self._snapshot and self._snapshot[0] == "\n".join(keys):
            return self._snapshot[1]
        ready = [(key, edition) for key, edition in zip(keys, editions, strict=True) if self._path(key).exists()]
        name = sha256("\n".join([_SNAPSHOT, *(key for key, _ in ready)]).encode()).hexdigest()[:24]
        folder = self._folder / "snapshots" / name
        if not folder.exists():
            told, versions = self._told(edition for _, edition in ready)
            better = better_versions(versions, [own.spoken for own in told])
            write_snapshot(folder, [self._part(key) for key, _ in ready], [own.all for own in told], better)
            _remove_others(folder)
        self._nearest = None
        self._passage.cache_clear()
        snapshot = Snapshot(folder)
        if len(ready) == len(keys):
            self._snapshot = ("\n".join(keys), snapshot)
        return snapshot

    def _told(self, editions: Iterable[Edition]) -> tuple[list[Words], list[Version]]:
        told, versions = [], []
        for edition in editions:
            for passage in self._passages_of(edition):
                told.append(words(passage))
                versions.append(Version.of(passage))
        return told, versions

    def _part(self, key: str) -> Callable[[], EditionVectors]:
        return lambda: read_vectors(self._path(key))

    def _passages_of(self, edition: Edition) -> list[Passage]:
        source = self._library.source(edition.source_id, edition.sha256)
        return passages(source, admit_inferred=self._admit_inferred)

    def _key(self, edition: Edition) -> str:
        return f"{edition.key}:{_LAYOUT}:{'inferred' if self._admit_inferred else 'known'}"

    def _path(self, key: str) -> Path:
        return vectors_path(self._folder / "vectors", key)

    def _collection(self, name: str) -> "Collection":
        made_by = fingerprint(self._embeddings)
        collection = self._open_client().get_or_create_collection(
            name, embedding_function=None, configuration=_COSINE, metadata={"embedder": made_by}
        )
        recorded = (collection.metadata or {}).get("embedder")
        if recorded != made_by:
            raise IndexMismatch(
                f"The index was made by “{recorded}”, but “{made_by}” is set: "
                "run `ilya doctor --mend` to build it anew, or set the embedder back."
            )
        return collection


@contextmanager
def _plain_errors(folder: Path) -> Iterator[None]:
    from chromadb.errors import ChromaError

    try:
        yield
    except AskIlyaError:
        raise
    except (ChromaError, OSError, ValueError) as error:
        raise IndexUnavailable(
            f"The search index in {folder} cannot be used ({error}): make sure that the disk has room, then run "
            "`ilya doctor --mend`, which builds it anew from the library; nothing of the library is lost."
        ) from error


def open_chroma(folder: Path, url: str | None = None) -> "ClientAPI":
    """Return a Chroma client: embedded in `folder`, or of the server at `url`. Telemetry is off."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url:
        from urllib.parse import urlsplit

        parts = urlsplit(url)
        host, port = parts.hostname or "localhost", parts.port or 8000
        return chromadb.HttpClient(host=host, port=port, ssl=parts.scheme == "https", settings=settings)
    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(path=str(folder), settings=settings)


def _remove_others(folder: Path) -> None:
    # a process that still has one mapped keeps it until it lets go
    for other in folder.parent.iterdir():
        if other != folder and not other.name.endswith(".draft"):
            shutil.rmtree(other, ignore_errors=True)


def _add_to_chroma(collection: "Collection", key: str, held: EditionVectors) -> None:
    firsts = np.concatenate([[0], np.cumsum(row_counts(held.sentence_counts.astype(np.int64)))[:-1]])
    for start in range(0, len(held.ids), _BATCH):
        batch = slice(start, start + _BATCH)
        collection.upsert(
            ids=held.ids[batch],
            embeddings=held.vectors[firsts[batch]].astype(np.float32),
            metadatas=[{"edition": key} for _ in held.ids[batch]],
        )
