"""Checking claims: which verdict was given for which kind of text."""

from collections import Counter
from collections.abc import Sequence

Pair = tuple[str, str]
"""(expected verdict, given verdict)."""


def confusion(pairs: Sequence[Pair]) -> dict[str, dict[str, int]]:
    """Return the confusion matrix: rows are expected verdicts, columns given ones, in order of the names.

    Source: Provost & Kohavi, Glossary of Terms, Machine Learning 30, 1998.

    >>> confusion([("exact", "exact"), ("altered", "exact")])
    {'altered': {'altered': 0, 'exact': 1}, 'exact': {'altered': 0, 'exact': 1}}
    """
    counts = Counter(pairs)
    names = sorted({name for pair in pairs for name in pair})
    return {expected: {given: counts[expected, given] for given in names} for expected in names}


def verdict_accuracy(pairs: Sequence[Pair]) -> float:
    """Return the share of right verdicts; 0.0 when there is none.

    >>> verdict_accuracy([("exact", "exact"), ("altered", "not_found")])
    0.5
    """
    return sum(expected == given for expected, given in pairs) / len(pairs) if pairs else 0.0


def altered_called_exact(pairs: Sequence[Pair]) -> int:
    """Return how many texts that are not exactly his were called exact. Must be 0.

    >>> altered_called_exact([("altered", "exact"), ("other_speaker", "exact"), ("exact", "exact")])
    2
    """
    return sum(given == "exact" != expected for expected, given in pairs)
