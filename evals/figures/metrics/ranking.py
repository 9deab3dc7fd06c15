"""How high the evidence stands among the ranked passages.

A passage is *relevant* when it and a gold span share at least half of the shorter of the two: a narrow gold must
fall into the passage, a wide gold must hold the passage, and a gold cut by a passage's border counts once.
"""

from collections.abc import Sequence
from math import log2

from evals.figures.metrics.places import Place


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
