"""Answerability: figures of a question's best passages, from which the confidence that they answer it is made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.model.passages import Passage, asked_words
from knowledge.search import Snapshot
from knowledge.search.snapshot import inverse_document_frequency
from knowledge.search.terms import terms


class Likeness(StrEnum):
    """How a question was compared with passages, which decides what a cosine means."""

    ENGLISH = "english"
    CHINESE = "chinese"
    OTHER = "other"
    """By another embedder than the default one."""


@dataclass(frozen=True)
class Evidence:
    """Figures that tell whether the best passages answer; see `assistant.retrieval.confidence`.

    Attributes:
        likeness: how the question was compared.
        plain: uncentred cosine of the best sentence.
        margin: how far the best score stands above the mean of the next five.
        lexical: best BM25 score of the top three, over the logarithm of the number of passages.
        known: share of the question's terms, weighted by rarity, that occur in the library at all; Chinese ones count
            as their English.
        named: share of the question's English terms, weighted by rarity, that the best passage holds, or what was
            asked before it.
        gap: how far the best score stands above the tenth.
        covered: how nearly one of the best passages holds each word that the question is about, weighted by rarity,
            0 to 1: the cosine of its word pieces with the likest ones there.
        words: how many such words the question has.
        lacks: whether the best passages lack what the question asks for by its form: a number, a person.
        asked: how like the question, letter by letter, one is that the best passage is known to answer; 0 when unlike.
    """

    likeness: Likeness
    plain: float
    margin: float
    lexical: float
    known: float
    named: float
    gap: float = 0.0
    covered: float = 0.0
    words: int = 0
    lacks: bool = False
    asked: float = 0.0


def known_share(snapshot: Snapshot, asked: Iterable[str]) -> float:
    """Return the share of the terms, weighted by rarity, that occur in the library."""
    unseen = inverse_document_frequency(0, len(snapshot))
    rarities = [snapshot.rarity(term) for term in asked]
    known = sum(rarity for rarity in rarities if rarity is not None)
    total = sum(unseen if rarity is None else rarity for rarity in rarities)
    return known / total if total else 0.0


def named_share(snapshot: Snapshot, asked: Mapping[str, float], passage: Passage) -> float:
    """Return the share of the English terms asked for, weighted by rarity, that a passage or its question holds."""
    unseen = inverse_document_frequency(0, len(snapshot))
    rarities = {term: snapshot.rarity(term) for term in asked if term.isascii()}
    weights = {term: unseen if rarity is None else rarity for term, rarity in rarities.items()}
    held = {*terms(passage.text), *terms(asked_words(passage.source, passage.turn))}
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0
