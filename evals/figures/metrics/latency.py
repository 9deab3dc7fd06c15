"""What an answer costs in time."""

from collections.abc import Sequence
from math import ceil


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
