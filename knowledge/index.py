"""The search index: Chroma vectors and BM25 over the library's passages. Rebuildable, never the truth.

Every passage is embedded together with the question it answers. The collection `editions` says which editions are
wholly indexed, so that an interrupted run is completed by the next.
"""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from knowledge.embedding import embed_passages, fingerprint
from knowledge.errors import IndexMismatch, UnknownSource
from knowledge.library import Edition, Library
from knowledge.passages import Passage, passages, question_before

if TYPE_CHECKING:
    from bm25s import BM25
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

Scores = NDArray[np.float64]

_COSINE: "CreateCollectionConfiguration" = {"hnsw": {"space": "cosine", "ef_search": 300}}
_PAGE = 2_000  # Chroma fails on gets of very many rows


class Progress(Protocol):
    """Hears how far a long piece of work is."""

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` pieces are finished."""


class Index:
    """Finds passages by meaning and by words.

    Args:
        client: an open Chroma client (a folder or a server).
        library: where the words are read from.
        embeddings: makes the vectors; the index remembers its fingerprint and refuses another.
        admit_inferred: whether turns whose speaker is only inferred are searched.
    """

    def __init__(
        self, client: "ClientAPI", library: Library, embeddings: Embeddings, *, admit_inferred: bool = False
    ) -> None:
        self._client = client
        self._library = library
        self._embeddings = embeddings
        self._admit_inferred = admit_inferred
        self._words: _Words | None = None

    def sync(self, progress: Progress | None = None) -> int:
        """Make the index agree with the library; return how many passages were embedded anew."""
        wanted = {self._key(edition): edition for edition in self._library.editions()}
        present = set(self._editions.get(include=[])["ids"])
        for key in sorted(present - wanted.keys()):
            self._passages.delete(where={"edition": key})
            self._editions.delete(ids=[key])
        missing = [(key, self._passages_of(edition)) for key, edition in wanted.items() if key not in present]
        total = sum(len(found) for _, found in missing)
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            if progress:
                progress(done, total)

        for key, found in missing:
            self._write(key, found, advance)
        if missing or present - wanted.keys():
            self._words = None
        return total

    def by_meaning(self, vector: Sequence[float], count: int) -> dict[str, float]:
        """Return cosine similarities of the nearest passages by passage id."""
        size = self._passages.count()
        if not size:
            return {}
        found = self._passages.query(
            query_embeddings=np.asarray([vector], dtype=np.float32), n_results=min(count, size), include=["distances"]
        )
        distances = found["distances"]
        return dict(zip(found["ids"][0], (1 - distance for distance in distances[0]), strict=True)) if distances else {}

    def similarity(self, vector: Sequence[float], ids: Sequence[str]) -> dict[str, float]:
        """Return cosine similarities of the named passages."""
        if not ids:
            return {}
        found = self._passages.get(ids=list(ids), include=["embeddings"])
        rows = np.asarray(found["embeddings"], dtype=np.float64)
        return dict(zip(found["ids"], (rows @ np.asarray(vector)).tolist(), strict=True))

    def by_words(self, question: str, count: int) -> dict[str, float]:
        """Return BM25 scores (Lucene variant) of the best passages that share a word with the question."""
        if self._words is None:
            self._words = _Words.over(self._all_passages())
        return self._words.best(question, count)

    def passage(self, passage_id: str) -> Passage:
        """Return a passage by its id.

        Raises:
            UnknownSource: the source is no longer in the library.
        """
        source_id, sha256, span = passage_id.rsplit(":", 2)
        start, end = map(int, span.split("-"))
        source = self._library.source(source_id, sha256)
        turn = source.turns[source.turn_index(start)]
        return Passage(source=source, turn=turn, start=start, end=end)

    def _all_passages(self) -> list[Passage]:
        return [found for edition in self._library.editions() for found in self._passages_of(edition)]

    def _passages_of(self, edition: Edition) -> list[Passage]:
        try:
            source = self._library.source(edition.source_id, edition.sha256)
        except UnknownSource:
            return []
        return passages(source, admit_inferred=self._admit_inferred)

    def _key(self, edition: Edition) -> str:
        return f"{edition.key}:{'inferred' if self._admit_inferred else 'known'}"

    def _write(self, key: str, found: list[Passage], advance: Callable[[int], None]) -> None:
        written = 0
        for block in embed_passages(self._embeddings, [searchable(passage) for passage in found]):
            rows = found[written : written + len(block)]
            self._passages.upsert(
                ids=[passage.id for passage in rows],
                embeddings=block,
                metadatas=[{"edition": key} for _ in rows],
            )
            written += len(block)
            advance(len(block))
        self._editions.upsert(ids=[key], embeddings=np.ones((1, 1), dtype=np.float32))

    @cached_property
    def _passages(self) -> "Collection":
        return self._open("passages")

    @cached_property
    def _editions(self) -> "Collection":
        return self._open("editions")

    def _open(self, name: str) -> "Collection":
        made_by = fingerprint(self._embeddings)
        collection = self._client.get_or_create_collection(
            name,
            embedding_function=None,
            configuration=_COSINE,
            metadata={"embedder": made_by},
        )
        recorded = (collection.metadata or {}).get("embedder")
        if recorded != made_by:
            raise IndexMismatch(
                f"The index was made by “{recorded}”, but “{made_by}” is set: "
                "run `ilya reindex` to build it anew, or set the embedder back."
            )
        return collection


def open_chroma(folder: Path, url: str | None = None) -> "ClientAPI":
    """Return a Chroma client: embedded in `folder`, or of the server at `url`. Telemetry is off."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url:
        from urllib.parse import urlsplit

        parts = urlsplit(url)
        return chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or 8000,
            ssl=parts.scheme == "https",
            settings=settings,
        )
    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(path=str(folder), settings=settings)


def searchable(passage: Passage) -> str:
    """Return what is indexed for a passage: the question it answers, its words, their printed renderings."""
    source, turn = passage.source, passage.turn
    asked = question_before(source, turn)
    rendered = [source.text[other.start : other.end] for other in source.renderings_of(turn)]
    parts = [asked.text if asked else None, turn.question_zh, passage.text, *rendered]
    return "\n".join(part for part in parts if part)


_TOKEN = re.compile(r"[\u3400-\u9fff]+|[^\W_]+(?:'[^\W_]+)?")


def word_tokens(text: str) -> list[str]:
    """Return the stems of English words and the character pairs of Chinese runs.

    >>> word_tokens("Scaling laws 数据会")
    ['scale', 'law', '数据', '据会']
    """
    from snowballstemmer import stemmer

    english = stemmer("english")
    tokens: list[str] = []
    for match in _TOKEN.finditer(text.lower()):
        word = match.group()
        if "\u3400" <= word[0] <= "\u9fff":
            tokens += [word[i : i + 2] for i in range(max(len(word) - 1, 1))]
        else:
            tokens.append(english.stemWord(word))
    return tokens


class _Words:
    """BM25 over the passages (Robertson & Zaragoza 2009, as bm25s computes it)."""

    def __init__(self, ids: list[str], model: "BM25 | None") -> None:
        self._ids = ids
        self._model = model

    @classmethod
    def over(cls, found: list[Passage]) -> "_Words":
        if not found:
            return cls([], None)
        from bm25s import BM25

        model = BM25()
        model.index([word_tokens(searchable(passage)) for passage in found], show_progress=False)
        return cls([passage.id for passage in found], model)

    def best(self, question: str, count: int) -> dict[str, float]:
        tokens: list[Any] = word_tokens(question)
        if self._model is None or not tokens:
            return {}
        places, scores = self._model.retrieve([tokens], k=min(count, len(self._ids)), show_progress=False)
        pairs = zip(places[0].tolist(), scores[0].tolist(), strict=True)
        return {self._ids[place]: score for place, score in pairs if score > 0}
