"""What a question is searched by: its vector, its word pieces, and its weighted terms."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from assistant.question.questions import topic_terms
from assistant.retrieval.answerability import Likeness
from knowledge.model.subject import Subject
from knowledge.search.embedding import Embeddings
from knowledge.search.late_interaction import Encoded, LateEncoder
from knowledge.search.scored_rows import Floats
from knowledge.search.terms import by_dictionary, in_english, terms
from knowledge.text.chinese import is_chinese

_HISTORY_WEIGHT = 0.25
_ALL_PIECES = 8.0
_SOME_PIECES = 3.0
"""Of a Chinese question only the terms that the glossary or the dictionary knows are there, and Latin letters."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9-]+")


@dataclass(frozen=True)
class Query:
    """A question as the index reads it.

    Attributes:
        vector: unit vector that is compared with the rows of passages.
        weights: terms by weight, for BM25.
        likeness: what its vector is compared by.
        pieces: the question's word pieces, of a Chinese one those of its English terms; None where the embedder makes
            none, or where there is no English.
        text: whose pieces they are.
        pieces_weight: what a standard deviation of their likeness counts, beside one of a field of vectors.
        unread: Chinese terms that have no English.
    """

    vector: Floats
    weights: dict[str, float]
    likeness: Likeness
    pieces: Encoded | None = None
    text: str = ""
    pieces_weight: float = _ALL_PIECES
    unread: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the pieces are those of the whole question, not of its known terms alone."""
        return self.likeness is not Likeness.CHINESE


class QueryReader:
    """Reads questions for an index that these embeddings made."""

    def __init__(self, embeddings: Embeddings, subject: Subject) -> None:
        self._embeddings = embeddings
        self._subject = subject

    def read(self, question: str, before: str = "", *, is_known: Callable[[str], bool] = lambda term: False) -> Query:
        """Return what a question is searched by.

        Args:
            question: in English or Chinese; of Chinese the English words of its terms are searched as well.
            before: earlier questions that it leans on.
            is_known: whether a term occurs in the library.
        """
        bare = self._subject.without_names(question)
        general, left = by_dictionary(bare, is_known) if is_chinese(question) else ((), "")
        english = " ".join((*in_english(bare), *general))
        weights = self._weights(before, question)
        for term in general:
            weights.setdefault(term, 1.0)
        if not isinstance(self._embeddings, LateEncoder):
            return Query(
                self._embedded(" ".join(part for part in (before, question, english) if part)), weights, Likeness.OTHER
            )
        text = " ".join(part for part in (before, question) if part)
        if is_chinese(question):
            latin = [word for word in _LATIN.findall(bare) if word not in english.split()]
            told = " ".join([english, *latin]).strip()
            pieces = self._embeddings.question(told) if told else None
            return Query(self._embedded(text), weights, Likeness.CHINESE, pieces, told, _SOME_PIECES, terms(left))
        asked = self._embeddings.question(text)
        return Query(asked.mean(0, len(text)), weights, Likeness.ENGLISH, asked, text)

    def _embedded(self, text: str) -> Floats:
        found = np.asarray(self._embeddings.embed_query(text), dtype=np.float32)
        unit: Floats = found / max(float(np.linalg.norm(found)), 1e-9)
        return unit

    def _weights(self, before: str, question: str) -> dict[str, float]:
        weights = dict.fromkeys(topic_terms(question, self._subject), 1.0)
        for term in topic_terms(before, self._subject):
            weights.setdefault(term, _HISTORY_WEIGHT)
        return weights
