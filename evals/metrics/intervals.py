"""Bootstrap intervals of a figure over its examples; seeded, so that a run gives the same ones again."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

_RESAMPLES = 2_000
_SEED = 20_251_125


class Interval(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


class Difference(NamedTuple):
    """Mean difference B - A, its 95 % interval, and the share of resamples in which B is not better (one-sided p)."""

    mean: float
    low: float
    high: float
    p: float


def bootstrap(values: Sequence[float], *, resamples: int = _RESAMPLES) -> Interval:
    """Return the percentile bootstrap interval of the mean; when all values agree, that of one dissenting example.

    A mean of n equal values has no spread to resample: for shares of 0 or 1 the rule of three (3/n) gives the bound.
    Source: Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.

    Raises:
        ValueError: there are no values.

    >>> bootstrap([0.0, 1.0] * 50)
    Interval(low=0.4, high=0.6)
    >>> bootstrap([1.0] * 100)
    Interval(low=0.97, high=1.0)
    """
    if not values:
        raise ValueError("an interval needs at least one example")
    sample = np.asarray(values, dtype=np.float64)
    if sample.min() == sample.max():
        return _unanimous(float(sample[0]), len(sample))
    means = sample[_draws(len(sample), resamples)].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(round(float(low), 12), round(float(high), 12))


def bootstrap_of(statistic: Callable[[Sequence[int]], float], size: int, *, resamples: int = 500) -> Interval:
    """Return the percentile bootstrap interval of any statistic of example positions 0 … size - 1.

    Resamples for which the statistic does not exist (ValueError) are left out.

    >>> bootstrap_of(lambda rows: sum(rows) / len(rows), 3)
    Interval(low=0.0, high=2.0)
    """
    found = []
    for rows in _draws(size, resamples):
        try:
            found.append(statistic(rows.tolist()))
        except ValueError:
            continue
    if not found:
        raise ValueError("the statistic exists for no resample")
    low, high = np.quantile(found, [0.025, 0.975])
    return Interval(round(float(low), 12), round(float(high), 12))


def paired_bootstrap(first: Sequence[float], second: Sequence[float], *, resamples: int = 10_000) -> Difference:
    """Compare two systems on the same examples.

    Source: Koehn, Statistical Significance Tests for Machine Translation Evaluation, EMNLP 2004.

    Raises:
        ValueError: the lists are empty or of different lengths.

    >>> paired_bootstrap([0.0, 0.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0]).mean
    0.5
    """
    if not first or len(first) != len(second):
        raise ValueError("a paired comparison needs the same examples on both sides, at least one")
    gains = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    means = gains[_draws(len(gains), resamples)].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Difference(float(gains.mean()), float(low), float(high), float((means <= 0).mean()))


def _draws(size: int, resamples: int) -> "np.typing.NDArray[np.int64]":
    return np.random.default_rng(_SEED).integers(0, size, (resamples, size))


def _unanimous(value: float, size: int) -> Interval:
    if value not in (0.0, 1.0):
        return Interval(value, value)
    slack = min(3 / size, 1.0)
    return Interval(max(value - slack, 0.0), min(value + slack, 1.0))
