"""Abstention: how often no answer is given where none is right, and how much the stated confidence is worth.

Throughout, `answerable` says whether the library holds evidence and `answered` whether quotes were shown.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Outcome(NamedTuple):
    """One question: did evidence exist, was it answered, and with which confidence (higher is surer)."""

    answerable: bool
    answered: bool
    confidence: float = 0.0


def abstention_precision(outcomes: Sequence[Outcome]) -> float:
    """Return the share of refused questions that had no answer; 1.0 when none was refused.

    Source: Wen et al., Know Your Limits: a survey of abstention in LLMs, TACL 2025, section 4.

    >>> abstention_precision([Outcome(False, False), Outcome(True, False)])
    0.5
    """
    refused = [outcome for outcome in outcomes if not outcome.answered]
    return sum(not outcome.answerable for outcome in refused) / len(refused) if refused else 1.0


def abstention_recall(outcomes: Sequence[Outcome]) -> float:
    """Return the share of unanswerable questions that were refused; 1.0 when there is none.

    >>> abstention_recall([Outcome(False, False), Outcome(False, True), Outcome(True, False)])
    0.5
    """
    hopeless = [outcome for outcome in outcomes if not outcome.answerable]
    return sum(not outcome.answered for outcome in hopeless) / len(hopeless) if hopeless else 1.0


def false_refusals(outcomes: Sequence[Outcome]) -> float:
    """Return the share of answerable questions that were refused; 0.0 when there is none.

    >>> false_refusals([Outcome(True, True), Outcome(True, True), Outcome(True, False), Outcome(False, False)])
    0.3333333333333333
    """
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    return sum(not outcome.answered for outcome in answerable) / len(answerable) if answerable else 0.0


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a random positive scores above a random negative, ties counting half.

    The area under the ROC curve as the Mann-Whitney statistic.
    Source: Hanley & McNeil, Radiology 143(1), 1982.

    Raises:
        ValueError: one of the groups is empty.

    >>> auroc([0.9, 0.8], [0.8, 0.1])
    0.875
    """
    if not len(positive) or not len(negative):
        raise ValueError("AUROC compares two groups, and one of them is empty")
    high, low = np.asarray(positive)[:, None], np.asarray(negative)[None, :]
    return float(((high > low) + 0.5 * (high == low)).mean())


class RiskPoint(NamedTuple):
    """Answering only the surest `coverage` of all questions, `risk` of those answers are wrong."""

    coverage: float
    risk: float


def risk_coverage(confidence: Sequence[float], right: Sequence[bool]) -> list[RiskPoint]:
    """Return the curve of risk against coverage, surest questions first; ties are taken together.

    Source: El-Yaniv & Wiener, On the Foundations of Noise-free Selective Classification, JMLR 11, 2010.

    >>> [(round(p.coverage, 2), round(p.risk, 2)) for p in risk_coverage([0.9, 0.5, 0.1], [True, False, True])]
    [(0.33, 0.0), (0.67, 0.5), (1.0, 0.33)]
    """
    pairs = sorted(zip(confidence, right, strict=True), key=lambda pair: -pair[0])
    points, wrong = [], 0
    for place, (score, good) in enumerate(pairs, start=1):
        wrong += not good
        if place == len(pairs) or pairs[place][0] != score:
            points.append(RiskPoint(place / len(pairs), wrong / place))
    return points


def aurc(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """Return the area under the risk-coverage curve: the mean risk over all coverages; lower is better.

    Source: Geifman, Uziel, El-Yaniv, Bias-Reduced Uncertainty Estimation, ICLR 2019, section 2.

    >>> round(aurc([0.9, 0.5, 0.1], [True, False, True]), 4)
    0.2778
    """
    points = risk_coverage(confidence, right)
    widths = [
        point.coverage - before for point, before in zip(points, [0.0, *(p.coverage for p in points)], strict=False)
    ]
    return sum(width * point.risk for width, point in zip(widths, points, strict=True))
