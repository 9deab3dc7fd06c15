"""What a question is searched by: in English, in Chinese, and where an embedder works alone."""

import numpy as np
from langchain_core.embeddings import DeterministicFakeEmbedding

from assistant.retrieval.query import QueryReader
from knowledge.search.embedding import BilingualEmbeddings
from tests.invented import MIRA


def test_english_is_read_once_piece_by_piece(embeddings: BilingualEmbeddings) -> None:
    query = QueryReader(embeddings, MIRA).read("Why do bees dance?")
    assert query.pieces is not None
    assert len(query.pieces.short) == 5
    assert np.allclose(query.vector, embeddings.embed_query("Why do bees dance?"), atol=1e-5)


def test_chinese_is_compared_by_its_english_terms(embeddings: BilingualEmbeddings) -> None:
    reader = QueryReader(embeddings, MIRA)
    known = reader.read("他怎么看神经网络？")
    assert known.pieces is not None
    assert "neural" in known.weights
    assert reader.read("他怎么看火山？").pieces is None


def test_an_embedder_alone_has_no_pieces() -> None:
    query = QueryReader(DeterministicFakeEmbedding(size=8), MIRA).read("Why do bees dance?", "Are they insects?")
    assert query.pieces is None
    assert np.isclose(np.linalg.norm(query.vector), 1)
    assert query.weights["danc"] == 1.0 > query.weights["insect"] > 0
