"""Baselines: BM25 alone, nearest vectors alone, and the pipeline of the usual LangChain tutorial."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Protocol, cast

import numpy as np
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings as LangChainEmbeddings
from langchain_core.vectorstores import InMemoryVectorStore

from evals.run.systems.system import Ranked
from knowledge.model.passages import Passage, passages
from knowledge.model.source import Source
from knowledge.model.turns import Role
from knowledge.search.embedding import Embeddings

# The words that the BM25 baseline searches by; kept apart from the assistant's, so that it stays what it was.
_TOKEN = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+(?:'[^\W_\u3400-\u9fff]+)?")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (the library's name)


def tokens(text: str) -> list[str]:
    """Return the stems of English words and the character pairs of Chinese runs.

    >>> tokens("Scaling laws 数据会")
    ['scale', 'law', '数据', '据会']
    """
    found: list[str] = []
    for match in _TOKEN.finditer(text.lower()):
        word = match.group()
        if "\u3400" <= word[0] <= "\u9fff":
            found += [word[place : place + 2] for place in range(max(len(word) - 1, 1))]
        else:
            found.append(_english().stemWord(word))
    return found


@cache
def _english() -> _Stemmer:
    from Stemmer import Stemmer

    english: _Stemmer = Stemmer("english")
    return english


CHUNK = 1_000
OVERLAP = 200
_BREAKS = ("\n\n", "\n", " ")


class Bm25Alone:
    """BM25 (bm25s, Lucene variant) over his passages, without vectors and without the interviewer's questions."""

    name = "bm25"

    def __init__(self, sources: Sequence[Source]) -> None:
        from bm25s import BM25

        self._passages = his_passages(sources)
        self._model = BM25()
        self._model.index([tokens(passage.text) for passage in self._passages], show_progress=False)

    def rank(self, question: str, _history: Sequence[str], count: int) -> list[Ranked]:
        """Return the passages that share words with the question."""
        asked = tokens(question)
        if not asked:
            return []
        size = min(count, len(self._passages))
        places, scores = self._model.retrieve([asked], k=size, show_progress=False)
        pairs = zip(places[0].tolist(), scores[0].tolist(), strict=True)
        return [_ranked(self._passages[place], score) for place, score in pairs if score > 0]


class NearestPassages:
    """The tutorial's search over passages that are already cut at his turns: embed each, return the nearest."""

    name = "nearest-passages"

    def __init__(self, sources: Sequence[Source], embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._passages = his_passages(sources)
        self._vectors = np.asarray(embeddings.embed_documents([passage.text for passage in self._passages]))

    def rank(self, question: str, _history: Sequence[str], count: int) -> list[Ranked]:
        """Return the passages whose vectors are nearest."""
        scores = self._vectors @ np.asarray(self._embeddings.embed_query(question))
        best = np.argsort(-scores, kind="stable")[:count]
        return [_ranked(self._passages[place], float(scores[place])) for place in best.tolist()]


class Tutorial:
    """LangChain's retrieval tutorial: 1,000-character chunks with 200 overlap in a vector store, nearest first.

    It knows no speakers: chunks run over turns and hold the interviewer's words as well.
    """

    name = "langchain-tutorial"

    def __init__(self, sources: Sequence[Source], embeddings: Embeddings) -> None:
        self._sources: Mapping[str, Source] = {source.id: source for source in sources}
        self._store = InMemoryVectorStore(cast(LangChainEmbeddings, embeddings))
        self._store.add_documents(
            [
                Document(source.text[start:end], metadata={"source": source.id, "start": start, "end": end})
                for source in sources
                for start, end in chunks(source.text)
            ]
        )

    def rank(self, question: str, _history: Sequence[str], count: int) -> list[Ranked]:
        """Return the nearest chunks."""
        found = self._store.similarity_search_with_score(question, k=count)
        return [self._ranked(document.metadata, score) for document, score in found]

    def _ranked(self, told: Mapping[str, str | int], score: float) -> Ranked:
        source, start, end = self._sources[str(told["source"])], int(told["start"]), int(told["end"])
        touched = [turn for turn in source.turns if turn.start < end and start < turn.end]
        his = bool(touched) and all(turn.role is Role.SUBJECT for turn in touched)
        return Ranked(source.id, start, end, float(score), his)


def chunks(text: str, *, size: int = CHUNK, overlap: int = OVERLAP) -> Iterator[tuple[int, int]]:
    """Yield spans of at most `size` characters, cut at the last paragraph, line or word, each starting in the last.

    >>> list(chunks("one two three four", size=9, overlap=4))
    [(0, 7), (4, 13), (14, 18)]
    """
    start = 0
    while start < len(text):
        end = min(start + size, len(text))
        if end < len(text):
            cut = next((at for mark in _BREAKS if (at := text.rfind(mark, start + overlap + 1, end + 1)) > 0), end)
            end = cut
        yield start, end
        if end >= len(text):
            return
        nearest = text.find(" ", max(end - overlap, start + 1), end)
        start = nearest + 1 if nearest > 0 else end
        while start < len(text) and text[start].isspace():
            start += 1


def his_passages(sources: Sequence[Source]) -> list[Passage]:
    """Return the quotable passages of all sources, in order."""
    return [passage for source in sources for passage in passages(source)]


def _ranked(passage: Passage, score: float) -> Ranked:
    return Ranked(passage.source.id, passage.start, passage.end, float(score))
