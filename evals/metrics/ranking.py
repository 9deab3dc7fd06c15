"""Ranking: recall, reciprocal rank and gain of the evidence among the ranked passages.

A passage is *relevant* when it and a gold span share at least half of the shorter of the two: a narrow gold must
fall into the passage, a wide gold must hold the passage, and a gold cut by a passage's border counts once.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from math import log2
from typing import NamedTuple

# Where words stand: spans of a source and the positions of the words inside them, which all span metrics share.
# A word is a run of letters and digits with inner apostrophes; a CJK character is a word of its own.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:['’][^\W_\u3400-\u9fff]+)*")


Word = tuple[str, int]
"""A word by its place: the source, and the offset of its first character."""


class Place(NamedTuple):
    """Characters [start, end) of one source, with the words that stand there.

    `text` is exactly the source's characters of the span, so that the place of every word is known.
    """

    source: str
    start: int
    end: int
    text: str

    def contains(self, other: "Place") -> bool:
        """Whether the other span lies inside this one.

        >>> Place("a", 0, 9, "It works.").contains(Place("a", 3, 8, "works"))
        True
        """
        return self.source == other.source and self.start <= other.start and other.end <= self.end

    def overlap(self, other: "Place") -> int:
        """Return the number of characters both spans share.

        >>> Place("a", 0, 4, "Then").overlap(Place("a", 2, 9, "en it w"))
        2
        """
        if self.source != other.source:
            return 0
        return max(min(self.end, other.end) - max(self.start, other.start), 0)


def words_at(places: Iterable[Place]) -> set[Word]:
    """Return the words of the places, each as (source, offset of its first character); none counts twice.

    >>> sorted(words_at([Place("a", 10, 19, "It works."), Place("a", 13, 18, "works")]))
    [('a', 10), ('a', 13)]
    """
    return {(place.source, place.start + offset) for place in places for offset, _ in words_in(place.text)}


def words_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield each word with the offset of its first character.

    >>> list(words_in("It's 数据!"))
    [(0, "It's"), (5, '数'), (6, '据')]
    """
    return ((match.start(), match.group()) for match in _WORD.finditer(text))


def count_words(text: str) -> int:
    """Return the number of words; a CJK character is one.

    >>> count_words("It's scale, 数据!")
    4
    """
    return sum(1 for _ in _WORD.finditer(text))


def is_relevant(passage: Place, gold: Sequence[Place]) -> bool:
    """Whether a passage holds evidence.

    >>> gold = [Place("a", 10, 20, "x" * 10)]
    >>> is_relevant(Place("a", 0, 15, "x" * 15), gold), is_relevant(Place("a", 0, 14, "x" * 14), gold)
    (True, False)
    """
    return any(2 * passage.overlap(span) >= min(passage.end - passage.start, span.end - span.start) for span in gold)


def recall_at(relevant: Sequence[bool], k: int) -> float:
    """Return 1.0 when any of the first k passages is relevant, else 0.0; its mean over questions is recall@k.

    With "any gold span will do" this is the top-k accuracy of open-domain question answering.
    Source: Karpukhin et al., Dense Passage Retrieval, EMNLP 2020, section 5.1.

    >>> recall_at([False, True, False], 1), recall_at([False, True, False], 2)
    (0.0, 1.0)
    """
    return float(any(relevant[:k]))


def precision_at_1(relevant: Sequence[bool]) -> float:
    """Return 1.0 when the first item is relevant; P@1. Nothing shown counts 0.0.

    Source: Manning, Raghavan, Schütze, Introduction to Information Retrieval, 2008, section 8.4.

    >>> precision_at_1([True, False]), precision_at_1([])
    (1.0, 0.0)
    """
    return float(bool(relevant) and relevant[0])


def reciprocal_rank(relevant: Sequence[bool]) -> float:
    """Return 1 / rank of the first relevant item, 0.0 when there is none; its mean over questions is MRR.

    Source: Voorhees, The TREC-8 Question Answering Track Report, 1999.

    >>> reciprocal_rank([False, False, True, True])
    0.3333333333333333
    """
    return next((1 / rank for rank, hit in enumerate(relevant, start=1) if hit), 0.0)


def ndcg_at(relevant: Sequence[bool], k: int, *, ideal: int) -> float:
    """Return nDCG@k with binary gains; `ideal` is how many relevant items a perfect ranking could show.

    DCG = Σ gain / log2(rank + 1), divided by the DCG of the perfect ranking.
    Source: Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4), 2002.

    Raises:
        ValueError: `ideal` is below 1.

    >>> round(ndcg_at([False, True], 10, ideal=1), 3)
    0.631
    """
    if ideal < 1:
        raise ValueError("a question with evidence has at least one relevant passage")
    gains = sum(1 / log2(rank + 1) for rank, hit in enumerate(relevant[:k], start=1) if hit)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(max(ideal, sum(relevant)), k) + 1))
    return gains / best
