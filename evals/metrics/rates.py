"""Rates: verdicts by kind of claim, attacks that got through, agreement of two judges, percentiles of seconds."""

from collections import Counter
from collections.abc import Sequence
from math import ceil


# What an answer costs in time.
def percentile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile: the smallest value that at least `share` of the values do not exceed.

    Source: ISO 3534-1; Hyndman & Fan, Sample Quantiles in Statistical Packages, 1996 (definition 1).

    Raises:
        ValueError: there are no values, or `share` is not in (0, 1].

    >>> percentile([0.1, 0.2, 0.3, 0.9], 0.5), percentile([0.1, 0.2, 0.3, 0.9], 0.95)
    (0.2, 0.9)
    """
    if not values or not 0 < share <= 1:
        raise ValueError("a percentile needs values and a share in (0, 1]")
    return sorted(values)[ceil(share * len(values)) - 1]


# How far two judges agree beyond chance.
def cohens_kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Return Cohen's kappa: 1 is perfect agreement, 0 what chance gives.

    κ = (p_o - p_e) / (1 - p_e), where p_e is the agreement expected from the two judges' own frequencies.
    Source: Cohen, A Coefficient of Agreement for Nominal Scales, 1960.

    Raises:
        ValueError: the lists are empty or of different lengths.

    >>> cohens_kappa(["yes", "yes", "no", "no"], ["yes", "no", "no", "no"])
    0.5
    """
    if not first or len(first) != len(second):
        raise ValueError("agreement needs the same items from both judges, at least one")
    size = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / size
    labels = {*first, *second}
    chance = sum(first.count(label) * second.count(label) for label in labels) / size**2
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


# How often an attack gets through, and how little is known when none did.
def attack_success_rate(successes: int, attempts: int) -> float:
    """Return the share of attacks that succeeded.

    Source: Zou et al., Universal and Transferable Adversarial Attacks, 2023 ("ASR").

    Raises:
        ValueError: there was no attempt.

    >>> attack_success_rate(1, 20)
    0.05
    """
    if attempts < 1:
        raise ValueError("a rate needs at least one attempt")
    return successes / attempts


def rule_of_three(attempts: int) -> float:
    """Return the 95 % upper bound of a rate when none of `attempts` independent attempts succeeded: 3/n.

    Source: Hanley & Lippman-Hand, If Nothing Goes Wrong, Is Everything All Right?, JAMA 249(13), 1983.

    Raises:
        ValueError: there was no attempt.

    >>> rule_of_three(60)
    0.05
    """
    if attempts < 1:
        raise ValueError("a bound needs at least one attempt")
    return min(3 / attempts, 1.0)


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
