"""From a question to ranked passages: nearest vectors and BM25, fused."""

from collections.abc import Mapping
from dataclasses import dataclass

from langchain_core.embeddings import Embeddings

from knowledge.index import Index
from knowledge.passages import Passage
from knowledge.subject import Subject

_POOL = 100


@dataclass(frozen=True)
class Hit:
    """A passage with its place in the ranking; `score` is comparable within one question only."""

    passage: Passage
    score: float
    similarity: float


class Retriever:
    """Hybrid search: cosine similarity of question and passage plus BM25, each scaled to its best candidate."""

    def __init__(self, index: Index, embeddings: Embeddings, subject: Subject) -> None:
        self._index = index
        self._embeddings = embeddings
        self._subject = subject

    def search(self, question: str, count: int = 20) -> list[Hit]:
        """Return the best passages for a question, best first."""
        topic = self._subject.without_names(question)
        vector = self._embeddings.embed_query(question)
        similarity = self._index.by_meaning(vector, _POOL)
        words = self._index.by_words(topic, _POOL)
        similarity |= self._index.similarity(vector, [found for found in words if found not in similarity])
        meaning = _scaled(similarity)
        wording = _scaled({key: words.get(key, 0.0) for key in similarity})
        fused = {key: meaning[key] + wording[key] for key in similarity}
        best = sorted(fused, key=lambda key: (-fused[key], key))[:count]
        return [Hit(self._index.passage(key), fused[key], similarity[key]) for key in best]


def _scaled(scores: Mapping[str, float]) -> dict[str, float]:
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
    reach = (high - low) or 1.0
    return {key: (score - low) / reach for key, score in scores.items()}
