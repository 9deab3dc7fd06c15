"""Ratios measured within one run: what machines share cancels out, so that a bound holds on a busy one too."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple


class Ratio(NamedTuple):
    """One figure, measured several times.

    Attributes:
        name: what was measured, against what.
        values: one for each round.
        at_least: whether more is better.
        wanted: the bound.
    """

    name: str
    values: Sequence[float]
    wanted: float
    at_least: bool

    @property
    def is_reached(self) -> bool:
        """Whether the median keeps the bound."""
        middle = median(self.values)
        return middle >= self.wanted if self.at_least else middle <= self.wanted

    def line(self) -> str:
        """Return the figure as one line: name, median, spread, bound.

        >>> Ratio("help / bare start", (0.2, 0.3, 0.25), 0.3, at_least=False).line()
        'help / bare start: median 0.25 (0.20 to 0.30, n = 3), wanted at most 0.30, reached'
        """
        bound = "at least" if self.at_least else "at most"
        spread = f"{min(self.values):.2f} to {max(self.values):.2f}, n = {len(self.values)}"
        told = f"median {median(self.values):.2f} ({spread})"
        return f"{self.name}: {told}, wanted {bound} {self.wanted:.2f}, {'reached' if self.is_reached else 'missed'}"
